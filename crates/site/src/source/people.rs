//! Reads `profiles/*.yaml` and the photos beside them, on all cores.

use super::content::read_records;
use super::layers::Layers;
use super::photos::{PhotoFile, stray_photo};
use super::profile::{Around, ProfileRead, read_profile};
use super::stray::find_among_people;
use super::twice::{name_copies, numbers_taken_twice};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::ground::hash::Hash;
use schema::person::forgotten::{FOLDER, Tombstone};
use schema::person::profile::{Profile, ProfileId};
use schema::place::catalogue::Catalogue;
use schema::record::facts;
use schema::yaml::finding::Finding;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Reads all profiles. Rules: those of each, `stray-file`, `stray-folder`, `left-behind`, `id-taken-twice`, `number-taken-twice`,
/// `photo-without-profile`, `photo-ending`.
pub(super) fn load_profiles(
    root: &Path,
    catalogue: &Catalogue,
    today: Date,
    found: &mut Vec<Finding>,
) -> Result<(Vec<Profile>, BTreeMap<ProfileId, PhotoFile>)> {
    find_among_people(root, found)?;
    let listed = disk::list(root, "profiles")?;
    let (profiles, strays): (Vec<PathBuf>, Vec<PathBuf>) =
        listed.into_iter().partition(|file| disk::ending(file) == "yaml");
    for file in strays.iter().filter(|file| file.file_name().is_none_or(|name| name != "README.md")) {
        let help = "profiles end in .yaml; photos go to profiles/photos/";
        found.push(Finding::whole(file, "stray-file", "this file is not read").help(help));
    }
    let photo_files = disk::list(root, "profiles/photos")?;
    let around = Around { root, catalogue, today, photos: &photo_files };
    let mut read: Vec<ProfileRead> =
        profiles.into_par_iter().map(|file| read_profile(&around, file)).collect::<Result<_>>()?;
    name_copies(&mut read);
    found.extend(numbers_taken_twice(root, catalogue, &read)?);
    let by_id: BTreeMap<&str, &ProfileRead> = read.iter().map(|read| (disk::stem(&read.file), read)).collect();
    found.extend(photo_files.iter().filter_map(|photo| judge_place(photo, by_id.get(disk::stem(photo)).copied())));
    let mut sound = Vec::new();
    let mut photos = BTreeMap::new();
    for read in read {
        found.extend(read.findings);
        if let Some(profile) = read.profile {
            photos.extend(read.photo.map(|photo| (profile.id.clone(), photo)));
            sound.push(profile);
        }
    }
    Ok((sound, photos))
}

/// Reads what is kept of people who were forgotten, by their marks: rule `not-a-mark`, and those of every file.
pub(super) fn load_forgotten(
    root: &Path,
    catalogue: &Catalogue,
    today: Date,
    found: &mut Vec<Finding>,
) -> Result<BTreeMap<Hash, Tombstone>> {
    let around = facts::Around { facts: catalogue, today };
    let mut tombstones = BTreeMap::new();
    for (stem, tombstone) in read_records::<Tombstone>(&Layers::alone(root), FOLDER, around, found)? {
        match Hash::parse(&stem) {
            Some(mark) => drop(tombstones.insert(mark, tombstone)),
            None => {
                let file = Path::new(FOLDER).join(format!("{stem}.yaml"));
                let help = "give it back the name that it has in git: without it, nobody is known again";
                found.push(Finding::whole(&file, "not-a-mark", "the name of this file is no mark").help(help));
            }
        }
    }
    Ok(tombstones)
}

/// What is wrong with a photo's name or place, given the profile of that name. What a profile that could not be read whole says
/// of its photo is not known, nor whether one with a problem has lost its `photo`; and a photo is nothing to be deleted on a guess.
fn judge_place(photo: &Path, read: Option<&ProfileRead>) -> Option<Finding> {
    match read {
        Some(read) if !read.is_whole || read.profile.is_none() && !read.has_photo => None,
        Some(read) => stray_photo(photo, Some(read.has_photo)),
        None => stray_photo(photo, None),
    }
}
