//! What arrived through a form, as it is stored and as editors read it. Private: it is never a [`Profile`](crate::profile::Profile),
//! and only [`promotion`](crate::promotion) turns the one into the other.

use crate::kinds::{Flag, State, SubmissionKind};
use crate::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// One answered question; no values where it was left empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's name.
    pub question: String,
    /// Its values.
    pub values: Vec<String>,
}

/// A submission as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Version of this shape: 1.
    pub version: u8,
    /// Its reference, which is also its id.
    pub id: Reference,
    /// What it is about.
    pub kind: SubmissionKind,
    /// The form's id.
    pub form: String,
    /// Language in which the form was filled.
    pub language: String,
    /// When the answers were checked by their writer.
    pub written_at: Timestamp,
    /// Version of the consent text that was shown, where the form shows one.
    pub wording: Option<Date>,
    /// Every question in the form's order.
    pub answers: Vec<Answer>,
}

impl Submission {
    /// The first value of a question, if it has one.
    pub fn one(&self, question: &str) -> Option<&str> {
        self.all(question).first().map(String::as_str)
    }

    /// All values of a question.
    pub fn all(&self, question: &str) -> &[String] {
        self.answers.iter().find(|answer| answer.question == question).map_or(&[], |answer| &answer.values)
    }

    /// The bytes that are stored: the same submission always gives the same.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Plain structs of text and lists: serde_json has no way to fail on them.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// SHA-256 in small hexadecimal letters.
pub fn content_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

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
    pub payload_hash: String,
    /// What [`Secret::hash`](crate::secret::Secret::hash) gave: who holds the secret may ask, take back or add a photo.
    pub secret_hash: String,
    /// SHA-256 of the photo's stored bytes, once one was added.
    pub photo_hash: Option<String>,
    /// What an editor should look at twice.
    pub flags: Vec<Flag>,
    /// When it was claimed.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
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
        self.photo_hash.as_ref().map(|hash| format!("{}photo-{hash}.jpg", self.prefix()))
    }

    /// Whether it is stored whole and waits for an editor.
    pub fn waits(&self) -> bool {
        matches!(self.state, State::Received | State::Held)
    }

    /// The state in which it waits for an editor, once it is stored whole.
    pub fn waiting(&self) -> State {
        if self.flags.iter().any(|flag| flag.holds()) { State::Held } else { State::Received }
    }
}

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
