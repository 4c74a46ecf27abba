//! The lists of people: all, and per facility, jurisdiction and interest. No list is empty.

use super::People;
use super::order::turned;
use jiff::civil::Date;
use schema::catalogue::Catalogue;
use schema::profile::Profile;
use std::collections::BTreeMap;

/// What a list is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ListOf {
    /// Everybody.
    All,
    /// A facility.
    Facility(String),
    /// A jurisdiction.
    Jurisdiction(String),
    /// An interest.
    Interest(String),
}

impl ListOf {
    /// `/people/`, `/facilities/river-bend/`
    pub(crate) fn path(&self) -> String {
        match self {
            ListOf::All => "/people/".to_owned(),
            ListOf::Facility(id) => format!("/facilities/{id}/"),
            ListOf::Jurisdiction(id) => format!("/places/{id}/"),
            ListOf::Interest(id) => format!("/interests/{id}/"),
        }
    }

    /// The path of one page of it, from 1.
    pub(crate) fn page_path(&self, page: usize) -> String {
        if page <= 1 { self.path() } else { format!("{}page/{page}/", self.path()) }
    }
}

/// A list with its people in the order of the day.
pub(crate) struct List<'a> {
    pub(crate) of: ListOf,
    pub(crate) people: Vec<&'a Profile>,
}

/// All lists, in order of what they are of.
pub(crate) fn lists<'a>(people: &People<'a>, catalogue: &Catalogue, day: Date) -> Vec<List<'a>> {
    let mut members: BTreeMap<ListOf, Vec<&Profile>> = BTreeMap::new();
    for profile in &people.listed {
        let mut join = |of: ListOf| members.entry(of).or_default().push(*profile);
        join(ListOf::All);
        join(ListOf::Facility(profile.facility.clone()));
        if let Some((_, agency)) = catalogue.place(&profile.facility) {
            join(ListOf::Jurisdiction(agency.jurisdiction.clone()));
        }
        for interest in &profile.interests {
            join(ListOf::Interest(interest.clone()));
        }
    }
    let turn = |(of, people): (ListOf, Vec<&'a Profile>)| List { people: turned(&of.path(), &people, day), of };
    members.into_iter().map(turn).collect()
}
