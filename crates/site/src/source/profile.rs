//! Reads one profile and its photo.

use super::paths::photo_path;
use super::photos::{PhotoFile, check_photo};
use anyhow::Result;
use jiff::civil::Date;
use schema::person::check::check_profile;
use schema::person::profile::{Profile, ProfileFile};
use schema::place::catalogue::Catalogue;
use schema::yaml::finding::{Finding, findings};
use schema::yaml::{guard, read_quickly};
use std::path::{Path, PathBuf};

/// A profile's file, read as far as it could be.
pub(super) struct ProfileRead {
    pub(super) file: PathBuf,
    /// The id that stands in it.
    pub(super) id: Option<String>,
    /// Whether it says for certain that there is a photo, or none: a file that could not be read whole does not.
    pub(super) is_whole: bool,
    pub(super) has_photo: bool,
    pub(super) profile: Option<Profile>,
    pub(super) photo: Option<PhotoFile>,
    pub(super) findings: Vec<Finding>,
}

/// What a profile is read against.
pub(super) struct Around<'a> {
    pub(super) root: &'a Path,
    pub(super) catalogue: &'a Catalogue,
    pub(super) today: Date,
    /// Every file among the photos.
    pub(super) photos: &'a [PathBuf],
}

/// Reads a profile. Rules: those of `schema::person` and of photos.
pub(super) fn read_profile(around: &Around<'_>, file: PathBuf) -> Result<ProfileRead> {
    let bytes = disk::read(around.root, &file)?;
    let mut read = ProfileRead {
        file,
        id: None,
        is_whole: false,
        has_photo: false,
        profile: None,
        photo: None,
        findings: Vec::new(),
    };
    let stem = disk::stem(&read.file);
    match guard(&bytes) {
        Err(problems) => read.findings = findings(&read.file, &String::from_utf8_lossy(&bytes), problems),
        Ok(text) => {
            let (written, structural) = read_quickly::<ProfileFile>(text);
            read.is_whole = structural.is_empty();
            read.id = written.id.as_ref().map(|id| id.as_str().to_owned());
            read.has_photo = written.photo.is_some();
            let (profile, problems) = check_profile(&written, stem, around.catalogue, around.today, structural);
            read.findings = findings(&read.file, text, problems);
            read.profile = profile;
        }
    }
    let path = photo_path(disk::stem(&read.file));
    // A photo that is there under another ending is told as that.
    if read.has_photo && !around.photos.iter().any(|photo| is_misnamed(photo, &path)) {
        read.photo = check_photo(around.root, &path, &mut read.findings)?;
    }
    Ok(read)
}

/// Whether a file is a photo under another ending than it should have: `x.JPG` for `x.jpg`.
fn is_misnamed(other: &Path, photo: &Path) -> bool {
    other != photo && disk::stem(other) == disk::stem(photo)
}
