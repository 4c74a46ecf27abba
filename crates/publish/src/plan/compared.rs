//! What a publish compares: what is public, what may lie in the bucket, and what was built.

use super::touched::Touched;
use crate::manifest::{Entry, Files, Manifest};
use crate::subject::Subject;
use site::ledger::Kind;
use site::standing::Standings;
use std::collections::BTreeMap;

/// The site before and after.
pub(super) struct Compared<'a> {
    pub(super) public: &'a Manifest,
    /// What may lie in the bucket: what the manifest says, and what an unfinished publish touched.
    pub(super) before: BTreeMap<&'a str, &'a Subject>,
    pub(super) touched: &'a Touched,
    pub(super) built: &'a Files,
    /// Why people are on the built site or not.
    pub(super) standings: &'a Standings,
}

impl<'a> Compared<'a> {
    pub(super) fn new(
        public: &'a Manifest,
        (built, standings): (&'a Files, &'a Standings),
        touched: &'a Touched,
    ) -> Self {
        Self { public, before: as_it_may_be(&public.files, touched), touched, built, standings }
    }

    /// Whether a file stands neither in the bucket nor in what was built.
    pub(super) fn is_nowhere(&self, path: &str) -> bool {
        !self.built.contains_key(path) && !self.before.contains_key(path)
    }

    /// Whether visitors are certain to be sent a built file already.
    pub(super) fn is_public(&self, path: &str, entry: &Entry) -> bool {
        !self.touched.paths.contains_key(path) && self.public.files.get(path).is_some_and(|old| old.is_same(entry))
    }
}

fn as_it_may_be<'a>(files: &'a Files, touched: &'a Touched) -> BTreeMap<&'a str, &'a Subject> {
    // What nobody knows keeps its name while its content changes, like a page.
    static UNKNOWN: Subject = Subject::of(Kind::Words);
    let mut before: BTreeMap<_, _> = files.iter().map(|(path, entry)| (path.as_str(), &entry.subject)).collect();
    before.extend(touched.paths.iter().map(|(path, subject)| (path.as_str(), subject.as_ref().unwrap_or(&UNKNOWN))));
    before
}
