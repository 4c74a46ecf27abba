//! The folder store passes the suite of all stores.

use crate::retention::Beneath;
use jiff::Timestamp;
use review::Folder;
use std::path::Path;

/// Files, of which a folder keeps one version each.
struct Files<'a>(&'a Path);

impl Beneath for Files<'_> {
    async fn versions(&self, prefix: &str) -> usize {
        std::fs::read_dir(self.0.join(prefix)).map_or(0, Iterator::count)
    }

    async fn meddle(&self, _: &str, _: &[u8]) {}
}

#[tokio::test]
async fn the_folder_is_a_store() {
    let folder = tempfile::tempdir().unwrap();
    crate::common::every_store(&Folder::new(folder.path(), Timestamp::now), &Files(folder.path())).await;
}
