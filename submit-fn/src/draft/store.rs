//! What we need of a place where half-filled forms lie, and copies of what was sent.

use review::StoreError;
use std::future::Future;

/// Where one lies: made of its code with a key of ours, and of nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DraftKey(String);

impl DraftKey {
    /// Of the tag that a key of ours makes of a code.
    pub(crate) fn new(tag: &str) -> Self {
        Self(format!("drafts/{tag}"))
    }

    /// As the place knows it: `drafts/` and 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where half-filled forms lie, and copies of what was sent, all sealed. It can read none of them.
pub trait Drafts: Sync {
    /// Puts one, in the place of what lies there.
    fn put(&self, key: &DraftKey, sealed: &[u8]) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// What lies there, if anything does.
    fn get(&self, key: &DraftKey) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// Deletes what lies there. That nothing does is as good.
    fn delete(&self, key: &DraftKey) -> impl Future<Output = Result<(), StoreError>> + Send;
}
