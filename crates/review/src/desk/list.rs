//! What waits, and what was decided.

use crate::store::{Store, StoreError};
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, Urgency};
use schema::submission::row::Row;
use std::cmp::Reverse;

/// The submissions that wait, or all of them.
#[derive(Debug, Default)]
pub struct Queue {
    /// Rows, the most urgent first, of these what came in no crowd, then the oldest.
    pub rows: Vec<Row>,
    /// Registrations of which only the pair is kept, as long as there is a profile.
    pub cleared: Vec<Row>,
    /// What stands in the index and cannot be read.
    pub damaged: Vec<StoreError>,
}

/// Lists submissions: those that wait, or decided ones too.
///
/// # Errors
/// Only if the index cannot be read at all.
pub async fn list(store: &impl Store, decided_too: bool) -> Result<Queue, StoreError> {
    let waits = |row: &Row| matches!(row.state, State::Pending | State::Received | State::Held);
    let mut queue = Queue::default();
    for entry in store.entries().await? {
        match entry {
            Ok(row) => {
                queue.cleared.extend((row.state == State::Cleared).then(|| row.clone()));
                queue.rows.extend((decided_too || waits(&row)).then_some(row));
            }
            Err(error) => queue.damaged.push(error),
        }
    }
    queue.rows.sort_by_key(|row| (Reverse(Urgency::of(&row.flags)), row.flags.contains(&Flag::Crowd)));
    Ok(queue)
}

/// Every decision, oldest first.
///
/// # Errors
/// The store's own.
pub async fn log(store: &impl Store) -> Result<Vec<Decision>, StoreError> {
    store.log().await
}
