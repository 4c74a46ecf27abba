//! The files of a root that came from the program, and the copies of them as they came.

use crate::source::{AGENCIES, Base, PRISTINE};
use schema::ground::failure::Failure;
use std::io;
use std::path::{Path, PathBuf};

/// The ids of the agencies that the program knew when a root last met it, a line for each.
const KNOWN: &str = ".inside-out/agencies.txt";

/// Where the copy of a file stands.
pub(super) fn pristine(path: &str) -> PathBuf {
    Path::new(PRISTINE).join(path)
}

/// The paths of all files that have a copy, in order.
pub(super) fn all(root: &Path) -> io::Result<Vec<String>> {
    let mut files = disk::tree(&root.join(PRISTINE))?;
    files.retain(|file| !file.to_string_lossy().ends_with(disk::PARTIAL));
    let mut paths: Vec<String> = files.iter().map(|file| crate::source::layers::slashed(file)).collect();
    paths.sort();
    Ok(paths)
}

/// Writes a file of the program's into a root, where none is, the copy first: a file without one would never be brought up to date.
pub(super) fn copy_in(root: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    disk::replace(&root.join(pristine(path)), bytes)?;
    disk::create(&root.join(path), bytes)
}

/// The agencies that are known to a root.
pub(super) fn known_agencies(root: &Path) -> io::Result<Vec<String>> {
    match fs_err::read_to_string(root.join(KNOWN)) {
        Ok(text) => Ok(text.lines().map(|line| line.trim().to_owned()).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Makes the agencies of this program known to a root.
pub(super) fn know_agencies(root: &Path, base: Base) -> io::Result<()> {
    let lines: String = base.ids(AGENCIES).flat_map(|id| [id, "\n"]).collect();
    disk::replace(&root.join(KNOWN), lines.as_bytes())
}

/// The base, where a root stands on it.
pub(super) fn base_of(root: &Path) -> Result<Base, Failure> {
    if !root.join("content/site.yaml").exists() {
        let failure = Failure::new(format!("{} is not a site root: it has no content/site.yaml", root.display()));
        return Err(failure.help("go to the site's folder, or name it with --root; `inside-out new DIR` makes one"));
    }
    if !crate::source::layers::stands_on_base(root) {
        let what = "this site holds all of its files itself, and takes none from the program";
        return Err(Failure::new(what).help("a site made by `inside-out new` says `base: true` in content/site.yaml"));
    }
    Base::brought()
}
