//! Reads `profiles/*.yaml` and the photos beside them, on all cores.

use super::paths::photo_path;
use super::photos::{PhotoFile, check_photo};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::person::profile::{Profile, ProfileId};
use schema::person::written::{ProfileFile, check_profile};
use schema::place::catalogue::Catalogue;
use schema::yaml::finding::{Finding, findings};
use schema::yaml::{Tree, guard, read_quickly};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

struct One {
    file: PathBuf,
    id: Option<String>,
    has_photo: bool,
    profile: Option<Profile>,
    photo: Option<PhotoFile>,
    findings: Vec<Finding>,
}

/// Reads all profiles. Rules: those of `schema::profile`, `stray-file`, `id-taken-twice`, `number-taken-twice`, and those of photos.
pub(super) fn load_profiles(
    root: &Path,
    catalogue: &Catalogue,
    today: Date,
    found: &mut Vec<Finding>,
) -> Result<(Vec<Profile>, BTreeMap<ProfileId, PhotoFile>)> {
    let listed = disk::list(root, "profiles")?;
    let (profiles, strays): (Vec<PathBuf>, Vec<PathBuf>) =
        listed.into_iter().partition(|file| disk::ending(file) == "yaml");
    for file in strays.iter().filter(|file| file.file_name().is_none_or(|name| name != "README.md")) {
        let help = "profiles end in .yaml; photos go to profiles/photos/";
        found.push(Finding::whole(file, "stray-file", "this file is not read").help(help));
    }
    let ones: Vec<One> =
        profiles.into_par_iter().map(|file| load_one(root, file, catalogue, today)).collect::<Result<Vec<One>>>()?;
    found.extend(twice(root, catalogue, &ones)?);
    found.extend(photos_without_profile(root, &ones)?);
    let mut sound = Vec::new();
    let mut photos = BTreeMap::new();
    for one in ones {
        found.extend(one.findings);
        if let Some(profile) = one.profile {
            photos.extend(one.photo.map(|photo| (profile.id.clone(), photo)));
            sound.push(profile);
        }
    }
    Ok((sound, photos))
}

fn load_one(root: &Path, file: PathBuf, catalogue: &Catalogue, today: Date) -> Result<One> {
    let bytes = disk::read(root, &file)?;
    let mut one = One { file, id: None, has_photo: false, profile: None, photo: None, findings: Vec::new() };
    match guard(&bytes) {
        Err(problems) => one.findings = findings(&one.file, &String::from_utf8_lossy(&bytes), problems),
        Ok(text) => {
            let (written, structural) = read_quickly::<ProfileFile>(text);
            one.id = written.id.as_ref().map(|id| id.as_str().to_owned());
            one.has_photo = written.photo.is_some();
            let (profile, problems) = check_profile(&written, disk::stem(&one.file), catalogue, today, structural);
            one.findings = findings(&one.file, text, problems);
            one.profile = profile;
        }
    }
    if one.has_photo {
        let path = photo_path(disk::stem(&one.file));
        match check_photo(root, &path)? {
            Ok(photo) => one.photo = Some(photo),
            Err(finding) => one.findings.push(finding),
        }
    }
    Ok(one)
}

/// Two profiles with one id, or with one number at one agency.
fn twice(root: &Path, catalogue: &Catalogue, ones: &[One]) -> Result<Vec<Finding>> {
    let mut ids: BTreeMap<&str, Vec<&One>> = BTreeMap::new();
    let mut numbers: BTreeMap<(&str, &str), Vec<&One>> = BTreeMap::new();
    for one in ones {
        if let Some(id) = &one.id {
            ids.entry(id).or_default().push(one);
        }
        if let Some(profile) = &one.profile
            && let Some((_, agency)) = catalogue.place(&profile.facility)
        {
            numbers.entry((&agency.id, &profile.number)).or_default().push(one);
        }
    }
    let mut found = Vec::new();
    for (id, claimants) in ids.iter().filter(|(_, claimants)| claimants.len() > 1) {
        let message = format!("the id `{id}` is taken by {} files", claimants.len());
        found.extend(claims(root, claimants, "id", "id-taken-twice", &message)?);
    }
    for ((agency, number), claimants) in numbers.iter().filter(|(_, claimants)| claimants.len() > 1) {
        let message = format!("the number `{number}` of `{agency}` is taken by {} profiles", claimants.len());
        found.extend(claims(root, claimants, "number", "number-taken-twice", &message)?);
    }
    Ok(found)
}

fn claims(root: &Path, claimants: &[&One], key: &str, rule: &'static str, message: &str) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for one in claimants {
        let text = String::from_utf8_lossy(&disk::read(root, &one.file)?).into_owned();
        let path = schema::ground::key_path::KeyPath::root().key(key);
        let (line, column) = Tree::parse(&text).map_or((1, 1), |tree| tree.value(&path));
        let others =
            claimants.iter().filter(|other| other.file != one.file).map(|other| other.file.display().to_string());
        let help = format!("see {}", others.collect::<Vec<_>>().join(", "));
        found.push(Finding { line, column, ..Finding::whole(&one.file, rule, message) }.help(help));
    }
    Ok(found)
}

fn photos_without_profile(root: &Path, ones: &[One]) -> Result<Vec<Finding>> {
    let wanted: std::collections::BTreeSet<PathBuf> =
        ones.iter().filter(|one| one.has_photo).map(|one| photo_path(disk::stem(&one.file))).collect();
    let files = disk::list(root, "profiles/photos")?;
    // Where the profile is there and could not be read, that is said of the profile.
    let unread = |file: &PathBuf| {
        let id = disk::stem(file);
        root.join(format!("profiles/{id}.yaml")).exists() && !ones.iter().any(|one| disk::stem(&one.file) == id)
    };
    let stray = files.into_iter().filter(|file| !wanted.contains(file) && !unread(file)).map(|file| {
        let help = "add `photo:` with its description to the profile, or delete the file";
        Finding::whole(&file, "photo-without-profile", "no profile names this photo").help(help)
    });
    Ok(stray.collect())
}
