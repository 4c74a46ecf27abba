//! Where everybody in `profiles/` stands on the day of a build, and until when. It names people who have no page, and why: so it lies
//! in `var/`, never in the folder that visitors are sent.

use crate::made::Made;
use crate::published_photos::Sizes;
use crate::write::DUE;
use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::hash::{Hash, content_hash};
use schema::ground::problem::quoted;
use schema::ground::text::bare_number;
use schema::ground::zone::Zone;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use schema::place::agency::Agency;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

/// The names in `var/`.
const FILE: &str = "people.json";
const BUNDLE: &str = "bundle.json";

/// Whether somebody has a page on the day of the build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// They have one.
    Shown(Shown),
    /// They have none, and why.
    Hidden(HiddenWhy),
}

/// Since when somebody may be shown, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Their word for it was given on this day, or they were listed on it, whichever is later.
    pub since: Date,
    /// The last day on which they have a page, if nothing is written about them until then.
    pub until: Date,
    /// Why they have none after it.
    pub then: HiddenWhy,
    /// Who they are whatever their id, by agency and number; none where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Hash>,
}

/// Who somebody is whatever id they are listed under: their agency, by the first id that it had, and their number however it is spaced.
pub(crate) fn who(agency: &Agency, number: &str) -> Hash {
    let first = agency.formerly.first().unwrap_or(&agency.id);
    content_hash(format!("{first}\n{}", bare_number(number)).as_bytes())
}

/// Everybody in `profiles/`.
pub type Standings = BTreeMap<ProfileId, Standing>;

/// What a build knows beside the files of its folder.
#[derive(Serialize, Deserialize)]
pub struct Census {
    made: Made,
    /// Where everybody stands.
    pub people: Standings,
    /// The hash of what the function needs, which lies beside it.
    bundle: Hash,
}

impl Census {
    /// As a build keeps it, with what the function needs.
    pub(crate) fn keep(root: &Path, made: Made, people: Standings, bundle: &[u8]) -> Result<()> {
        let var = disk::var(root)?;
        let census = Self { made, people, bundle: content_hash(bundle) };
        disk::place(&var.join(BUNDLE), bundle)?;
        Ok(disk::place(&var.join(FILE), &serde_json::to_vec(&census)?)?)
    }

    /// That of a built folder, given what it was made of.
    ///
    /// # Errors
    /// That another build came after it, whose people may stand elsewhere.
    pub fn of(root: &Path, made: Made) -> Result<Self> {
        let bytes = std::fs::read(disk::var(root)?.join(FILE)).with_context(|| stale(FILE))?;
        let census: Self = serde_json::from_slice(&bytes).with_context(|| stale(FILE))?;
        if census.made == made { Ok(census) } else { Err(stale(FILE).into()) }
    }

    /// What the function needs, as that build made it.
    ///
    /// # Errors
    /// That another build came after it.
    pub fn bundle(&self, root: &Path) -> Result<Vec<u8>> {
        let bytes = std::fs::read(disk::var(root)?.join(BUNDLE)).with_context(|| stale(BUNDLE))?;
        if content_hash(&bytes) == self.bundle { Ok(bytes) } else { Err(stale(BUNDLE).into()) }
    }
}

fn stale(file: &str) -> Failure {
    Failure::new(format!("var/{file} does not belong to the built site"))
        .help("build again in this root, and publish that")
}

/// From which moment on a name is over.
pub type LastMoments = BTreeMap<String, Timestamp>;

/// For a plain host: from which moment on it answers which names with 410, in order. A name is the last part of a page's address, or
/// that of a photo. A moment is one of UTC, as `date -u +%FT%TZ` prints them: the host need not know where the site's days are counted.
/// A picture of two people is over with the last of them.
pub(crate) fn due(people: &Standings, photos: &BTreeMap<ProfileId, Sizes>, zone: &Zone) -> String {
    let mut over_by_name = BTreeMap::new();
    for (person, standing) in people {
        if let Standing::Shown(Shown { until, .. }) = standing {
            let over = until.tomorrow().map_or(Timestamp::MAX, |day| zone.begins(day));
            let sizes = photos.get(person).into_iter().flat_map(Sizes::paths);
            let pictures = sizes.map(|path| path.rsplit('/').next().unwrap_or(path).to_owned());
            for name in std::iter::once(person.to_string()).chain(pictures) {
                over_by_name.entry(name).and_modify(|last| *last = over.max(*last)).or_insert(over);
            }
        }
    }
    let line = |(name, over): (String, Timestamp)| format!("{} {name}\n", over.strftime("%FT%TZ"));
    let mut lines: Vec<String> = over_by_name.into_iter().map(line).collect();
    lines.sort();
    lines.concat()
}

/// What a build wrote of it beside a folder; a folder without it says nothing of anybody.
///
/// # Errors
/// That it cannot be read: nobody may take that for days that are not over.
pub fn last_moments(out: &Path) -> Result<LastMoments> {
    let place = out.join(DUE);
    let text = match fs_err::read_to_string(&place) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        text => text?,
    };
    let line = |line: &str| {
        let (moment, name) = line.split_once(' ')?;
        Some((name.to_owned(), moment.parse().ok()?))
    };
    let unreadable = |text: &str| {
        let what = format!("{} has a line that says no moment and name: {}", place.display(), quoted(text));
        Failure::new(what).help("build again, and the file is written anew")
    };
    text.lines().map(|text| line(text).ok_or_else(|| unreadable(text).into())).collect()
}
