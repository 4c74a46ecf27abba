//! What a publish would do, as a value: it is shown first, refused where it would empty the site, then carried out.

mod compared;
pub(crate) mod leaves;
mod notes;
mod refusal;
mod touched;
mod uploads;

pub(crate) use leaves::{Away, Removal, leaving};
pub(crate) use notes::Notes;
pub use refusal::{named, who_left};
pub(crate) use touched::Touched;
pub(crate) use uploads::Upload;

use crate::bucket::VersionId;
use crate::edge::edge_key;
use crate::headers::{PAGES_TAG, addresses};
use crate::manifest::{Due, Entry, Files, Manifest, Replaced, Retired};
use crate::subject::Subject;
use compared::Compared;
use jiff::Timestamp;
use leaves::Leaves;
use schema::person::profile::ProfileId;
use serde::{Serialize, Serializer};
use site::site_path::SitePath;
use site::standing::Standings;
use std::collections::{BTreeMap, BTreeSet};

/// Up to this many addresses are dropped one by one at the edge; more than that, all pages by their tag.
const SINGLE_PURGES: usize = 40;

/// Everything that will be done, in order.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Plan {
    pub(crate) removals: Vec<Removal>,
    /// People who were taken down before, and of whom the edge was not told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) owed: Vec<Removal>,
    pub(crate) uploads: Vec<Upload>,
    /// Keys that the edge no longer answers with 410.
    pub(crate) returns: Vec<String>,
    /// Pages that are no longer there.
    pub(crate) deletes: Vec<Away>,
    /// What visitors are not sent for the grace: photos that were replaced, search files that name somebody removed.
    pub(crate) late: Vec<Away>,
    /// Of the photos among these, whose they are.
    pub(crate) replaced: BTreeMap<String, BTreeSet<ProfileId>>,
    /// Files to which no page refers from now on.
    pub(crate) retires: Vec<Away>,
    /// Files whose grace is over, and replaced photos whose time is.
    pub(crate) prunes: Vec<Away>,
    /// Whether the edge is told again of everything that is gone, and of the words it answers with.
    pub(crate) remark_edge: bool,
    /// Whether some people leave at once, and lists are left to the next publish.
    pub(crate) only_leaving: bool,
    /// Whether older versions of what changed are deleted, because they name somebody who was removed.
    pub(crate) erase_versions: bool,
    /// People who left, whom the built site shows again although nothing says that they want it; and the id under which they left.
    #[serde(serialize_with = "ids")]
    pub(crate) unwanted: BTreeMap<String, String>,
    /// People who left, and come back by their own newer word or by name.
    pub(crate) welcome: BTreeSet<String>,
    /// Ids under which people left who come back under another.
    #[serde(skip)]
    pub(crate) renamed: BTreeSet<String>,
    /// People who left, of whom nothing more than their id need be known.
    #[serde(skip)]
    pub(crate) settled: BTreeSet<String>,
    /// What is noted beside the files.
    #[serde(skip)]
    pub(crate) notes: Notes,
    /// Whether what is public says something else beside its files.
    pub(crate) notes_differ: bool,
    /// How many files the site had.
    pub(crate) before: usize,
    /// How many files it will have.
    pub(crate) after: usize,
}

/// Of people, the ids that they have now.
fn ids<S: Serializer>(people: &BTreeMap<String, String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(people.keys())
}

impl Plan {
    /// Compares what is public with what was built.
    pub(crate) fn new(
        public: &Manifest,
        (built, standings): (&Files, &Standings),
        touched: &Touched,
        now: Timestamp,
    ) -> Self {
        let compared = Compared::new(public, (built, standings), touched);
        let Leaves { removals, erase_versions, deletes, late, replaced, retires, prunes } = Leaves::of(&compared, now);
        let (uploads, returns) = (uploads::uploads(&compared), uploads::returns(&compared));
        let (before, after) = (public.files.len(), built.len());
        Self {
            removals,
            uploads,
            returns,
            deletes,
            late,
            replaced,
            retires,
            prunes,
            erase_versions,
            before,
            after,
            ..Self::default()
        }
    }

    /// Whether somebody leaves by it.
    pub(crate) fn removes(&self, person: &str) -> bool {
        self.removals.iter().any(|removal| removal.person == person)
    }

    /// People who left, whom the built site shows again although nothing says that they want it.
    pub fn unwanted(&self) -> &BTreeMap<String, String> {
        &self.unwanted
    }

    /// How many files are sent.
    pub fn upload_count(&self) -> usize {
        self.uploads.len()
    }

    /// Takes up what is noted beside the files.
    pub(crate) fn note(&mut self, notes: Notes, public: &Manifest) {
        (self.notes_differ, self.notes) = (notes.differ(public), notes);
    }

