//! What the public site is made of: each file with the hash of its bytes and of its headers. The last finished one lies in the
//! bucket; publishing compares it with the built folder, and never lists the bucket to find out what changed.

use crate::class::{Class, Headers, is_immutable, person_of};
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use rayon::prelude::*;
use schema::ground::failure::Failure;
use schema::ground::hash::content_hash;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The files of a site, by path.
pub(crate) type Files = BTreeMap<String, Entry>;

/// One file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// SHA-256 of its bytes.
    pub(crate) hash: String,
    /// A short hash of its headers.
    pub(crate) headers: String,
    /// In bytes.
    pub(crate) size: u64,
    /// Of a photo, whose page shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) of: Option<String>,
    /// The bucket's name for these very bytes, by which a rollback finds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<String>,
}

impl Entry {
    /// Whether a visitor is sent the same.
    pub(crate) fn is_same(&self, other: &Entry) -> bool {
        self.hash == other.hash && self.headers == other.headers
    }
}

/// A finished publish.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this shape: 1.
    pub(crate) version: u8,
    /// The publish that made it.
    pub(crate) deploy: String,
    /// When.
    pub(crate) made_at: Timestamp,
    /// What is on the public site.
    pub(crate) files: Files,
    /// What the edge answers with 410, and since when: ids of people, names of photos.
    pub(crate) gone: BTreeMap<String, Timestamp>,
    /// Files that no page refers to any more, and since when: an open page may still ask for them.
    pub(crate) retired: BTreeMap<String, Timestamp>,
    /// Photos that were replaced: no visitor is sent them, and a rollback finds them until their time is over.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) replaced: BTreeMap<String, Replaced>,
    /// Whether lists still name somebody who was removed at once: the next whole publish deletes their older versions too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) owes: bool,
}

/// A photo that was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Replaced {
    /// Whose it is: it goes with them.
    pub(crate) of: String,
    /// Since when.
    pub(crate) since: Timestamp,
}

impl Manifest {
    /// That of a site that nobody has published yet.
    pub(crate) fn empty() -> Self {
        Self {
            version: 1,
            deploy: String::new(),
            made_at: Timestamp::UNIX_EPOCH,
            files: Files::new(),
            gone: BTreeMap::new(),
            retired: BTreeMap::new(),
            replaced: BTreeMap::new(),
            owes: false,
        }
    }

    /// Reads one from the bucket.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        let manifest: Self = serde_json::from_slice(bytes).context("the manifest in the bucket")?;
        if manifest.version != 1 {
            bail!("the manifest in the bucket has version {}: a newer inside-out wrote it", manifest.version);
        }
        Ok(manifest)
    }

    /// The bytes that are stored.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Whether a person has a page.
    pub fn shows(&self, person: &str) -> bool {
        self.people().contains(person)
    }

    /// Whether a person's page was taken down.
    pub fn is_gone(&self, person: &str) -> bool {
        self.gone.contains_key(person)
    }

    /// How many files the site has.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// The people who have a page.
    pub(crate) fn people(&self) -> BTreeSet<&str> {
        people(&self.files)
    }
}

/// The people who have a page among files.
pub(crate) fn people(files: &Files) -> BTreeSet<&str> {
    let pages = files.keys().filter(|path| path.ends_with("/index.html"));
    pages.filter(|path| path.split('/').any(|part| part == "people")).filter_map(|path| person_of(path)).collect()
}

/// The edge's function finds the words for a page that was taken down in its key-value store, where a value has this size at most.
const LONGEST_NOTICE: usize = 1024;

/// Reads a built folder. Only a folder that a build of ours made is published.
pub(crate) fn built(folder: &Path) -> Result<Files> {
    if !folder.join(site::write::MARKER).exists() {
        let failure = Failure::new(format!("{} holds no built site", folder.display()));
        bail!(failure.help("run `inside-out build` first, or name the folder with --site"));
    }
    let paths: Vec<PathBuf> = disk::tree(folder)?.into_iter().filter(|path| !is_hidden(path)).collect();
    let read = |path: &PathBuf| -> Result<Noted> {
        let Some(name) = path.to_str() else { bail!("{} is not named in UTF-8", path.display()) };
        let bytes = disk::read(folder, path)?;
        if name.ends_with("410.html") && bytes.len() > LONGEST_NOTICE {
            let (size, place) = (bytes.len(), path.display());
            let failure = Failure::new(format!("{place} has {size} bytes, and the edge can keep {LONGEST_NOTICE}"));
            bail!(failure.help("shorten `notice-gone-text` in content/, or templates/html/gone.html"));
        }
        Ok(note(name, &bytes))
    };
    let noted: Vec<Noted> = paths.par_iter().map(read).collect::<Result<_>>()?;
    if let Some((page, file)) = missing(&noted) {
        let what = format!("{page} names /{file}, which is not in {}: visitors would miss it", folder.display());
        bail!(Failure::new(what).help("build again, and publish when it is done"));
    }
    Ok(with_owners(noted))
}

