//! What we need of a place where submissions wait.

use jiff::Timestamp;
use schema::ground::hash::Hash;
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use std::collections::BTreeMap;
use std::future::Future;

/// Why a store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It could not be reached, read or written. The text is for logs and operators, never for a page.
    #[error("{0}")]
    Unavailable(String),
    /// Something in it is not of our making.
    #[error("{key} is not what was stored there: {why}")]
    Damaged {
        /// Where.
        key: String,
        /// In what way.
        why: String,
    },
}

/// What came of claiming an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The id was free; its row now stands as pending.
    New,
    /// The id is taken, by this row.
    Taken(Box<Row>),
}

/// What came of turning a row from one state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transition {
    /// Done.
    Done(Row),
    /// The row stood in another state than expected; nothing was changed.
    Kept(Row),
    /// There is no such row.
    Unknown,
}

/// What the public side may do: hand in, settle what it handed in, correct it, ask by id, take back. It cannot read answers, list or
/// delete.
pub trait Intake: Sync {
    /// Puts a row if its id is free.
    fn claim(&self, row: &Row) -> impl Future<Output = Result<Claim, StoreError>> + Send;

    /// Puts bytes under a key made of their hash. That they are there already is success.
    fn put(&self, key: &str, bytes: &[u8]) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Turns a row from pending to the state in which it waits.
    fn settle(&self, id: &Reference, to: State) -> impl Future<Output = Result<Transition, StoreError>> + Send;

    /// A row.
    fn row(&self, id: &Reference) -> impl Future<Output = Result<Option<Row>, StoreError>> + Send;

    /// Names another photo in a row that waits and still names `from`.
    fn set_photo(
        &self,
        id: &Reference,
        from: Option<Hash>,
        to: Option<Hash>,
    ) -> impl Future<Output = Result<Transition, StoreError>> + Send;

    /// Names the answers, flags and state of `to` in a row that still stands as `from` does: in its state, with its answers.
    fn revise(&self, from: &Row, to: &Row) -> impl Future<Output = Result<Transition, StoreError>> + Send;

    /// Carries out a decision if it still [holds for](Decision::holds_for) the row, and writes it to the log.
    fn decide(&self, decision: &Decision) -> impl Future<Output = Result<Transition, StoreError>> + Send;
}

/// A place where submissions wait for editors: all that the public side may do, and what only editors and the sweeper may.
pub trait Store: Intake {
    /// The bytes under a key.
    fn get(&self, key: &str) -> impl Future<Output = Result<Vec<u8>, StoreError>> + Send;

    /// Everything in the index, oldest first: a row, or what is wrong with what stands in its place. One that is damaged does
    /// not keep the others from being read.
    fn entries(&self) -> impl Future<Output = Result<Vec<Result<Row, StoreError>>, StoreError>> + Send;

    /// All rows, oldest first, where every one is sound.
    fn rows(&self) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send {
        async { self.entries().await?.into_iter().collect() }
    }

    /// Whether there are bytes under a key.
    fn has(&self, key: &str) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// When the bytes under a key were put, by a clock that whoever may change rows cannot turn back; none where there are no bytes, or
    /// no such clock.
    fn put_at(&self, key: &str) -> impl Future<Output = Result<Option<Timestamp>, StoreError>> + Send;

    /// Deletes everything stored for a row that stands as cleared or removed, in all versions. Repeating it, or going on where it
    /// broke off, is safe.
    fn erase(&self, row: &Row) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Makes a row that stands as cleared [bare](Row::bare), once nothing is stored for it any more.
    fn strip(&self, id: &Reference) -> impl Future<Output = Result<Transition, StoreError>> + Send;

    /// Deletes a row of which nothing else is stored any more, so that its id is free. That it is gone already is success.
    fn forget(&self, id: &Reference) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// All decisions, oldest first.
    fn log(&self) -> impl Future<Output = Result<Vec<Decision>, StoreError>> + Send;

    /// All lines of the log, oldest first, with what was noted of each: by digests, so that one that cannot be read counts too.
    fn lines(&self) -> impl Future<Output = Result<Vec<LogLine>, StoreError>> + Send;

    /// Notes the digests of lines, where no editor may write. What is noted already stays.
    fn witness(&self, lines: &[LogLine]) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A line of the log: as it stands, and as a sweep first saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// What it is stored under.
    pub key: String,
    /// The digest of what stands there; none where nothing does any more.
    pub stands: Option<Hash>,
    /// That of what stood there when a sweep first saw it; none where none has seen it yet.
    pub seen: Option<Hash>,
}

/// What stands and what was seen, line by line.
pub(crate) fn beside(stands: &BTreeMap<String, Hash>, seen: &BTreeMap<String, Hash>) -> Vec<LogLine> {
    let gone = seen.keys().filter(|key| !stands.contains_key(*key)).map(|key| (key.clone(), None));
    let all: BTreeMap<String, Option<Hash>> =
        gone.chain(stands.iter().map(|(key, hash)| (key.clone(), Some(*hash)))).collect();
    all.into_iter().map(|(key, stands)| LogLine { seen: seen.get(&key).copied(), key, stands }).collect()
}

/// Rows in the order in which they were claimed; what is damaged comes last.
pub(crate) fn oldest_first(mut entries: Vec<Result<Row, StoreError>>) -> Vec<Result<Row, StoreError>> {
    entries.sort_by(|a, b| match (a, b) {
        (Ok(a), Ok(b)) => (a.created_at, &a.id).cmp(&(b.created_at, &b.id)),
        (a, b) => a.is_err().cmp(&b.is_err()),
    });
    entries
}
