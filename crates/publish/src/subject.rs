//! What a file is, and whose.

use schema::person::profile::ProfileId;
use serde::{Deserialize, Serialize};
use site::ledger::Kind;
use std::collections::BTreeSet;

/// What a file is, and whose, as the ledger of the build says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Subject {
    pub(crate) kind: Kind,
    /// Whose it is alone; of a photo, everybody whose very picture it is.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) people: BTreeSet<ProfileId>,
}

impl Subject {
    /// A file of nobody.
    pub(crate) const fn of(kind: Kind) -> Self {
        Self { kind, people: BTreeSet::new() }
    }

    /// Whether it is a person's.
    pub(crate) fn belongs_to(&self, person: &str) -> bool {
        self.people.iter().any(|id| id.as_str() == person)
    }

    /// The person whose page it is.
    pub(crate) fn page_of(&self) -> Option<&str> {
        self.people.first().filter(|_| self.kind == Kind::Person).map(ProfileId::as_str)
    }
}
