//! A store that goes wrong at a call of the test's choice.

use jiff::Timestamp;
use review::{Claim, Folder, Intake, LogLine, Store, StoreError, Transition};
use schema::ground::hash::Hash;
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder store in which one call goes wrong.
pub(super) struct Shaky {
    inner: Folder,
    calls: AtomicUsize,
    dies: usize,
}

impl Shaky {
    pub(super) fn new(inner: Folder, dies: usize) -> Self {
        Self { inner, calls: AtomicUsize::new(0), dies }
    }

    fn call(&self) -> Result<(), StoreError> {
        let at = self.calls.fetch_add(1, Ordering::Relaxed);
        if at >= self.dies { Err(StoreError::Unavailable("down".into())) } else { Ok(()) }
    }
}

impl Intake for Shaky {
    async fn claim(&self, row: &Row) -> Result<Claim, StoreError> {
        self.inner.claim(row).await
    }
    async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.inner.put(key, bytes).await
    }
    async fn settle(&self, id: &Reference, to: State) -> Result<Transition, StoreError> {
        self.inner.settle(id, to).await
    }
    async fn row(&self, id: &Reference) -> Result<Option<Row>, StoreError> {
        self.inner.row(id).await
    }
    async fn set_photo(&self, id: &Reference, from: Option<Hash>, to: Option<Hash>) -> Result<Transition, StoreError> {
        self.inner.set_photo(id, from, to).await
    }
    async fn revise(&self, from: &Row, to: &Row) -> Result<Transition, StoreError> {
        self.inner.revise(from, to).await
    }
    async fn decide(&self, decision: &Decision) -> Result<Transition, StoreError> {
        self.call()?;
        self.inner.decide(decision).await
    }
}

impl Store for Shaky {
    async fn get(&self, key: &str) -> Result<Vec<u8>, StoreError> {
        self.call()?;
        self.inner.get(key).await
    }
    async fn entries(&self) -> Result<Vec<Result<Row, StoreError>>, StoreError> {
        self.call()?;
        self.inner.entries().await
    }
    async fn has(&self, key: &str) -> Result<bool, StoreError> {
        self.inner.has(key).await
    }
    async fn put_at(&self, key: &str) -> Result<Option<Timestamp>, StoreError> {
        self.inner.put_at(key).await
    }
    async fn erase(&self, row: &Row) -> Result<(), StoreError> {
        self.inner.erase(row).await
    }
    async fn strip(&self, id: &Reference) -> Result<Transition, StoreError> {
        self.inner.strip(id).await
    }
    async fn forget(&self, id: &Reference) -> Result<(), StoreError> {
        self.inner.forget(id).await
    }
    async fn log(&self) -> Result<Vec<Decision>, StoreError> {
        self.call()?;
        self.inner.log().await
    }
    async fn lines(&self) -> Result<Vec<LogLine>, StoreError> {
        self.inner.lines().await
    }
    async fn witness(&self, lines: &[LogLine]) -> Result<(), StoreError> {
        self.inner.witness(lines).await
    }
}
