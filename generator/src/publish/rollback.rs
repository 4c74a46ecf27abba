//! Back to what was public before: an earlier manifest, with the very bytes that it names, published again in the usual order.
//! Nobody who was removed since comes back by it.

use super::apply::manifest_key;
use super::bucket::{Bucket, SITE};
use super::class::Headers;
use super::manifest::{Files, Manifest};
use super::plan::key_of;
use super::session::{Came, look};
use super::{Asked, Scene, unreadable};
use crate::files;
use crate::run::{Verdict, counted, say};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::path::Path;

/// How far back the history is read.
const FAR: usize = 20;

/// Lists earlier publishes, newest first, and says of each whether it can be brought back.
pub(super) fn history(scene: &Scene<'_>) -> Result<Verdict> {
    let now = scene.runtime.block_on(look(&scene.bucket))?.public;
    let versions = scene.runtime.block_on(scene.bucket.versions(SITE))?;
    let kept: BTreeSet<(&str, &str)> =
        versions.iter().filter_map(|version| Some((version.key.strip_prefix(SITE)?, version.id.as_str()))).collect();
    for manifest in earlier(scene)? {
        let note = match (crosses_a_removal(&manifest, &now), is_kept(&manifest, &now, &kept)) {
            (true, _) => "; cannot be brought back: somebody was removed since",
            (false, false) => "; cannot be brought back: some of its files are no longer kept",
            (false, true) => "",
        };
        let (files, people) = (counted(manifest.files.len(), "file"), manifest.people().len());
        let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
        say(&format!("{}  {}  {files} of {people}{note}", manifest.deploy, manifest.made_at))?;
    }
    Ok(Verdict::Clean)
}

/// Whether everything that differs from what is public now is still kept.
fn is_kept(target: &Manifest, public: &Manifest, kept: &BTreeSet<(&str, &str)>) -> bool {
    target.files.iter().all(|(path, entry)| {
        public.files.get(path).is_some_and(|there| there.hash == entry.hash)
            || entry.version.as_deref().is_some_and(|version| kept.contains(&(path.as_str(), version)))
    })
}

/// Publishes an earlier state.
pub(super) fn rollback(root: &Path, scene: &Scene<'_>, to: Option<&str>, allowed: Option<usize>) -> Result<Verdict> {
    let public = scene.runtime.block_on(look(&scene.bucket))?.public;
    let mut earlier = earlier(scene)?.into_iter().filter(|manifest| manifest.deploy != public.deploy);
    let found = match to {
        Some(name) => earlier.find(|manifest| manifest.deploy == name),
        None => earlier.find(|manifest| !is_same(manifest, &public)),
    };
    let Some(target) = found else {
        bail!("there is no such earlier publish\n  help: `publish history` lists those that can be brought back");
    };
    if crosses_a_removal(&target, &public) {
        bail!(
            "somebody was removed since {}, and must not come back\n  help: build from earlier content, and publish that",
            target.deploy
        );
    }
    let aside = root.join("var/publish").join(&scene.deploy);
    let files = fetch(scene, &target, &public, &aside)?;
    let read = |path: &str| std::fs::read(aside.join(path)).map_err(|error| unreadable(path, &error));
    let broken = scene.target.break_lock.as_deref();
    let all = |_: &Manifest| Ok(files.clone());
    let asked = Asked { allowed, broken, ..Asked::of(&all, &read) };
    let came = scene.publish(&asked);
    fs_err::remove_dir_all(&aside)?;
    let (came, json) = came?;
    scene.print(json)?;
    match came {
        Came::Refused(why) => bail!(why),
        _ => Ok(Verdict::Clean),
    }
}

/// Fetches what differs, before anything is changed: a version that is no longer kept is found out here.
fn fetch(scene: &Scene<'_>, target: &Manifest, public: &Manifest, aside: &Path) -> Result<Files> {
    let mut all = target.files.clone();
    for (path, entry) in &mut all {
        entry.headers = Headers::of(path).hash();
    }
    fs_err::create_dir_all(aside)?;
    for (path, entry) in &all {
        if public.files.get(path).is_some_and(|there| there.is_same(entry)) {
            continue;
        }
        let gone = || format!("{path}, as it was in {}, is no longer kept", target.deploy);
        let version = entry.version.as_deref().with_context(gone)?;
        let got = scene.runtime.block_on(scene.bucket.get(&key_of(path), Some(version)))?;
        let (bytes, _) = got.with_context(gone)?;
        files::write(&aside.join(path), &bytes)?;
    }
    Ok(all)
}

fn is_same(one: &Manifest, other: &Manifest) -> bool {
    let same =
        |path: &String, entry: &super::manifest::Entry| other.files.get(path).is_some_and(|there| there.is_same(entry));
    one.files.len() == other.files.len() && one.files.iter().all(|(path, entry)| same(path, entry))
}

fn earlier(scene: &Scene<'_>) -> Result<Vec<Manifest>> {
    let key = manifest_key();
    let versions = scene.runtime.block_on(scene.bucket.versions(&key))?;
    let old = versions.iter().filter(|version| version.key == key && !version.current && !version.marker);
    let mut manifests = Vec::new();
    for version in old.take(FAR) {
        if let Some((bytes, _)) = scene.runtime.block_on(scene.bucket.get(&key, Some(&version.id)))? {
            manifests.push(Manifest::read(&bytes)?);
        }
    }
    manifests.sort_by(|a, b| (b.made_at, &b.deploy).cmp(&(a.made_at, &a.deploy)));
    Ok(manifests)
}

/// Whether somebody who is gone by now was still there.
fn crosses_a_removal(target: &Manifest, public: &Manifest) -> bool {
    let people = target.people();
    target.owes || public.gone.iter().any(|(key, since)| *since > target.made_at && people.contains(key.as_str()))
}
