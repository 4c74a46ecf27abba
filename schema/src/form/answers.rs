//! What somebody typed into a form: for each question the values as they came, tidied but not judged.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Answers by question name. Dates come as `name-day`, `name-month`, `name-year` and are kept so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers(BTreeMap<String, Vec<String>>);

impl Answers {
    /// Adds one value.
    pub fn add(&mut self, name: &str, value: &str) {
        self.0.entry(name.to_owned()).or_default().push(crate::text::tidy(value));
    }

    /// Replaces the values of a question.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), vec![crate::text::tidy(value)]);
    }

    /// The first value, empty where there is none.
    pub fn one(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values that are not empty.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.get(name).into_iter().flatten().map(String::as_str).filter(|value| !value.is_empty()).collect()
    }

    /// How many values came for a name, empty ones too.
    pub fn count(&self, name: &str) -> usize {
        self.0.get(name).map_or(0, Vec::len)
    }

    /// Name and value of everything that came, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(name, values)| values.iter().map(move |value| (name.as_str(), value.as_str())))
    }

    /// Only what the form asks for: stray names are dropped.
    #[must_use]
    pub fn only(&self, form: &super::Form) -> Self {
        let asked = |name: &str| {
            form.questions().any(|question| {
                question.name == name
                    || (question.kind == super::Kind::PastDate
                        && ["day", "month", "year"].iter().any(|part| name == format!("{}-{part}", question.name)))
            })
        };
        Self(
            self.0
                .iter()
                .filter(|(name, _)| asked(name))
                .map(|(name, values)| (name.clone(), values.clone()))
                .collect(),
        )
    }
}
