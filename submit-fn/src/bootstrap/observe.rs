//! What the function says of itself: JSON lines of ids, sizes, timings and outcomes, and counts as CloudWatch reads them from
//! the log. Never a value that somebody wrote.

use jiff::Timestamp;
use review::cloud::metric;
use std::io::Write;
use submit_fn::Measure;
use tracing::Level;

/// Starts the log. What a panic says may hold a value, so only its place is told.
pub(crate) fn start(level: Level) {
    tracing_subscriber::fmt().json().with_max_level(level).with_current_span(false).with_target(false).init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

/// Writes a count in CloudWatch's embedded metric format.
pub(crate) fn measure(measure: &Measure) {
    let (name, value) = measure.name_and_value();
    let unit = if name == "Milliseconds" { name } else { "Count" };
    let line = metric(name, unit, value, Timestamp::now());
    // Where standard output is gone, there is nobody left to count for.
    let _ = writeln!(std::io::stdout(), "{line}");
}
