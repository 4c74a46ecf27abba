//! What the program brings to every site, for roots that stand on it: what such a root does not hold is read from there, file by file.

use schema::ground::failure::Failure;
use schema::ground::hash::{Hash, content_hash};
use std::sync::OnceLock;

/// Where a root keeps what it copied from the base, as it was then.
pub(crate) const PRISTINE: &str = ".inside-out/base";

/// What is copied into each root, and is its own from then on: facts that its editors keep checking.
pub(crate) const AGENCIES: &str = "content/agencies";
pub(crate) const SERVICES: &str = "content/services";

/// The files of a base, by their paths in a root, in order.
#[derive(Clone, Copy)]
pub struct Base {
    files: &'static [(&'static str, &'static [u8])],
}

/// The one of this program. It is the same for every root, so the program says it once, before it reads any.
static BROUGHT: OnceLock<Base> = OnceLock::new();

impl Base {
    /// Brings a base: paths in a root with what stands there, in order of path. Only the first one counts.
    pub fn bring(files: &'static [(&'static str, &'static [u8])]) {
        let _ = BROUGHT.set(Self { files });
    }

    /// The one that was brought.
    ///
    /// # Errors
    /// That this program brings none, and how to get one that does.
    pub fn brought() -> Result<Self, Failure> {
        let without = || {
            let what =
                "this inside-out was built without the words, pages and templates that sites of one's own stand on";
            Failure::new(what).help("build it with them: cargo build --release --features base")
        };
        BROUGHT.get().copied().ok_or_else(without)
    }

    /// The bytes of a file.
    pub fn get(self, path: &str) -> Option<&'static [u8]> {
        let at = self.files.binary_search_by(|(known, _)| (*known).cmp(path)).ok()?;
        self.files.get(at).map(|(_, bytes)| *bytes)
    }

    /// The bytes of a file that must be there.
    ///
    /// # Errors
    /// That it is not: nothing is written in its place.
    pub(crate) fn needed(self, path: &str) -> Result<&'static [u8], Failure> {
        let help = "install `inside-out` again: its own files do not fit each other";
        self.get(path).ok_or_else(|| Failure::new(format!("this program brings no {path}")).help(help))
    }

    /// The paths of all files, in order.
    pub fn paths(self) -> impl Iterator<Item = &'static str> {
        self.files.iter().map(|(path, _)| *path)
    }

    /// The files directly in a folder, in order.
    pub(crate) fn in_folder(self, folder: &str) -> impl Iterator<Item = &'static str> {
        self.paths().filter(move |path| path.rsplit_once('/').is_some_and(|(above, _)| above == folder))
    }

    /// The ids of the agencies or services in a folder, in order.
    pub(crate) fn ids(self, folder: &str) -> impl Iterator<Item = &'static str> {
        self.in_folder(folder).filter_map(|path| path.rsplit('/').next()?.strip_suffix(".yaml"))
    }

    /// The hash of all files, paths included.
    pub(crate) fn hash(self) -> Hash {
        let line = |(path, bytes): &(&str, &[u8])| format!("{} {path}\n", content_hash(bytes));
        content_hash(self.files.iter().map(line).collect::<String>().as_bytes())
    }
}

/// Whether a file of the base stands for that of every root which has none; the others are copied into a root, or are not in it.
pub(crate) fn is_shared(path: &str) -> bool {
    ![AGENCIES, SERVICES].iter().any(|folder| path.rsplit_once('/').is_some_and(|(above, _)| above == *folder))
}
