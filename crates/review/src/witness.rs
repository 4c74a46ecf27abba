//! The log is to be what was decided, and an editor's own rights cannot keep it so: whoever may put a line may put another over it.
//! So each sweep, with rights that no editor has, notes the digest of every line that it sees for the first time; a line that is
//! changed or missing afterwards is told of.

use crate::store::{LogLine, Store, StoreError};

/// What became of a line that a sweep has seen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// Another stands in its place.
    #[error("the line {0} of the log was changed after a sweep saw it")]
    Changed(String),
    /// None stands there any more.
    #[error("the line {0} of the log is gone, and a sweep had seen it")]
    Gone(String),
}

/// Notes what is new in the log, and returns what is not any more as an earlier sweep saw it.
///
/// # Errors
/// The store's own. Doing it again goes on from there.
pub async fn witness(store: &impl Store) -> Result<Vec<LogFault>, StoreError> {
    let lines = store.lines().await?;
    let new: Vec<LogLine> = lines.iter().filter(|line| line.seen.is_none()).cloned().collect();
    store.witness(&new).await?;
    Ok(lines.iter().filter_map(fault).collect())
}

/// What is not any more as a sweep saw it.
///
/// # Errors
/// The store's own.
pub async fn log_faults(store: &impl Store) -> Result<Vec<LogFault>, StoreError> {
    Ok(store.lines().await?.iter().filter_map(fault).collect())
}

fn fault(line: &LogLine) -> Option<LogFault> {
    match (line.stands, line.seen) {
        (None, _) => Some(LogFault::Gone(line.key.clone())),
        (Some(stands), Some(seen)) if stands != seen => Some(LogFault::Changed(line.key.clone())),
        _ => None,
    }
}
