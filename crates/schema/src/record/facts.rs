//! What a file may refer to: ids of other files and of vocabularies, the site's languages, the day.

use jiff::civil::Date;

/// A set of ids that files refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    /// `content/agencies/`.
    Agencies,
    /// The same, by the names that they had before too.
    AgenciesEver,
    /// `content/facilities/`.
    Facilities,
    /// `content/services/`.
    Services,
    /// `content/vocabularies/interests.yaml`.
    Interests,
    /// `content/vocabularies/jurisdictions.yaml`.
    Jurisdictions,
    /// `content/vocabularies/languages.yaml`.
    Languages,
    /// `content/vocabularies/looking-for.yaml`.
    LookingFor,
    /// `content/vocabularies/mail-rules.yaml`.
    MailRules,
}

impl Set {
    /// What one of them is in messages, and the rule that an id breaks which is none of them.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Set::Agencies | Set::AgenciesEver => ("agency", "unknown-agency"),
            Set::Facilities => ("facility", "unknown-facility"),
            Set::Services => ("service", "unknown-service"),
            Set::Interests => ("interest", "unknown-interest"),
            Set::Jurisdictions => ("jurisdiction", "unknown-jurisdiction"),
            Set::Languages => ("language", "unknown-language"),
            Set::LookingFor => ("kind of tie", "unknown-tie"),
            Set::MailRules => ("mail rule", "unknown-mail-rule"),
        }
    }
}

/// What is known when a file is checked.
pub trait Facts {
    /// The site's languages.
    fn languages(&self) -> Vec<&str>;
    /// Whether an id is one of a set, or may be: a file that could not be read is a problem of its own.
    fn has(&self, set: Set, id: &str) -> bool;
    /// Whether the site is a sample, or may be: where its own file could not be read, nobody knows.
    fn may_be_sample(&self) -> bool;
    /// The ids of a set.
    fn ids(&self, set: Set) -> Vec<&str>;
}

/// What a file is checked against.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// What it may refer to.
    pub facts: &'a dyn Facts,
    /// The day that counts as today.
    pub today: Date,
}

/// A set of ids as a type: that of the files or words it is about.
pub trait InSet {
    /// The set.
    const SET: Set;
}

/// The words of `content/vocabularies/interests.yaml`.
pub enum Interests {}

impl InSet for Interests {
    const SET: Set = Set::Interests;
}

/// Those of `content/vocabularies/languages.yaml`.
pub enum Languages {}

impl InSet for Languages {
    const SET: Set = Set::Languages;
}

/// Those of `content/vocabularies/looking-for.yaml`.
pub enum LookingFor {}

impl InSet for LookingFor {
    const SET: Set = Set::LookingFor;
}

/// Agencies by any name that they ever had.
pub enum AgenciesEver {}

impl InSet for AgenciesEver {
    const SET: Set = Set::AgenciesEver;
}
