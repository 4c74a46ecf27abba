//! Reads a site root whole, and every problem in it. Nothing here stops at the first: what can be read is read on with.

mod content;
mod paths;
mod people;
mod photos;
mod profile;
mod stray;
pub(crate) mod theme;
mod twice;
mod words;

use anyhow::{Result, bail};
use jiff::civil::Date;
use schema::form::Form;
use schema::person::profile::{Profile, ProfileId};
use schema::place::catalogue::Catalogue;
use schema::yaml::finding::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use templates::{Theme, ThemeSource};

pub use paths::{photo_path, profile_path};
pub use photos::PhotoFile;
pub use words::ContentPage;

/// A site root, read.
pub struct Site {
    /// Facts and words.
    pub catalogue: Catalogue,
    /// Forms, in order of id.
    pub forms: Vec<Form>,
    /// Pages of words, in order of language and name.
    pub pages: Vec<ContentPage>,
    /// Profiles that are sound, in order of id.
    pub profiles: Vec<Profile>,
    /// Photos by profile.
    pub photos: BTreeMap<ProfileId, PhotoFile>,
    /// The theme's texts.
    pub theme_source: ThemeSource,
    /// The theme, if it compiles.
    pub theme: Option<Theme>,
    /// Names of files with a problem: a page of that name may be missing for no other reason.
    pub broken: BTreeSet<String>,
    /// Whether every form could be read; the address of one that could not is not known.
    pub has_all_forms: bool,
    /// Every problem found, sorted.
    pub findings: Vec<Finding>,
}

/// Reads a site root as of a day.
///
/// # Errors
/// Only what keeps files from being read at all; what is wrong inside them are findings.
pub fn load(root: &Path, today: Date) -> Result<Site> {
    if !root.join("content/site.yaml").exists() {
        bail!(
            "{} is not a site root: it has no content/site.yaml\n  help: go to the project's folder, or name it with --root",
            root.display()
        );
    }
    let mut findings = Vec::new();
    let catalogue = content::load_catalogue(root, today, &mut findings)?;
    let content::Forms { forms, is_whole } = content::load_forms(root, &catalogue, &mut findings)?;
    let pages = words::load_pages(root, &catalogue, &mut findings)?;
    let (theme_source, theme) = theme::load_theme(root, &catalogue, &mut findings)?;
    let (profiles, photos) = people::load_profiles(root, &catalogue, today, &mut findings)?;
    stray::find_strays(root, &catalogue.site.languages, &mut findings)?;
    findings.sort();
    findings.dedup();
    let broken = findings.iter().map(|finding| disk::stem(&finding.file).to_owned()).collect();
    Ok(Site {
        catalogue,
        forms,
        pages,
        profiles,
        photos,
        theme_source,
        theme,
        broken,
        has_all_forms: is_whole,
        findings,
    })
}
