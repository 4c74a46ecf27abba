//! Whom a root's own profiles hide on a day, read for itself: a slip in another file, or elsewhere in theirs, keeps nobody up.

use crate::ledger::{Kind, Ledger, Output};
use crate::rewrite::{is_key, value_of};
use crate::source::{load_facts, profile_path};
use crate::standing::who;
use crate::withdraw::{WITHDRAWN, says_withdrawn};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::ground::hash::Hash;
use schema::ground::text::bare_number;
use schema::person::check::check_profile;
use schema::person::profile::{ProfileFile, ProfileId};
use schema::person::visibility::{HiddenWhy, Visibility, visibility};
use schema::place::agency::AgencyFile;
use schema::place::catalogue::Catalogue;
use schema::place::facility::FacilityFile;
use schema::place::kinds::ListingRule;
use schema::yaml::{Text, guard, read_quickly};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Why somebody has no page, and who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Why.
    pub why: HiddenWhy,
    /// Who they are whatever their id, by agency and number; none where that is not known.
    pub who: Option<Hash>,
}

/// Everybody in `profiles/` who has no page on a day, and why. Of a profile that has a slip, its `status: withdrawn` counts and its
/// agency's `rule: banned`, which counts too where the agency's file or the facility's has one; and so does any line of a file that
/// cannot be read at all, as in an unfinished merge.
///
/// # Errors
/// Only what keeps folders from being read at all.
pub fn hidden(root: &Path, day: Date) -> Result<BTreeMap<ProfileId, Hidden>> {
    let catalogue = load_facts(root, day)?;
    let files = disk::list(root, "profiles")?;
    let profiles = files.into_par_iter().filter(|file| disk::ending(file) == "yaml");
    let of = |file: PathBuf| {
        let why = why(root, &file, &catalogue, day)?;
        Some((ProfileId::parse(disk::stem(&file))?, Hidden { why, who: who_in(root, &file, &catalogue) }))
    };
    Ok(profiles.filter_map(of).collect())
}

/// Everybody whose profile says of itself that they withdrew, whatever else can be read.
pub fn withdrawn(root: &Path) -> Vec<ProfileId> {
    let files = disk::list(root, "profiles").unwrap_or_default();
    let says =
        |file: &PathBuf| disk::read(root, file).is_ok_and(|bytes| says_withdrawn(&String::from_utf8_lossy(&bytes)));
    let profiles = files.into_iter().filter(|file| disk::ending(file) == "yaml");
    profiles.filter(says).filter_map(|file| ProfileId::parse(disk::stem(&file))).collect()
}

/// Who somebody is whatever their id, as their profile says it; none where there is none, or it does not.
pub fn who_is(root: &Path, person: &ProfileId, day: Date) -> Option<Hash> {
    who_in(root, &profile_path(person), &load_facts(root, day).ok()?)
}

fn who_in(root: &Path, profile: &Path, catalogue: &Catalogue) -> Option<Hash> {
    // Of two sides of a merge that say two things, neither counts.
    let one = |key, of: fn(ProfileFile) -> Option<Text>| {
        let mut said = said(root, profile, key, of);
        said.pop_first().filter(|_| said.is_empty())
    };
    let facility = one("facility", |file| file.facility)?;
    let number = one("number", |file| file.number).filter(|number| !bare_number(number).is_empty())?;
    let (_, agency) = catalogue.place(&facility)?;
    Some(who(agency, &number))
}

/// The names by which a plain host knows what is theirs alone in a built folder: the last part of a page's address, or that of a photo.
pub fn names(ledger: &Ledger, people: &BTreeSet<ProfileId>) -> BTreeSet<String> {
    let is_theirs = |file: &&Output| !file.people.is_empty() && file.people.is_subset(people);
    let theirs = ledger.files.values().filter(is_theirs);
    let name = |file: &Output| match file.kind {
        Kind::Person => file.people.first().map(ToString::to_string),
        Kind::Photo => file.path.as_str().rsplit('/').next().map(str::to_owned),
        _ => None,
    };
    theirs.filter_map(name).collect()
}

/// The files that decide whether somebody's agency forbids listings: their own profile, which says where they are, that facility's,
/// which says whose it is, and that agency's. Where one does not say, any agency's or facility's may.
pub fn grounds(root: &Path, person: &ProfileId) -> Vec<PathBuf> {
    let profile = profile_path(person);
    let facilities = facilities(root, &profile);
    let agencies = agencies(root, &facilities);
    if agencies.is_empty() {
        return vec![profile, "content/agencies".into(), "content/facilities".into()];
    }
    [profile].into_iter().chain(facilities).chain(agencies).collect()
}

/// The files of the facilities that a profile names: one, but for an unfinished merge.
fn facilities(root: &Path, profile: &Path) -> BTreeSet<PathBuf> {
    let said = said(root, profile, "facility", |file: ProfileFile| file.facility);
    said.iter().map(|id| Path::new("content/facilities").join(format!("{id}.yaml"))).collect()
}

/// The files of the agencies that these name.
fn agencies(root: &Path, facilities: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    let said = facilities.iter().flat_map(|file| said(root, file, "agency", |file: FacilityFile| file.agency));
    said.map(|id| Path::new("content/agencies").join(format!("{id}.yaml"))).collect()
}

/// What a file says at a key of its own. Where it cannot be read, each line that sets the key counts.
fn said<F: DeserializeOwned + Default>(
    root: &Path,
    file: &Path,
    key: &str,
    of: impl FnOnce(F) -> Option<Text>,
) -> BTreeSet<String> {
    let bytes = disk::read(root, file).unwrap_or_default();
    if let Some(value) = guard(&bytes).ok().and_then(|text| of(read_quickly::<F>(text).0)) {
        return BTreeSet::from([value.0]);
    }
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().filter(|line| is_key(line, key));
    lines.filter_map(|line| value_of(line).map(str::to_owned)).collect()
}

fn why(root: &Path, file: &Path, catalogue: &Catalogue, day: Date) -> Option<HiddenWhy> {
    let bytes = disk::read(root, file).ok()?;
    if says_withdrawn(&String::from_utf8_lossy(&bytes)) {
        return Some(HiddenWhy::Withdrawn);
    }
    let (written, structural) = guard(&bytes).map(read_quickly::<ProfileFile>).unwrap_or_default();
    if written.status.as_ref().is_some_and(|status| status.as_str() == WITHDRAWN) {
        return Some(HiddenWhy::Withdrawn);
    }
    let (profile, _) = check_profile(&written, disk::stem(file), catalogue, day, structural);
    let Some(profile) = profile.filter(|profile| catalogue.place(&profile.facility).is_some()) else {
        return says_banned(root, file).then_some(HiddenWhy::ListingBanned);
    };
    match visibility(&profile, catalogue, day) {
        Visibility::Hidden(why) => Some(why),
        Visibility::Shown | Visibility::Paused => None,
    }
}

/// Whether the agency of somebody's facility says that it bans, whatever else is wrong with these three files.
fn says_banned(root: &Path, profile: &Path) -> bool {
    agencies(root, &facilities(root, profile)).iter().any(|agency| {
        let bytes = disk::read(root, agency).unwrap_or_default();
        let rule = guard(&bytes).ok().and_then(|text| read_quickly::<AgencyFile>(text).0.listing?.rule);
        let banned = ListingRule::Banned.word();
        match rule {
            Some(rule) => rule.as_str() == banned,
            None => {
                let text = String::from_utf8_lossy(&bytes);
                text.lines().map(str::trim_start).any(|line| is_key(line, "rule") && value_of(line) == Some(banned))
            }
        }
    })
}
