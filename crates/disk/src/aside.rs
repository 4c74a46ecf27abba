//! A folder beside a place, in which what goes there is made ready: for one process at a time, and gone when it ends.

use crate::{PARTIAL, about};
use fs_err as fs;
use same_file::Handle;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Whoever holds the lock on this file holds the folder.
const LOCK: &str = ".lock";

/// How often the folder may be taken away just when it is opened: a place that cannot be made at all looks the same.
const MOST_TRIES: usize = 1000;

/// An empty folder, until this is dropped.
pub struct Aside {
    folder: PathBuf,
    _lock: fs::File,
}

impl Aside {
    /// Opens the folder of a place: waits for whoever holds it, and clears what somebody who was killed left in it.
    ///
    /// # Errors
    /// That of making, locking or clearing it, with the path.
    pub fn of(place: &Path) -> io::Result<Self> {
        let mut folder = place.as_os_str().to_owned();
        folder.push(PARTIAL);
        let folder = PathBuf::from(folder);
        let aside = Self { _lock: take(&folder)?, folder };
        aside.clear()?;
        Ok(aside)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Removes everything but the lock.
    fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => fs::remove_dir_all(entry.path())?,
                false if entry.file_name() == LOCK => {}
                false => fs::remove_file(entry.path())?,
            }
        }
        Ok(())
    }

    fn remove(&self) -> io::Result<()> {
        self.clear()?;
        fs::remove_file(self.folder.join(LOCK))?;
        // Where somebody came meanwhile, their lock is in it, and the folder stays theirs.
        fs::remove_dir(&self.folder)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // What stays is cleared by the next one.
        let _ = self.remove();
    }
}

/// Takes the lock. Whoever held it before has taken it away with the folder, so what was waited for may be the lock of nothing.
fn take(folder: &Path) -> io::Result<fs::File> {
    let path = folder.join(LOCK);
    let mut tries = 0..MOST_TRIES;
    loop {
        let lock = match open(folder, &path) {
            Err(error) if is_leaving(folder, error.kind()) && tries.next().is_some() => continue,
            opened => opened?,
        };
        lock.file().lock().map_err(|error| about(&path, &error))?;
        let held = Handle::from_file(lock.file().try_clone()?)?;
        if Handle::from_path(&path).is_ok_and(|there| there == held) {
            return Ok(lock);
        }
    }
}

fn open(folder: &Path, path: &Path) -> io::Result<fs::File> {
    fs::create_dir_all(folder)?;
    fs::OpenOptions::new().create(true).append(true).open(path)
}

/// Whether the folder was taken away while it was being opened.
fn is_leaving(folder: &Path, kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::AlreadyExists) && !folder.is_file()
}
