//! What leaves: people with everything that is theirs, and files to which nothing refers any more. Each kind of file goes in its
//! own way and time.

use super::compared::Compared;
use super::touched::Touched;
use crate::edge::edge_key;
use crate::manifest::{Files, Manifest, Replaced, people};
use jiff::{SignedDuration, Timestamp};
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use serde::{Serialize, Serializer};
use site::ledger::Kind;
use site::standing::{Standing, Standings};
use std::collections::{BTreeMap, BTreeSet};

/// How long a search file stays to which no page refers any more: a page opened before may still ask for it.
const SEARCH_GRACE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long an asset stays: a function that cannot read what a publish brought it goes on with what it was packaged with, and its
/// pages name the style sheet of that day. Assets are small, and about nobody.
pub(crate) const ASSET_GRACE: SignedDuration = SignedDuration::from_hours(180 * 24);

/// How long a photo that was replaced can be brought back by a rollback, as long as a bucket keeps older versions.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

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

impl Removal {
    /// The keys under which the edge knows what is gone.
    pub(crate) fn keys(&self) -> Vec<String> {
        let photos = self.paths.iter().filter(|away| away.is_photo());
        let mut keys: Vec<String> = photos.map(|away| edge_key(&away.path).to_owned()).collect();
        keys.push(self.person.clone());
        keys
    }
}

/// All that leaves, by the names of a plan's fields.
#[derive(Default)]
pub(super) struct Leaves {
    pub(super) removals: Vec<Removal>,
    pub(super) erase_versions: bool,
    pub(super) deletes: Vec<Away>,
    pub(super) late: Vec<Away>,
    pub(super) replaced: BTreeMap<String, BTreeSet<ProfileId>>,
    pub(super) retires: Vec<Away>,
    pub(super) prunes: Vec<Away>,
}

impl Leaves {
    pub(super) fn of(compared: &Compared<'_>, now: Timestamp) -> Self {
        let removals = removals(compared);
        let theirs = removals.iter().flat_map(|removal| &removal.paths).map(|away| away.path.as_str()).collect();
        let owes_cleanup = compared.public.owes_cleanup || compared.touched.owes_cleanup;
        let mut leaves = Self { erase_versions: !removals.is_empty() || owes_cleanup, ..Self::default() };
        leaves.sort_files(compared, &theirs);
        leaves.sort_photos(compared, &theirs, now);
        leaves.sort_retired(compared, now);
        Self { removals, ..leaves }
    }

    /// What somebody takes along is left out; the rest goes by its kind.
    fn sort_files(&mut self, compared: &Compared<'_>, theirs: &BTreeSet<&str>) {
        let away = compared.before.iter().filter(|(path, _)| !compared.built.contains_key(**path));
        for (path, subject) in away.filter(|(path, _)| !theirs.contains(*path)) {
            let place = match subject.kind {
                Kind::Photo => &mut self.late,
                Kind::Search if self.erase_versions => &mut self.late,
                kind if kind.is_immutable() => &mut self.retires,
                _ => &mut self.deletes,
            };
            place.push(Away::new(path, subject.kind));
        }
    }

    /// Which photos a rollback finds from now on, and which it no longer does.
    fn sort_photos(&mut self, compared: &Compared<'_>, theirs: &BTreeSet<&str>, now: Timestamp) {
        let pictured = pictured(compared.built);
        let is_pictured = |people: &BTreeSet<ProfileId>| people.iter().any(|person| pictured.contains(person));
        let owned = |away: &Away| Some((away.path.clone(), compared.before.get(away.path.as_str())?.people.clone()));
        let replaced = self.late.iter().filter(|away| away.is_photo()).filter_map(owned);
        // A photo that was taken back is not replaced: no rollback finds it.
        self.replaced = replaced.filter(|(_, people)| is_pictured(people)).collect();
        let is_over = |photo: &Replaced| photo.since + KEPT <= now || !is_pictured(&photo.people);
        let goes = |path: &str| compared.is_nowhere(path) && !theirs.contains(path);
        let over = compared.public.replaced.iter().filter(|(path, photo)| is_over(photo) && goes(path));
        self.prunes.extend(over.map(|(path, _)| Away::new(path, Kind::Photo)));
    }

    /// Which files have had their grace; where somebody left, search files get none.
    fn sort_retired(&mut self, compared: &Compared<'_>, now: Timestamp) {
        for (path, retired) in compared.public.retired.iter().filter(|(path, _)| compared.is_nowhere(path)) {
            let away = Away::new(path, retired.kind);
            if self.erase_versions && retired.kind == Kind::Search {
                self.late.push(away);
            } else if retired.since + grace(retired.kind) <= now {
                self.prunes.push(away);
            }
        }
    }
}

/// Who has a photo among files.
fn pictured(files: &Files) -> BTreeSet<&ProfileId> {
    let photos = files.values().filter(|entry| entry.subject.kind == Kind::Photo);
    photos.flat_map(|entry| &entry.subject.people).collect()
}

/// How long a file of a kind stays to which no page refers any more.
fn grace(kind: Kind) -> SignedDuration {
    if kind == Kind::Asset { ASSET_GRACE } else { SEARCH_GRACE }
}

/// Who leaves of what is or may be public, given what stays, and what goes with them; why, nobody says.
pub(crate) fn leaving(public: &Manifest, stays: &Files, touched: &Touched) -> Vec<Removal> {
    removals(&Compared::new(public, (stays, &Standings::new()), touched))
}

fn removals(compared: &Compared<'_>) -> Vec<Removal> {
    let Compared { public, before, built, standings, .. } = compared;
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
