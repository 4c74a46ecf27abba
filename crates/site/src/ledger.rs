//! The one ledger of outputs: every file of a site with what it is, whose, made from what. Whoever writes, publishes, verifies or
//! rebuilds reads it here; nobody guesses from a path, or looks for names in a page.

use crate::made::Made;
use crate::site_path::SitePath;
use schema::ground::hash::{Hash, content_hash};
use schema::person::profile::ProfileId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The version of what is written.
const VERSION: u8 = 2;

/// What a file of the site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Style sheet, script, icon.
    Asset,
    /// A file that goes out as it is.
    Static,
    /// A photo of somebody, in one width.
    Photo,
    /// A file that the search script reads.
    Search,
    /// The page of a person.
    Person,
    /// A page of words.
    Words,
    /// An empty form.
    Form,
    /// What is known of an agency.
    Agency,
    /// All agencies.
    Agencies,
    /// Where a letter is written.
    Write,
    /// The people that a visitor has kept.
    Kept,
    /// A page of people.
    List,
    /// Links to lists.
    Index,
    /// The first page.
    Home,
    /// A feed of new people.
    Feed,
    /// A map for search engines.
    Sitemap,
    /// The word to crawlers.
    Robots,
    /// Facts for other programs.
    Data,
    /// What stands in for an address that is none.
    NotFound,
    /// What the edge answers where a page was taken down.
    Gone,
}

/// The order in which files come up: what pages refer to, then pages, then what leads to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Style sheets, scripts, the icon; files that go out as they are.
    Asset,
    /// Photos of people.
    Photo,
    /// Files that the search script reads.
    Search,
    /// Pages of people, and of words.
    Page,
    /// Pages that list people or lists, and facts as files.
    Listing,
    /// The first page, feeds, maps for search engines, notices.
    Entry,
}

impl Class {
    /// Every class, in order.
    pub const ALL: [Class; 6] = [Class::Asset, Class::Photo, Class::Search, Class::Page, Class::Listing, Class::Entry];

    /// What it is called in a plan.
    pub fn words(self) -> &'static str {
        match self {
            Class::Asset => "assets",
            Class::Photo => "photos",
            Class::Search => "search files",
            Class::Page => "pages",
            Class::Listing => "listings",
            Class::Entry => "home, feeds and notices",
        }
    }
}

impl Kind {
    /// When it comes up.
    pub fn class(self) -> Class {
        match self {
            Kind::Asset | Kind::Static => Class::Asset,
            Kind::Photo => Class::Photo,
            Kind::Search => Class::Search,
            Kind::Person | Kind::Words | Kind::Form | Kind::Agency | Kind::Agencies | Kind::Write | Kind::Kept => {
                Class::Page
            }
            Kind::List | Kind::Index | Kind::Data => Class::Listing,
            Kind::Home | Kind::Feed | Kind::Sitemap | Kind::Robots | Kind::NotFound | Kind::Gone => Class::Entry,
        }
    }

    /// Whether its bytes never change: its name holds their hash.
    pub fn is_immutable(self) -> bool {
        matches!(self, Kind::Asset | Kind::Photo | Kind::Search)
    }
}

/// One file of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Where it stands.
    pub path: SitePath,
    /// What it is.
    pub kind: Kind,
    /// Whose it is alone, or, of a photo, everybody whose very picture it is.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub people: BTreeSet<ProfileId>,
    /// Language of its words, where it has words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Assets and photos that it names.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub refers_to: BTreeSet<SitePath>,
    /// Files of the root that it is made of, beside the templates, strings and facts of which any page may be made.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub made_from: BTreeSet<String>,
    /// SHA-256 of its bytes.
    pub hash: Hash,
    /// In bytes.
    pub size: u64,
}

impl Output {
    /// A file of some bytes, with nothing said of it yet but what it is.
    pub fn new(path: SitePath, kind: Kind, bytes: &[u8]) -> Self {
        Self {
            path,
            kind,
            people: BTreeSet::new(),
            language: None,
            refers_to: BTreeSet::new(),
            made_from: BTreeSet::new(),
            hash: content_hash(bytes),
            size: bytes.len() as u64,
        }
    }
}

