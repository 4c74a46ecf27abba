//! The ways in: the handler in this process, or one that runs elsewhere.

use crate::wire::{Got, Sent};
use schema::submission::row::Row;

/// Takes requests, and lets the test look at what is stored.
pub(crate) trait Door: Sync {
    /// Sends one request.
    fn ask(&self, sent: &Sent) -> Got;

    /// All rows of the store.
    fn rows(&self) -> Vec<Row>;

    /// What is stored under a key.
    fn bytes(&self, key: &str) -> Option<Vec<u8>>;

    /// Lets as much time pass as a person needs to read a page.
    fn read_a_while(&self);

    /// A new row of the table begins.
    fn begin(&self) {}

    /// Whether the handler runs in this process.
    fn is_here(&self) -> bool;
}
