//! Reads `content/*.yaml`: the site, vocabularies, services, agencies, facilities, forms, each against what came before it.

use super::layers::Layers;
use anyhow::Result;
use jiff::civil::Date;
use schema::form::Form;
use schema::ground::problem::Problem;
use schema::place::catalogue::Catalogue;
use schema::place::changed;
use schema::place::check::check_facility;
use schema::place::interests::check_interests;
use schema::place::jurisdiction::check_jurisdictions;
use schema::place::mail_rules::check_mail_rules;
use schema::record::facts::{Around, Set};
use schema::record::fields::{Record, check_file};
use schema::record::vocabulary::{Vocabulary, check_vocabulary};
use schema::site::crawlers;
use schema::site::settings::SiteSettings;
use schema::yaml::finding::{Finding, findings};
use schema::yaml::{guard, read};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Reads one YAML file and checks it; its problems join the findings.
fn read_file<F: DeserializeOwned + Default, T>(
    root: &Layers<'_>,
    file: &Path,
    found: &mut Vec<Finding>,
    check: impl FnOnce(&F, Vec<Problem>) -> (T, Vec<Problem>),
) -> Result<Option<T>> {
    if !root.has(file) {
        found.push(Finding::whole(file, "missing-file", "the file is missing"));
        return Ok(None);
    }
    let bytes = root.read(file)?;
    match guard(&bytes) {
        Err(problems) => {
            found.extend(findings(file, &String::from_utf8_lossy(&bytes), problems));
            Ok(None)
        }
        Ok(text) => {
            let (written, structural) = read::<F>(text);
            let (value, problems) = check(&written, structural);
            found.extend(findings(file, text, problems));
            Ok(Some(value))
        }
    }
}

/// The files of a folder, but for the page that tells editors what belongs there.
fn listed(root: &Layers<'_>, folder: &str) -> Result<Vec<PathBuf>> {
    let mut files = root.list(folder)?;
    files.retain(|file| file.file_name().is_none_or(|name| name != "README.md"));
    Ok(files)
}

/// Reads every YAML file of a folder into a map by file name.
fn read_folder<F: DeserializeOwned + Default, T>(
    root: &Layers<'_>,
    folder: &str,
    found: &mut Vec<Finding>,
    check: impl Fn(&F, &str, Vec<Problem>) -> (Option<T>, Vec<Problem>),
) -> Result<BTreeMap<String, T>> {
    let mut values = BTreeMap::new();
    for file in listed(root, folder)? {
        if disk::ending(&file) != "yaml" {
            let help = "files here end in .yaml; move it, or rename it";
            found.push(Finding::whole(&file, "stray-file", "this file is not read").help(help));
            continue;
        }
        let stem = disk::stem(&file).to_owned();
        let value = read_file(root, &file, found, |written: &F, structural| check(written, &stem, structural))?;
        values.extend(value.flatten().map(|value| (stem, value)));
    }
    Ok(values)
}

/// Reads everything that profiles and forms refer to.
pub(super) fn load_catalogue(root: &Layers<'_>, today: Date, found: &mut Vec<Finding>) -> Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    let site = read_record::<SiteSettings>(root, "content/site.yaml", Around { facts: &catalogue, today }, found)?;
    catalogue.site = site.unwrap_or_default();
    let around = Around { facts: &catalogue, today };
    let interests = read_words(root, "interests", found, |file, structural| check_interests(file, around, structural))?;
    catalogue.interests = interests.unwrap_or_default();
    catalogue.languages = vocabulary(root, "languages", Around { facts: &catalogue, today }, found)?;
    catalogue.looking_for = vocabulary(root, "looking-for", Around { facts: &catalogue, today }, found)?;
    let around = Around { facts: &catalogue, today };
    let rules = read_words(root, "mail-rules", found, |file, structural| check_mail_rules(file, around, structural))?;
    let jurisdictions =
        read_words(root, "jurisdictions", found, |file, structural| check_jurisdictions(file, around, structural))?;
    catalogue.mail_rules = rules.unwrap_or_default();
    catalogue.jurisdictions = jurisdictions.unwrap_or_default();
    load_places(root, today, &mut catalogue, found)?;
    catalogue.crawlers = read_record(root, crawlers::FILE, Around { facts: &catalogue, today }, found)?;
    if root.has(Path::new(changed::FILE)) {
        let changes = read_record(root, changed::FILE, Around { facts: &catalogue, today }, found)?;
        catalogue.changed = changes.unwrap_or_default();
    }
    Ok(catalogue)
}