/// Every file of a site, by path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// What the site was made of.
    pub made: Made,
    /// The files.
    pub files: BTreeMap<SitePath, Output>,
}

/// What stands before the files.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    /// For whoever opens the file.
    made_by: String,
    version: u8,
    made: Made,
}

/// Two files that want one path.
#[derive(Debug, thiserror::Error)]
#[error("two different files want the place {0}")]
pub struct Clash(pub SitePath);

impl Ledger {
    /// A ledger without files.
    pub fn new(made: Made) -> Self {
        Self { made, files: BTreeMap::new() }
    }

    /// Takes a file in. The same bytes under one path are one file: two people may have the very same picture.
    ///
    /// # Errors
    /// That other bytes stand there already.
    pub fn add(&mut self, output: Output) -> Result<(), Clash> {
        match self.files.get_mut(&output.path) {
            None => drop(self.files.insert(output.path.clone(), output)),
            Some(there) if there.hash == output.hash && there.kind == output.kind => {
                there.people.extend(output.people);
                there.made_from.extend(output.made_from);
            }
            Some(_) => return Err(Clash(output.path)),
        }
        Ok(())
    }

    /// As it is kept: a line of what it is, then a line for each file.
    ///
    /// # Errors
    /// Those of writing JSON, which plain texts and numbers do not cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let made_by = "inside-out build, which removes what no longer belongs here".to_owned();
        let head = Head { made_by, version: VERSION, made: self.made };
        let mut bytes = serde_json::to_vec(&head)?;
        for output in self.files.values() {
            bytes.push(b'\n');
            serde_json::to_writer(&mut bytes, output)?;
        }
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads what [`Ledger::to_bytes`] wrote; none where it is no ledger, or of another version.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let head: Head = serde_json::from_slice(lines.next()?).ok()?;
        let files =
            lines.map(|line| serde_json::from_slice::<Output>(line).map(|output| (output.path.clone(), output)));
        let files = files.collect::<Result<_, _>>().ok()?;
        (head.version == VERSION).then_some(Self { made: head.made, files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn path(path: &str) -> SitePath {
        SitePath::new(path).unwrap()
    }

    fn made() -> Made {
        Made { day: date(2026, 11, 23), sources: content_hash(b"content") }
    }

    fn photo(person: &str, bytes: &[u8]) -> Output {
        let people = BTreeSet::from([ProfileId::parse(person).unwrap()]);
        Output { people, ..Output::new(path("photos/a.jpg"), Kind::Photo, bytes) }
    }

    #[test]
    fn the_same_picture_of_two_people_is_one_file_of_both() {
        let mut ledger = Ledger::new(made());
        ledger.add(photo("ana-k7m2q", b"x")).unwrap();
        ledger.add(photo("abe-k7m2q", b"x")).unwrap();
        let all: Vec<&str> = ledger.files["photos/a.jpg"].people.iter().map(ProfileId::as_str).collect();
        assert_eq!(all, ["abe-k7m2q", "ana-k7m2q"]);
        assert_eq!(ledger.add(photo("ana-k7m2q", b"y")).unwrap_err().0, path("photos/a.jpg"));
    }

    #[test]
    fn a_ledger_is_read_back_as_it_was_written() {
        let mut ledger = Ledger::new(made());
        ledger.add(photo("ana-k7m2q", b"x")).unwrap();
        let refers_to = BTreeSet::from([path("photos/a.jpg")]);
        ledger.add(Output { refers_to, ..Output::new(path("index.html"), Kind::Home, b"<p>") }).unwrap();
        assert_eq!(Ledger::read(&ledger.to_bytes().unwrap()).as_ref(), Some(&ledger));
        let of_no_hash = String::from_utf8(ledger.to_bytes().unwrap()).unwrap().replace("\"hash\":\"", "\"hash\":\"0");
        for other in [
            &of_no_hash,
            "",
            "Made by inside-out build\n",
            "{\"made_by\":\"x\",\"version\":9,\"day\":\"2026-01-01\"}\n",
        ] {
            assert_eq!(Ledger::read(other.as_bytes()), None, "{other}");
        }
    }
}
