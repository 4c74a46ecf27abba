//! Submissions of somebody who is forgotten: they are handed to the sweeper, who alone deletes.

use crate::desk::DeskError;
use crate::desk::decide::{Editor, turn};
use crate::store::{Store, StoreError};
use schema::person::profile::ProfileId;
use schema::submission::kinds::State;
use schema::submission::row::Row;

/// What was sent of or about a person, as far as anybody found out, and is not deleted yet; oldest first. A row that cannot be
/// read names nobody.
///
/// # Errors
/// Only if the index cannot be read at all.
pub async fn about(store: &impl Store, person: &ProfileId) -> Result<Vec<Row>, StoreError> {
    let is_theirs = |row: &Row| row.profile.as_deref() == Some(person.as_str());
    let is_kept = |row: &Row| !matches!(row.state, State::Withdrawn | State::Removed);
    let rows = store.entries().await?.into_iter().flatten();
    Ok(rows.filter(|row| is_theirs(row) && is_kept(row)).collect())
}

/// Hands a submission to the sweeper.
///
/// # Errors
/// That somebody was faster, or the store's own.
pub async fn let_go(store: &impl Store, row: &Row, editor: Editor<'_>) -> Result<Row, DeskError> {
    turn(store, row, State::Withdrawn, Some("its person is forgotten".to_owned()), editor).await
}
