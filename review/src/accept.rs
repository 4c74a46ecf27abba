//! The order of writes by which a submission is never lost and never doubled.

use crate::store::{Claim, Store, StoreError, Turn};
use schema::kinds::State;
use schema::submission::{Row, Submission, content_hash};

/// What came of handing in a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// It is stored, now or by an earlier try.
    Stored(Row),
    /// Something else was stored under this reference before.
    Changed(Row),
}

/// Stores a submission: row as pending, answers, row as received. Safe to repeat at any point.
///
/// # Errors
/// The store's own. Whatever was done stays done, and a further try goes on from there.
pub async fn accept(store: &impl Store, submission: &Submission) -> Result<Acceptance, StoreError> {
    let bytes = submission.to_bytes();
    let row = Row {
        id: submission.id.clone(),
        kind: submission.kind,
        state: State::Pending,
        payload_hash: content_hash(&bytes),
        created_at: submission.written_at,
        changed_at: submission.written_at,
        profile: None,
    };
    let claimed = match store.claim(&row).await? {
        Claim::New => row,
        Claim::Taken(other) if other.payload_hash != row.payload_hash => return Ok(Acceptance::Changed(other)),
        Claim::Taken(same) if same.state != State::Pending => return Ok(Acceptance::Stored(same)),
        Claim::Taken(pending) => pending,
    };
    store.put(&claimed.object_key(), &bytes).await?;
    match store.received(&claimed.id).await? {
        Turn::Turned(row) | Turn::Stands(row) => Ok(Acceptance::Stored(row)),
        Turn::Unknown => Err(StoreError::Damaged { key: claimed.id.key().to_owned(), why: "its row is gone".into() }),
    }
}
