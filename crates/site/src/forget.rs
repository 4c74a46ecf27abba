//! Somebody who left is forgotten: profile, photo, the copies that builds kept of it, and the papers about them go, and a tombstone
//! without a name takes their place. First a plan, then its carrying out, which may be stopped anywhere and done again.

use crate::host::Host;
use crate::source::{Content, Root, load_content, load_tombstones, photo_path, profile_path};
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::hash::{Hash, content_hash};
use schema::person::check::check_profile;
use schema::person::forgotten::{NotTheKey, Tombstone, TombstoneKey, Tombstones, file_of};
use schema::person::profile::{Profile, ProfileFile, ProfileId};
use schema::person::visibility::{Departure, HiddenWhy, departure};
use schema::yaml::finding::Finding;
use schema::yaml::{Text, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where a machine keeps the key of the tombstones, from the root.
pub const KEY_FILE: &str = "var/tombstones.key";

/// The rule that somebody who was forgotten is not listed again by accident.
pub const LEFT_BEFORE: &str = "left-before";

/// What is deleted, and what stays.
#[derive(Debug)]
pub struct Forgetting {
    /// Files to be deleted, from the root: the profile last, so that whoever is stopped finds it again.
    pub files: Vec<PathBuf>,
    /// Whoever is forgotten, where their profile is still there.
    pub leaver: Option<Leaver>,
}

/// Somebody whose profile is still there.
#[derive(Debug, PartialEq, Eq)]
pub struct Leaver {
    /// Their agency's id.
    pub agency: String,
    /// Their number.
    pub number: String,
    /// The day from which they are to be forgotten.
    pub from: Date,
}

/// What would be deleted of a person on this machine. A profile beside theirs that is broken stands in nobody's way.
///
/// # Errors
/// That they have not left, that nothing can be made of their profile, or those of the disk.
pub fn plan(root: &Path, person: &ProfileId, today: Date) -> Result<Forgetting> {
    let content = load_content(root, today)?;
    let (profile, photo) = (profile_path(person), photo_path(person.as_str()));
    let leaver = match root.join(&profile).exists() {
        true => Some(leaver(&content, person, &disk::read(root, &profile)?, today)?),
        false => None,
    };
    let papers = Path::new("var/removals").join(person.as_str());
    let mut files = below(root, &papers)?;
    if root.join(&photo).exists() {
        files.extend(copies(root, content_hash(&disk::read(root, &photo)?))?);
        files.push(photo);
    }
    files.extend(leaver.is_some().then_some(profile));
    Ok(Forgetting { files, leaver })
}

fn leaver(content: &Content, person: &ProfileId, bytes: &[u8], today: Date) -> Result<Leaver> {
    let text = std::str::from_utf8(bytes).with_context(|| unreadable(person))?;
    let (file, problems) = read::<ProfileFile>(text);
    if !problems.is_empty() {
        bail!(unreadable(person));
    }
    let (profile, _) = check_profile(&file, person.as_str(), &content.catalogue, today, Vec::new());
    let left = match &profile {
        Some(profile) => Some(departure(profile, &content.catalogue, today).ok_or_else(|| not_left(person))?),
        None => withdrawn(&file),
    };
    let (facility, number) = (said(&file.facility), said(&file.number));
    match (content.catalogue.place(facility), left) {
        (Some((_, agency)), Some(left)) if !number.is_empty() => {
            Ok(Leaver { agency: agency.id.clone(), number: number.to_owned(), from: left.forgotten_from() })
        }
        _ => bail!(unreadable(person)),
    }
}

/// That somebody was taken down, as far as a profile tells of which something else is broken: it keeps nobody from being forgotten.
fn withdrawn(file: &ProfileFile) -> Option<Departure> {
    let mut days = [&file.withdrawn, &file.checked].into_iter().filter_map(|day| said(day).parse().ok());
    let day = days.next().filter(|_| said(&file.status) == "withdrawn")?;
    Some(Departure { why: HiddenWhy::Withdrawn, day })
}

fn said(text: &Option<Text>) -> &str {
    text.as_ref().map_or("", Text::as_str)
}

fn not_left(person: &ProfileId) -> Failure {
    let help = format!("take the page down first: `inside-out remove {person}`");
    Failure::new(format!("{person} has not left")).help(help)
}

fn unreadable(person: &ProfileId) -> Failure {
    let what = format!("nobody can tell from {} who is to be forgotten", profile_path(person).display());
    Failure::new(what).help("mend what `inside-out check` shows of it, and of its facility and agency")
}

/// The copies of a photo that builds have kept.
fn copies(root: &Path, photo: Hash) -> Result<Vec<PathBuf>> {
    let all = disk::list(root, "var/cache/photos")?;
    Ok(all.into_iter().filter(|file| disk::stem(file).starts_with(&photo.to_string())).collect())
}

fn below(root: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    Ok(disk::tree(&root.join(folder))?.into_iter().map(|file| folder.join(file)).collect())
}

/// Puts the tombstone, then deletes.
///
/// # Errors
/// Those of the disk; doing it again goes on from there.
pub fn apply(root: &Path, forgetting: &Forgetting, key: &TombstoneKey, today: Date) -> Result<()> {
    if let Some(leaver) = &forgetting.leaver {
        let file = file_of(key.mark(&leaver.agency, &leaver.number));
        disk::replace(&root.join(file), format!("key: \"{}\"\nday: {today}\n", key.says()).as_bytes())?;
    }
    for file in &forgetting.files {
        disk::remove(&root.join(file))?;
    }
    Ok(())
}

/// Opens tombstones, so that somebody who was forgotten is known again.
///
/// # Errors
/// That the key is not here, with the way to get it.
pub fn open(files: &BTreeMap<Hash, Tombstone>, key: Option<TombstoneKey>) -> Result<Tombstones, Failure> {
    Tombstones::open(files, key).map_err(not_the_key)
}

/// Who is here although they left and were forgotten: rule `left-before`. Where the key is not here, the program around is told that
/// nobody can say.
///
/// # Errors
/// That what is there is no key.
pub(crate) fn back_again(root: &Path, site: &Root, host: &impl Host) -> Result<Vec<Finding>> {
    if site.forgotten.is_empty() {
        return Ok(Vec::new());
    }
    let tombstones = open(&site.forgotten, key(root, host.given_key().as_deref())?).unwrap_or_else(|why| {
        host.advise(&why);
        Tombstones::default()
    });
    Ok(site.profiles.iter().filter_map(|profile| back(profile, &site.content, &tombstones)).collect())
}

fn back(profile: &Profile, content: &Content, tombstones: &Tombstones) -> Option<Finding> {
    let (_, agency) = content.catalogue.place(&profile.facility)?;
    let found = tombstones.find(agency.ids(), &profile.number)?;
    let help = format!(
        "delete this file; if they asked by themselves to be listed again, delete {} instead",
        found.file.display()
    );
    Some(Finding::whole(&profile_path(&profile.id), LEFT_BEFORE, found.words()).help(help))
}

fn not_the_key(why: NotTheKey) -> Failure {
    let what = match why {
        NotTheKey::Missing => "people were forgotten, and the key that knows them again is not here",
        NotTheKey::Another => "people were forgotten with another key than the one that is here",
    };
    let help =
        format!("put the key of this site into {KEY_FILE}, or into TOMBSTONE_KEY: every editor has the same one");
    Failure::new(what).help(help)
}

/// The key: the one that is given, or that of this machine.
///
/// # Errors
/// That what is there is no key.
pub fn key(root: &Path, given: Option<&str>) -> Result<Option<TombstoneKey>> {
    let kept = root.join(KEY_FILE);
    let (text, place) = match given {
        Some(given) => (given.to_owned(), "TOMBSTONE_KEY"),
        None if kept.exists() => (fs_err::read_to_string(&kept)?, KEY_FILE),
        None => return Ok(None),
    };
    let key = TombstoneKey::parse(&text);
    key.map(Some).ok_or_else(|| Failure::new(format!("{place} holds no key: it has 64 hexadecimal letters")).into())
}

/// The key that is there; where nobody was forgotten yet and there is none, a new one of random bytes, kept on this machine.
///
/// # Errors
/// That people were forgotten with a key that is not here, or those of the disk.
pub fn key_or_new(root: &Path, given: Option<&str>, today: Date, random: [u8; 32]) -> Result<TombstoneKey> {
    let key = key(root, given)?;
    open(&load_tombstones(root, today)?, key.clone())?;
    if let Some(key) = key {
        return Ok(key);
    }
    let new = TombstoneKey::from_random(random);
    disk::var(root)?;
    disk::create(&root.join(KEY_FILE), format!("{}\n", new.written()).as_bytes())?;
    Ok(new)
}
