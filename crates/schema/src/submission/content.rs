//! What arrived through a form, as it is stored and as editors read it. Private: it is never a [`Profile`](crate::person::profile::Profile),
//! and only [`promotion`](crate::promotion) turns the one into the other.

use crate::submission::kinds::SubmissionKind;
use crate::submission::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
