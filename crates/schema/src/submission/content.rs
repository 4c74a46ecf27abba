//! What arrived through a form, as it is stored and as editors read it. Private: it is never a [`Profile`](crate::person::profile::Profile),
//! and only [`promotion`](crate::promotion) turns the one into the other. It explains itself: what the program reads of it is
//! marked by roles, so that nobody needs the form of that day.

use crate::submission::kinds::SubmissionKind;
use crate::submission::reference::Reference;
use crate::submission::role::{OptionRole, Role};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The version of the shape in which submissions are stored today. Version 1 had no roles.
pub const VERSION: u8 = 2;

/// The value of a box that was ticked.
pub const TICKED: &str = "yes";

/// One answered question; no values where it was left empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's name.
    pub question: String,
    /// What it is to the program, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Its values.
    pub values: Vec<String>,
    /// What the options are to the program that were chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<OptionRole>,
}

/// A submission as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Submission {
    /// Version of this shape: [`VERSION`], or 1.
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
    /// The first value of the answer with a role, if it has one.
    pub fn one(&self, role: Role) -> Option<&str> {
        self.all(role).first().map(String::as_str)
    }

    /// All values of the answer with a role.
    pub fn all(&self, role: Role) -> &[String] {
        self.answer(role).map_or(&[], |answer| &answer.values)
    }

    /// What the option is to the program that was chosen.
    pub fn chosen(&self, role: Role) -> Option<OptionRole> {
        self.answer(role)?.chosen.first().copied()
    }

    /// Whether a box was ticked.
    pub fn is_ticked(&self, role: Role) -> bool {
        self.one(role) == Some(TICKED)
    }

    fn answer(&self, role: Role) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.role == Some(role))
    }

    /// The bytes that are stored: the same submission always gives the same.
    ///
    /// # Errors
    /// Those of writing JSON, which plain structs of text and lists do not cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Marks the answers of version 1, by the names and values that the forms had then.
    fn mark(&mut self) {
        for answer in &mut self.answers {
            let Some(role) = Role::of_version_1(&answer.question) else { continue };
            answer.role = Some(role);
            answer.chosen = answer.values.iter().filter_map(|value| OptionRole::of_version_1(role, value)).collect();
        }
    }
}

// By hand, so that there is no way to read a submission without its roles.
impl<'de> Deserialize<'de> for Submission {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut submission = Submission::deserialize(deserializer)?;
        if submission.version < VERSION {
            submission.mark();
        }
        Ok(submission)
    }
}

impl Serialize for Submission {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Submission::serialize(self, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submission_of_version_1_is_read_with_its_roles() {
        let stored = r#"{"version": 1, "id": "KM7P-T4RX", "kind": "registration", "form": "register", "language": "en",
            "written_at": "2026-05-01T12:00:00Z", "wording": null, "answers": [
            {"question": "facility", "values": ["other"]}, {"question": "release", "values": ["year"]},
            {"question": "search_engines", "values": ["yes"]}, {"question": "contact_by", "values": ["post"]},
            {"question": "postal", "values": ["1 Example Street"]}, {"question": "note", "values": ["-"]}]}"#;
        let read: Submission = serde_json::from_str(stored).unwrap();
        assert_eq!(read.chosen(Role::Facility), Some(OptionRole::NotListed));
        assert_eq!(read.chosen(Role::Release), Some(OptionRole::InAYear));
        assert_eq!(read.chosen(Role::ContactBy), Some(OptionRole::ByPost));
        assert_eq!(read.one(Role::ContactPost), Some("1 Example Street"));
        assert!(read.is_ticked(Role::SearchEngines) && read.one(Role::ContactEmail).is_none());
        assert_eq!(read.answers.last().unwrap().role, None);
    }

    #[test]
    fn the_names_of_version_1_mean_nothing_in_what_is_stored_today() {
        let stored = r#"{"version": 2, "id": "KM7P-T4RX", "kind": "report", "form": "report", "language": "en",
            "written_at": "2026-05-01T12:00:00Z", "wording": null, "answers": [
            {"question": "email", "values": ["a@b.org"]},
            {"question": "write_to", "role": "contact-email", "values": ["c@d.org"]}]}"#;
        let read: Submission = serde_json::from_str(stored).unwrap();
        assert_eq!(read.one(Role::ContactEmail), Some("c@d.org"));
        assert_eq!(serde_json::from_slice::<Submission>(&read.to_bytes().unwrap()).unwrap(), read);
    }
}
