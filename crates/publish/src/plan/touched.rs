//! What a publish that did not finish may have touched.

use crate::manifest::{Due, Files};
use crate::subject::Subject;
use schema::person::profile::ProfileId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a publish that did not finish may have touched: nothing is certain about these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Touched {
    /// Paths, and what stands there, where that is known: somebody may have put a file by hand.
    pub(crate) paths: BTreeMap<String, Option<Subject>>,
    /// Keys that the edge may answer with 410.
    pub(crate) gone: BTreeSet<String>,
    /// Whether older versions of pages name somebody who was removed.
    #[serde(default, alias = "owes")]
    pub(crate) owes_cleanup: bool,
    /// Whether the function may have been given something else than what is public says.
    #[serde(default)]
    pub(crate) bundle: bool,
    /// The last days that are new.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) due: BTreeMap<ProfileId, Due>,
}

impl Touched {
    /// What of it goes with some people, given the files that stay; and what is looked at again by a later publish.
    pub(crate) fn split(&self, people: &BTreeSet<String>, stays: &Files) -> (Self, Self) {
        let is_theirs = |subject: &Subject| people.iter().any(|person| subject.belongs_to(person));
        let goes = |path: &str, subject: &Option<Subject>| {
            subject.as_ref().is_some_and(is_theirs) && !stays.contains_key(path)
        };
        let (mut theirs, mut left) = (self.clone(), self.clone());
        theirs.paths.retain(|path, subject| goes(path, subject));
        theirs.gone.clear();
        theirs.bundle = false;
        left.paths.retain(|path, subject| !goes(path, subject));
        left.due.retain(|person, _| !people.contains(person.as_str()));
        (theirs, left)
    }

    /// Who may have a page by it.
    pub(crate) fn people(&self) -> BTreeSet<&str> {
        self.paths.values().flatten().filter_map(Subject::page_of).collect()
    }
}
