//! What a publish would do, as a value: it is shown first, refused where it would empty the site, then carried out.

use crate::bucket::SITE;
use crate::class::{Class, PAGES_TAG, addresses, is_immutable, person_of};
use crate::manifest::{Entry, Files, Manifest, Replaced, people};
use jiff::{SignedDuration, Timestamp};
use schema::ground::failure::Failure;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How long a file stays to which no page refers any more: a page opened before may still ask for it, and so may the function,
/// whose pages name the style sheet of the build that it carries.
pub(crate) const GRACE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long a photo that was replaced can be brought back by a rollback, as long as a bucket keeps older versions.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Up to this many addresses are dropped one by one at the edge; more than that, all pages by their tag.
const SINGLE_PURGES: usize = 40;

/// What a publish that did not finish may have touched: nothing is certain about these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Touched {
    /// Paths, and of photos whose they are.
    pub(crate) paths: BTreeMap<String, Option<String>>,
    /// Keys that the edge may answer with 410.
    pub(crate) gone: BTreeSet<String>,
    /// Whether older versions of pages name somebody who was removed.
    #[serde(default)]
    pub(crate) owes: bool,
}

/// A person who leaves the site, and everything that is theirs alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Removal {
    pub(crate) person: String,
    pub(crate) paths: Vec<String>,
}

/// One file on its way up.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Upload {
    pub(crate) class: Class,
    pub(crate) path: String,
    #[serde(skip)]
    pub(crate) entry: Entry,
    /// Whether the path is new on the site.
    pub(crate) new: bool,
    /// Whether it may be there already, from a publish that did not finish.
    pub(crate) perhaps: bool,
}

/// Everything that will be done, in order.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Plan {
    pub(crate) removals: Vec<Removal>,
    pub(crate) uploads: Vec<Upload>,
    /// Keys that the edge no longer answers with 410.
    pub(crate) returns: Vec<String>,
    /// Pages that are no longer there.
    pub(crate) deletes: Vec<String>,
    /// What visitors are not sent for the grace: photos that were replaced, search files that name somebody removed.
    pub(crate) late: Vec<String>,
    /// Of the photos among these, whose they are.
    pub(crate) replaced: BTreeMap<String, String>,
    /// Files to which no page refers from now on.
    pub(crate) retires: Vec<String>,
    /// Files whose grace is over, and replaced photos whose time is.
    pub(crate) prunes: Vec<String>,
    /// Whether the edge is told again of everything that is gone, and of the words it answers with.
    pub(crate) remarks: bool,
    /// Whether only somebody is removed at once, and lists are left to the next publish.
    pub(crate) alone: bool,
    /// Whether older versions of what changed are deleted, because they name somebody who was removed.
    pub(crate) cleans: bool,
    /// People who were removed on request, and whom the built site shows again.
    pub(crate) unwanted: Vec<String>,
    /// How many files the site had.
    pub(crate) before: usize,
    /// How many files it will have.
    pub(crate) after: usize,
}

impl Plan {
    /// Compares what is public with what was built.
    pub(crate) fn new(public: &Manifest, built: &Files, touched: &Touched, now: Timestamp) -> Self {
        let before = as_it_may_be(&public.files, touched);
        let removals = removals(&before, public, built);
        let leaving: BTreeSet<&String> = removals.iter().flat_map(|removal| &removal.paths).collect();
        let cleans = !removals.is_empty() || public.owes || touched.owes;
        let mut plan = Plan { cleans, before: public.files.len(), after: built.len(), ..Plan::default() };
        for path in before.keys().filter(|path| !built.contains_key(*path) && !leaving.contains(path)) {
            plan.sort_away(path, cleans);
        }
        let owned = |path: &String| Some((path.clone(), before.get(path)?.of.clone()?));
        plan.replaced = plan.late.iter().filter(|path| Class::of(path) == Class::Photo).filter_map(owned).collect();
        let over = |(path, photo): &(&String, &Replaced)| {
            photo.since + KEPT <= now
                && !built.contains_key(*path)
                && !leaving.contains(path)
                && !before.contains_key(*path)
        };
        plan.prunes.extend(public.replaced.iter().filter(over).map(|(path, _)| path.clone()));
        for (path, since) in
            public.retired.iter().filter(|(path, _)| !built.contains_key(*path) && !before.contains_key(*path))
        {
            if cleans && Class::of(path) == Class::Search {
                plan.late.push(path.clone());
            } else if *since + GRACE <= now {
                plan.prunes.push(path.clone());
            }
        }
        let is_new = |path: &String| !public.files.contains_key(path);
        let differs = |path: &String, entry: &Entry| before.get(path).is_none_or(|old| !old.is_same(entry));
        let changed = built.iter().filter(|(path, entry)| differs(path, entry));
        plan.uploads = changed
            .map(|(path, entry)| Upload {
                class: Class::of(path),
                path: path.clone(),
                entry: entry.clone(),
                new: is_new(path),
                perhaps: touched.paths.contains_key(path),
            })
            .collect();
        plan.uploads.sort_by(|a, b| (a.class, &a.path).cmp(&(b.class, &b.path)));
        let here: BTreeSet<&str> = people(built).into_iter().chain(built.keys().map(|path| edge_key(path))).collect();
        let gone: BTreeSet<&String> = public.gone.keys().chain(&touched.gone).collect();
        plan.returns = gone.into_iter().filter(|key| here.contains(key.as_str())).cloned().collect();
        plan.removals = removals;
        plan
    }

