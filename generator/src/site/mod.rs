//! From what was read to what is shown: who is listed, which pages there are, and what stands on each.

mod agencies;
mod browse;
pub(crate) mod exposure;
pub(crate) mod facets;
mod feeds;
pub(crate) mod lists;
pub(crate) mod mail;
pub(crate) mod order;
mod paper;
pub(crate) mod person;
pub(crate) mod plan;
#[cfg(test)]
mod published;
pub(crate) mod render;
mod tombstones;

use crate::load::Site;
use jiff::civil::Date;
use schema::listing::{HiddenWhy, Visibility, visibility};
use schema::profile::Profile;
use std::collections::BTreeMap;

/// The people of a site on a day.
pub(crate) struct People<'a> {
    /// Those who have a page, in order of id.
    pub(crate) with_page: Vec<&'a Profile>,
    /// Those among them who wait for letters.
    pub(crate) listed: Vec<&'a Profile>,
    /// How many have no page, by reason.
    pub(crate) hidden: BTreeMap<HiddenWhy, usize>,
}

/// Decides who is shown.
pub(crate) fn people(site: &Site, day: Date) -> People<'_> {
    let mut people = People { with_page: Vec::new(), listed: Vec::new(), hidden: BTreeMap::new() };
    for profile in &site.profiles {
        match visibility(profile, &site.catalogue, day) {
            Visibility::Shown => {
                people.with_page.push(profile);
                people.listed.push(profile);
            }
            Visibility::Paused => people.with_page.push(profile),
            Visibility::Hidden(why) => *people.hidden.entry(why).or_default() += 1,
        }
    }
    people
}
