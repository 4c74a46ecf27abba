//! The lists of people: everybody, one for each value of each facet, those who wait longest, and those who are new. No list is
//! empty. A list that fills more than a page is a ring of pages with addresses of their own; its own address opens each day at
//! another of them.

use crate::lists::facets::Facet;
use crate::lists::order::{around, day_number, part, place_on_page, point, ring_pages, spread};
use crate::people::People;
use anyhow::{Context, Result};
use jiff::civil::Date;
use rayon::prelude::*;
use schema::ground::days::days_between;
use schema::person::profile::Profile;
use schema::place::catalogue::Catalogue;
use schema::site::address;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody listed within so many days is new.
pub(crate) const NEW_DAYS: i32 = 31;
/// One in so many has waited longest.
pub(super) const WAITING_SHARE: usize = 10;

/// What a list is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ListOf {
    /// Everybody.
    All,
    /// The people who have a value of a facet.
    Value(Facet, String),
    /// The tenth who were listed first.
    Waiting,
    /// Those listed within a month.
    New,
}

impl ListOf {
    /// `/people/`, `/facilities/river-bend/`
    pub(crate) fn path(&self) -> String {
        match self {
            ListOf::All => address::PEOPLE.to_owned(),
            ListOf::Value(facet, value) => format!("{}{value}/", facet.path()),
            ListOf::Waiting => "/waiting/".to_owned(),
            ListOf::New => "/new/".to_owned(),
        }
    }

    /// The path of one page of its ring, from 1; 0 is the list's own address.
    pub(crate) fn page_path(&self, page: usize) -> String {
        if page == 0 { self.path() } else { format!("{}page/{page}/", self.path()) }
    }

    /// The facility that it is of.
    pub(crate) fn facility(&self) -> Option<&str> {
        match self {
            ListOf::Value(Facet::Facility, id) => Some(id),
            _ => None,
        }
    }
}

/// A list with its people where the rule puts them on a day.
pub(crate) struct List<'a> {
    pub(crate) of: ListOf,
    /// How many people.
    pub(crate) total: usize,
    /// The pages of its ring.
    pub(crate) ring: Vec<Vec<&'a Profile>>,
    /// Those pages, from 0, in the order in which one leads to the next.
    pub(crate) around: Vec<usize>,
    /// The page of the ring at which it opens, from 0.
    pub(crate) opens_at: usize,
    /// The people at its own address: those of that page, in the order of the day.
    pub(crate) today: Vec<&'a Profile>,
    /// Whether everybody in it agreed to be found by search engines.
    pub(crate) for_search: bool,
}

impl<'a> List<'a> {
    /// A list of people in order of id.
    ///
    /// # Errors
    /// That it would open at a page that it has not, which the rule does not let happen.
    pub(crate) fn new(of: ListOf, people: &[&'a Profile], per_page: usize, day: Date) -> Result<Self> {
        let (path, day) = (of.path(), day_number(day));
        let pages = spread(&path, people.iter().map(|person| person.id.as_str()), per_page);
        let mut ring: Vec<Vec<&Profile>> = vec![Vec::new(); ring_pages(people.len(), per_page)];
        for (person, page) in people.iter().zip(pages) {
            let its_page = ring.get_mut(page).with_context(|| format!("the list {path} has no page {page}"))?;
            its_page.push(person);
        }
        for (at, page) in ring.iter_mut().enumerate() {
            page.sort_by_cached_key(|person| place_on_page(&path, at, day, person.id.as_str()));
        }
        let around = around(ring.len());
        let (at, within) = part(point(&path, day), ring.len());
        let opening = around.get(at).and_then(|page| Some((*page, ring.get(*page)?.clone())));
        let (opens_at, mut today) = opening.with_context(|| format!("the list {path} opens at no page of its ring"))?;
        let (by, _) = part(within, today.len());
        today.rotate_left(by);
        let for_search = people.iter().all(|person| person.search_engines);
        Ok(Self { of, total: people.len(), ring, around, opens_at, today, for_search })
    }

    /// Its pages with their numbers and people: its own address is 0; then, where there are several, those of the ring from 1.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (usize, &[&'a Profile])> {
        let ring = self.ring.iter().filter(|_| self.ring.len() > 1);
        (0..).zip(std::iter::once(&self.today).chain(ring).map(Vec::as_slice))
    }

    /// The path of its feed: a list of a state or country has one, if it has anybody to tell of.
    pub(crate) fn feed_path(&self) -> Option<String> {
        let tells = || self.ring.iter().flatten().any(|person| person.search_engines);
        let is_place = matches!(self.of, ListOf::Value(Facet::Jurisdiction, _));
        (is_place && tells()).then(|| format!("{}feed.xml", self.of.path()))
    }

    /// The pages before and after a page on the way around, all counted from 1.
    pub(crate) fn neighbours(&self, page: usize) -> (usize, usize) {
        let at = self.around.iter().position(|other| *other + 1 == page).unwrap_or(0);
        let turned = |by: usize| self.around.iter().cycle().nth(at + by).map_or(1, |other| other + 1);
        (turned(self.around.len().saturating_sub(1)), turned(1))
    }
}

/// All lists, in order of what they are of.
///
/// # Errors
/// Those of [`List::new`].
pub(crate) fn lists<'a>(people: &People<'a>, catalogue: &Catalogue, day: Date) -> Result<Vec<List<'a>>> {
    let mut members: BTreeMap<ListOf, Vec<&Profile>> = BTreeMap::new();
    for profile in &people.listed {
        for facet in Facet::ALL {
            for value in facet.values(profile, catalogue, day) {
                members.entry(ListOf::Value(facet, value)).or_default().push(profile);
            }
        }
    }
    let new = people.listed.iter().filter(|profile| days_between(profile.listed, day) < NEW_DAYS).copied().collect();
    members.insert(ListOf::All, people.listed.clone());
    members.insert(ListOf::Waiting, waiting_longest(&people.listed));
    members.insert(ListOf::New, new);
    members.retain(|_, people| !people.is_empty());
    let members: Vec<(ListOf, Vec<&Profile>)> = members.into_iter().collect();
    let per_page = catalogue.site.people_per_page as usize;
    members.into_par_iter().map(|(of, people)| List::new(of, &people, per_page, day)).collect()
}

/// The tenth who were listed first, in order of id.
fn waiting_longest<'a>(listed: &[&'a Profile]) -> Vec<&'a Profile> {
    let mut by_day = listed.to_vec();
    by_day.sort_by(|one, other| (one.listed, &one.id).cmp(&(other.listed, &other.id)));
    by_day.truncate(listed.len().div_ceil(WAITING_SHARE));
    by_day.sort_by(|one, other| one.id.cmp(&other.id));
    by_day
}

/// The paths at which a list stands: a page links to no other.
pub(crate) fn paths(lists: &[List<'_>]) -> BTreeSet<String> {
    lists.iter().map(|list| list.of.path()).collect()
}