    fn sort_away(&mut self, path: &str, somebody_leaves: bool) {
        let place = match Class::of(path) {
            Class::Photo => &mut self.late,
            Class::Search if somebody_leaves => &mut self.late,
            _ if is_immutable(path) => &mut self.retires,
            _ => &mut self.deletes,
        };
        place.push(path.to_owned());
    }

    /// How many files are sent.
    pub fn upload_count(&self) -> usize {
        self.uploads.len()
    }

    /// Whether there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        self.removals.is_empty()
            && self.uploads.is_empty()
            && self.returns.is_empty()
            && self.deletes.is_empty()
            && self.late.is_empty()
            && self.retires.is_empty()
            && self.prunes.is_empty()
            && !self.remarks
    }

    /// How many pages and files visitors lose.
    pub(crate) fn losses(&self) -> usize {
        let leaving: usize = self.removals.iter().map(|removal| removal.paths.len()).sum();
        let pages = self.deletes.len() + self.late.iter().filter(|path| Class::of(path) == Class::Photo).count();
        leaving + pages
    }

    /// Why this plan must not be carried out, if it must not.
    pub(crate) fn refuse(&self, allowed: Option<usize>) -> Option<Failure> {
        if let Some(person) = self.unwanted.first() {
            let all = self.unwanted.join(", ");
            let what = format!("{all} left on request, and the built site shows them again: nothing was changed");
            let help = format!(
                "withdraw them in profiles/, and build again; if they asked to come back, publish with --return {person}"
            );
            return Some(Failure::new(what).help(help));
        }
        let losses = self.losses();
        let most = allowed.unwrap_or_else(|| 50.max(self.before / 50));
        let shrunken = allowed.is_none() && self.after * 10 < self.before * 9 && self.before - self.after > 10;
        if losses > most || shrunken {
            let (before, after) = (self.before, self.after);
            let what = format!(
                "the site would go from {before} to {after} files, and {losses} would be deleted: nothing was changed"
            );
            return Some(Failure::new(what).help(format!("if that is meant, publish with --allow-deletes {losses}")));
        }
        None
    }

    /// Everything that this plan touches, noted before it begins.
    pub(crate) fn touches(&self, public: &Manifest) -> Touched {
        let of = |path: &String| public.files.get(path).and_then(|entry| entry.of.clone());
        let mut paths: BTreeMap<String, Option<String>> =
            self.uploads.iter().map(|upload| (upload.path.clone(), upload.entry.of.clone())).collect();
        let away = self.deletes.iter().chain(&self.late).chain(&self.prunes);
        paths.extend(away.map(|path| (path.clone(), of(path))));
        for removal in &self.removals {
            paths.extend(removal.paths.iter().map(|path| (path.clone(), Some(removal.person.clone()))));
        }
        let gone = self.gone_keys().chain(self.returns.iter().cloned()).collect();
        Touched { paths, gone, owes: self.cleans }
    }

    /// The keys that the edge answers with 410 when all is done: people, and names of photos.
    pub(crate) fn gone_keys(&self) -> impl Iterator<Item = String> {
        let photo = |path: &&String| Class::of(path) == Class::Photo;
        let late = self.late.iter().filter(photo).map(|path| edge_key(path).to_owned());
        self.removals.iter().flat_map(Removal::keys).chain(late)
    }

    /// What the edge must drop once everything is up: pages that changed or went.
    pub(crate) fn purges(&self, tags: bool) -> Vec<String> {
        let changed = self.uploads.iter().filter(|upload| !upload.new || upload.perhaps).map(|upload| &upload.path);
        let paths = changed.chain(&self.deletes).filter(|path| !is_immutable(path));
        let items: BTreeSet<String> = paths.flat_map(|path| addresses(path)).collect();
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
        versions: &BTreeMap<String, Option<String>>,
        (deploy, now): (&str, Timestamp),
    ) -> Manifest {
        let with_version = |(path, entry): (&String, &Entry)| {
            let known = || public.files.get(path).filter(|old| old.is_same(entry)).and_then(|old| old.version.clone());
            let version = versions.get(path).cloned().unwrap_or_else(known);
            (path.clone(), Entry { version, ..entry.clone() })
        };
        let mut gone = public.gone.clone();
        gone.retain(|key, _| !self.returns.contains(key));
        for key in self.gone_keys() {
            gone.entry(key).or_insert(now);
        }
        let away: BTreeSet<&String> = self.late.iter().chain(&self.prunes).collect();
        let mut retired = public.retired.clone();
        retired.retain(|path, _| !away.contains(path) && !built.contains_key(path));
        for path in &self.retires {
            retired.entry(path.clone()).or_insert(now);
        }
        let erased: BTreeSet<&String> =
            self.removals.iter().flat_map(|removal| &removal.paths).chain(&self.prunes).collect();
        let mut replaced = public.replaced.clone();
        for (path, of) in &self.replaced {
            replaced.entry(path.clone()).or_insert_with(|| Replaced { of: of.clone(), since: now });
        }
        replaced.retain(|path, _| !erased.contains(path) && !built.contains_key(path));
        let (files, deploy) = (built.iter().map(with_version).collect(), deploy.to_owned());
        Manifest { version: 1, deploy, made_at: now, files, gone, retired, replaced, owes: self.alone }
    }
}

