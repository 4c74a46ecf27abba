//! What a publish does, step by step.

use serde::{Deserialize, Serialize};

/// Something done, and when: for the terminal and for receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// The edge answers 410.
    Marked,
    /// The files of those who leave are deleted in all versions.
    Erased,
    /// The edge has dropped its copies of them.
    Purged,
    /// Files are up.
    Uploaded,
    /// The manifest is swapped.
    Swapped,
    /// The edge has dropped every page that changed.
    Refreshed,
    /// Older versions of pages that named somebody removed are deleted.
    Cleaned,
}
