//! Reads a site root whole, and every problem in it. Nothing here stops at the first: what can be read is read on with.

mod content;
mod pages;
mod photos;
mod profiles;
mod stray;
mod theme;

use crate::finding::Finding;
use anyhow::{Result, bail};
use jiff::civil::Date;
use schema::catalogue::Catalogue;
use schema::form::Form;
use schema::profile::{Profile, ProfileId};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use templates::{Theme, ThemeSource};

pub(crate) use pages::ContentPage;
pub(crate) use photos::PhotoFile;

/// A site root, read.
pub(crate) struct Site {
    /// Facts and words.
    pub(crate) catalogue: Catalogue,
    /// Forms, in order of id.
    pub(crate) forms: Vec<Form>,
    /// Pages of words, in order of language and name.
    pub(crate) pages: Vec<ContentPage>,
    /// Profiles that are sound, in order of id.
    pub(crate) profiles: Vec<Profile>,
    /// Photos by profile.
    pub(crate) photos: BTreeMap<ProfileId, PhotoFile>,
    /// The theme's texts.
    pub(crate) theme_source: ThemeSource,
    /// The theme, if it compiles.
    pub(crate) theme: Option<Theme>,
    /// Every problem found, sorted.
    pub(crate) findings: Vec<Finding>,
}

/// Reads a site root as of a day.
///
/// # Errors
/// Only what keeps files from being read at all; what is wrong inside them are findings.
pub(crate) fn load(root: &Path, today: Date) -> Result<Site> {
    if !root.join("content/site.yaml").exists() {
        bail!(
            "{} is not a site root: it has no content/site.yaml\n  help: go to the project's folder, or name it with --root",
            root.display()
        );
    }
    let mut findings = Vec::new();
    let catalogue = content::load_catalogue(root, today, &mut findings)?;
    let forms = content::load_forms(root, &catalogue, &mut findings)?;
    let pages = pages::load_pages(root, &catalogue, &mut findings)?;
    let (theme_source, theme) = theme::load_theme(root, &catalogue, &mut findings)?;
    let (profiles, photos) = profiles::load_profiles(root, &catalogue, today, &mut findings)?;
    stray::find_strays(root, &catalogue.site.languages, &mut findings)?;
    findings.sort();
    findings.dedup();
    Ok(Site { catalogue, forms, pages, profiles, photos, theme_source, theme, findings })
}

/// The path of a profile's file.
pub(crate) fn profile_path(id: &ProfileId) -> PathBuf {
    PathBuf::from(format!("profiles/{id}.yaml"))
}

/// The path of a profile's photo, from the id of the profile.
pub(crate) fn photo_path(id: &str) -> PathBuf {
    PathBuf::from(format!("profiles/photos/{id}.jpg"))
}
