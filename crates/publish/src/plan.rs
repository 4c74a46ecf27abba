//! What a publish would do, as a value: it is shown first, refused where it would empty the site, then carried out.

use crate::bucket::{SITE, VersionId};
use crate::headers::{PAGES_TAG, addresses};
use crate::manifest::{Due, Entry, Files, Manifest, Replaced, Retired, people};
use crate::origin::Origin;
use crate::subject::Subject;
use jiff::{SignedDuration, Timestamp};
use schema::ground::failure::Failure;
use schema::ground::hash::Hash;
use schema::ground::zone::Zone;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use serde::{Deserialize, Serialize, Serializer};
use site::ledger::{Class, Kind};
use site::site_path::SitePath;
use site::standing::{Standing, Standings};
use std::collections::{BTreeMap, BTreeSet};

/// How long a search file stays to which no page refers any more: a page opened before may still ask for it.
const SEARCH_GRACE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long an asset stays: a function that cannot read what a publish brought it goes on with what it was packaged with, and its
/// pages name the style sheet of that day. Assets are small, and about nobody.
pub(crate) const ASSET_GRACE: SignedDuration = SignedDuration::from_hours(180 * 24);

/// How long a photo that was replaced can be brought back by a rollback, as long as a bucket keeps older versions.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Up to this many addresses are dropped one by one at the edge; more than that, all pages by their tag.
const SINGLE_PURGES: usize = 40;

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

/// A person who leaves the site, and everything that is theirs alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Removal {
    pub(crate) person: String,
    /// Why the build hid them; nothing where their files are simply no longer there, or somebody asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<HiddenWhy>,
    pub(crate) paths: Vec<Away>,
}

/// A file on its way out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Away {
    pub(crate) path: String,
    pub(crate) kind: Kind,
}

impl Away {
    pub(crate) fn new(path: &str, kind: Kind) -> Self {
        Self { path: path.to_owned(), kind }
    }

    pub(crate) fn is_photo(&self) -> bool {
        self.kind == Kind::Photo
    }
}

impl Serialize for Away {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.path)
    }
}

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
    /// People who left, whom the built site shows again although nothing says that they want it.
    pub(crate) unwanted: Vec<String>,
    /// People who left, and come back by their own newer word or by name.
    pub(crate) welcome: BTreeSet<String>,
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
    fn differ(&self, public: &Manifest) -> bool {
        let made = |origin: &Option<Origin>| origin.as_ref().map(|origin| origin.made);
        made(&self.origin) != made(&public.origin)
            || self.bundle != public.bundle
            || self.zone != public.zone
            || self.due != public.due
            || self.edge != public.edge
    }
}

