//! The site on which tests stand: the repository's words, pages, forms and looks, and people and places of the tests' own, in `root/`
//! beside this. Whoever makes another site of the repository, with other people or none, breaks no test.

use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use walkdir::WalkDir;

/// What of the repository is part of a site root.
const PARTS: [&str; 3] = ["content", "templates/assets", "templates/html"];

/// What of it says who the site is and who is on it: never the repository's.
const OWN: [&str; 2] = ["content/facilities", "content/site.yaml"];

/// The repository.
#[must_use]
pub fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn own() -> PathBuf {
    repository().join("tests/site/root")
}

/// Where a file or a folder of the tests' site comes from, by its path in a root; that there is none is for the caller to see.
#[must_use]
pub fn source(path: impl AsRef<Path>) -> PathBuf {
    let (path, own) = (path.as_ref(), own().join(path.as_ref()));
    let is_brought = PARTS.iter().any(|part| path.starts_with(part)) && !OWN.iter().any(|part| path.starts_with(part));
    if own.is_file() || !is_brought { own } else { repository().join(path) }
}

/// Lays the tests' site into a folder.
///
/// # Errors
///
/// When a file cannot be copied.
pub fn lay(root: &Path) -> io::Result<()> {
    let brought = PARTS.iter().map(|part| (repository().to_owned(), repository().join(part)));
    for (base, folder) in brought.chain([(own(), own())]) {
        for entry in WalkDir::new(folder) {
            let entry = entry?;
            let path = entry.path().strip_prefix(&base).map_err(io::Error::other)?;
            if entry.file_type().is_file() && source(path) == entry.path() {
                let to = root.join(path);
                to.parent().map_or(Ok(()), fs_err::create_dir_all)?;
                fs_err::copy(entry.path(), to)?;
            }
        }
    }
    Ok(())
}

/// The tests' site, in a folder that goes with what holds it.
///
/// # Errors
///
/// When a file cannot be copied.
pub fn laid() -> io::Result<TempDir> {
    let folder = TempDir::new()?;
    lay(folder.path())?;
    Ok(folder)
}
