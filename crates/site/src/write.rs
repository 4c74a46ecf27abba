//! Puts a site on disk so that what visitors see is whole at every moment: everything that changed is first written beside
//! the site; only when all of it is there is it moved into place, file by file, what pages refer to before the pages, and
//! what no longer belongs is removed last. A build that ends early has changed nothing; the next one converges.

use anyhow::{Context, Result, bail};
use fs_err as fs;
use schema::ground::failure::Failure;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Marks a folder as ours, so that a build never empties somebody's own.
pub const MARKER: &str = ".inside-out";

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

/// A site on its way to disk.
pub(crate) struct Output {
    out: PathBuf,
    aside: PathBuf,
    staged: Mutex<Staged>,
    _lock: fs::File,
}

#[derive(Default)]
struct Staged {
    all: BTreeSet<PathBuf>,
    changed: Vec<PathBuf>,
}

impl Output {
    /// Opens a folder for a build: an empty or absent one, or one that a build of ours made.
    pub(crate) fn open(out: &Path) -> Result<Self> {
        if out.exists() && !out.join(MARKER).exists() && fs::read_dir(out)?.next().is_some() {
            let what = format!("{} holds files that no build made, and a build would remove them", out.display());
            bail!(Failure::new(what).help("name an empty folder with --out"));
        }
        let inside = ["content", "profiles", "templates", "var"].iter().find(|part| lies_in(out, part));
        if let Some(part) = inside {
            let what = format!("{} lies in {part}, which holds what sites are made of", out.display());
            bail!(Failure::new(what).help("name another folder with --out"));
        }
        fs::create_dir_all(out)?;
        let mut aside = out.as_os_str().to_owned();
        aside.push(disk::PARTIAL);
        let aside = PathBuf::from(aside);
        fs::create_dir_all(&aside)?;
        let lock = fs::File::create(aside.join(".lock"))?;
        lock.file().lock().with_context(|| format!("waiting for another build into {}", out.display()))?;
        for leftover in disk::tree(&aside)?.iter().filter(|file| *file != Path::new(".lock")) {
            fs::remove_file(aside.join(leftover))?;
        }
        Ok(Self { out: out.to_owned(), aside, staged: Mutex::default(), _lock: lock })
    }

    /// Takes in one file. It is written aside only where it differs from what is there.
    pub(crate) fn stage(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let path = PathBuf::from(path);
        let differs = !is_same(&self.out.join(&path), bytes);
        if differs {
            let aside = self.aside.join(&path);
            if let Some(folder) = aside.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::File::create(&aside)?.write_all(bytes)?;
        }
        let mut staged = self.staged.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if differs {
            staged.changed.push(path.clone());
        }
        staged.all.insert(path);
        Ok(())
    }

    /// Puts everything in place. Returns how many files the site has, and what changed.
    pub(crate) fn commit(self) -> Result<(usize, Written)> {
        let mut staged = self.staged.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        staged.changed.sort_by_key(|path| (class(path), path.clone()));
        disk::place(&self.out.join(MARKER), b"Made by inside-out build, which removes what no longer belongs here.\n")?;
        for path in &staged.changed {
            let place = self.out.join(path);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(self.aside.join(path), place)?;
        }
        let stale: Vec<PathBuf> = disk::tree(&self.out)?
            .into_iter()
            .filter(|file| !staged.all.contains(file) && file != Path::new(MARKER))
            .collect();
        for file in &stale {
            fs::remove_file(self.out.join(file))?;
            remove_empty(&self.out, file);
        }
        fs::remove_dir_all(&self.aside)?;
        let changed = staged.changed.len();
        let written = Written { changed, kept: staged.all.len() - changed, removed: stale.len() };
        Ok((staged.all.len(), written))
    }
}

/// Whether a folder is, or lies in, a folder of that name beside which a site root's `content` stands.
fn lies_in(out: &Path, part: &str) -> bool {
    let whole = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let named = |folder: &Path| folder.file_name().is_some_and(|name| name == part);
    let beside = |folder: &Path| folder.parent().is_some_and(|root| root.join("content/site.yaml").exists());
    whole.ancestors().any(|folder| named(folder) && beside(folder))
}

/// What pages refer to comes first, then pages, then what leads to them.
fn class(path: &Path) -> u8 {
    match path.components().next().and_then(|first| first.as_os_str().to_str()) {
        Some("assets" | "photos" | "search") => 0,
        Some("people") => 1,
        Some("index.html" | "sitemap.xml" | "feed.xml") => 3,
        _ => 2,
    }
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
