//! Reads `content/*.yaml`: the site, vocabularies, services, agencies, facilities, forms, each against what came before it.

use anyhow::Result;
use jiff::civil::Date;
use schema::form::{Form, FormFile, check_form};
use schema::ground::problem::Problem;
use schema::place::agency::{AgencyFile, AgencyIds, check_agency};
use schema::place::catalogue::Catalogue;
use schema::place::facility::{FacilityFile, FacilityIds, check_facility};
use schema::place::jurisdiction::{JurisdictionFile, check_jurisdictions};
use schema::place::mail_rules::check_mail_rules;
use schema::place::service::{ServiceFile, check_service};
use schema::record::vocabulary::{Vocabulary, check_vocabulary};
use schema::site::crawlers::{CrawlersFile, check_crawlers};
use schema::site::settings::{SiteFile, check_site};
use schema::yaml::finding::{Finding, findings};
use schema::yaml::{Entries, guard, read};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Reads one YAML file and checks it; its problems join the findings.
fn read_file<F: DeserializeOwned + Default, T>(
    root: &Path,
    file: &Path,
    found: &mut Vec<Finding>,
    check: impl FnOnce(&F, Vec<Problem>) -> (T, Vec<Problem>),
) -> Result<Option<T>> {
    if !root.join(file).exists() {
        found.push(Finding::whole(file, "missing-file", "the file is missing"));
        return Ok(None);
    }
    let bytes = disk::read(root, file)?;
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

/// Reads every YAML file of a folder into a map by file name.
fn read_folder<F: DeserializeOwned + Default, T>(
    root: &Path,
    folder: &str,
    found: &mut Vec<Finding>,
    check: impl Fn(&F, &str, Vec<Problem>) -> (Option<T>, Vec<Problem>),
) -> Result<BTreeMap<String, T>> {
    let mut values = BTreeMap::new();
    for file in disk::list(root, folder)? {
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
pub(super) fn load_catalogue(root: &Path, today: Date, found: &mut Vec<Finding>) -> Result<Catalogue> {
    let site = read_file(root, Path::new("content/site.yaml"), found, |file: &SiteFile, structural| {
        check_site(file, structural)
    })?;
    let site = site.flatten().unwrap_or_default();
    let languages = if site.languages.is_empty() { vec!["en".to_owned()] } else { site.languages.clone() };
    let mut catalogue = Catalogue { site, ..Catalogue::default() };
    catalogue.interests = vocabulary(root, "interests", &languages, found)?;
    catalogue.languages = vocabulary(root, "languages", &languages, found)?;
    catalogue.looking_for = vocabulary(root, "looking-for", &languages, found)?;
    let path = Path::new("content/vocabularies/mail-rules.yaml");
    let rules = read_file(root, path, found, |file: &Entries<Entries<Entries<schema::yaml::Text>>>, structural| {
        check_mail_rules(file, &languages, structural)
    })?;
    catalogue.mail_rules = rules.filter(|_| is_sound(path, found)).unwrap_or_default();
    let path = PathBuf::from("content/vocabularies/jurisdictions.yaml");
    let jurisdictions = read_file(root, &path, found, |file: &Entries<JurisdictionFile>, structural| {
        check_jurisdictions(file, &languages, structural)
    })?;
    catalogue.jurisdictions = jurisdictions.filter(|_| is_sound(&path, found)).unwrap_or_default();
    load_places(root, today, &languages, &mut catalogue, found)?;
    let crawlers = read_file(root, Path::new("content/crawlers.yaml"), found, |file: &CrawlersFile, structural| {
        check_crawlers(file, today, structural)
    })?;
    catalogue.crawlers = crawlers.unwrap_or_default();
    Ok(catalogue)
}

fn load_places(
    root: &Path,
    today: Date,
    languages: &[String],
    catalogue: &mut Catalogue,
    found: &mut Vec<Finding>,
) -> Result<()> {
    catalogue.services = read_folder(root, "content/services", found, |file: &ServiceFile, stem, structural| {
        check_service(file, stem, languages, today, structural)
    })?;
    let jurisdictions: Vec<String> = catalogue.jurisdictions.iter().map(|known| known.id.clone()).collect();
    let (rule_ids, language_ids) = (catalogue.mail_rules.ids(), catalogue.languages.ids());
    let (rules, letter_languages) = (rule_ids.as_slice(), language_ids.as_slice());
    let words = AgencyIds { jurisdictions: &jurisdictions, rules, letter_languages, languages, today };
    catalogue.agencies = read_folder(root, "content/agencies", found, |file: &AgencyFile, stem, structural| {
        check_agency(file, stem, &words, structural)
    })?;
    let agencies: Vec<String> =
        disk::list(root, "content/agencies")?.iter().map(|file| disk::stem(file).to_owned()).collect();
    // Of an agency whose file could not be read nobody knows whether it has a label.
    let is_labelled = |id: &&String| catalogue.agencies.get(*id).is_none_or(|agency| agency.number.is_some());
    let labelled: Vec<String> = agencies.iter().filter(is_labelled).cloned().collect();
    let (agencies, labelled) = (agencies.as_slice(), labelled.as_slice());
    let services: Vec<String> =
        disk::list(root, "content/services")?.iter().map(|file| disk::stem(file).to_owned()).collect();
    let words = FacilityIds { agencies, labelled, services: &services, rules, letter_languages, languages, today };
    catalogue.facilities = read_folder(root, "content/facilities", found, |file: &FacilityFile, stem, structural| {
        check_facility(file, stem, &words, structural)
    })?;
    let written = disk::list(root, "content/facilities")?;
    let unread = written.iter().map(|file| disk::stem(file)).filter(|stem| !catalogue.facilities.contains_key(*stem));
    catalogue.unread_facilities = unread.map(str::to_owned).collect();
    Ok(())
}

fn vocabulary(root: &Path, name: &str, languages: &[String], found: &mut Vec<Finding>) -> Result<Vocabulary> {
    let path = PathBuf::from(format!("content/vocabularies/{name}.yaml"));
    let vocabulary = read_file(root, &path, found, |file: &Entries<Entries<schema::yaml::Text>>, structural| {
        check_vocabulary(file, languages, structural)
    })?;
    Ok(vocabulary.filter(|_| is_sound(&path, found)).unwrap_or_default())
}

/// Whether nothing was wrong with a file. Of a list of words with a slip in it nobody knows which words it was to hold, so those
/// that other files use are left unjudged.
fn is_sound(file: &Path, found: &[Finding]) -> bool {
    !found.iter().any(|finding| finding.file == file)
}

/// The forms that could be read, and whether those are all.
pub(super) struct Forms {
    pub(super) forms: Vec<Form>,
    pub(super) is_whole: bool,
}

/// Reads the forms.
pub(super) fn load_forms(root: &Path, catalogue: &Catalogue, found: &mut Vec<Finding>) -> Result<Forms> {
    let forms = read_folder(root, "content/forms", found, |file: &FormFile, stem, structural| {
        check_form(file, stem, &catalogue.site.languages, structural)
    })?;
    let is_whole = disk::list(root, "content/forms")?.iter().all(|file| forms.contains_key(disk::stem(file)));
    Ok(Forms { forms: forms.into_values().collect(), is_whole })
}
