//! The files of an index, as they are gathered.

use schema::ground::hash::content_hash;
use schema::person::profile::Profile;
use serde::Serialize;
use serde_json::Result;
use std::collections::BTreeMap;

/// A file of the index.
pub(crate) struct IndexFile {
    /// `/search/0123456789ab.json`
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// An index.
#[derive(Default)]
pub(crate) struct Index {
    /// Its files.
    pub(crate) files: Vec<IndexFile>,
    /// What the page of each language carries itself, so that nobody has to ask for it.
    pub(crate) begins: BTreeMap<String, String>,
}

impl Index {
    /// Takes a file in and tells the hash that names it.
    pub(super) fn add(&mut self, bytes: Vec<u8>, ending: &str) -> String {
        let short = format!("{:.12}", content_hash(&bytes));
        let path = format!("/search/{short}.{ending}");
        if !self.files.iter().any(|file| file.path == path) {
            self.files.push(IndexFile { path, bytes });
        }
        short
    }

    pub(super) fn add_json(&mut self, value: &impl Serialize) -> Result<String> {
        Ok(self.add(serde_json::to_vec(value)?, "json"))
    }
}

/// The people of an index in order of their numbers, and what is known of each.
pub(super) struct Numbered<'a> {
    pub(super) people: Vec<&'a Profile>,
    /// How many wait for letters; the rest are paused.
    pub(super) listed: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_form_in_json_makes_no_empty_file() {
        let mut index = Index::default();
        assert!(index.add_json(&BTreeMap::from([((1, 2), 3)])).is_err() && index.files.is_empty());
    }
}
