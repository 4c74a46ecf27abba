//! Back to what was public before: an earlier manifest, with the very bytes that it names, published again in the usual order.
//! Nobody who was removed since comes back by it.

use crate::bucket::{Bucket, SITE, VersionId, key_of};
use crate::headers::Headers;
use crate::lock::plain;
use crate::look::look;
use crate::manifest::{Due, Files, Manifest};
use crate::publisher::manifest_key;
use crate::round::RoundOptions;
use crate::session::{Published, Session, unreadable};
use crate::target::Observer;
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use site::site_path::SitePath;
use site::standing::{Shown, Standing, Standings};
use std::collections::BTreeSet;
use std::path::Path;

/// How far back the history is read.
const FAR: usize = 20;

/// An earlier publish.
pub struct Earlier {
    /// Its name.
    pub deploy: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// How many files it had.
    pub files: usize,
    /// How many people.
    pub people: usize,
    /// Why it cannot be brought back, where it cannot.
    pub lost: Option<Lost>,
}

/// Why an earlier publish cannot be brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Somebody was removed since.
    Removal,
    /// Some of its files are no longer kept.
    Files,
}

/// Earlier publishes, newest first.
///
/// # Errors
/// The bucket's own.
pub fn history(session: &Session) -> Result<Vec<Earlier>> {
    let now = session.runtime.block_on(look(&session.bucket))?.public;
    let versions = session.runtime.block_on(session.bucket.versions(SITE))?;
    let kept: BTreeSet<(&str, &VersionId)> =
        versions.iter().filter_map(|version| Some((version.key.strip_prefix(SITE)?, &version.id))).collect();
    let note = |manifest: Manifest| {
        let lost = match (crosses_a_removal(&manifest, &now), is_kept(&manifest, &now, &kept)) {
            (true, _) => Some(Lost::Removal),
            (false, false) => Some(Lost::Files),
            (false, true) => None,
        };
        let (files, people) = (manifest.files.len(), manifest.people().len());
        Earlier { deploy: manifest.deploy, made_at: manifest.made_at, files, people, lost }
    };
    Ok(earlier(session)?.into_iter().map(note).collect())
}

/// Whether everything that differs from what is public now is still kept.
fn is_kept(target: &Manifest, public: &Manifest, kept: &BTreeSet<(&str, &VersionId)>) -> bool {
    target.files.iter().all(|(path, entry)| {
        public.files.get(path).is_some_and(|there| there.hash == entry.hash)
            || entry.version.as_ref().is_some_and(|version| kept.contains(&(path.as_str(), version)))
    })
}

/// Publishes an earlier state, with the folder `aside` for the files that it fetches: the one that `to` names, or the last that
/// differs from what is public.
///
/// # Errors
/// That there is none, that it must not or cannot come back, or whatever stood in the way.
pub fn rollback(
    session: &Session,
    to: Option<&str>,
    allow_deletes: Option<usize>,
    aside: &Path,
    observer: &impl Observer,
) -> Result<Published> {
    let public = session.runtime.block_on(look(&session.bucket))?.public;
    let mut earlier = earlier(session)?.into_iter().filter(|manifest| manifest.deploy != public.deploy);
    let found = match to {
        Some(name) => earlier.find(|manifest| manifest.deploy == name),
        None => earlier.find(|manifest| !is_same(manifest, &public)),
    };
    let Some(target) = found else {
        let failure = Failure::new("there is no such earlier publish");
        bail!(failure.help("`publish history` lists those that can be brought back"));
    };
    if crosses_a_removal(&target, &public) {
        let what = format!("somebody was removed since {}, and must not come back", target.deploy);
        bail!(Failure::new(what).help("build from earlier content, and publish that"));
    }
    // What a run left that was killed shows people who may have left since.
    clear(aside)?;
    let published = bring_back(session, (&target, &public), allow_deletes, (&aside.join(&session.deploy), observer));
    clear(aside)?;
    published
}

fn bring_back(
    session: &Session,
    (target, public): (&Manifest, &Manifest),
    allowed: Option<usize>,
    (aside, observer): (&Path, &impl Observer),
) -> Result<Published> {
    let files = fetch(session, target, public, aside)?;
    let read = |path: &SitePath| std::fs::read(aside.join(path)).map_err(|error| unreadable(path, &error));
    let all = |_: &Manifest| Ok(files.clone());
    let standings = standings(target, public);
    let asked = RoundOptions { allowed, ..RoundOptions::of(&all, &standings) };
    session.round(&asked, &read, None, observer).map_err(plain)
}

/// Deletes a folder of fetched files, and all of earlier runs in it.
fn clear(aside: &Path) -> std::io::Result<()> {
    match fs_err::remove_dir_all(aside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Until when those are shown who come back: what was noted last counts. Of an earlier site nobody knows today why somebody is not
/// on it: the guard counts each of them.
fn standings(target: &Manifest, public: &Manifest) -> Standings {
    let due = |(person, then): (&ProfileId, &Due)| {
        let Due { until, then, who } = *public.due.get(person).unwrap_or(then);
        (person.clone(), Standing::Shown(Shown { since: Date::MIN, until, then, who }))
    };
    target.due.iter().map(due).collect()
}

/// Fetches what differs, before anything is changed: a version that is no longer kept is found out here.
fn fetch(session: &Session, target: &Manifest, public: &Manifest, aside: &Path) -> Result<Files> {
    let mut all = target.files.clone();
    for (path, entry) in &mut all {
        entry.headers = Headers::of(path, &entry.subject).hash();
    }
    fs_err::create_dir_all(aside)?;
    for (path, entry) in &all {
        if public.files.get(path).is_some_and(|there| there.is_same(entry)) {
            continue;
        }
        let gone = || format!("{path}, as it was in {}, is no longer kept", target.deploy);
        let version = entry.version.as_ref().with_context(gone)?;
        let got = session.runtime.block_on(session.bucket.get(&key_of(path.as_str()), Some(version)))?;
        let (bytes, _) = got.with_context(gone)?;
        disk::place(&aside.join(path), &bytes)?;
    }
    Ok(all)
}

fn is_same(one: &Manifest, other: &Manifest) -> bool {
    let same = |path: &SitePath, entry: &crate::manifest::Entry| {
        other.files.get(path).is_some_and(|there| there.is_same(entry))
    };
    one.files.len() == other.files.len() && one.files.iter().all(|(path, entry)| same(path, entry))
}

fn earlier(session: &Session) -> Result<Vec<Manifest>> {
    let key = manifest_key();
    let versions = session.runtime.block_on(session.bucket.versions(&key))?;
    let old = versions.iter().filter(|version| version.key == key && !version.current && !version.marker);
    let mut manifests = Vec::new();
    for version in old.take(FAR) {
        if let Some((bytes, _)) = session.runtime.block_on(session.bucket.get(&key, Some(&version.id)))? {
            manifests.push(Manifest::read(&bytes)?);
        }
    }
    manifests.sort_by(|a, b| (b.made_at, &b.deploy).cmp(&(a.made_at, &a.deploy)));
    Ok(manifests)
}

/// Whether somebody who is gone by now was still there.
fn crosses_a_removal(target: &Manifest, public: &Manifest) -> bool {
    let people = target.people();
    target.owes_cleanup
        || public.gone.iter().any(|(key, since)| *since > target.made_at && people.contains(key.as_str()))
}
