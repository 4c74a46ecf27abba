//! What the function of the forms is made of goes up with the site: a new facility is not refused by it, and a new ban stops
//! registrations.

use schema::ground::hash::{Hash, content_hash};

/// Facts, words and forms of a build, as the function reads them.
pub(crate) struct Bundle {
    pub(crate) bytes: Vec<u8>,
    pub(crate) hash: Hash,
}

impl Bundle {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self { hash: content_hash(&bytes), bytes }
    }
}
