//! Half-filled forms in a folder of this machine, `drafts/NAME`: sealed here as in production.

use fs_err as fs;
use review::StoreError;
use std::io::ErrorKind;
use std::path::PathBuf;
use submit_fn::{DraftKey, Drafts};

/// The folder in which they lie.
pub(crate) struct DraftFolder(pub(crate) PathBuf);

impl DraftFolder {
    fn path(&self, key: &DraftKey) -> PathBuf {
        self.0.join(key.as_str())
    }
}

impl Drafts for DraftFolder {
    async fn put(&self, key: &DraftKey, sealed: &[u8]) -> Result<(), StoreError> {
        disk::replace(&self.path(key), sealed).map_err(unavailable)
    }

    async fn get(&self, key: &DraftKey) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(self.path(key)) {
            Ok(sealed) => Ok(Some(sealed)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

    async fn delete(&self, key: &DraftKey) -> Result<(), StoreError> {
        match fs::remove_file(self.path(key)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(unavailable(error)),
            _ => Ok(()),
        }
    }
}

fn unavailable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable(error.to_string())
}
