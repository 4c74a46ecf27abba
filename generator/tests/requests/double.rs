//! A store and a limiter that fail, or break down, where a test wants it.

use jiff::Timestamp;
use review::{Claim, Counters, Folder, Intake, Limit, Limiter, StoreError, Transition};
use schema::ground::hash::Hash;
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use submit_fn::{DraftKey, Drafts, Published};

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It fails and does nothing.
    Before,
    /// It is done, and the answer is lost.
    After,
    /// It is never answered.
    Hang,
    /// The process breaks down in it.
    Panic,
}

type Plan = Box<dyn FnMut(usize, &str) -> Option<Fault> + Send>;

#[derive(Default)]
struct Inside {
    calls: Vec<String>,
    plan: Option<Plan>,
    said: String,
    drafts: BTreeMap<DraftKey, Vec<u8>>,
    pages: BTreeMap<String, Vec<u8>>,
}

/// A folder store whose calls are noted, and fail as planned.
#[derive(Clone)]
pub(crate) struct Double {
    pub(crate) folder: Arc<Folder>,
    inside: Arc<Mutex<Inside>>,
}

impl Double {
    pub(crate) fn new(folder: Folder) -> Self {
        Self { folder: Arc::new(folder), inside: Arc::default() }
    }

    /// From now on: what becomes of the call of this number and name.
    pub(crate) fn plan(&self, plan: impl FnMut(usize, &str) -> Option<Fault> + Send + 'static) {
        let mut inside = self.inside.lock().unwrap();
        inside.calls.clear();
        inside.plan = Some(Box::new(plan));
    }

    /// All calls succeed again.
    pub(crate) fn mend(&self) {
        let mut inside = self.inside.lock().unwrap();
        inside.calls.clear();
        inside.plan = None;
    }

    /// What a failing call says, as services do that repeat what they were sent.
    pub(crate) fn says(&self, words: &str) {
        self.inside.lock().unwrap().said = words.to_owned();
    }

    /// All half-filled forms and copies that lie there: where, and their bytes.
    pub(crate) fn drafts(&self) -> Vec<(String, Vec<u8>)> {
        let inside = self.inside.lock().unwrap();
        inside.drafts.iter().map(|(key, sealed)| (key.as_str().to_owned(), sealed.clone())).collect()
    }

    /// Publishes a page, or takes it down.
    pub(crate) fn publish(&self, path: &str, page: Option<&str>) {
        let mut inside = self.inside.lock().unwrap();
        match page {
            Some(page) => inside.pages.insert(path.to_owned(), page.into()),
            None => inside.pages.remove(path),
        };
    }

    /// The calls since the last plan.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.inside.lock().unwrap().calls.clone()
    }

    async fn call<R>(
        &self,
        name: &str,
        words: impl std::fmt::Debug,
        work: impl Future<Output = Result<R, StoreError>>,
    ) -> Result<R, StoreError> {
        let (fault, said) = {
            let mut inside = self.inside.lock().unwrap();
            let number = inside.calls.len();
            inside.calls.push(name.to_owned());
            (inside.plan.as_mut().and_then(|plan| plan(number, name)), inside.said.clone())
        };
        match fault {
            None => work.await,
            Some(Fault::Before) => Err(StoreError::Unavailable(format!("{name} as planned{said}"))),
            Some(Fault::After) => {
                work.await?;
                Err(StoreError::Unavailable(format!("{name} was done and not answered{said}")))
            }
            Some(Fault::Hang) => std::future::pending().await,
            Some(Fault::Panic) => panic!("{name} breaks down over {words:?}"),
        }
    }
}

impl Intake for Double {
    async fn claim(&self, row: &Row) -> Result<Claim, StoreError> {
        self.call("claim", row, self.folder.claim(row)).await
    }
    async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.call("put", String::from_utf8_lossy(bytes), self.folder.put(key, bytes)).await
    }
    async fn settle(&self, id: &Reference, to: State) -> Result<Transition, StoreError> {
        self.call("settle", id, self.folder.settle(id, to)).await
    }
    async fn row(&self, id: &Reference) -> Result<Option<Row>, StoreError> {
        self.call("row", id, self.folder.row(id)).await
    }
    async fn set_photo(&self, id: &Reference, from: Option<Hash>, to: Option<Hash>) -> Result<Transition, StoreError> {
        self.call("set_photo", id, self.folder.set_photo(id, from, to)).await
    }
    async fn revise(&self, from: &Row, to: &Row) -> Result<Transition, StoreError> {
        self.call("revise", to, self.folder.revise(from, to)).await
    }
    async fn decide(&self, decision: &Decision) -> Result<Transition, StoreError> {
        self.call("decide", decision, self.folder.decide(decision)).await
    }
}

impl Drafts for Double {
    async fn put(&self, key: &DraftKey, sealed: &[u8]) -> Result<(), StoreError> {
        let put = async {
            self.inside.lock().unwrap().drafts.insert(key.clone(), sealed.to_vec());
            Ok(())
        };
        self.call("put_draft", key, put).await
    }
    async fn get(&self, key: &DraftKey) -> Result<Option<Vec<u8>>, StoreError> {
        let get = async { Ok(self.inside.lock().unwrap().drafts.get(key).cloned()) };
        self.call("get_draft", key, get).await
    }
    async fn delete(&self, key: &DraftKey) -> Result<(), StoreError> {
        let delete = async {
            self.inside.lock().unwrap().drafts.remove(key);
            Ok(())
        };
        self.call("delete_draft", key, delete).await
    }
}

impl Published for Double {
    async fn page(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let page = async { Ok(self.inside.lock().unwrap().pages.get(path).cloned()) };
        self.call("page", path, page).await
    }
}

/// A limiter that can be down.
#[derive(Clone, Default)]
pub(crate) struct Gate {
    counters: Arc<Counters>,
    down: Arc<AtomicBool>,
    hangs: Arc<AtomicBool>,
}

impl Gate {
    pub(crate) fn goes_down(&self) {
        self.down.store(true, Ordering::Relaxed);
    }

    pub(crate) fn hangs(&self) {
        self.hangs.store(true, Ordering::Relaxed);
    }

    /// It answers again.
    pub(crate) fn mend(&self) {
        self.down.store(false, Ordering::Relaxed);
        self.hangs.store(false, Ordering::Relaxed);
    }
}

impl Limiter for Gate {
    async fn admit(&self, key: &str, limit: Limit, now: Timestamp) -> Result<bool, StoreError> {
        if self.down.load(Ordering::Relaxed) {
            return Err(StoreError::Unavailable("the limiter is down".into()));
        }
        if self.hangs.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        self.counters.admit(key, limit, now).await
    }
}
