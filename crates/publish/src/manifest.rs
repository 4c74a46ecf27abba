//! What the public site is made of: each file with what it is, the hash of its bytes and of its headers. The last finished one
//! lies in the bucket; publishing compares it with the ledger of the built folder, and never lists the bucket to find out what
//! changed.

use crate::bucket::VersionId;
use crate::headers::Headers;
use crate::origin::Origin;
use crate::subject::Subject;
use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::hash::Hash;
use schema::ground::zone::Zone;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use serde::{Deserialize, Serialize};
use site::ledger::{Kind, Output};
use site::site_path::SitePath;
use site::standing::{Shown, Standing, Standings};
use std::collections::{BTreeMap, BTreeSet};

/// The files of a site, by path.
pub(crate) type Files = BTreeMap<SitePath, Entry>;

/// One file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// What it is.
    pub(crate) subject: Subject,
    /// SHA-256 of its bytes.
    pub(crate) hash: Hash,
    /// A short hash of its headers.
    pub(crate) headers: String,
    /// In bytes.
    pub(crate) size: u64,
    /// The bucket's name for these very bytes, by which a rollback finds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<VersionId>,
}

impl Entry {
    /// Whether a visitor is sent the same.
    pub(crate) fn is_same(&self, other: &Entry) -> bool {
        self.hash == other.hash && self.headers == other.headers
    }

    /// What is noted with the stored file, so that it can be asked for.
    pub(crate) fn mark(&self) -> String {
        format!("{}-{}", self.hash, self.headers)
    }

    /// A file of the ledger.
    pub(crate) fn of(output: &Output) -> Self {
        let subject = Subject { kind: output.kind, people: output.people.clone() };
        let headers = Headers::of(&output.path, &subject).hash();
        Self { subject, hash: output.hash, headers, size: output.size, version: None }
    }
}

/// The version of the shape that is written.
const VERSION: u8 = 4;

/// The oldest that is read: it says neither where the site came from, nor until when people are on it, nor who they are.
const OLDEST: u8 = 2;

/// A finished publish.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this shape.
    pub(crate) version: u8,
    /// The publish that made it.
    pub(crate) deploy: String,
    /// When.
    pub(crate) made_at: Timestamp,
    /// What is on the public site.
    pub(crate) files: Files,
    /// What the edge answers with 410, and since when: ids of people, names of photos.
    pub(crate) gone: BTreeMap<String, Timestamp>,
    /// Files that no page refers to any more: an open page may still ask for them.
    pub(crate) retired: BTreeMap<String, Retired>,
    /// Photos that were replaced: no visitor is sent them, and a rollback finds them until their time is over.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) replaced: BTreeMap<String, Replaced>,
    /// Where it came from; none where an earlier inside-out published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) origin: Option<Origin>,
    /// The hash of what the function was given last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) bundle: Option<Hash>,
    /// Where the site's days are counted.
    #[serde(default)]
    pub(crate) zone: Zone,
    /// Until when each person has a page, if nobody publishes until then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) due: BTreeMap<ProfileId, Due>,
    /// Whether it was published with an edge before it: whoever takes somebody down without knowing that edge is told so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) edge: bool,
    /// Whether lists still name somebody who was removed at once: the next whole publish deletes their older versions too.
    #[serde(default, alias = "owes", skip_serializing_if = "std::ops::Not::not")]
    pub(crate) owes_cleanup: bool,
}

/// The last day of somebody's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Due {
    /// The last day on which they have one.
    pub(crate) until: Date,
    /// Why they have none after it.
    pub(crate) then: HiddenWhy,
    /// Who they are, whatever their id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) who: Option<Hash>,
}

impl Due {
    /// That of everybody who has a page.
    pub(crate) fn of(standings: &Standings) -> BTreeMap<ProfileId, Self> {
        let due = |(person, standing): (&ProfileId, &Standing)| match standing {
            Standing::Shown(Shown { until, then, who, .. }) => {
                Some((person.clone(), Due { until: *until, then: *then, who: *who }))
            }
            Standing::Hidden(_) => None,
        };
        standings.iter().filter_map(due).collect()
    }
}

/// What a manifest of any version says of itself.
#[derive(Deserialize)]
struct Versioned {
    version: u8,
}

/// A file to which no page refers any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retired {
    pub(crate) kind: Kind,
    /// Since when.
    pub(crate) since: Timestamp,
}

/// A photo that was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Replaced {
    /// Whose it is: it goes with them.
    pub(crate) people: BTreeSet<ProfileId>,
    /// Since when.
    pub(crate) since: Timestamp,
}

impl Manifest {
    /// That of a site that nobody has published yet.
    pub(crate) fn empty() -> Self {
        Self {
            version: VERSION,
            deploy: String::new(),
            made_at: Timestamp::UNIX_EPOCH,
            files: Files::new(),
            gone: BTreeMap::new(),
            retired: BTreeMap::new(),
            replaced: BTreeMap::new(),
            origin: None,
            bundle: None,
            zone: Zone::default(),
            due: BTreeMap::new(),
            edge: false,
            owes_cleanup: false,
        }
    }