impl Removal {
    /// The keys under which the edge knows what is gone.
    pub(crate) fn keys(&self) -> Vec<String> {
        let photos = self.paths.iter().filter(|path| Class::of(path) == Class::Photo);
        let mut keys: Vec<String> = photos.map(|path| edge_key(path).to_owned()).collect();
        keys.push(self.person.clone());
        keys
    }
}

/// The last name of a path: the edge's function looks it up.
pub(crate) fn edge_key(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The key in the bucket.
pub(crate) fn key_of(path: &str) -> String {
    format!("{SITE}{path}")
}

/// What may lie in the bucket: what the manifest says, save for what an unfinished publish touched.
fn as_it_may_be(files: &Files, touched: &Touched) -> Files {
    let mut before = files.clone();
    for (path, of) in &touched.paths {
        let unknown = Entry { hash: String::new(), headers: String::new(), size: 0, of: of.clone(), version: None };
        before.insert(path.clone(), unknown);
    }
    before
}

fn removals(before: &Files, public: &Manifest, built: &Files) -> Vec<Removal> {
    let here = people(built);
    let leaving: BTreeSet<&str> = people(before).into_iter().filter(|person| !here.contains(person)).collect();
    let mut paths: BTreeMap<&str, Vec<String>> = leaving.iter().map(|person| (*person, Vec::new())).collect();
    for (path, entry) in before.iter().filter(|(path, _)| !built.contains_key(*path)) {
        let whose = person_of(path).or(entry.of.as_deref());
        if let Some(theirs) = whose.and_then(|person| paths.get_mut(person)) {
            theirs.push(path.clone());
        }
    }
    for (path, photo) in
        public.replaced.iter().filter(|(path, _)| !before.contains_key(*path) && !built.contains_key(*path))
    {
        if let Some(theirs) = paths.get_mut(photo.of.as_str()) {
            theirs.push(path.clone());
        }
    }
    paths.into_iter().map(|(person, paths)| Removal { person: person.to_owned(), paths }).collect()
}
