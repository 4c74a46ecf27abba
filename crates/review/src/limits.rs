//! How often something may happen: a sliding window made of two counters, the one before and the running one.

use crate::store::StoreError;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Mutex, PoisonError};

/// At most this often in this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How often.
    pub most: u32,
    /// In which time.
    pub window: SignedDuration,
}

/// The two counters that a moment looks at, and what the earlier one still weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) running: i64,
    /// Thousandths of the earlier window that the sliding one still covers.
    pub(crate) weight: i64,
    /// When the running counter no longer counts, in seconds.
    pub(crate) over: i64,
}

impl Limit {
    pub(crate) fn window_at(&self, now: Timestamp) -> Window {
        let length = self.window.as_secs().max(1);
        let running = now.as_second().div_euclid(length);
        let into = now.as_second().rem_euclid(length);
        Window { running, weight: 1000 - into * 1000 / length, over: (running + 2) * length }
    }

    /// The highest count of the running window at which one more is admitted, given the earlier window's count.
    pub(crate) fn room(&self, window: Window, earlier: i64) -> i64 {
        i64::from(self.most) - (earlier * window.weight).div_euclid(1000)
    }
}

/// Counts and admits.
pub trait Limiter: Sync {
    /// Counts one more for a key, unless the limit is reached; whether it was admitted.
    fn admit(&self, key: &str, limit: Limit, now: Timestamp) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

impl<L: Limiter + Send> Limiter for std::sync::Arc<L> {
    async fn admit(&self, key: &str, limit: Limit, now: Timestamp) -> Result<bool, StoreError> {
        L::admit(self, key, limit, now).await
    }
}

/// Counters in this process: for the preview, and for tests.
#[derive(Debug, Default)]
pub struct Counters(Mutex<BTreeMap<(i64, String), i64>>);

impl Limiter for Counters {
    async fn admit(&self, key: &str, limit: Limit, now: Timestamp) -> Result<bool, StoreError> {
        let window = limit.window_at(now);
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counters.retain(|(over, _), _| *over > now.as_second());
        let earlier_over = window.over - limit.window.as_secs().max(1);
        let earlier = counters.get(&(earlier_over, key.to_owned())).copied().unwrap_or(0);
        let count = counters.entry((window.over, key.to_owned())).or_default();
        let admitted = *count < limit.room(window, earlier);
        *count += i64::from(admitted);
        Ok(admitted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn admitted(counters: &Counters, key: &str, second: i64, times: usize) -> usize {
        let limit = Limit { most: 10, window: SignedDuration::from_secs(100) };
        let mut admitted = 0;
        for _ in 0..times {
            let now = Timestamp::from_second(second).unwrap();
            admitted += usize::from(counters.admit(key, limit, now).await.unwrap());
        }
        admitted
    }

    #[tokio::test]
    async fn the_window_slides() {
        let counters = Counters::default();
        assert_eq!(admitted(&counters, "a", 1_000, 40).await, 10);
        assert_eq!(admitted(&counters, "b", 1_000, 40).await, 10, "another key has a count of its own");
        assert_eq!(admitted(&counters, "a", 1_100, 40).await, 0, "the earlier window still weighs whole");
        assert_eq!(admitted(&counters, "a", 1_150, 40).await, 5, "and by half in the middle");
        assert_eq!(admitted(&counters, "a", 1_300, 40).await, 10, "and not at all after two");
    }
}
