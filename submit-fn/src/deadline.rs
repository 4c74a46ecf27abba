//! One deadline for each request, made when it comes in and passed down to whatever waits for store or limiter. Behind it stands the
//! platform's own, 25 seconds, which would end the request in a bare error and lose the answers.

use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How long somebody waits for a page.
pub(crate) const REQUEST: SignedDuration = SignedDuration::from_secs(12);
/// How long a request waits for the limiter, which keeps nobody out by its silence.
pub(crate) const LIMITER: SignedDuration = SignedDuration::from_secs(2);

/// The moment at which a page is answered, whatever is missing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Timestamp);

impl Deadline {
    /// So long from now.
    pub(crate) fn after(now: Timestamp, time: SignedDuration) -> Self {
        Self(now + time)
    }

    /// What is left of it.
    pub(crate) fn left(self, now: Timestamp) -> Duration {
        Duration::try_from(self.0.duration_since(now)).unwrap_or_default()
    }
}
