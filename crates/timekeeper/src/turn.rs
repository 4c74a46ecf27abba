//! One turn: whoever is due goes, and what is counted is written to the log.

use crate::settings::Settings;
use anyhow::Result;
use jiff::Timestamp;
use publish::due::{Passed, pass};
use publish::{Observer, Session};
use review::cloud::metric;
use serde_json::{Value, json};
use std::io::Write;
use tokio::sync::Notify;

/// Nobody watches, and nobody stops it.
struct Nobody(Notify);

impl Observer for Nobody {
    fn stop(&self) -> &Notify {
        &self.0
    }
}

/// Takes down whoever is due. Returns what the platform logs: ids are public, as they stand in the addresses of pages.
pub(crate) fn turn(settings: &Settings, clock: fn() -> Timestamp) -> Result<Value> {
    let session = Session::open(settings.target(), |name| std::env::var(name).ok(), clock)?;
    let Passed { today, left, asked, next, published_at, waits } = pass(&session, None, &Nobody(Notify::new()))?;
    if let Some(published_at) = published_at {
        let hours = clock().duration_since(published_at).as_hours();
        log(&metric("HoursSincePublish", "Count", hours, clock()));
    }
    let next = next.map(|(day, people)| json!({"day": day, "people": people}));
    let waits = waits.map(|why| why.to_string());
    let told = json!({"today": today, "left": left, "asked": asked, "next": next, "waits": waits});
    log(&told);
    Ok(told)
}

fn log(line: &Value) {
    // Where standard output is gone, there is nobody left to tell.
    let _ = writeln!(std::io::stdout(), "{line}");
}
