//! One submission, read whole: what is shown is what was stored, or it is refused.

use crate::desk::DeskError;
use crate::store::{Store, StoreError};
use schema::ground::failure::Failure;
use schema::ground::hash::{Hash, content_hash};
use schema::ground::problem::quoted;
use schema::submission::content::Submission;
use schema::submission::kinds::{Flag, State};
use schema::submission::reference::Reference;
use schema::submission::role::Role;
use schema::submission::row::Row;

/// A submission with everything that an editor looks at.
#[derive(Debug)]
pub struct Dossier {
    /// Its row.
    pub row: Row,
    /// Its answers.
    pub submission: Submission,
    /// The registration whose reference and code it came with, where it did.
    pub registration: Option<Registration>,
}

/// The registration that an update was sent with.
#[derive(Debug)]
pub struct Registration {
    /// Its reference.
    pub reference: Reference,
    /// Its row, unless it is deleted by now.
    pub row: Option<Row>,
}

/// The row of a reference as somebody typed it.
///
/// # Errors
/// That it is no reference, that there is none such, or the store's own.
pub async fn row(store: &impl Store, typed: &str) -> Result<Row, DeskError> {
    let Some(reference) = Reference::parse(typed) else {
        let failure = Failure::new(format!("{} is not a reference", quoted(typed)));
        return Err(failure.help("a reference looks like KM7P-T4RX; `review list` shows them").into());
    };
    match store.row(&reference).await? {
        Some(row) => Ok(row),
        None => {
            let failure = Failure::new(format!("there is no submission {reference}"));
            Err(failure.help("`review list --all` shows every one").into())
        }
    }
}

/// Reads a submission.
///
/// # Errors
/// That it is still arriving, that its answers are not those that were stored, or the store's own.
pub async fn read(store: &impl Store, row: Row) -> Result<Dossier, DeskError> {
    let submission = submission(store, &row).await?;
    let registration = match row.flags.contains(&Flag::Proven) {
        true => registration(store, &submission).await?,
        false => None,
    };
    Ok(Dossier { row, submission, registration })
}

/// The answers of a row, checked against the hash in it.
async fn submission(store: &impl Store, row: &Row) -> Result<Submission, DeskError> {
    if row.state == State::Pending {
        return Err(Failure::new(format!("{} is still arriving: its answers are not stored whole", row.id)).into());
    }
    if row.state.is_empty() {
        return Err(Failure::new(format!("what was sent with {} is deleted", row.id)).into());
    }
    version(store, row, row.payload_hash).await
}

/// What stood there before its sender corrected it, oldest first.
///
/// # Errors
/// That something is not what was stored, or the store's own.
pub async fn earlier(store: &impl Store, row: &Row) -> Result<Vec<Submission>, DeskError> {
    let mut earlier = Vec::new();
    for answers in &row.earlier {
        earlier.push(version(store, row, *answers).await?);
    }
    Ok(earlier)
}

async fn version(store: &impl Store, row: &Row, answers: Hash) -> Result<Submission, DeskError> {
    let key = row.key_of(answers);
    let bytes = store.get(&key).await?;
    if content_hash(&bytes) != answers {
        let what = format!("the answers of {} are not those that were stored: their hash differs", row.id);
        return Err(Failure::new(what).into());
    }
    Ok(serde_json::from_slice(&bytes).map_err(|error| StoreError::Damaged { key, why: error.to_string() })?)
}

async fn registration(store: &impl Store, update: &Submission) -> Result<Option<Registration>, DeskError> {
    let Some(reference) = update.one(Role::Reference).and_then(Reference::parse) else { return Ok(None) };
    let row = store.row(&reference).await?;
    Ok(Some(Registration { reference, row }))
}

/// The photo that waits with a row, checked against the hash in it.
///
/// # Errors
/// That it has not arrived, that it is not the one that was stored, or the store's own.
pub async fn photo(store: &impl Store, row: &Row) -> Result<Option<Vec<u8>>, DeskError> {
    let (Some(key), Some(hash)) = (row.photo_key(), &row.photo_hash) else { return Ok(None) };
    if !store.has(&key).await? {
        let failure = Failure::new(format!("the photo of {} has not arrived: sending it broke off", row.id));
        return Err(failure.help("its sender saw an error and may send it again; `review sweep` clears it after 15 minutes; --without-photo promotes without it").into());
    }
    let bytes = store.get(&key).await?;
    if content_hash(&bytes) != *hash {
        let what = format!("the photo of {} is not the one that was stored: its hash differs", row.id);
        return Err(Failure::new(what).into());
    }
    Ok(Some(bytes))
}