    /// Whether there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        self.removals.is_empty()
            && self.owed.is_empty()
            && self.uploads.is_empty()
            && self.returns.is_empty()
            && self.deletes.is_empty()
            && self.late.is_empty()
            && self.retires.is_empty()
            && self.prunes.is_empty()
            && !self.remark_edge
            && !self.notes_differ
    }

    /// Everything that this plan touches, noted before it begins.
    pub(crate) fn touches(&self, public: &Manifest) -> Touched {
        let of = |path: &str| public.files.get(path).map(|entry| entry.subject.clone());
        let mut paths: BTreeMap<String, Option<Subject>> =
            self.uploads.iter().map(|upload| (upload.path.to_string(), Some(upload.entry.subject.clone()))).collect();
        paths.extend(self.deletes.iter().map(|away| (away.path.clone(), of(&away.path))));
        let away = self.late.iter().chain(&self.prunes);
        paths.extend(away.map(|away| {
            let replaced = self.replaced.get(&away.path);
            let replaced = replaced.map(|people| Subject { kind: away.kind, people: people.clone() });
            let known = of(&away.path).or(replaced).unwrap_or_else(|| Subject::of(away.kind));
            (away.path.clone(), Some(known))
        }));
        for removal in &self.removals {
            let people: BTreeSet<ProfileId> = ProfileId::parse(&removal.person).into_iter().collect();
            let theirs = |away: &Away| Subject { kind: away.kind, people: people.clone() };
            paths.extend(removal.paths.iter().map(|away| (away.path.clone(), Some(theirs(away)))));
        }
        let gone = self.gone_keys().chain(self.returns.iter().cloned()).collect();
        let is_news = |(person, due): &(&ProfileId, &Due)| public.due.get(*person) != Some(*due);
        let due = self.notes.due.iter().filter(is_news).map(|(person, due)| (person.clone(), *due)).collect();
        let bundle = self.notes.bundle != public.bundle;
        Touched { paths, gone, owes_cleanup: self.erase_versions, bundle, due }
    }

    /// The keys that the edge answers with 410 when all is done: people, and names of photos.
    pub(crate) fn gone_keys(&self) -> impl Iterator<Item = String> {
        let late = self.late.iter().filter(|away| away.is_photo()).map(|away| edge_key(&away.path).to_owned());
        self.removals.iter().flat_map(Removal::keys).chain(late)
    }

    /// What the edge must drop once everything is up: pages that changed or went.
    pub(crate) fn purges(&self, tags: bool) -> Vec<String> {
        let keeps_name = |upload: &&Upload| !upload.entry.subject.kind.is_immutable();
        let changed = self.uploads.iter().filter(|upload| !upload.new || upload.perhaps).filter(keeps_name);
        let paths =
            changed.map(|upload| upload.path.as_str()).chain(self.deletes.iter().map(|away| away.path.as_str()));
        let items: BTreeSet<String> = paths.flat_map(addresses).collect();
        if items.len() <= SINGLE_PURGES {
            return items.into_iter().collect();
        }
        vec![if tags { format!("#{PAGES_TAG}") } else { "/*".to_owned() }]
    }

    /// The manifest of the site as it will stand, given which version each upload became.
    pub(crate) fn result(
        &self,
        public: &Manifest,
        built: &Files,
        versions: &BTreeMap<SitePath, Option<VersionId>>,
        (deploy, now): (&str, Timestamp),
    ) -> Manifest {
        let with_version = |(path, entry): (&SitePath, &Entry)| {
            let known = || public.files.get(path).filter(|old| old.is_same(entry)).and_then(|old| old.version.clone());
            let version = versions.get(path).cloned().unwrap_or_else(known);
            (path.clone(), Entry { version, ..entry.clone() })
        };
        let mut gone = public.gone.clone();
        gone.retain(|key, _| !self.returns.contains(key));
        for key in self.gone_keys() {
            gone.entry(key).or_insert(now);
        }
        let away: BTreeSet<&str> = self.late.iter().chain(&self.prunes).map(|away| away.path.as_str()).collect();
        let mut retired = public.retired.clone();
        retired.retain(|path, _| !away.contains(path.as_str()) && !built.contains_key(path.as_str()));
        for Away { path, kind } in &self.retires {
            retired.entry(path.clone()).or_insert(Retired { kind: *kind, since: now });
        }
        let erased = self.removals.iter().flat_map(|removal| &removal.paths).chain(&self.prunes);
        let erased: BTreeSet<&str> = erased.map(|away| away.path.as_str()).collect();
        let mut replaced = public.replaced.clone();
        for (path, people) in &self.replaced {
            replaced.entry(path.clone()).or_insert_with(|| Replaced { people: people.clone(), since: now });
        }
        replaced.retain(|path, _| !erased.contains(path.as_str()) && !built.contains_key(path.as_str()));
        let (files, deploy) = (built.iter().map(with_version).collect(), deploy.to_owned());
        Manifest {
            deploy,
            made_at: now,
            files,
            gone,
            retired,
            replaced,
            origin: self.notes.origin.clone(),
            bundle: self.notes.bundle,
            zone: self.notes.zone.clone(),
            due: self.notes.due.clone(),
            edge: self.notes.edge,
            owes_cleanup: self.only_leaving,
            ..Manifest::empty()
        }
    }
}
