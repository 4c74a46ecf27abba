//! Taking one person's page down at once, without waiting for a build, nor for another publisher: 410 at the edge, files and old
//! versions deleted, copies dropped. Lists forget them with the next publish.

use crate::departures::{self, Leaver};
use crate::lock::NotTaken;
use crate::manifest::{Files, Manifest};
use crate::plan::{Away, Removal};
use crate::publisher::Source;
use crate::round::{Look, PublishOutcome, look};
use crate::session::{Observer, RoundInput, Session};
use crate::subject::Subject;
use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use site::ledger::Kind;
use std::collections::BTreeSet;

/// What taking somebody down has come to.
pub struct Removed {
    /// What was noted of them: paths, and what is done since when.
    pub leaver: Leaver,
    /// Why the list of what is public could not be changed yet, where it could not.
    pub waits: Option<Failure>,
}

/// Takes a person down. Nothing comes of it where they have no page and never had one.
///
/// # Errors
/// What stood in the way; asking again goes on from there.
pub fn remove(session: &Session, person: &ProfileId, observer: &impl Observer) -> Result<Option<Removed>> {
    let person = person.as_str();
    let paths = theirs(&session.runtime.block_on(look(&session.bucket))?, person);
    let waits = if paths.is_empty() { None } else { take_down(session, person, &paths, observer)? };
    Ok(noted(session, person)?.map(|leaver| Removed { leaver, waits }))
}

/// Takes down what is there. Returns why the rest waits for a later publish, where it does.
fn take_down(
    session: &Session,
    person: &str,
    paths: &BTreeSet<Away>,
    observer: &impl Observer,
) -> Result<Option<Failure>> {
    let source: Source<'_> =
        &|path| Err(crate::bucket::ServiceError::Unavailable(format!("{path} is not sent by a removal")));
    let others = |public: &Manifest| Ok(without(public, person));
    let asked = RoundInput { allowed: Some(paths.len()), only_person: Some(person), ..RoundInput::of(&others, source) };
    match session.round(&asked, observer).map(|published| published.outcome) {
        Ok(PublishOutcome::Refused(why)) => bail!(why),
        Ok(_) => Ok(None),
        Err(error) => match error.downcast() {
            // Whoever holds the lock may be dead. Marking and erasing harm nobody who is alive; the manifest is left to the next publish.
            Ok(NotTaken::Held(why)) => {
                let removal = Removal { person: person.to_owned(), paths: paths.iter().cloned().collect() };
                session.take_down(&[removal], source)?;
                Ok(Some(why))
            }
            Ok(NotTaken::ServiceError(fault)) => Err(fault.into()),
            Err(error) => Err(error),
        },
    }
}

/// What was noted of somebody who left; from now on, as somebody who asked for it.
fn noted(session: &Session, person: &str) -> Result<Option<Leaver>> {
    session.runtime.block_on(async {
        departures::change(&session.bucket, |leavers| {
            if let Some(leaver) = leavers.0.get_mut(person) {
                leaver.asked = true;
            }
        })
        .await?;
        Ok(departures::read(&session.bucket).await?.0.remove(person))
    })
}

/// Everything that is or may be on the public site and theirs alone.
fn theirs(look: &Look, person: &str) -> BTreeSet<Away> {
    let is_theirs = |subject: &Subject| subject.is_only_of(person);
    let files = look.public.files.iter().map(|(path, entry)| (path.as_str(), &entry.subject));
    let touched = look.touched.paths.iter().filter_map(|(path, subject)| Some((path.as_str(), subject.as_ref()?)));
    let of_files = files.chain(touched).filter(|(_, subject)| is_theirs(subject));
    let replaced = look
        .public
        .replaced
        .iter()
        .filter(|(_, photo)| photo.people.len() == 1 && photo.people.iter().any(|id| id.as_str() == person));
    of_files
        .map(|(path, subject)| Away::new(path, subject.kind))
        .chain(replaced.map(|(path, _)| Away::new(path, Kind::Photo)))
        .collect()
}

/// The files of the public site without a person: what is theirs alone goes, what is somebody else's too stays theirs.
pub(crate) fn without(public: &Manifest, person: &str) -> Files {
    let others = public.files.iter().filter(|(_, entry)| !entry.subject.is_only_of(person));
    let mut files: Files = others.map(|(path, entry)| (path.clone(), entry.clone())).collect();
    files.values_mut().for_each(|entry| entry.subject.people.retain(|id| id.as_str() != person));
    files
}
