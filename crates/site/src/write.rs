//! Puts a site on disk so that what visitors see is whole at every moment: everything that changed is first written beside
//! the site; only when all of it is there is it moved into place, file by file, what pages refer to before the pages, and
//! what no longer belongs is removed last. A build that ends early has changed nothing; the next one converges.

use crate::ledger::{Class, Ledger, Output};
use crate::made::Made;
use crate::site_path::SitePath;
use anyhow::{Context, Result, bail};
use disk::Aside;
use fs_err as fs;
use schema::ground::failure::Failure;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Marks a folder as ours, so that a build never empties somebody's own, and holds the ledger of what is in it.
pub const MARKER: &str = ".inside-out";

/// Which names are over when, for a host that knows nothing of this program: lines of a day and a name, in order of days.
pub const DUE: &str = ".due";

/// The folder in which a plain host keeps the names of whoever is gone: no build of ours fills it, and none empties it.
pub const GONE: &str = ".gone";

/// What a build changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// New or different files.
    pub changed: usize,
    /// Files that were there as they should be.
    pub kept: usize,
    /// Files removed.
    pub removed: usize,
}

impl Written {
    /// How many files the site has.
    pub fn files(self) -> usize {
        self.changed + self.kept
    }
}

/// A site on its way to disk.
pub(crate) struct Staging {
    out: PathBuf,
    aside: Aside,
    staged: Mutex<Staged>,
}

struct Staged {
    ledger: Ledger,
    changed: Vec<(Class, SitePath)>,
}

impl Staging {
    /// Opens a folder for a build: an empty or absent one, or one that a build of ours made. Another build into it is waited for, and
    /// what this one is made of is asked after that.
    pub(crate) fn open(out: &Path, made: impl FnOnce() -> std::io::Result<Made>) -> Result<Self> {
        // What a host keeps of who is gone may be there before the first build.
        let is_foreign = |entry: std::io::Result<fs::DirEntry>| entry.map_or(true, |entry| entry.file_name() != GONE);
        if out.exists() && !out.join(MARKER).exists() && fs::read_dir(out)?.any(is_foreign) {
            let what = format!("{} holds files that no build made, and a build would remove them", out.display());
            bail!(Failure::new(what).help("name an empty folder with --out"));
        }
        let inside = ["content", "profiles", "templates", "var"].iter().find(|part| lies_in(out, part));
        if let Some(part) = inside {
            let what = format!("{} lies in {part}, which holds what sites are made of", out.display());
            bail!(Failure::new(what).help("name another folder with --out"));
        }
        let aside = Aside::of(out).with_context(|| format!("opening {} for a build", out.display()))?;
        let staged = Mutex::new(Staged { ledger: Ledger::new(made()?), changed: Vec::new() });
        Ok(Self { out: out.to_owned(), aside, staged })
    }

    /// Takes in one file. It is written aside only where it differs from what is there.
    pub(crate) fn put(&self, output: Output, bytes: &[u8]) -> Result<()> {
        let (path, class) = (output.path.clone(), output.kind.class());
        let differs = !is_same(&self.out.join(&path), bytes);
        {
            let mut staged = self.staged.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let is_there = staged.ledger.files.contains_key(&path);
            staged.ledger.add(output)?;
            if is_there || !differs {
                return Ok(());
            }
            staged.changed.push((class, path.clone()));
        }
        let aside = self.aside.path().join(&path);
        if let Some(folder) = aside.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::File::create(&aside)?.write_all(bytes)?)
    }

    /// What the site is made of.
    pub(crate) fn made(&mut self) -> Made {
        self.staged.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).ledger.made
    }

    /// Puts everything in place, and beside it who is due when. No other build begins until this is dropped.
    pub(crate) fn commit(&mut self, due: &str) -> Result<Written> {
        let Staged { ledger, changed } = self.staged.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        changed.sort();
        if !self.out.join(MARKER).exists() {
            // A folder in which a build died is still ours; what is in it is not yet a site.
            disk::place(&self.out.join(MARKER), b"\n")?;
        }
        for (_, path) in &*changed {
            let place = self.out.join(path);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(self.aside.path().join(path), place)?;
        }
        let is_ours = |file: &Path| file.to_str().is_some_and(|file| ledger.files.contains_key(file));
        let stale: Vec<PathBuf> = disk::tree(&self.out)?
            .into_iter()
            .filter(|file| !is_ours(file) && ![MARKER, DUE].map(Path::new).contains(&file.as_path()))
            .filter(|file| !file.starts_with(GONE))
            .collect();
        for file in &stale {
            fs::remove_file(self.out.join(file))?;
            remove_empty(&self.out, file);
        }
        disk::place(&self.out.join(DUE), due.as_bytes())?;
        // Last: the ledger tells of a folder that is whole.
        disk::place(&self.out.join(MARKER), &ledger.to_bytes()?)?;
        let kept = ledger.files.len() - changed.len();
        Ok(Written { changed: changed.len(), kept, removed: stale.len() })
    }
}

/// Whether a folder is, or lies in, a folder of that name beside which a site root's `content` stands.
fn lies_in(out: &Path, part: &str) -> bool {
    let whole = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let named = |folder: &Path| folder.file_name().is_some_and(|name| name == part);
    let beside = |folder: &Path| folder.parent().is_some_and(|root| root.join("content/site.yaml").exists());
    whole.ancestors().any(|folder| named(folder) && beside(folder))
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let size = std::fs::metadata(path).map(|meta| meta.len());
    size.is_ok_and(|size| size == bytes.len() as u64) && std::fs::read(path).is_ok_and(|there| there == bytes)
}

/// Removes the folders that a removed file leaves empty.
fn remove_empty(out: &Path, file: &Path) {
    let mut folder = file.parent();
    while let Some(inner) = folder.filter(|inner| !inner.as_os_str().is_empty()) {
        // A folder that still holds something refuses, and so do those above it.
        if std::fs::remove_dir(out.join(inner)).is_err() {
            return;
        }
        folder = inner.parent();
    }
}
