//! Who has left the site: what was theirs, when each step of taking it down was done, and whether somebody asked for it. Nobody
//! who was removed on request comes back by a later publish, unless it names them.

use crate::bucket::{Bucket, NOTES, Precondition, ServiceError, Tag};
use crate::lock::note;
use crate::step::Step;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How often a change is tried again that met another one.
const TRIES: usize = 5;

/// One person who left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaver {
    /// Whether `remove` was asked to take them down.
    pub asked: bool,
    /// What was theirs alone.
    pub paths: BTreeSet<String>,
    /// What is done, and when first.
    pub steps: BTreeMap<Step, Timestamp>,
}

/// Everybody who left, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Leavers(pub(crate) BTreeMap<String, Leaver>);

impl Leavers {
    /// Those who were removed because somebody asked.
    pub(crate) fn asked(&self) -> BTreeSet<&str> {
        self.0.iter().filter(|(_, leaver)| leaver.asked).map(|(person, _)| person.as_str()).collect()
    }
}

/// The key of the note.
pub(crate) fn key() -> String {
    format!("{NOTES}left.json")
}

/// Reads the note.
pub(crate) async fn read(bucket: &impl Bucket) -> Result<Leavers, ServiceError> {
    Ok(with_tag(bucket).await?.0)
}

/// Changes the note, whoever else changes it at the same time: it needs no lock.
pub(crate) async fn change(bucket: &impl Bucket, work: impl Fn(&mut Leavers)) -> Result<(), ServiceError> {
    for _ in 0..TRIES {
        let (old, tag) = with_tag(bucket).await?;
        let mut new = old.clone();
        work(&mut new);
        if new == old {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&new).map_err(|error| ServiceError::Unavailable(error.to_string()))?;
        let when = tag.as_ref().map_or(Precondition::Absent, Precondition::Unchanged);
        match bucket.put(note(&key(), bytes), when).await {
            Ok(_) => return Ok(()),
            Err(ServiceError::Changed(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Err(ServiceError::Changed(key()))
}

async fn with_tag(bucket: &impl Bucket) -> Result<(Leavers, Option<Tag>), ServiceError> {
    match bucket.get(&key(), None).await? {
        Some((bytes, stored)) => {
            let unreadable = |error| ServiceError::Unavailable(format!("{}: {error}", key()));
            Ok((serde_json::from_slice(&bytes).map_err(unreadable)?, Some(stored.tag)))
        }
        None => Ok((Leavers::default(), None)),
    }
}
