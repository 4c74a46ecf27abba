//! Who is shown on a day.

use crate::source::Root;
use jiff::civil::Date;
use schema::person::profile::Profile;
use schema::person::visibility::{HiddenWhy, Visibility, visibility};
use std::collections::BTreeMap;

/// The people of a site on a day.
pub(crate) struct People<'a> {
    /// Those who have a page, in order of id.
    pub(crate) with_page: Vec<&'a Profile>,
    /// Those among them who wait for letters.
    pub(crate) listed: Vec<&'a Profile>,
    /// Those who took their page down.
    pub(crate) gone: Vec<&'a Profile>,
    /// How many have no page, by reason.
    pub(crate) hidden: BTreeMap<HiddenWhy, usize>,
}

/// Decides who is shown.
pub(crate) fn people(site: &Root, day: Date) -> People<'_> {
    let mut people = People { with_page: Vec::new(), listed: Vec::new(), gone: Vec::new(), hidden: BTreeMap::new() };
    for profile in &site.profiles {
        match visibility(profile, &site.content.catalogue, day) {
            Visibility::Shown => {
                people.with_page.push(profile);
                people.listed.push(profile);
            }
            Visibility::Paused => people.with_page.push(profile),
            Visibility::Hidden(why) => {
                *people.hidden.entry(why).or_default() += 1;
                if why == HiddenWhy::Withdrawn {
                    people.gone.push(profile);
                }
            }
        }
    }
    people
}
