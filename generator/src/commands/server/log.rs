//! The log of a server, on standard error: lines of JSON, as the function in the cloud writes them. No line holds an address, nor what
//! somebody wrote or looked at.

use tracing::Level;
use web::serve::Event;

/// Starts the log. What a panic says may hold a value, so only its place is told.
pub(crate) fn start() {
    let log = tracing_subscriber::fmt().json().with_max_level(Level::INFO).with_current_span(false).with_target(false);
    log.with_writer(std::io::stderr).init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

/// What a server tells.
pub(crate) fn tell(told: &Event<'_>) {
    match told {
        Event::TakenUp => tracing::info!("a newer build is taken up"),
        Event::NotTakenUp(why) => {
            tracing::error!(%why, "what was built cannot be taken up: what was good last goes on");
        }
        Event::Answered { what, status, took } => {
            let milliseconds = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
            tracing::info!(route = what.word(), status, milliseconds, "answered");
        }
        Event::UnknownProxy => {
            tracing::warn!("a proxy is in front that --trust-proxy does not name: all its visitors count as one");
        }
        Event::NamelessProxy => tracing::warn!("the trusted proxy sent no x-forwarded-for, so that nobody is let in"),
        Event::NotAccepted(why) => tracing::error!(%why, "no connection can be taken"),
        Event::Unfinished(count) => tracing::error!(count, "ended with requests under way"),
    }
}

/// What came of announcing what is urgent.
pub(crate) fn tell_rang(notes: usize, went: &anyhow::Result<&'static str>) {
    match went {
        Ok(how) => tracing::info!(notes, how, "urgent ones wait, and editors are told"),
        Err(error) => {
            tracing::error!(notes, why = format!("{error:#}"), "urgent ones wait, and editors are not told yet");
        }
    }
}

/// That nobody can be told at all.
pub(crate) fn tell_no_bell(error: &anyhow::Error) {
    tracing::error!(why = format!("{error:#}"), "nobody hears of urgent ones");
}
