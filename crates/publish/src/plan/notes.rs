//! What a manifest says beside its files.

use crate::manifest::{Due, Manifest};
use crate::origin::Origin;
use schema::ground::hash::Hash;
use schema::ground::zone::Zone;
use schema::person::profile::ProfileId;
use std::collections::BTreeMap;

/// What a manifest says beside its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notes {
    /// Where the site comes from.
    pub(crate) origin: Option<Origin>,
    /// The hash of what the function is given.
    pub(crate) bundle: Option<Hash>,
    /// Where the site's days are counted.
    pub(crate) zone: Zone,
    /// Until when each person has a page.
    pub(crate) due: BTreeMap<ProfileId, Due>,
    /// Whether it has an edge before it.
    pub(crate) edge: bool,
}

impl Notes {
    /// What a manifest says.
    pub(crate) fn of(manifest: &Manifest) -> Self {
        let Manifest { origin, bundle, zone, due, edge, .. } = manifest;
        Self { origin: origin.clone(), bundle: *bundle, zone: zone.clone(), due: due.clone(), edge: *edge }
    }

    /// Whether a manifest says something else of the day, the sources, or until when people are there. Who published the very same
    /// once more need not be noted.
    pub(super) fn differ(&self, public: &Manifest) -> bool {
        let made = |origin: &Option<Origin>| origin.as_ref().map(|origin| origin.made);
        made(&self.origin) != made(&public.origin)
            || self.bundle != public.bundle
            || self.zone != public.zone
            || self.due != public.due
            || self.edge != public.edge
    }
}
