//! Reads a site root whole, and every problem in it. Nothing here stops at the first: what can be read is read on with.

mod base;
mod content;
mod former;
pub(crate) mod layers;
mod menu;
mod paths;
mod people;
mod photos;
mod profile;
mod static_files;
mod stray;
pub(crate) mod theme;
mod twice;
mod words;
mod zone;

use anyhow::{Result, bail};
use jiff::civil::Date;
use layers::Layers;
use schema::form::Form;
use schema::ground::failure::Failure;
use schema::ground::hash::Hash;
use schema::person::forgotten::Tombstone;
use schema::person::profile::{Profile, ProfileId};
use schema::place::catalogue::Catalogue;
use schema::yaml::finding::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use templates::{Theme, ThemeSource};

pub use base::Base;
pub(crate) use base::{AGENCIES, PRISTINE, SERVICES, is_shared};
pub use paths::{photo_path, profile_path};
pub use photos::PhotoFile;
pub use static_files::StaticFile;
pub use words::ContentPage;
pub use zone::{today, zone};

/// What is written for everybody: facts, words, forms, looks. A command that decides about no person reads only this.
pub struct Content {
    /// Facts and words.
    pub catalogue: Catalogue,
    /// Forms, in order of id.
    pub forms: Vec<Form>,
    /// Pages of words, in order of language and name.
    pub pages: Vec<ContentPage>,
    /// Files that go out as they are, in order of path.
    pub static_files: Vec<StaticFile>,
    /// The theme's texts.
    pub theme_source: ThemeSource,
    /// The theme, if it compiles.
    pub theme: Option<Theme>,
    /// Names of files with a problem: a page of that name may be missing for no other reason.
    pub broken: BTreeSet<String>,
    /// Whether every form could be read; the address of one that could not is not known.
    pub has_all_forms: bool,
    /// Every problem found in it, sorted.
    pub findings: Vec<Finding>,
}

/// A site root, read whole.
pub struct Root {
    /// All but people.
    pub content: Content,
    /// Profiles that are sound, in order of id.
    pub profiles: Vec<Profile>,
    /// Photos by profile.
    pub photos: BTreeMap<ProfileId, PhotoFile>,
    /// What is kept of people who were forgotten, by their marks.
    pub forgotten: BTreeMap<Hash, Tombstone>,
    /// Every problem found, in content too, sorted.
    pub findings: Vec<Finding>,
}

/// Reads all but people as of a day.
///
/// # Errors
/// Only what keeps files from being read at all; what is wrong inside them are findings.
pub fn load_content(root: &Path, today: Date) -> Result<Content> {
    if !root.join("content/site.yaml").exists() {
        let failure = Failure::new(format!("{} is not a site root: it has no content/site.yaml", root.display()));
        bail!(failure.help("go to the project's folder, or name it with --root"));
    }
    let (layers, mut findings) = (Layers::of(root)?, Vec::new());
    let catalogue = content::load_catalogue(&layers, today, &mut findings)?;
    findings.extend(former::former_ids_taken(root, &catalogue)?);
    let content::Forms { forms, is_whole } = content::load_forms(&layers, &catalogue, today, &mut findings)?;
    let pages = words::load_pages(&layers, &catalogue, today, &mut findings)?;
    let menu = |lang: &String| (lang.clone(), menu::menu(&catalogue, &forms, &pages, lang));
    let menus = catalogue.site.languages.iter().map(menu).collect();
    let (theme_source, theme) = theme::load_theme(&layers, &catalogue, menus, &mut findings)?;
    stray::find_in_content(root, &catalogue.site.languages, &mut findings)?;
    let static_files = static_files::find(root, &mut findings)?;
    settle(&mut findings);
    let broken = findings.iter().map(|finding| disk::stem(&finding.file).to_owned()).collect();
    let has_all_forms = is_whole;
    Ok(Content { catalogue, forms, pages, static_files, theme_source, theme, broken, has_all_forms, findings })
}

/// Reads facts and settings alone, as far as they can be read, and passes over what is wrong with them.
///
/// # Errors
/// Only what keeps files from being read at all.
pub(crate) fn load_facts(root: &Path, today: Date) -> Result<Catalogue> {
    content::load_catalogue(&Layers::of(root)?, today, &mut Vec::new())
}

/// Reads a site root as of a day.
///
/// # Errors
/// Only what keeps files from being read at all; what is wrong inside them are findings.
pub fn load(root: &Path, today: Date) -> Result<Root> {
    let content = load_content(root, today)?;
    let mut findings = content.findings.clone();
    let (profiles, photos) = people::load_profiles(root, &content.catalogue, today, &mut findings)?;
    let forgotten = people::load_forgotten(root, &content.catalogue, today, &mut findings)?;
    settle(&mut findings);
    Ok(Root { content, profiles, photos, forgotten, findings })
}

/// Reads what is kept of people who were forgotten, by their marks, and nobody else.
///
/// # Errors
/// That one of the files is not sound: somebody in it would not be known again.
pub fn load_tombstones(root: &Path, today: Date) -> Result<BTreeMap<Hash, Tombstone>> {
    let mut findings = Vec::new();
    let tombstones = people::load_forgotten(root, &Catalogue::default(), today, &mut findings)?;
    match findings.first() {
        Some(finding) => bail!(Failure::new(finding.to_string())),
        None => Ok(tombstones),
    }
}

/// Sorted, each once.
fn settle(findings: &mut Vec<Finding>) {
    findings.sort();
    findings.dedup();
}
