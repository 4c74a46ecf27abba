//! What a manifest remembers of the folder that it came from.

use serde::{Deserialize, Serialize};
use site::made::Made;

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
    /// The commit that holds all of that, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) commit: Option<String>,
}
