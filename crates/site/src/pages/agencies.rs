//! What is known of how mail travels: a list of all agencies.

use crate::facts;
use crate::ledger::Kind;
use crate::pages::mail::{agency_path, arrival, changed_words, service_view};
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use schema::place::agency::Agency;
use schema::place::kinds::QuotedFor;
use std::collections::BTreeMap;
use templates::context::PageContext;
use templates::texts::{self, Text};
use templates::views::{AgenciesView, AgencyGroupView, AgencyRowView, LinkView, ServiceView};

struct Agencies;

pub(super) fn plan<'a>(scene: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    let any = !scene.content.catalogue.agencies.is_empty();
    any.then(|| Page::of_template(lang, "/mail/", Agencies)).into_iter().collect()
}

impl Body for Agencies {
    fn kind(&self) -> Kind {
        Kind::Agencies
    }

    fn template(&self) -> &'static str {
        "agencies.html"
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let context = scene.context(page.lang);
        let all: Vec<&Agency> = context.catalogue.agencies.values().collect();
        let (known, unknown): (Vec<_>, Vec<_>) = all.into_iter().partition(|agency| agency.is_known());
        let (invented, real): (Vec<_>, Vec<_>) = known.into_iter().partition(|agency| agency.invented);
        let both = !invented.is_empty() && !real.is_empty();
        let group = |text: Text, agencies: Vec<&Agency>| {
            let heading = if both { context.text(text) } else { String::new() };
            agency_group(heading, by_name(&agencies).into_iter().map(|agency| row(&context, agency)).collect())
        };
        let services = services(&context);
        let groups = [group(texts::AGENCIES_REAL, real), group(texts::AGENCIES_INVENTED, invented)];
        let view = AgenciesView {
            groups: groups.into_iter().filter(|group| !group.agencies.is_empty()).collect(),
            unknown: by_name(&unknown).into_iter().map(|agency| agency.name.clone()).collect(),
            services_checked: most_frequent(services.iter().map(|service| service.checked.as_str())),
            services,
            license: context.catalogue.site.license_of_facts().to_owned(),
            files: facts::PATHS.map(file).to_vec(),
        };
        let about = page.about(context.text(texts::AGENCIES_HEADING), context.text(texts::AGENCIES_LEAD));
        page.set(scene, about, &view)
    }
}

fn by_name<'a>(agencies: &[&'a Agency]) -> Vec<&'a Agency> {
    let mut sorted = agencies.to_vec();
    sorted.sort_by_cached_key(|agency| (agency.name.to_lowercase(), agency.id.clone()));
    sorted
}

fn agency_group(heading: String, agencies: Vec<AgencyRowView>) -> AgencyGroupView {
    let days: Option<Vec<&str>> = agencies.iter().map(|row| row.checked.as_deref()).collect();
    AgencyGroupView {
        heading,
        checked: days.and_then(|days| most_frequent(days.into_iter())),
        unconfirmed: agencies.iter().all(|row| row.unconfirmed),
        agencies,
    }
}

/// The day that is said most often; of several, the one whose words come last.
fn most_frequent<'a>(days: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    days.for_each(|day| *counts.entry(day).or_default() += 1);
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(day, _)| day.to_owned())
}

fn row(context: &PageContext<'_>, agency: &Agency) -> AgencyRowView {
    let route = agency.routes.iter().rev().find(|route| route.holds_on(context.day));
    let listing = agency.listing.checked;
    // Of some only a number or a service is known, and where it was read.
    let read = agency.sources.iter().map(|source| source.read).max();
    let said = route.map(|route| route.checked).max(listing);
    AgencyRowView {
        id: agency.id.clone(),
        state: context.jurisdiction(agency).to_owned(),
        link: LinkView { label: agency.name.clone(), path: context.path(&agency_path(agency)), count: None },
        arrives: match route {
            Some(route) => arrival(context, route),
            None => context.text(texts::MAIL_ROUTE_UNKNOWN),
        },
        listing: agency.listing.rule.word().to_owned(),
        checked: said.or(read).map(|day| context.day_words(day)),
        unconfirmed: route.is_some_and(|route| !route.confirmed)
            || (listing.is_some() && !agency.listing.confirmed)
            || said.is_none(),
        changed: changed_words(context, &agency.sources, &[QuotedFor::Routes, QuotedFor::Listing]),
    }
}

/// A file of facts, which is the same in every language.
fn file(path: &str) -> LinkView {
    LinkView { label: path.trim_start_matches("/data/").to_owned(), path: path.to_owned(), count: None }
}

/// Services that exist; those made up for a sample only where no other is there.
fn services(context: &PageContext<'_>) -> Vec<ServiceView> {
    let all = &context.catalogue.services;
    let real = all.values().any(|service| !service.invented);
    let mut shown: Vec<_> = all.values().filter(|service| service.invented != real).collect();
    shown.sort_by_cached_key(|service| service.name.to_lowercase());
    shown.into_iter().map(|service| service_view(context, service)).collect()
}
