//! What was decided about a submission.

use crate::submission::kinds::State;
use crate::submission::reference::Reference;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One line of the append-only log of decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// When.
    pub at: Timestamp,
    /// Who decided.
    pub editor: String,
    /// About which submission.
    pub id: Reference,
    /// From which state.
    pub from: State,
    /// To which state.
    pub to: State,
    /// Why, where a reason is given.
    pub reason: Option<String>,
    /// The profile it became, or was found to be about.
    pub profile: Option<String>,
}
