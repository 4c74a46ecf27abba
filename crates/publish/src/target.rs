//! Where the public site is, who publishes it, and who watches.

use crate::look::Look;
use crate::plan::Plan;
use anyhow::Result;
use schema::ground::zone::Zone;
use tokio::sync::Notify;

/// Where the public site is, and who publishes it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The bucket of the site.
    pub bucket: String,
    /// What stands before it; without, nothing is dropped at an edge.
    pub edge: Option<EdgeTarget>,
    /// Another address than Amazon's, of a service that speaks like S3.
    pub endpoint: Option<String>,
    /// Whether the edge knows tags; where not, all pages are dropped by path.
    pub tags: bool,
    /// How many requests at once.
    pub parallel: usize,
    /// Who publishes, for the lock and the log.
    pub owner: String,
    /// Whose lock may be taken over before its time.
    pub break_lock: Option<String>,
    /// Where the site's days are counted.
    pub zone: Zone,
}

/// A CloudFront distribution.
#[derive(Clone, Debug)]
pub struct EdgeTarget {
    /// Its id.
    pub distribution: String,
    /// The ARN of the key-value store that its function reads.
    pub key_values: String,
}

/// Told what happens while it happens, from any thread.
pub trait Observer: Sync {
    /// The plan, before anything is done.
    ///
    /// # Errors
    /// What keeps it from being shown; then nothing is done.
    fn planned(&self, _plan: &Plan, _look: &Look, _tags: bool) -> Result<()> {
        Ok(())
    }

    /// One file is sent.
    fn sent(&self) {}

    /// Told when everything is to stop, in good order.
    fn stop(&self) -> &Notify;
}
