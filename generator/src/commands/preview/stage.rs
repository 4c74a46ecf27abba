//! What the server knows.

use super::drafts::DraftFolder;
use super::pages::SiteFolder;
use review::{Counters, Folder};
use schema::yaml::finding::Finding;
use std::path::PathBuf;
use std::sync::Arc;
use submit_fn::Handler;
use tokio::sync::watch::Receiver;

/// What answers `/send/…` on this machine.
pub(crate) type Answering = Handler<Folder, Arc<Counters>, DraftFolder, SiteFolder>;

/// What the last build gave.
pub(crate) struct Built {
    /// Goes up with every build.
    pub(crate) version: u64,
    /// Answers `/send/…`; absent before the first good build.
    pub(crate) handler: Option<Arc<Answering>>,
    /// What stands in the way.
    pub(crate) findings: Vec<Finding>,
}

/// What the server knows.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) out: PathBuf,
    pub(crate) built: Receiver<Arc<Built>>,
}