impl Plan {
    /// Compares what is public with what was built.
    pub(crate) fn new(
        public: &Manifest,
        (built, standings): (&Files, &Standings),
        touched: &Touched,
        now: Timestamp,
    ) -> Self {
        let before = as_it_may_be(&public.files, touched);
        let removals = removals(&before, public, (built, standings));
        let leaving: BTreeSet<&str> =
            removals.iter().flat_map(|removal| &removal.paths).map(|away| away.path.as_str()).collect();
        let erase_versions = !removals.is_empty() || public.owes_cleanup || touched.owes_cleanup;
        let mut plan = Plan { erase_versions, before: public.files.len(), after: built.len(), ..Plan::default() };
        let away = before.iter().filter(|(path, _)| !built.contains_key(**path) && !leaving.contains(*path));
        for (path, subject) in away {
            plan.sort_away(path, subject.kind, erase_versions);
        }
        let pictured = pictured(built);
        let is_pictured = |people: &BTreeSet<ProfileId>| people.iter().any(|person| pictured.contains(person));
        let owned = |away: &Away| Some((away.path.clone(), before.get(away.path.as_str())?.people.clone()));
        let replaced = plan.late.iter().filter(|away| away.is_photo()).filter_map(owned);
        // A photo that was taken back is not replaced: no rollback finds it.
        plan.replaced = replaced.filter(|(_, people)| is_pictured(people)).collect();
        let is_away = |path: &str| !built.contains_key(path) && !before.contains_key(path);
        let over = |(path, photo): &(&String, &Replaced)| {
            let is_over = photo.since + KEPT <= now || !is_pictured(&photo.people);
            is_over && is_away(path) && !leaving.contains(path.as_str())
        };
        plan.prunes.extend(public.replaced.iter().filter(over).map(|(path, _)| Away::new(path, Kind::Photo)));
        for (path, retired) in public.retired.iter().filter(|(path, _)| is_away(path)) {
            let away = Away::new(path, retired.kind);
            if erase_versions && retired.kind == Kind::Search {
                plan.late.push(away);
            } else if retired.since + grace(retired.kind) <= now {
                plan.prunes.push(away);
            }
        }
        let is_new = |path: &SitePath| !public.files.contains_key(path);
        let is_same = |path: &SitePath, entry: &Entry| public.files.get(path).is_some_and(|old| old.is_same(entry));
        let differs =
            |path: &SitePath, entry: &Entry| touched.paths.contains_key(path.as_str()) || !is_same(path, entry);
        let changed = built.iter().filter(|(path, entry)| differs(path, entry));
        plan.uploads = changed
            .map(|(path, entry)| Upload {
                class: entry.subject.kind.class(),
                path: path.clone(),
                entry: entry.clone(),
                new: is_new(path),
                perhaps: touched.paths.contains_key(path.as_str()),
            })
            .collect();
        plan.uploads.sort_by(|a, b| (a.class, &a.path).cmp(&(b.class, &b.path)));
        let here: BTreeSet<&str> =
            people(built).into_iter().chain(built.keys().map(|path| edge_key(path.as_str()))).collect();
        let gone: BTreeSet<&String> = public.gone.keys().chain(&touched.gone).collect();
        plan.returns = gone.into_iter().filter(|key| here.contains(key.as_str())).cloned().collect();
        plan.removals = removals;
        plan
    }

    fn sort_away(&mut self, path: &str, kind: Kind, somebody_leaves: bool) {
        let place = match kind {
            Kind::Photo => &mut self.late,
            Kind::Search if somebody_leaves => &mut self.late,
            kind if kind.is_immutable() => &mut self.retires,
            _ => &mut self.deletes,
        };
        place.push(Away::new(path, kind));
    }

    /// Whether somebody leaves by it.
    pub(crate) fn removes(&self, person: &str) -> bool {
        self.removals.iter().any(|removal| removal.person == person)
    }

