//! Whom a root's own profiles hide on a day, read for itself: a slip in another file, or elsewhere in theirs, keeps nobody up.

use crate::ledger::{Kind, Ledger, Output};
use crate::source::{load_facts, profile_path};
use crate::withdraw::{WITHDRAWN, says_withdrawn};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::person::check::check_profile;
use schema::person::profile::{ProfileFile, ProfileId};
use schema::person::visibility::{HiddenWhy, Visibility, visibility};
use schema::place::agency::AgencyFile;
use schema::place::catalogue::Catalogue;
use schema::place::facility::FacilityFile;
use schema::place::kinds::ListingRule;
use schema::yaml::{guard, read_quickly};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Everybody in `profiles/` who has no page on a day, and why. Of a profile that has a slip, its `status: withdrawn` counts and its
/// agency's `rule: banned`, which counts too where the agency's file or the facility's has one.
///
/// # Errors
/// Only what keeps folders from being read at all.
pub fn hidden(root: &Path, day: Date) -> Result<BTreeMap<ProfileId, HiddenWhy>> {
    let catalogue = load_facts(root, day)?;
    let files = disk::list(root, "profiles")?;
    let profiles = files.into_par_iter().filter(|file| disk::ending(file) == "yaml");
    Ok(profiles
        .filter_map(|file| Some((ProfileId::parse(disk::stem(&file))?, why(root, &file, &catalogue, day)?)))
        .collect())
}

/// The names by which a plain host knows what is theirs alone in a built folder: the last part of a page's address, or that of a photo.
pub fn names(ledger: &Ledger, people: &BTreeMap<ProfileId, HiddenWhy>) -> BTreeSet<String> {
    let is_theirs = |file: &&Output| !file.people.is_empty() && file.people.iter().all(|one| people.contains_key(one));
    let theirs = ledger.files.values().filter(is_theirs);
    let name = |file: &Output| match file.kind {
        Kind::Person => file.people.first().map(ToString::to_string),
        Kind::Photo => file.path.as_str().rsplit('/').next().map(str::to_owned),
        _ => None,
    };
    theirs.filter_map(name).collect()
}

/// The files that decide whether somebody's agency forbids listings: their own profile, which says where they are, that facility's,
/// which says whose it is, and that agency's. Where one cannot be read, any agency's or facility's may.
pub fn grounds(root: &Path, person: &ProfileId) -> Vec<PathBuf> {
    let profile = profile_path(person);
    match places_of(root, &profile) {
        Some(places) => [profile].into_iter().chain(places).collect(),
        None => vec![profile, "content/agencies".into(), "content/facilities".into()],
    }
}

/// The files of the facility that a profile names, and of the agency that this one names.
fn places_of(root: &Path, profile: &Path) -> Option<[PathBuf; 2]> {
    places_of_written(root, &written::<ProfileFile>(root, profile)?)
}

fn places_of_written(root: &Path, profile: &ProfileFile) -> Option<[PathBuf; 2]> {
    let facility = profile.facility.as_ref()?;
    let facility = Path::new("content/facilities").join(format!("{}.yaml", facility.as_str()));
    let agency = written::<FacilityFile>(root, &facility)?.agency?;
    let agency = Path::new("content/agencies").join(format!("{}.yaml", agency.as_str()));
    Some([facility, agency])
}

/// A file as it is written, unless it is none.
fn written<F: DeserializeOwned + Default>(root: &Path, file: &Path) -> Option<F> {
    let bytes = disk::read(root, file).ok()?;
    Some(read_quickly::<F>(guard(&bytes).ok()?).0)
}

fn why(root: &Path, file: &Path, catalogue: &Catalogue, day: Date) -> Option<HiddenWhy> {
    let bytes = disk::read(root, file).ok()?;
    if says_withdrawn(&String::from_utf8_lossy(&bytes)) {
        return Some(HiddenWhy::Withdrawn);
    }
    let (written, structural) = read_quickly::<ProfileFile>(guard(&bytes).ok()?);
    if written.status.as_ref().is_some_and(|status| status.as_str() == WITHDRAWN) {
        return Some(HiddenWhy::Withdrawn);
    }
    let (profile, _) = check_profile(&written, disk::stem(file), catalogue, day, structural);
    let Some(profile) = profile.filter(|profile| catalogue.place(&profile.facility).is_some()) else {
        return says_banned(root, &written).then_some(HiddenWhy::ListingBanned);
    };
    match visibility(&profile, catalogue, day) {
        Visibility::Hidden(why) => Some(why),
        Visibility::Shown | Visibility::Paused => None,
    }
}

/// Whether the agency of somebody's facility says that it bans, whatever else is wrong with these three files.
fn says_banned(root: &Path, profile: &ProfileFile) -> bool {
    let banned = || {
        let [_, agency] = places_of_written(root, profile)?;
        Some(written::<AgencyFile>(root, &agency)?.listing?.rule?.as_str() == ListingRule::Banned.word())
    };
    banned().unwrap_or_default()
}
