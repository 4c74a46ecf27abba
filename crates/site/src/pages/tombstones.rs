//! Tombstones in a feed (RFC 6721): whoever reads it is told to forget a page that was taken down. Only someone who stood in that
//! very feed on the day they left has one there, and only for a while: a list of those who left is nothing to keep in public.

use crate::lists::list::{List, ListOf};
use crate::pages::scene::Scene;
use jiff::civil::Date;
use schema::ground::days::days_between;
use schema::person::profile::Profile;
use schema::site::address;
use templates::context::PageContext;
use templates::views::TombstoneView;

/// How many people a feed tells of.
pub(super) const FEED: usize = 50;
/// For so many days the feed tells of a page that was taken down.
const DAYS: i32 = 30;

/// Those of a list, or of everybody, whose pages were taken down of late, newest first, with the day.
pub(super) fn withdrawn<'a>(scene: &Scene<'a>, list: Option<&List<'_>>) -> Vec<(Date, &'a Profile)> {
    let of_late = |gone: &Date| (-1..=DAYS).contains(&days_between(*gone, scene.day));
    let left = |person: &&Profile| person.search_engines;
    let profiles = scene.people.gone.iter().copied().filter(left).filter(|person| could_stand_in(scene, list, person));
    let mut gone: Vec<(Date, &Profile)> = profiles
        .filter_map(|person| person.withdrawn.filter(of_late).map(|day| (day, person)))
        .filter(|(day, person)| was_new(scene, list, person, *day))
        .collect();
    gone.sort_by(|a, b| (b.0, &a.1.id).cmp(&(a.0, &b.1.id)));
    gone
}

pub(super) fn tombstones(context: &PageContext<'_>, withdrawn: &[(Date, &Profile)]) -> Vec<TombstoneView> {
    let tombstone = |(day, person): &(Date, &Profile)| TombstoneView {
        path: context.path(&address::person(&person.id)),
        when: format!("{day}T00:00:00Z"),
    };
    withdrawn.iter().map(tombstone).collect()
}

/// Whether a list is one that the person would be in.
fn could_stand_in(scene: &Scene<'_>, list: Option<&List<'_>>, person: &Profile) -> bool {
    match list.map(|list| &list.of) {
        Some(ListOf::Value(facet, value)) => facet.values(person, &scene.content.catalogue, scene.day).contains(value),
        _ => true,
    }
}

/// Whether on the day they left they were among the newest of the list, of whom a feed tells.
fn was_new(scene: &Scene<'_>, list: Option<&List<'_>>, person: &Profile, left: Date) -> bool {
    let newer = |other: &&Profile| {
        other.search_engines
            && other.listed <= left
            && could_stand_in(scene, list, other)
            && (other.listed, &person.id) > (person.listed, &other.id)
    };
    scene.people.listed.iter().copied().filter(newer).take(FEED).count() < FEED
}
