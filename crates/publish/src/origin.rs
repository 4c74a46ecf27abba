//! What a manifest remembers of the folder that it came from.

use serde::{Deserialize, Serialize};
use site::made::Made;
use std::collections::BTreeMap;

/// Files of a root that no commit holds as they are: each with git's name for its bytes, or none where it was deleted.
pub type Uncommitted = BTreeMap<String, Option<String>>;

/// Where what is public came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Origin {
    /// The publish of a whole folder that brought it; removals since then leave it as it is.
    pub(crate) deploy: String,
    /// Who published.
    pub(crate) by: String,
    /// What the folder was made of.
    pub(crate) made: Made,
    /// The commit that holds all of that but what is uncommitted, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) commit: Option<String>,
    /// What no commit held.
    #[serde(default, skip_serializing_if = "Uncommitted::is_empty")]
    pub(crate) uncommitted: Uncommitted,
}
