//! Whom a root's own profiles hide on a day, read for itself: a slip in another file, or elsewhere in theirs, keeps nobody up.

use crate::source::load_facts;
use crate::withdraw::{WITHDRAWN, says_withdrawn};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::person::check::check_profile;
use schema::person::profile::{ProfileFile, ProfileId};
use schema::person::visibility::{HiddenWhy, Visibility, visibility};
use schema::place::catalogue::Catalogue;
use schema::yaml::{guard, read_quickly};
use std::collections::BTreeMap;
use std::path::Path;

/// Everybody in `profiles/` who has no page on a day, and why. Of a profile that cannot be read, only a `status: withdrawn` counts;
/// of a facility or an agency that cannot be read, nobody knows a ban.
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
    let profile = profile.filter(|profile| catalogue.place(&profile.facility).is_some())?;
    match visibility(&profile, catalogue, day) {
        Visibility::Hidden(why) => Some(why),
        Visibility::Shown | Visibility::Paused => None,
    }
}