    /// People who left, whom the built site shows again although nothing says that they want it.
    pub fn unwanted(&self) -> &[String] {
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

    /// How many pages and files visitors lose for no known reason. Lists and search files follow from who is listed: where somebody
    /// leaves, now or since the last whole publish, and everybody who does has a reason, so have they.
    pub(crate) fn losses(&self) -> usize {
        let lost = self.removals.iter().filter(|removal| removal.why.is_none());
        let people: usize = lost.map(|removal| removal.paths.len()).sum();
        let follows = people == 0 && self.erase_versions;
        let is_loss = |away: &&Away| !(follows && matches!(away.kind, Kind::List | Kind::Index));
        let pages = self.deletes.iter().filter(is_loss).count();
        people + pages + self.late.iter().filter(|away| away.is_photo()).count()
    }

    /// Why this plan must not be carried out, if it must not.
    pub(crate) fn refuse(&self, allowed: Option<usize>) -> Option<Failure> {
        if !self.unwanted.is_empty() {
            let (all, named) = (self.unwanted.join(", "), self.unwanted.join(","));
            let what = format!("{all} left, and the built site shows them again");
            let help = format!(
                "withdraw them in profiles/, and build again. If they want to come back: a consent or a day of listing newer \
                 than their leaving says so, or publish with --return {named}"
            );
            return Some(Failure::new(what).help(help));
        }
        let losses = self.losses();
        let most = allowed.unwrap_or_else(|| 50.max(self.before / 50));
        // A tenth of the site, or the first page of a language.
        let is_home = |away: &Away| away.kind == Kind::Home;
        let shrunken = losses > 10 && losses * 10 > self.before || self.deletes.iter().any(is_home);
        if losses > most || allowed.is_none() && shrunken {
            let (before, after) = (self.before, self.after);
            let what = format!(
                "the site would go from {before} to {after} files, and {losses} would be deleted for no reason that is known"
            );
            return Some(Failure::new(what).help(format!("if that is meant, publish with --allow-deletes {losses}")));
        }
        None
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

impl Removal {
    /// The keys under which the edge knows what is gone.
    pub(crate) fn keys(&self) -> Vec<String> {
        let photos = self.paths.iter().filter(|away| away.is_photo());
        let mut keys: Vec<String> = photos.map(|away| edge_key(&away.path).to_owned()).collect();
        keys.push(self.person.clone());
        keys
    }
}

/// The last name of a path: the edge's function looks it up.
pub(crate) fn edge_key(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Who has a photo among files.
fn pictured(files: &Files) -> BTreeSet<&ProfileId> {
    let photos = files.values().filter(|entry| entry.subject.kind == Kind::Photo);
    photos.flat_map(|entry| &entry.subject.people).collect()
}

/// The key in the bucket.
pub(crate) fn key_of(path: &str) -> String {
    format!("{SITE}{path}")
}

/// How long a file of a kind stays to which no page refers any more.
fn grace(kind: Kind) -> SignedDuration {
    if kind == Kind::Asset { ASSET_GRACE } else { SEARCH_GRACE }
}

/// What may lie in the bucket: what the manifest says, and what an unfinished publish touched.
fn as_it_may_be<'a>(files: &'a Files, touched: &'a Touched) -> BTreeMap<&'a str, &'a Subject> {
    // What nobody knows keeps its name while its content changes, like a page.
    static UNKNOWN: Subject = Subject::of(Kind::Words);
    let mut before: BTreeMap<_, _> = files.iter().map(|(path, entry)| (path.as_str(), &entry.subject)).collect();
    before.extend(touched.paths.iter().map(|(path, subject)| (path.as_str(), subject.as_ref().unwrap_or(&UNKNOWN))));
    before
}

fn removals(
    before: &BTreeMap<&str, &Subject>,
    public: &Manifest,
    (built, standings): (&Files, &Standings),
) -> Vec<Removal> {
    let here = people(built);
    let people = before.values().filter_map(|subject| subject.page_of());
    let leaving: BTreeSet<&str> = people.filter(|person| !here.contains(person)).collect();
    let mut paths: BTreeMap<&str, Vec<Away>> = leaving.iter().map(|person| (*person, Vec::new())).collect();
    let of_files = before.iter().map(|(path, subject)| (*path, subject.kind, &subject.people));
    let of_replaced = public.replaced.iter().filter(|(path, _)| !before.contains_key(path.as_str()));
    let all = of_files.chain(of_replaced.map(|(path, photo)| (path.as_str(), Kind::Photo, &photo.people)));
    for (path, kind, people) in all.filter(|(path, _, _)| !built.contains_key(*path)) {
        // Of several whose very picture it was, one who leaves is enough.
        if let Some(person) = people.iter().find(|person| leaving.contains(person.as_str()))
            && let Some(theirs) = paths.get_mut(person.as_str())
        {
            theirs.push(Away::new(path, kind));
        }
    }
    let why = |person: &str| match standings.get(&ProfileId::parse(person)?) {
        Some(Standing::Hidden(why)) => Some(*why),
        _ => None,
    };
    paths.into_iter().map(|(person, paths)| Removal { person: person.to_owned(), why: why(person), paths }).collect()
}
