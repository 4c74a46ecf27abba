//! The index row of a submission.

use crate::ground::hash::Hash;
use crate::submission::kinds::{Flag, State, SubmissionKind, Urgency};
use crate::submission::reference::Reference;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where everything that belongs to a submission is stored. Reports have a prefix, and so a key and readers, of their own.
fn prefix(kind: SubmissionKind, id: &Reference) -> String {
    match kind {
        SubmissionKind::Report => format!("reports/{}/", id.key()),
        _ => format!("submissions/{}/{}/", kind.word(), id.key()),
    }
}

/// The index row of a submission: no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its reference.
    pub id: Reference,
    /// What it is about.
    pub kind: SubmissionKind,
    /// Where it stands.
    pub state: State,
    /// SHA-256 of the stored answers.
    pub payload_hash: Hash,
    /// What [`Secret::hash`](crate::submission::secret::Secret::hash) gave: who holds the secret may ask, take back or add a photo.
    pub secret_hash: Hash,
    /// SHA-256 of the photo's stored bytes, once one was added.
    pub photo_hash: Option<Hash>,
    /// What an editor should look at twice.
    pub flags: Vec<Flag>,
    /// When it was claimed.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// When an editor decided; whatever is told or published afterwards leaves it. Rows of before have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Timestamp>,
    /// The profile it became, or was found to be about.
    pub profile: Option<String>,
}

impl Row {
    /// Where everything that belongs to it is stored.
    pub fn prefix(&self) -> String {
        prefix(self.kind, &self.id)
    }

    /// The key of its answers.
    pub fn object_key(&self) -> String {
        format!("{}{}.json", self.prefix(), self.payload_hash)
    }

    /// The key of its photo.
    pub fn photo_key(&self) -> Option<String> {
        self.photo_hash.map(|hash| format!("{}photo-{hash}.jpg", self.prefix()))
    }

    /// The key of the note that tells editors at once, where somebody may be harmed: what it is called rings, not what it holds.
    pub fn note_key(&self) -> Option<String> {
        let rings = Urgency::of(&self.flags) == Urgency::Today && !self.flags.contains(&Flag::Quiet);
        rings.then(|| format!("urgent/{}.json", self.id.key()))
    }

    /// Whether it is stored whole and waits for an editor.
    pub fn waits(&self) -> bool {
        self.state.waits()
    }

    /// The state in which it waits for an editor, once it is stored whole.
    pub fn waiting(&self) -> State {
        if self.flags.iter().any(|flag| flag.holds()) { State::Held } else { State::Received }
    }
}
