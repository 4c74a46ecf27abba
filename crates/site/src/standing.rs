//! Where everybody in `profiles/` stands on the day of a build, and until when. It names people who have no page, and why: so it lies
//! in `var/`, never in the folder that visitors are sent.

use crate::made::Made;
use crate::published_photos::Sizes;
use anyhow::{Context, Result};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The name in `var/`.
const FILE: &str = "people.json";

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
}

/// Everybody in `profiles/`.
pub type Standings = BTreeMap<ProfileId, Standing>;

#[derive(Serialize, Deserialize)]
struct Census {
    made: Made,
    people: Standings,
}

/// As a build keeps it.
pub(crate) fn keep(root: &Path, made: Made, people: &Standings) -> Result<()> {
    let census = Census { made, people: people.clone() };
    Ok(disk::place(&disk::var(root)?.join(FILE), &serde_json::to_vec(&census)?)?)
}

/// For a plain host: after which day it answers which names with 410, in order of days. A name is the last part of a page's address, or
/// that of a photo.
pub(crate) fn due(people: &Standings, photos: &BTreeMap<ProfileId, Sizes>) -> String {
    let mut lines = Vec::new();
    for (person, standing) in people {
        if let Standing::Shown(Shown { until, .. }) = standing {
            lines.push(format!("{until} {person}\n"));
            let sizes = photos.get(person).into_iter().flat_map(Sizes::paths);
            lines.extend(sizes.map(|path| format!("{until} {}\n", path.rsplit('/').next().unwrap_or(path))));
        }
    }
    lines.sort();
    lines.concat()
}

/// Where everybody stands in a built folder, given what it was made of.
///
/// # Errors
/// That another build came after it, whose people may stand elsewhere.
pub fn of(root: &Path, made: Made) -> Result<Standings> {
    let file = disk::var(root)?.join(FILE);
    let stale = || {
        let failure = Failure::new(format!("{} does not belong to the built site", file.display()));
        failure.help("build again in this root, and publish that")
    };
    let bytes = std::fs::read(&file).with_context(stale)?;
    let census: Census = serde_json::from_slice(&bytes).with_context(stale)?;
    if census.made == made { Ok(census.people) } else { Err(stale().into()) }
}
