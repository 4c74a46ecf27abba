//! What goes up: files that are new or changed, and keys for which the edge no longer answers that they are gone.

use super::compared::Compared;
use crate::edge::edge_key;
use crate::manifest::{Entry, people};
use serde::Serialize;
use site::ledger::Class;
use site::site_path::SitePath;
use std::collections::BTreeSet;

/// One file on its way up.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Upload {
    pub(crate) class: Class,
    pub(crate) path: SitePath,
    #[serde(skip)]
    pub(crate) entry: Entry,
    /// Whether the path is new on the site.
    pub(crate) new: bool,
    /// Whether it may be there already, from a publish that did not finish.
    pub(crate) perhaps: bool,
}

/// Every file that visitors are not certain to be sent as it was built, in the order in which they go up.
pub(super) fn uploads(compared: &Compared<'_>) -> Vec<Upload> {
    let changed = compared.built.iter().filter(|(path, entry)| !compared.is_public(path.as_str(), entry));
    let upload = |(path, entry): (&SitePath, &Entry)| Upload {
        class: entry.subject.kind.class(),
        path: path.clone(),
        entry: entry.clone(),
        new: !compared.public.files.contains_key(path),
        perhaps: compared.touched.paths.contains_key(path.as_str()),
    };
    let mut uploads: Vec<Upload> = changed.map(upload).collect();
    uploads.sort_by(|a, b| (a.class, &a.path).cmp(&(b.class, &b.path)));
    uploads
}

/// The keys of what is gone, and stands in what was built.
pub(super) fn returns(compared: &Compared<'_>) -> Vec<String> {
    let names = compared.built.keys().map(|path| edge_key(path.as_str()));
    let here: BTreeSet<&str> = people(compared.built).into_iter().chain(names).collect();
    let gone: BTreeSet<&String> = compared.public.gone.keys().chain(&compared.touched.gone).collect();
    gone.into_iter().filter(|key| here.contains(key.as_str())).cloned().collect()
}