/// The first page that names a file that is not there, and that file.
fn missing(noted: &[Noted]) -> Option<(&str, &str)> {
    let there: BTreeSet<&str> = noted.iter().map(|(path, _, _)| path.as_str()).collect();
    noted.iter().find_map(|(page, _, named)| {
        let absent = named.iter().find(|file| !there.contains(file.as_str()))?;
        Some((page.as_str(), absent.as_str()))
    })
}

/// A file, and the assets and photos that it names, if it is a page.
pub(crate) type Noted = (String, Entry, BTreeSet<String>);

/// What is noted of a file.
pub(crate) fn note(path: &str, bytes: &[u8]) -> Noted {
    let named = if path.ends_with(".html") { named_in(bytes) } else { BTreeSet::new() };
    let headers = Headers::of(path).hash();
    let entry = Entry { hash: content_hash(bytes), headers, size: bytes.len() as u64, of: None, version: None };
    (path.to_owned(), entry, named)
}

/// All files, each photo with the person whose page shows it.
pub(crate) fn with_owners(noted: Vec<Noted>) -> Files {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for (path, _, named) in &noted {
        if let Some(person) = person_of(path) {
            let photos = named.iter().filter(|file| Class::of(file) == Class::Photo);
            owners.extend(photos.map(|photo| (photo.clone(), person.to_owned())));
        }
    }
    let owned = |(path, entry, _): Noted| {
        let of = owners.get(&path).cloned();
        (path, Entry { of, ..entry })
    };
    noted.into_iter().map(owned).collect()
}

fn is_hidden(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'))
}

/// The assets and photos that a page names: everything between the name of their folder and the end of a name.
fn named_in(page: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(page);
    let name = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')).collect()
    };
    let below = |folder: &'static str| {
        let names = text.split(folder).skip(1).map(name);
        names.map(move |name| format!("{}{}", folder.trim_start_matches('/'), name.trim_end_matches('.')))
    };
    below("/photos/").chain(below("/assets/")).filter(|path| is_immutable(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_photos_and_assets_that_a_page_names_are_found() {
        let page = b"<img src=\"/photos/0123456789abcdef-160.jpg\" srcset=\"/photos/0123456789abcdef-320.jpg 320w, https://x/photos/fedcba9876543210-640.jpg\"> /photos/ /photos/index.html <link href=\"/assets/site-0123456789ab.css\">";
        let found: Vec<String> = named_in(page).into_iter().collect();
        let photos = ["0123456789abcdef-160.jpg", "0123456789abcdef-320.jpg", "fedcba9876543210-640.jpg"];
        let photos = photos.map(|name| format!("photos/{name}"));
        assert_eq!(found, [&["assets/site-0123456789ab.css".to_owned()], photos.as_slice()].concat());
    }

    #[test]
    fn a_page_that_names_what_is_not_there_is_not_published() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| disk::place(&folder.path().join(path), text.as_bytes()).unwrap();
        write(site::write::MARKER, "");
        write("about/index.html", "<link href=\"/assets/site-0123456789ab.css\">");
        let error = crate::faults::told(&built(folder.path()).unwrap_err());
        assert!(error.contains("about/index.html names /assets/site-0123456789ab.css"), "{error}");
        assert!(error.contains("build again"), "{error}");
        write("assets/site-0123456789ab.css", "");
        assert!(built(folder.path()).is_ok());
    }

    #[test]
    fn a_folder_that_no_build_made_is_not_published() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "mine").unwrap();
        assert!(built(folder.path()).unwrap_err().to_string().contains("holds no built site"));
    }
}
