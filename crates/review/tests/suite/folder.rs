//! The folder store passes the suite of all stores.

use crate::retention::Beneath;
use jiff::Timestamp;
use review::Folder;
use schema::submission::kinds::State;
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use std::path::Path;

/// Files, of which a folder keeps one version each.
struct Files<'a>(&'a Path);

impl Beneath for Files<'_> {
    async fn versions(&self, prefix: &str) -> usize {
        std::fs::read_dir(self.0.join(prefix)).map_or(0, Iterator::count)
    }

    async fn meddle(&self, _: &str, _: &[u8]) {}

    async fn restate(&self, id: &Reference, state: State) {
        let path = self.0.join(format!("index/{}.json", id.key()));
        let row: Row = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        std::fs::write(&path, serde_json::to_vec(&Row { state, ..row }).unwrap()).unwrap();
    }

    async fn forge(&self, key: &str, text: Option<&str>) {
        let path = self.0.join("log.jsonl");
        let log = std::fs::read_to_string(&path).unwrap();
        let place: usize = key.parse().unwrap();
        let mut lines: Vec<&str> = log.lines().collect();
        match text {
            Some(text) => *lines.get_mut(place - 1).unwrap() = text,
            None => lines.truncate(place - 1),
        }
        std::fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
}

#[tokio::test]
async fn the_folder_is_a_store() {
    let folder = tempfile::tempdir().unwrap();
    crate::common::every_store(&Folder::new(folder.path(), Timestamp::now), &Files(folder.path())).await;
}
