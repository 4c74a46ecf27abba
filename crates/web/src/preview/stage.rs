//! What the server knows.

use crate::function::Answering;
use schema::yaml::finding::Finding;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::watch::Receiver;

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
