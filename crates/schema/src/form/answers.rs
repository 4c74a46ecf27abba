//! What somebody typed into a form: for each question the values as they came, tidied but not judged.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Answers by question name. Dates come as `name-day`, `name-month`, `name-year` and are kept so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    values: BTreeMap<String, Vec<String>>,
    /// Names whose bytes were no text.
    unreadable: BTreeSet<String>,
}

/// A field that people do not see and programs fill. It goes along with the answers and is never stored.
pub const TRAP: &str = "website";

impl Answers {
    /// Adds one value.
    pub fn add(&mut self, name: &str, value: &str) {
        self.values.entry(name.to_owned()).or_default().push(crate::ground::text::tidy(value));
    }

    /// Adds what can be shown of a value whose bytes were no text: its question gets a fault.
    pub fn add_unreadable(&mut self, name: &str, shown: &str) {
        self.add(name, shown);
        self.unreadable.insert(name.to_owned());
    }

    /// Whether the bytes of a name were no text.
    pub fn is_unreadable(&self, name: &str) -> bool {
        self.unreadable.contains(name)
    }

    /// Replaces the values of a question.
    pub fn set(&mut self, name: &str, value: &str) {
        self.values.insert(name.to_owned(), vec![crate::ground::text::tidy(value)]);
    }

    /// The first value, empty where there is none.
    pub fn one(&self, name: &str) -> &str {
        self.values.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values that are not empty.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.values.get(name).into_iter().flatten().map(String::as_str).filter(|value| !value.is_empty()).collect()
    }

    /// How many values came for a name, empty ones too.
    pub fn count(&self, name: &str) -> usize {
        self.values.get(name).map_or(0, Vec::len)
    }

    /// Name and value of everything that came, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().flat_map(|(name, values)| values.iter().map(move |value| (name.as_str(), value.as_str())))
    }

    /// Only what the form asks for, and the trap: stray names are dropped.
    #[must_use]
    pub fn only(&self, form: &super::Form) -> Self {
        let fields: BTreeSet<String> = form.questions().flat_map(super::Question::fields).collect();
        let asked = |name: &str| fields.contains(name) || name == TRAP;
        let values = self.values.iter().filter(|(name, _)| asked(name)).map(|(name, all)| (name.clone(), all.clone()));
        let unreadable = self.unreadable.iter().filter(|name| asked(name)).cloned();
        Self { values: values.collect(), unreadable: unreadable.collect() }
    }
}