fn vocabulary(root: &Layers<'_>, name: &str, around: Around<'_>, found: &mut Vec<Finding>) -> Result<Vocabulary> {
    let words = read_words(root, name, found, |file, structural| check_vocabulary(file, around, structural))?;
    Ok(words.unwrap_or_default())
}

fn load_places(root: &Layers<'_>, today: Date, catalogue: &mut Catalogue, found: &mut Vec<Finding>) -> Result<()> {
    let (services, agencies, facilities) = ("content/services", "content/agencies", "content/facilities");
    catalogue.services = read_records(root, services, Around { facts: catalogue, today }, found)?;
    catalogue.unread.insert(Set::Services, unread(root, services, &catalogue.services)?);
    catalogue.agencies = read_records(root, agencies, Around { facts: catalogue, today }, found)?;
    catalogue.unread.insert(Set::Agencies, unread(root, agencies, &catalogue.agencies)?);
    catalogue.facilities = read_folder(root, facilities, found, |file, stem, structural| {
        check_facility(file, stem, catalogue, today, structural)
    })?;
    catalogue.unread.insert(Set::Facilities, unread(root, facilities, &catalogue.facilities)?);
    Ok(())
}

/// The files of a folder that are there and could not be read.
fn unread<T>(root: &Layers<'_>, folder: &str, read: &BTreeMap<String, T>) -> Result<Vec<String>> {
    let files = listed(root, folder)?;
    let stems = files.iter().map(|file| disk::stem(file)).filter(|stem| !read.contains_key(*stem));
    Ok(stems.map(str::to_owned).collect())
}

/// Reads a file that is one record.
fn read_record<R: Record>(
    root: &Layers<'_>,
    file: &str,
    around: Around<'_>,
    found: &mut Vec<Finding>,
) -> Result<Option<R>> {
    let record = read_file(root, Path::new(file), found, |written, structural| {
        check_file::<R>(written, disk::stem(Path::new(file)), around, structural)
    })?;
    Ok(record.flatten())
}

/// Reads a folder whose files are one record each.
pub(super) fn read_records<R: Record>(
    root: &Layers<'_>,
    folder: &str,
    around: Around<'_>,
    found: &mut Vec<Finding>,
) -> Result<BTreeMap<String, R>> {
    read_folder(root, folder, found, |written, stem, structural| check_file::<R>(written, stem, around, structural))
}

/// Reads a list of words in which nothing is wrong. Of one with a slip in it nobody knows which words it was to hold, so those that
/// other files use are left unjudged.
fn read_words<F: DeserializeOwned + Default, T>(
    root: &Layers<'_>,
    name: &str,
    found: &mut Vec<Finding>,
    check: impl FnOnce(&F, Vec<Problem>) -> (T, Vec<Problem>),
) -> Result<Option<T>> {
    let path = PathBuf::from(format!("content/vocabularies/{name}.yaml"));
    let words = read_file(root, &path, found, check)?;
    Ok(words.filter(|_| !found.iter().any(|finding| finding.file == path)))
}

/// The forms that could be read, and whether those are all.
pub(super) struct Forms {
    pub(super) forms: Vec<Form>,
    pub(super) is_whole: bool,
}

/// Reads the forms.
pub(super) fn load_forms(
    root: &Layers<'_>,
    catalogue: &Catalogue,
    today: Date,
    found: &mut Vec<Finding>,
) -> Result<Forms> {
    let forms = read_records::<Form>(root, "content/forms", Around { facts: catalogue, today }, found)?;
    let is_whole = listed(root, "content/forms")?.iter().all(|file| forms.contains_key(disk::stem(file)));
    Ok(Forms { forms: forms.into_values().collect(), is_whole })
}
