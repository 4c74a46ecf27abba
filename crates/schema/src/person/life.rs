//! Where people's pages stand, whatever the day: what the function of the forms is given, so that whoever registered somebody is told
//! the truth on days on which nothing is built, too. It holds no names: a page is found by whoever knows its id, and nobody else.

use crate::ground::hash::content_hash;
use crate::person::profile::{Profile, ProfileId};
use crate::person::visibility::{HiddenWhy, Visibility, last_day, visibility};
use crate::place::catalogue::Catalogue;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How many characters of a hash stand for a page.
const MARK: usize = 16;

/// Where one page stands, as long as nobody writes anything about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Life {
    /// It is there, and waits for letters.
    Listed(Term),
    /// It is there, and has enough letters for now.
    Paused(Term),
    /// It is hidden: the agency forbids listings.
    Banned,
    /// It is taken down, on this day where that was written.
    TakenDown(Option<Date>),
}

/// How long a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Term {
    /// Its last day.
    until: Date,
    /// Why it is hidden after it.
    then: HiddenWhy,
}

impl Life {
    /// That of a profile's page.
    pub fn of(profile: &Profile, catalogue: &Catalogue) -> Self {
        let (until, then) = last_day(profile);
        let term = Term { until, then };
        // Before the first of all days nothing has run out: what is left is what was written.
        match visibility(profile, catalogue, Date::MIN) {
            Visibility::Shown => Life::Listed(term),
            Visibility::Paused => Life::Paused(term),
            Visibility::Hidden(HiddenWhy::Withdrawn) => Life::TakenDown(profile.withdrawn),
            Visibility::Hidden(_) => Life::Banned,
        }
    }

    /// Where it stands on a day.
    pub fn on(self, day: Date) -> Visibility {
        match self {
            Life::Listed(term) | Life::Paused(term) if term.until < day => Visibility::Hidden(term.then),
            Life::Listed(_) => Visibility::Shown,
            Life::Paused(_) => Visibility::Paused,
            Life::Banned => Visibility::Hidden(HiddenWhy::ListingBanned),
            Life::TakenDown(_) => Visibility::Hidden(HiddenWhy::Withdrawn),
        }
    }
}

/// Pages that stand alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Alike {
    life: Life,
    /// The marks of their ids, in order.
    pages: Vec<String>,
}

/// Where all pages of a site stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lives(Vec<Alike>);

impl Lives {
    /// Those of all profiles, and of people whose page was taken down although their profile may not say so.
    pub fn of(profiles: &[Profile], catalogue: &Catalogue, left: &BTreeSet<ProfileId>) -> Self {
        let mut alike: BTreeMap<Life, BTreeSet<String>> = BTreeMap::new();
        if !left.is_empty() {
            alike.insert(Life::TakenDown(None), left.iter().map(mark).collect());
        }
        for profile in profiles {
            alike.entry(Life::of(profile, catalogue)).or_default().insert(mark(&profile.id));
        }
        Self(alike.into_iter().map(|(life, pages)| Alike { life, pages: pages.into_iter().collect() }).collect())
    }

    /// That of a person's page; none where there is no such profile.
    pub fn find(&self, id: &ProfileId) -> Option<Life> {
        let mark = mark(id);
        self.0.iter().find(|alike| alike.pages.binary_search(&mark).is_ok()).map(|alike| alike.life)
    }
}

/// What stands for a page: nobody can tell from it whose it is.
fn mark(id: &ProfileId) -> String {
    content_hash(format!("page of {id}").as_bytes()).to_string().chars().take(MARK).collect()
}
