//! A store in a folder: `index/ID.json`, `submissions/KIND/ID/HASH.json`, `reports/ID/HASH.json`, `urgent/ID.json`, `log.jsonl`,
//! and `seen.jsonl`, what a sweep saw of the lines of the log, by their place in it.
//! A lock file makes each conditional write one step, also between processes; every file is written aside and renamed.

use crate::store::{Claim, Intake, LogLine, Store, StoreError, Transition, beside, oldest_first};
use fs_err as fs;
use jiff::Timestamp;
use schema::ground::hash::{Hash, content_hash};
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

const LOG: &str = "log.jsonl";
const SEEN: &str = "seen.jsonl";

/// A store in a folder of this machine.
pub struct Folder {
    root: PathBuf,
    clock: fn() -> Timestamp,
}

impl Folder {
    /// A store in a folder, which is made when something is first put there.
    pub fn new(root: impl Into<PathBuf>, clock: fn() -> Timestamp) -> Self {
        Self { root: root.into(), clock }
    }

    fn row_path(&self, id: &Reference) -> PathBuf {
        self.root.join("index").join(format!("{}.json", id.key()))
    }

    /// Holds the folder's lock while something is read and written.
    fn locked<R>(&self, work: impl FnOnce() -> Result<R, StoreError>) -> Result<R, StoreError> {
        fs::create_dir_all(&self.root).map_err(unavailable)?;
        let path = self.root.join(".lock");
        let lock = fs::OpenOptions::new().create(true).append(true).open(&path).map_err(unavailable)?;
        lock.file().lock().map_err(unavailable)?;
        work()
    }

    fn read_row(&self, path: &Path) -> Result<Option<Row>, StoreError> {
        match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| damaged(path, &error)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

    fn write_row(&self, row: &Row) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec_pretty(row).map_err(unavailable)?;
        write(&self.row_path(&row.id), &bytes)
    }

    fn turn(
        &self,
        id: &Reference,
        may: impl FnOnce(&Row) -> bool,
        change: impl FnOnce(&mut Row),
    ) -> Result<Transition, StoreError> {
        let Some(mut row) = self.read_row(&self.row_path(id))? else { return Ok(Transition::Unknown) };
        if !may(&row) {
            return Ok(Transition::Kept(row));
        }
        change(&mut row);
        row.changed_at = (self.clock)();
        self.write_row(&row)?;
        Ok(Transition::Done(row))
    }

    fn append(&self, decision: &Decision) -> Result<(), StoreError> {
        self.append_to(LOG, serde_json::to_vec(decision).map_err(unavailable)?)
    }

    fn append_to(&self, name: &str, mut line: Vec<u8>) -> Result<(), StoreError> {
        line.push(b'\n');
        let mut log =
            fs::OpenOptions::new().create(true).append(true).open(self.root.join(name)).map_err(unavailable)?;
        log.write_all(&line).and_then(|()| log.sync_all()).map_err(unavailable)
    }

    fn text(&self, name: &str) -> Result<String, StoreError> {
        let path = self.root.join(name);
        if path.exists() { fs::read_to_string(&path).map_err(unavailable) } else { Ok(String::new()) }
    }

    fn seen(&self) -> Result<BTreeMap<String, Hash>, StoreError> {
        let wrong = |error| damaged(&self.root.join(SEEN), &error);
        self.text(SEEN)?.lines().map(|line| serde_json::from_str(line).map_err(wrong)).collect()
    }
}

impl Intake for Folder {
    async fn claim(&self, row: &Row) -> Result<Claim, StoreError> {
        self.locked(|| match self.read_row(&self.row_path(&row.id))? {
            Some(taken) => Ok(Claim::Taken(Box::new(taken))),
            None => self.write_row(row).map(|()| Claim::New),
        })
    }

