//! What we need of a place where submissions wait.

use schema::reference::Reference;
use schema::submission::{Decision, Row};
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
    Taken(Row),
}

/// What came of turning a row from one state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Done.
    Turned(Row),
    /// The row stood in another state than expected; nothing was changed.
    Stands(Row),
    /// There is no such row.
    Unknown,
}

/// A place where submissions wait for editors.
pub trait Store: Sync {
    /// Puts a row if its id is free.
    fn claim(&self, row: &Row) -> impl Future<Output = Result<Claim, StoreError>> + Send;

    /// Puts bytes under a key made of their hash. That they are there already is success.
    fn put(&self, key: &str, bytes: &[u8]) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The bytes under a key.
    fn get(&self, key: &str) -> impl Future<Output = Result<Vec<u8>, StoreError>> + Send;

    /// A row.
    fn row(&self, id: &Reference) -> impl Future<Output = Result<Option<Row>, StoreError>> + Send;

    /// All rows, oldest first.
    fn rows(&self) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;

    /// Turns a row from pending to received.
    fn received(&self, id: &Reference) -> impl Future<Output = Result<Turn, StoreError>> + Send;

    /// Carries out a decision if the row still stands in `decision.from`, and writes it to the log.
    fn decide(&self, decision: &Decision) -> impl Future<Output = Result<Turn, StoreError>> + Send;

    /// All decisions, oldest first.
    fn log(&self) -> impl Future<Output = Result<Vec<Decision>, StoreError>> + Send;
}
