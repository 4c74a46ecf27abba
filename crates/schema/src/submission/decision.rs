//! What was decided about a submission.

use crate::ground::hash::Hash;
use crate::submission::kinds::State;
use crate::submission::reference::Reference;
use crate::submission::row::Row;
use jiff::Timestamp;
use jiff::civil::Date;
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
    /// What the editor gave their word on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assured: Vec<Assurance>,
    /// The answers that were read before it was decided, where it holds for these alone: their sender may correct them meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Hash>,
}

impl Decision {
    /// Whether it decides what had waited until then. Notes of what was done about it afterwards do not.
    pub fn decides(&self) -> bool {
        self.to.is_decided() && !self.from.is_decided()
    }

    /// Whether it can be carried out on a row: that stands where it stood, with the answers that were read.
    pub fn holds_for(&self, row: &Row) -> bool {
        row.state == self.from && self.answers.is_none_or(|answers| answers == row.payload_hash)
    }
}

/// What an editor gives their word on with a decision, because no program can know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// They compared name, number, facility and adult age with the agency's own records, and all four agreed.
    Compared,
    /// They read that the agency lets this person be listed: where they read it, in one line.
    RuleRead(String),
    /// The day on which they saw the agency's form for this person, signed.
    PermissionSeen(Date),
}

impl std::fmt::Display for Assurance {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Assurance::Compared => write!(out, "name, number, facility and adult age compared"),
            Assurance::RuleRead(source) => write!(out, "rule read at {source}"),
            Assurance::PermissionSeen(day) => write!(out, "permission seen on {day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_before_there_were_assurances_is_read_and_written_as_it_was() {
        let line = r#"{"at":"2026-05-01T12:00:00Z","editor":"ed","id":"KM7P-T4RX","from":"received","to":"promoted","reason":null,"profile":"jo-2abcd"}"#;
        let read: Decision = serde_json::from_str(line).unwrap();
        assert!(read.assured.is_empty());
        assert_eq!(serde_json::to_string(&read).unwrap(), line);
        let source = Assurance::RuleRead("https://a.org".into());
        let with = Decision {
            assured: vec![Assurance::Compared, source, Assurance::PermissionSeen(jiff::civil::date(2026, 5, 1))],
            answers: Some(crate::ground::hash::content_hash(b"answers")),
            ..read
        };
        assert_eq!(serde_json::from_str::<Decision>(&serde_json::to_string(&with).unwrap()).unwrap(), with);
    }
}
