//! Who is shown on a day.

use crate::source::Root;
use crate::standing::{Shown, Standing, Standings, who};
use jiff::civil::Date;
use schema::person::profile::Profile;
use schema::person::visibility::{HiddenWhy, Visibility, last_day, visibility};
use schema::place::catalogue::Catalogue;
use std::collections::BTreeMap;

/// The people of a site on a day.
pub(crate) struct People<'a> {
    /// Those who have a page, in order of id.
    pub(crate) with_page: Vec<&'a Profile>,
    /// Those among them who wait for letters.
    pub(crate) listed: Vec<&'a Profile>,
    /// Those who took their page down.
    pub(crate) gone: Vec<&'a Profile>,
    /// Everybody, with a page or not.
    pub(crate) standings: Standings,
}

impl People<'_> {
    /// How many have no page, by reason.
    pub(crate) fn hidden(&self) -> BTreeMap<HiddenWhy, usize> {
        let mut hidden = BTreeMap::new();
        for standing in self.standings.values() {
            if let Standing::Hidden(why) = standing {
                *hidden.entry(*why).or_default() += 1;
            }
        }
        hidden
    }
}

/// Decides who is shown.
pub(crate) fn people(site: &Root, day: Date) -> People<'_> {
    let mut people =
        People { with_page: Vec::new(), listed: Vec::new(), gone: Vec::new(), standings: Standings::new() };
    for profile in &site.profiles {
        let visibility = visibility(profile, &site.content.catalogue, day);
        let standing = match visibility {
            Visibility::Hidden(why) => Standing::Hidden(why),
            Visibility::Shown | Visibility::Paused => Standing::Shown(shown(profile, &site.content.catalogue)),
        };
        people.standings.insert(profile.id.clone(), standing);
        match visibility {
            Visibility::Shown => {
                people.with_page.push(profile);
                people.listed.push(profile);
            }
            Visibility::Paused => people.with_page.push(profile),
            Visibility::Hidden(why) => {
                if why == HiddenWhy::Withdrawn {
                    people.gone.push(profile);
                }
            }
        }
    }
    people
}

fn shown(profile: &Profile, catalogue: &Catalogue) -> Shown {
    let (until, then) = last_day(profile);
    let who = catalogue.place(&profile.facility).map(|(_, agency)| who(agency, &profile.number));
    Shown { since: profile.consent.given.max(profile.listed), until, then, who }
}
