//! What a newer program changed in the files that a root has from it: shown, then brought in.
//!
//! Each file is written before its copy. Whoever is stopped between the two has the file as it should be, and the next run finds
//! nothing left to do in it but the copy.

use super::kept::{all, base_of, copy_in, know_agencies, known_agencies, pristine};
use super::merge::{Merged, changes, has_marks, is_left_by_merge, merge};
use super::places::{places_of, with_services};
use crate::source::{AGENCIES, Base};
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::Path;

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nobody changed it here: it becomes the program's.
    Taken,
    /// What was changed here stays, and what the program changed comes in.
    Merged,
    /// Both changed the same lines, so many times: they will stand between marks.
    Conflicts(usize),
    /// It holds what the program has now: only the copy is brought up to date.
    Same,
    /// Marks of an earlier merge stand in it: it waits until somebody has chosen.
    Waits,
    /// It is no longer here: the copy goes too.
    Deleted,
    /// The program no longer has it: it stays as it is, and is the site's own from now on.
    Left,
    /// It is no text that can be read: it stays as it is.
    Unreadable,
}

/// One file, and what becomes of it.
pub struct Upgrade {
    /// Its path in the root.
    pub path: String,
    /// What becomes of it.
    pub change: Change,
    /// What the program changed since it came, as lines with plus and minus.
    pub shown: String,
    /// What will stand in the file, where that is to be written.
    text: Option<String>,
}

/// Everything that an upgrade would do.
pub struct Plan {
    /// Files that came from the program and that it has changed since, or dropped.
    pub files: Vec<Upgrade>,
    /// Agencies and services that will be brought, by their paths.
    pub brought: Vec<String>,
    /// Agencies that the program did not know when the root last met it, and that nobody asked for.
    pub new_agencies: Vec<&'static str>,
    /// Files that stand in place of the program's and have no copy: they are never touched.
    pub without_copy: Vec<&'static str>,
    base: Base,
}

/// Finds what an upgrade would do, and what bringing these agencies would.
///
/// # Errors
/// That the root takes nothing from the program, that there is no such agency, or that of reading.
pub fn plan(root: &Path, agencies: &[String]) -> Result<Plan> {
    let base = base_of(root)?;
    let copies = all(root)?;
    let files = copies.iter().map(|path| look(root, base, path)).collect::<Result<Vec<_>>>()?;
    let known = known_agencies(root)?;
    let is_here = |path: &str| root.join(path).exists();
    let wanted = with_services(base, &places_of(base, agencies)?);
    let brought: Vec<String> = wanted.into_iter().filter(|path| !is_here(path)).collect();
    let place = |id: &str| format!("{AGENCIES}/{id}.yaml");
    let is_new = |id: &&str| !known.iter().any(|known| known == id) && !is_here(&place(id));
    let new_agencies = base.ids(AGENCIES).filter(is_new).filter(|id| !brought.contains(&place(id))).collect();
    let has_copy: BTreeSet<&str> = copies.iter().map(String::as_str).collect();
    let without_copy = base.paths().filter(|path| !has_copy.contains(path) && is_here(path)).collect();
    let files = files.into_iter().flatten().collect();
    Ok(Plan { files, brought, new_agencies, without_copy, base })
}

/// What becomes of one file; nothing where the program has it as it came.
fn look(root: &Path, base: Base, path: &str) -> Result<Option<Upgrade>> {
    let quiet = |change| Some(Upgrade { path: path.to_owned(), change, shown: String::new(), text: None });
    if !root.join(path).exists() {
        return Ok(quiet(Change::Deleted));
    }
    let Some(now) = base.get(path).map(String::from_utf8_lossy) else { return Ok(quiet(Change::Left)) };
    let before = String::from_utf8(disk::read(root, &pristine(path))?);
    let (Ok(before), Ok(here)) = (before, String::from_utf8(disk::read(root, Path::new(path))?)) else {
        return Ok(quiet(Change::Unreadable));
    };
    let before = before.replace("\r\n", "\n");
    if before == now {
        return Ok(None);
    }
    let (change, text) = decide(&before, &here, &now);
    Ok(Some(Upgrade { path: path.to_owned(), change, shown: changes(path, &before, &now), text }))
}

fn decide(before: &str, here: &str, now: &str) -> (Change, Option<String>) {
    if has_marks(here) {
        return if is_left_by_merge(before, here, now) { (Change::Same, None) } else { (Change::Waits, None) };
    }
    let is_untouched = here.replace("\r\n", "\n") == before;
    match merge(before, here, now) {
        Merged::Whole(text) if text == here => (Change::Same, None),
        Merged::Whole(text) => (if is_untouched { Change::Taken } else { Change::Merged }, Some(text)),
        Merged::Conflicts(text, times) => (Change::Conflicts(times), Some(text)),
    }
}

/// Carries a plan out. Each file is there whole, as it was or as it will be, whenever this is stopped; it can be run again.
///
/// # Errors
/// That of writing, with the path.
pub fn apply(root: &Path, plan: &Plan) -> Result<()> {
    for upgrade in &plan.files {
        carry_out(root, plan.base, upgrade)?;
    }
    for path in &plan.brought {
        copy_in(root, path, plan.base.needed(path)?)?;
    }
    Ok(know_agencies(root, plan.base)?)
}

fn carry_out(root: &Path, base: Base, upgrade: &Upgrade) -> Result<()> {
    let copy = root.join(pristine(&upgrade.path));
    if let Some(text) = &upgrade.text {
        disk::replace(&root.join(&upgrade.path), text.as_bytes())?;
    }
    match upgrade.change {
        Change::Taken | Change::Merged | Change::Conflicts(_) | Change::Same => {
            disk::replace(&copy, base.needed(&upgrade.path)?)?;
        }
        Change::Deleted | Change::Left => disk::remove(&copy)?,
        Change::Waits | Change::Unreadable => {}
    }
    Ok(())
}
