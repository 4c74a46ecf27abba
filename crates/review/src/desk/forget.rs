//! Submissions of somebody who is forgotten: they are handed to the sweeper, who alone deletes.

use crate::desk::DeskError;
use crate::desk::decide::{Editor, carry_out, of};
use crate::desk::read::{Dossier, read};
use crate::store::{Store, StoreError};
use schema::person::profile::ProfileId;
use schema::submission::decision::Decision;
use schema::submission::kinds::{State, SubmissionKind};
use schema::submission::role::Role;
use schema::submission::row::Row;

/// What was sent of a person, and is not deleted yet; oldest first: their registration, and updates that name their page or came with
/// the reference of that. A row that cannot be read names nobody.
///
/// # Errors
/// Only if the index cannot be read at all.
pub async fn about(store: &impl Store, person: &ProfileId) -> Result<Vec<Row>, StoreError> {
    let is_kept = |row: &Row| !matches!(row.state, State::Withdrawn | State::Removed);
    let rows: Vec<Row> = store.entries().await?.into_iter().flatten().filter(is_kept).collect();
    let is_theirs = |row: &Row| row.profile.as_deref() == Some(person.as_str());
    let names: Vec<String> =
        rows.iter().filter(|row| is_theirs(row)).map(|row| row.id.to_string()).chain([person.to_string()]).collect();
    let mut theirs = Vec::new();
    for row in rows {
        if is_theirs(&row) || row.kind == SubmissionKind::Update && mentions(store, &row, &names).await {
            theirs.push(row);
        }
    }
    Ok(theirs)
}

/// Whether an update says that it is about one of these.
async fn mentions(store: &impl Store, row: &Row, names: &[String]) -> bool {
    let Ok(Dossier { submission, .. }) = read(store, row.clone()).await else { return false };
    let says = submission.answers.iter().filter(|answer| matches!(answer.role, Some(Role::About | Role::Reference)));
    says.flat_map(|answer| &answer.values).any(|value| names.iter().any(|name| value.contains(name.as_str())))
}

/// Hands a submission of somebody who is forgotten to the sweeper. Until it is gone, their id in the row says why it goes: nobody
/// took it back.
///
/// # Errors
/// That somebody was faster, or the store's own.
pub async fn let_go(store: &impl Store, row: &Row, person: &ProfileId, editor: Editor<'_>) -> Result<Row, DeskError> {
    let reason = Some("its person is forgotten".to_owned());
    let decision = Decision { profile: Some(person.to_string()), ..of(row, State::Withdrawn, reason, editor)? };
    carry_out(store, &decision).await
}
