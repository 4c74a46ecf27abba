//! The order of writes by which a submission is never lost and never doubled.

use crate::store::{Claim, Intake, StoreError, Transition};
use schema::ground::hash::{Hash, content_hash};
use schema::submission::content::Submission;
use schema::submission::kinds::{Flag, State};
use schema::submission::row::Row;
use schema::submission::secret::Secret;

/// What came of handing in a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// It is stored, now or by an earlier try.
    Stored(Row),
    /// Something else was stored under this reference before.
    Changed(Row),
    /// It was stored, and has been taken back since.
    Gone,
}

/// What came of handing in a second version of what waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revision {
    /// It stands, now or by an earlier try.
    Stored(Row),
    /// It stood, and another one has taken its place since.
    Overtaken(Row),
    /// What it was to correct waits no longer.
    Over(Row),
    /// There is no such submission.
    Unknown,
}

/// What the note of an urgent one holds: nothing.
const NOTE: &[u8] = b"{}\n";
/// How often a second version is tried against whoever changes the row at the same moment.
const REVISE_TRIES: usize = 4;

/// Stores a submission: row as pending, answers, row as received (or held, where a flag says so). What is urgent is announced
/// before it counts as received. Safe to repeat at any point.
///
/// # Errors
/// The store's own. Whatever was done stays done, and a further try goes on from there.
pub async fn accept(
    store: &impl Intake,
    submission: &Submission,
    secret: &Secret,
    flags: Vec<Flag>,
) -> Result<Acceptance, StoreError> {
    let bytes = bytes_of(submission)?;
    let row = Row {
        id: submission.id.clone(),
        kind: submission.kind,
        state: State::Pending,
        payload_hash: content_hash(&bytes),
        earlier: Vec::new(),
        secret_hash: secret.hash(),
        photo_hash: None,
        flags,
        created_at: submission.written_at,
        changed_at: submission.written_at,
        decided_at: None,
        profile: None,
    };
    let claimed = match store.claim(&row).await? {
        Claim::New => row,
        Claim::Taken(other) if other.payload_hash != row.payload_hash => return Ok(Acceptance::Changed(*other)),
        Claim::Taken(pending) if pending.state == State::Pending => *pending,
        Claim::Taken(same) => return Ok(stored(*same)),
    };
    store.put(&claimed.object_key(), &bytes).await?;
    match announce_and_settle(store, &claimed).await? {
        Transition::Done(row) | Transition::Kept(row) => Ok(stored(row)),
        Transition::Unknown => {
            Err(StoreError::Damaged { key: claimed.id.key().to_owned(), why: "its row is gone".into() })
        }
    }
}

fn bytes_of(submission: &Submission) -> Result<Vec<u8>, StoreError> {
    submission.to_bytes().map_err(|error| StoreError::Unavailable(error.to_string()))
}

/// Stores a second version of what waits: its answers, then their name in the row, in place of the one before. What becomes urgent
/// only by it is announced before the row says so. Safe to repeat at any point.
///
/// # Errors
/// The store's own; a further try goes on from there.
pub async fn revise(
    store: &impl Intake,
    row: &Row,
    submission: &Submission,
    judged: &[Flag],
) -> Result<Revision, StoreError> {
    let bytes = bytes_of(submission)?;
    let (mut row, answers) = (row.clone(), content_hash(&bytes));
    for _ in 0..REVISE_TRIES {
        if let Some(known) = known(&row, answers) {
            return Ok(known);
        }
        let revised = row.revised(answers, judged);
        store.put(&revised.object_key(), &bytes).await?;
        if let Some(key) = revised.note_key().filter(|_| row.note_key().is_none()) {
            store.put(&key, NOTE).await?;
        }
        row = match store.revise(&row, &revised).await? {
            Transition::Done(row) => return Ok(Revision::Stored(row)),
            // Somebody has just acted on it: what stands now says how it goes on.
            Transition::Kept(row) => row,
            Transition::Unknown => return Ok(Revision::Unknown),
        };
    }
    Err(StoreError::Unavailable("others were changing the row at the same time".to_owned()))
}

/// What is known of a second version before anything is written.
fn known(row: &Row, answers: Hash) -> Option<Revision> {
    match row.state {
        State::Withdrawn | State::Removed => Some(Revision::Over(row.clone())),
        _ if row.payload_hash == answers => Some(Revision::Stored(row.clone())),
        _ if row.earlier.contains(&answers) => Some(Revision::Overtaken(row.clone())),
        _ if !row.waits() => Some(Revision::Over(row.clone())),
        _ => None,
    }
}

/// Whether a row names these very answers, or did before they were corrected: sending them again changes nothing.
///
/// # Errors
/// That they cannot be written, which plain text always can.
pub fn was_sent(row: &Row, submission: &Submission) -> Result<bool, StoreError> {
    let answers = content_hash(&bytes_of(submission)?);
    Ok(row.payload_hash == answers || row.earlier.contains(&answers))
}

/// Turns a pending row whose answers are there to the state in which it waits; editors hear of it first, where it is urgent.
pub(crate) async fn announce_and_settle(store: &impl Intake, row: &Row) -> Result<Transition, StoreError> {
    if let Some(key) = row.note_key() {
        store.put(&key, NOTE).await?;
    }
    store.settle(&row.id, row.waiting()).await
}

fn stored(row: Row) -> Acceptance {
    match row.state {
        State::Withdrawn | State::Removed => Acceptance::Gone,
        _ => Acceptance::Stored(row),
    }
}

/// Adds a photo to a submission that waits, or puts another in its place: first its name in the row, then its bytes.
///
/// # Errors
/// The store's own; repeating it goes on where it broke off.
pub async fn add_photo(store: &impl Intake, row: &Row, bytes: &[u8]) -> Result<Transition, StoreError> {
    let hash = content_hash(bytes);
    let before = row.photo_hash;
    let named = match store.set_photo(&row.id, before, Some(hash)).await? {
        Transition::Done(named) => named,
        // The same photo came twice at the same moment, and the other request has named it.
        Transition::Kept(named) if named.photo_hash == Some(hash) && named.waits() => named,
        other => return Ok(other),
    };
    if let Some(key) = named.photo_key()
        && let Err(error) = store.put(&key, bytes).await
    {
        // The photo before it is there still, and is named again. Should that fail too, the sweeper clears the name.
        let _ = store.set_photo(&row.id, Some(hash), before).await;
        return Err(error);
    }
    Ok(Transition::Done(named))
}
