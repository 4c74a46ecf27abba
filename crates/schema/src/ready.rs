//! What still stands between a root and a public site, as far as its words, facts and profiles tell: what nobody would call a problem on
//! the way, and nobody wants to have left behind.

use crate::person::envelope::{Address, address_of};
use crate::person::profile::Profile;
use crate::person::visibility::{Visibility, visibility};
use crate::place::catalogue::Catalogue;
use jiff::civil::Date;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// One thing to do before the site is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What stands in the way.
    pub what: String,
    /// The file or the command that mends it.
    pub mend: String,
}

impl Step {
    /// A step.
    pub fn new(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { what: what.into(), mend: mend.into() }
    }
}

/// The steps that words, facts and profiles still ask for, as of a day.
pub fn steps(catalogue: &Catalogue, profiles: &[Profile], day: Date) -> Vec<Step> {
    let shown: Vec<&Profile> = profiles
        .iter()
        .filter(|profile| matches!(visibility(profile, catalogue, day), Visibility::Shown | Visibility::Paused))
        .collect();
    let mut steps = Vec::new();
    if catalogue.site.sample {
        let mend = "content/site.yaml: `sample: false`; `inside-out check` then names what is left of the sample";
        steps.push(Step::new("every page says that people and places are invented", mend));
    }
    steps.extend(unconfirmed(catalogue, &shown, day));
    steps.extend(without_envelope(catalogue, &shown, day));
    let unseen = shown.iter().filter(|profile| profile.compared_on().is_none()).count();
    if unseen > 0 {
        let mend = "compare each with the agency's own records, then write `checked` and `compared`; `inside-out check` names them";
        let what = format!("{} not compared with the agency's records, and {} says so", people(unseen), theirs(unseen));
        steps.push(Step::new(what, mend));
    }
    steps
}

/// A fact that nobody has confirmed: its file, what it is, and where it was read.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Doubt<'a> {
    file: String,
    what: &'static str,
    source: &'a str,
}

/// Unconfirmed facts, each with how many pages stand on it, the most first.
fn unconfirmed(catalogue: &Catalogue, shown: &[&Profile], day: Date) -> Vec<Step> {
    let mut pages: BTreeMap<Doubt<'_>, usize> = BTreeMap::new();
    for doubt in shown.iter().flat_map(|profile| doubts(catalogue, profile, day)) {
        *pages.entry(doubt).or_default() += 1;
    }
    let mut doubts: Vec<(Doubt<'_>, usize)> = pages.into_iter().collect();
    doubts.sort_by_key(|(_, count)| Reverse(*count));
    let step = |(Doubt { file, what, source }, count): (Doubt<'_>, usize)| {
        let look = if source.is_empty() { "at the agency's own page".to_owned() } else { format!("at {source}") };
        let mend = format!("{file}: look it up {look}, then write the day into `checked`, and `confirmed: true`");
        Step::new(format!("{what} is not confirmed, and {} on it", stand(count)), mend)
    };
    doubts.into_iter().map(step).collect()
}

/// What somebody's page stands on, and nobody has confirmed.
fn doubts<'a>(catalogue: &'a Catalogue, profile: &Profile, day: Date) -> Vec<Doubt<'a>> {
    let Some((facility, agency)) = catalogue.place(&profile.facility) else { return Vec::new() };
    let of = |folder: &str, id: &str, what, source| Doubt { file: format!("content/{folder}/{id}.yaml"), what, source };
    let or_none = |source: &'a Option<String>| source.as_deref().unwrap_or_default();
    let rule = (!agency.listing.confirmed)
        .then(|| of("agencies", &agency.id, "the rule for listings", or_none(&agency.listing.source)));
    let route = catalogue.route(&profile.facility, day).filter(|route| !route.confirmed).map(|route| {
        let (folder, id) =
            if facility.routes.is_empty() { ("agencies", &agency.id) } else { ("facilities", &facility.id) };
        of(folder, id, "the way of letters", route.source.as_str())
    });
    let address =
        facility.checked.is_none().then(|| of("facilities", &facility.id, "the address", or_none(&facility.source)));
    let services = catalogue.services(&profile.facility).into_iter().flatten();
    let services = services.filter_map(|id| catalogue.services.get(id)).filter(|service| !service.confirmed);
    let services =
        services.map(|service| of("services", &service.id, "the messaging service", service.source.as_str()));
    rule.into_iter().chain(route).chain(address).chain(services).collect()
}

fn stand(count: usize) -> String {
    match count {
        1 => "one page stands".to_owned(),
        count => format!("{count} pages stand"),
    }
}

/// People whose page has no envelope.
fn without_envelope(catalogue: &Catalogue, shown: &[&Profile], day: Date) -> Option<Step> {
    let is_missing = |profile: &&&Profile| matches!(address_of(profile, catalogue, day), Address::Missing(_));
    let without: Vec<&str> = shown.iter().filter(is_missing).map(|profile| profile.id.as_str()).collect();
    let first = without.first()?;
    let what = format!("{} without an envelope, the first of them {first}", people(without.len()));
    Some(Step::new(what, "`inside-out check` says what is missing for each"))
}

fn people(count: usize) -> String {
    match count {
        1 => "one person is".to_owned(),
        count => format!("{count} people are"),
    }
}

fn theirs(count: usize) -> &'static str {
    if count == 1 { "their page" } else { "each of their pages" }
}
