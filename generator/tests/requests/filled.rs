//! Forms as people fill them in, and as rows of the table change them.

use crate::body::{pairs, parts};
use crate::wire::{Sent, post};

/// A filled form.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    address: &'static str,
    fields: Vec<(String, Vec<u8>)>,
}

fn filled(address: &'static str, fields: &[(&str, &str)]) -> Filled {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
    Filled { address, fields }
}

/// A report: the shortest form.
pub(crate) fn report() -> Filled {
    filled("tell-us", &[("kind_of", "other"), ("details", "A letter came back last week.")])
}

/// A change.
pub(crate) fn update() -> Filled {
    let fields = [
        ("about", "Marcus T."),
        ("change", "words"),
        ("details", "He reads more than before, and grows beans by the window."),
        ("introduction_language", "en"),
        ("who", "family"),
        ("consent_asked", "yes"),
        ("submitter_name", "Ana Torres"),
        ("contact_by", "email"),
        ("email", "ana@example.org"),
    ];
    filled("update", &fields)
}

/// A registration.
pub(crate) fn registration() -> Filled {
    let introduction = "I grow tomatoes in a bucket by the window and read whatever the library cart brings. \
                        I would like to hear from somebody who likes gardens, books or long walks.";
    let fields = [
        ("shown_name", "Marcus T."),
        ("mail_name", "Marcus Torres"),
        ("facility", "river-bend"),
        ("number", "0123456"),
        ("birth_year", "1980"),
        ("introduction", introduction),
        ("introduction_language", "en"),
        ("languages", "en"),
        ("languages", "es"),
        ("interests", "astronomy"),
        ("looking_for", "friendship"),
        ("release", "unknown"),
        ("consent_asked", "yes"),
        ("consent_knows", "yes"),
        ("consent_adult", "yes"),
        ("consent_rules", "yes"),
        ("consent_how", "letter"),
        ("consent_date-day", "1"),
        ("consent_date-month", "April"),
        ("consent_date-year", "2026"),
        ("submitter_name", "Ana Torres"),
        ("contact_by", "email"),
        ("email", "ana@example.org"),
    ];
    filled("register", &fields)
}

impl Filled {
    /// A form at an address, with nothing in it.
    pub(crate) fn empty(address: &'static str) -> Self {
        Self { address, fields: Vec::new() }
    }

    /// Another answer.
    pub(crate) fn with(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.without(name).also(name, value)
    }

    /// One more field.
    pub(crate) fn also(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.fields.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    /// The same answers, to questions and with options of other names.
    pub(crate) fn renamed(mut self, name: fn(&str) -> String, value: fn(&str, &str) -> String) -> Self {
        for (field, bytes) in &mut self.fields {
            let (question, part) = field.split_once('-').unwrap_or((field, ""));
            *bytes = value(question, std::str::from_utf8(bytes).unwrap()).into_bytes();
            *field = [&name(question), part].join(if part.is_empty() { "" } else { "-" });
        }
        self
    }

    /// The same answers, with words that make this one differ from all others.
    pub(crate) fn telling(self, words: &str) -> Self {
        let is_change = self.address == "update";
        // In a change, these are a whole introduction.
        let rest = if is_change { ": he reads more than before, and grows beans by the window." } else { "" };
        self.with("details", format!("{words}{rest}"))
    }

    pub(crate) fn path(&self, step: &str) -> String {
        format!("/send/{}/{step}", self.address)
    }

    /// To be checked, as a browser sends a form.
    pub(crate) fn checked(&self) -> Sent {
        post(&self.path("check"), "application/x-www-form-urlencoded", pairs(&self.fields))
    }

    /// To be checked, in parts.
    pub(crate) fn checked_in_parts(&self) -> Sent {
        post(&self.path("check"), "multipart/form-data; boundary=x", parts("x", &self.fields))
    }
}
