//! What a run knows of the ones before: `var/watch.json`, which is this machine's own. Without it, every page is asked for in full, and
//! documents are seen as if for the first time.

use jiff::civil::Date;
use schema::ground::hash::Hash;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// A page as it was last seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// The mark of that version.
    pub(crate) etag: Option<String>,
    /// Its day, as it was written.
    pub(crate) modified: Option<String>,
    /// The hash of the quotations that it held, all of them.
    pub(crate) held: Option<Hash>,
    /// The hash of a document whose words are not read.
    pub(crate) document: Option<Hash>,
    /// When that was.
    pub(crate) day: Date,
}

/// The pages that are known, by address.
pub(crate) type Memory = BTreeMap<String, Known>;

fn place(root: &Path) -> PathBuf {
    root.join("var/watch.json")
}

/// What is known. A file that cannot be read is as good as none: it is made again.
pub(crate) fn read(root: &Path) -> Memory {
    fs_err::read(place(root)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Keeps what is known.
///
/// # Errors
/// That of writing, with the path.
pub(crate) fn keep(root: &Path, memory: &Memory) -> io::Result<()> {
    disk::var(root)?;
    disk::place(&place(root), &serde_json::to_vec_pretty(memory)?)
}