    async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        write(&self.root.join(key), bytes)
    }

    async fn settle(&self, id: &Reference, to: State) -> Result<Transition, StoreError> {
        self.locked(|| self.turn(id, |row| row.state == State::Pending, |row| row.state = to))
    }

    async fn row(&self, id: &Reference) -> Result<Option<Row>, StoreError> {
        self.read_row(&self.row_path(id))
    }

    async fn set_photo(&self, id: &Reference, from: Option<Hash>, to: Option<Hash>) -> Result<Transition, StoreError> {
        let waits = |row: &Row| matches!(row.state, State::Received | State::Held) && row.photo_hash == from;
        self.locked(|| self.turn(id, waits, |row| row.photo_hash = to))
    }

    async fn revise(&self, from: &Row, to: &Row) -> Result<Transition, StoreError> {
        let stands = |row: &Row| row.state == from.state && row.payload_hash == from.payload_hash;
        let change = |row: &mut Row| {
            row.state = to.state;
            row.payload_hash = to.payload_hash;
            row.earlier.clone_from(&to.earlier);
            row.flags.clone_from(&to.flags);
        };
        self.locked(|| self.turn(&from.id, stands, change))
    }

    async fn decide(&self, decision: &Decision) -> Result<Transition, StoreError> {
        let now = (self.clock)();
        let change = |row: &mut Row| {
            row.state = decision.to;
            if decision.decides() {
                row.decided_at = Some(now);
            }
            if decision.profile.is_some() {
                row.profile.clone_from(&decision.profile);
            }
        };
        self.locked(|| {
            let holds = |row: &Row| decision.holds_for(row);
            // The line first: a row that no line explains would be kept for ever, and a line too many only says that somebody tried.
            if self.read_row(&self.row_path(&decision.id))?.as_ref().is_some_and(holds) {
                self.append(decision)?;
            }
            self.turn(&decision.id, holds, change)
        })
    }
}

impl Store for Folder {
    async fn get(&self, key: &str) -> Result<Vec<u8>, StoreError> {
        fs::read(self.root.join(key)).map_err(unavailable)
    }

    async fn entries(&self) -> Result<Vec<Result<Row, StoreError>>, StoreError> {
        let index = self.root.join("index");
        if !index.exists() {
            return Ok(Vec::new());
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(index).map_err(unavailable)? {
            let path = entry.map_err(unavailable)?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                entries.extend(self.read_row(&path).transpose());
            }
        }
        Ok(oldest_first(entries))
    }

    async fn has(&self, key: &str) -> Result<bool, StoreError> {
        Ok(self.root.join(key).exists())
    }

    /// Whoever may write into this folder may write any time into it.
    async fn put_at(&self, _key: &str) -> Result<Option<Timestamp>, StoreError> {
        Ok(None)
    }

    async fn erase(&self, row: &Row) -> Result<(), StoreError> {
        self.locked(|| {
            let path = self.row_path(&row.id);
            let Some(stands) = self.read_row(&path)? else { return Ok(()) };
            if !stands.state.is_empty() {
                let why = format!("it stands as {} and was to be erased", stands.state.word());
                return Err(StoreError::Damaged { key: row.id.key().to_owned(), why });
            }
            stands.note_keys().try_for_each(|key| gone(fs::remove_file(self.root.join(key))))?;
            gone(fs::remove_dir_all(self.root.join(row.prefix())))
        })
    }

    async fn strip(&self, id: &Reference) -> Result<Transition, StoreError> {
        self.locked(|| self.turn(id, |row| row.state == State::Cleared, |row| *row = row.bare()))
    }

    async fn forget(&self, id: &Reference) -> Result<(), StoreError> {
        self.locked(|| gone(fs::remove_file(self.row_path(id))))
    }

    async fn log(&self) -> Result<Vec<Decision>, StoreError> {
        let wrong = |error| damaged(&self.root.join(LOG), &error);
        self.text(LOG)?.lines().map(|line| serde_json::from_str(line).map_err(wrong)).collect()
    }

    async fn lines(&self) -> Result<Vec<LogLine>, StoreError> {
        let text = self.text(LOG)?;
        let lines = text.lines().enumerate();
        let stands = lines.map(|(place, line)| (format!("{:07}", place + 1), content_hash(line.as_bytes()))).collect();
        Ok(beside(&stands, &self.seen()?))
    }

    async fn witness(&self, lines: &[LogLine]) -> Result<(), StoreError> {
        self.locked(|| {
            let seen = self.seen()?;
            let new = lines.iter().filter(|line| !seen.contains_key(&line.key));
            let noted = new.map(|line| serde_json::to_string(&(&line.key, line.stands)).map_err(unavailable));
            let noted = noted.collect::<Result<Vec<String>, StoreError>>()?;
            if noted.is_empty() { Ok(()) } else { self.append_to(SEEN, noted.join("\n").into_bytes()) }
        })
    }
}

/// That something is gone already is as good as removing it.
fn gone(removed: std::io::Result<()>) -> Result<(), StoreError> {
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unavailable(error)),
        _ => Ok(()),
    }
}

/// Puts a file in place once it is on disk.
fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    disk::replace(path, bytes).map_err(unavailable)
}

fn unavailable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

fn damaged(path: &Path, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { key: path.display().to_string(), why: error.to_string() }
}