    /// Reads one from the bucket.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        let unreadable = "the manifest in the bucket cannot be read";
        let Versioned { version } = serde_json::from_slice(bytes).context(unreadable)?;
        if !(OLDEST..=VERSION).contains(&version) {
            let what = format!("the manifest in the bucket has version {version}, and this inside-out knows {VERSION}");
            return Err(Failure::new(what).help("publish with the inside-out that wrote it").into());
        }
        let manifest = serde_json::from_slice::<Self>(bytes).context(unreadable)?;
        Ok(Self { version: VERSION, ..manifest })
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

    /// The publish of a whole folder that brought what is public; removals since then count for nothing.
    pub fn last_whole(&self) -> Option<&str> {
        self.origin.as_ref().map(|origin| origin.deploy.as_str())
    }

    /// When that was; where an earlier inside-out published it, when anything was last changed. None where nobody ever published.
    pub(crate) fn published_at(&self) -> Option<Timestamp> {
        match self.last_whole() {
            Some(deploy) => moment_of(deploy),
            None => (!self.deploy.is_empty()).then_some(self.made_at),
        }
    }

    /// How many files the site has.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// The site without some people, who left while it went up, given what the edge answers for: lists still name them.
    pub(crate) fn without(self, people: &BTreeSet<String>, keys: impl Iterator<Item = String>, now: Timestamp) -> Self {
        if people.is_empty() {
            return self;
        }
        let mut gone = self.gone;
        keys.for_each(|key| _ = gone.entry(key).or_insert(now));
        Self { files: without(&self.files, people), gone, owes_cleanup: true, ..self }
    }

    /// The pictures of a person that are somebody else's too.
    pub(crate) fn shared_photos(&self, person: &ProfileId) -> Vec<String> {
        let is_shared = |subject: &Subject| subject.belongs_to(person.as_str()) && subject.people.len() > 1;
        let photos = self.files.iter().filter(|(_, entry)| entry.subject.kind == Kind::Photo);
        photos.filter(|(_, entry)| is_shared(&entry.subject)).map(|(path, _)| path.to_string()).collect()
    }

    /// Whose some pictures are today, beside those who leave.
    pub(crate) fn others_with(&self, photos: &BTreeSet<String>, leaving: &BTreeSet<String>) -> BTreeSet<ProfileId> {
        let people = photos.iter().filter_map(|path| Some(&self.files.get(path.as_str())?.subject.people)).flatten();
        people.filter(|other| !leaving.contains(other.as_str())).cloned().collect()
    }

    /// The people who have a page.
    pub(crate) fn people(&self) -> BTreeSet<&str> {
        people(&self.files)
    }
}

/// The name of a publish: `20261125T034512Z-k7m2`. No two share it, and they sort by time.
///
/// # Errors
/// That no randomness is to be had.
pub(crate) fn name_of_publish(now: Timestamp) -> Result<String> {
    let mut random = [0; 4];
    getrandom::fill(&mut random).context("drawing a name")?;
    let tail: String = base16ct::lower::encode_string(&random);
    Ok(format!("{}-{tail}", now.strftime(NAME)))
}

const NAME: &str = "%Y%m%dT%H%M%SZ";

/// When a publish began, as its name says.
fn moment_of(deploy: &str) -> Option<Timestamp> {
    let (begun, _) = deploy.split_once('-')?;
    let begun = jiff::civil::DateTime::strptime(NAME, begun).ok()?;
    jiff::tz::Offset::UTC.to_timestamp(begun).ok()
}

/// The people who have a page among files.
pub(crate) fn people(files: &Files) -> BTreeSet<&str> {
    files.values().filter_map(|entry| entry.subject.page_of()).collect()
}

/// Files without some people: what is theirs alone goes, what is somebody else's too stays theirs.
pub(crate) fn without(all: &Files, people: &BTreeSet<String>) -> Files {
    let leaves = |id: &ProfileId| people.contains(id.as_str());
    let is_theirs = |subject: &Subject| !subject.people.is_empty() && subject.people.iter().all(leaves);
    let others = all.iter().filter(|(_, entry)| !is_theirs(&entry.subject));
    let mut files: Files = others.map(|(path, entry)| (path.clone(), entry.clone())).collect();
    files.values_mut().for_each(|entry| entry.subject.people.retain(|id| !leaves(id)));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_that_leads_out_of_the_site_or_names_no_hash_is_refused() {
        let hash = "0".repeat(64);
        let read = |path: &str, hash: &str| {
            let entry = serde_json::json!({"subject": {"kind": "words"}, "hash": hash, "headers": "0", "size": 1});
            let mut manifest = serde_json::to_value(Manifest::empty()).unwrap();
            manifest["files"] = serde_json::json!({ path: entry });
            Manifest::read(&serde_json::to_vec(&manifest).unwrap())
        };
        assert_eq!(read("about/index.html", &hash).unwrap().file_count(), 1);
        for (path, hash) in [("../about", hash.as_str()), ("/etc/passwd", &hash), ("about/index.html", "")] {
            assert!(read(path, hash).is_err(), "{path}");
        }
    }

    #[test]
    fn what_an_earlier_version_owed_is_owed() {
        let mut manifest = serde_json::to_value(Manifest::empty()).unwrap();
        manifest["owes"] = true.into();
        assert!(Manifest::read(&serde_json::to_vec(&manifest).unwrap()).unwrap().owes_cleanup);
        let touched = r#"{"paths": {}, "gone": [], "owes": true}"#;
        assert!(serde_json::from_str::<crate::plan::Touched>(touched).unwrap().owes_cleanup);
    }
}
