//! What is known of how mail travels, agency by agency: a list of all, and a page for each of which something is known.

use crate::lists::facets::Facet;
use crate::lists::list::ListOf;
use crate::pages::mail::{Voice, agency_path, route_view, service_view};
use crate::pages::plan::Planned;
use crate::pages::render::Renderer;
use anyhow::{Result, bail};
use jiff::civil::Date;
use schema::person::envelope::is_wide;
use schema::place::agency::Agency;
use schema::place::line::{Line, Piece, Slot};
use schema::place::route::Route;
use templates::dates::day as day_words;
use templates::frame::About;
use templates::views::{
    AgenciesView, AgencyGroupView, AgencyRowView, AgencyView, LinkView, OtherMailView, ServiceView,
};

impl Renderer<'_> {
    /// The list of agencies.
    pub(super) fn agencies(&self, page: &Planned) -> Result<String> {
        let voice = self.voice(page);
        let all: Vec<&Agency> = self.site.catalogue.agencies.values().collect();
        let (known, unknown): (Vec<_>, Vec<_>) = all.into_iter().partition(|agency| agency.is_known());
        let (invented, real): (Vec<_>, Vec<_>) = known.into_iter().partition(|agency| agency.invented);
        let both = !invented.is_empty() && !real.is_empty();
        let group = |id: &str, agencies: Vec<&Agency>| AgencyGroupView {
            heading: if both { voice.strings.text(voice.lang, id) } else { String::new() },
            agencies: by_name(&agencies).into_iter().map(|agency| row(&voice, agency)).collect(),
        };
        let groups = [group("agencies-real", real), group("agencies-invented", invented)];
        let view = AgenciesView {
            groups: groups.into_iter().filter(|group| !group.agencies.is_empty()).collect(),
            unknown: by_name(&unknown).into_iter().map(|agency| agency.name.clone()).collect(),
            services: services(&voice),
        };
        let text = |id: &str| voice.strings.text(voice.lang, id);
        let about = About { section: "how", ..self.about(page, text("agencies-heading"), text("agencies-lead")) };
        self.set(page, about, "agencies.html", &view)
    }

    /// One agency.
    pub(super) fn agency(&self, page: &Planned, id: &str) -> Result<String> {
        let voice = self.voice(page);
        let Some(agency) = self.site.catalogue.agencies.get(id) else { bail!("no agency {id}") };
        let route = agency.routes.iter().rev().find(|route| route.holds_on(self.day));
        let envelope = route.map(|route| example(&voice, agency, route)).unwrap_or_default();
        let (listing, reason) = (&agency.listing, agency.listing.reason.as_ref());
        let view = AgencyView {
            name: agency.name.clone(),
            place: voice.jurisdiction(agency).to_owned(),
            wide: is_wide(&envelope),
            envelope,
            mail: route_view(&voice, agency, route),
            since: route.and_then(|route| since(&voice, route)),
            coming: coming(&voice, agency),
            listing: listing.rule.word().to_owned(),
            listing_reason: reason.map(|reason| reason.get(voice.lang).to_owned()),
            listing_source: listing.source.as_ref().map(|(source, _)| source.clone()),
            listing_checked: listing.source.as_ref().map(|(_, checked)| voice.day_words(*checked)),
            listing_unconfirmed: !listing.confirmed,
            other_mail: agency.other_mail.iter().map(|other| other_view(&voice, other)).collect(),
            people: self.people_of(&voice, agency),
        };
        let args = [("agency", view.name.clone())];
        let title = voice.strings.format(voice.lang, "agency-title", &args);
        let description = voice.strings.format(voice.lang, "agency-description", &args);
        let about = About { section: "how", ..self.about(page, title, description) };
        self.set(page, about, "agency.html", &view)
    }

    fn people_of(&self, voice: &Voice<'_>, agency: &Agency) -> Option<LinkView> {
        let path = ListOf::Value(Facet::Jurisdiction, agency.jurisdiction.clone()).path();
        let label =
            voice.strings.format(voice.lang, "agency-people", &[("place", voice.jurisdiction(agency).to_owned())]);
        self.list_paths.contains(&path).then(|| LinkView { label, path: voice.path(&path), count: None })
    }
}

impl Voice<'_> {
    fn jurisdiction(&self, agency: &Agency) -> &str {
        self.catalogue.jurisdiction(&agency.jurisdiction).map_or("", |known| known.name.get(self.lang))
    }

    fn day_words(&self, day: Date) -> String {
        day_words(self.strings, self.lang, day)
    }
}

fn by_name<'a>(agencies: &[&'a Agency]) -> Vec<&'a Agency> {
    let mut sorted = agencies.to_vec();
    sorted.sort_by_cached_key(|agency| (agency.name.to_lowercase(), agency.id.clone()));
    sorted
}

fn row(voice: &Voice<'_>, agency: &Agency) -> AgencyRowView {
    let route = agency.routes.iter().rev().find(|route| route.holds_on(voice.day));
    let listing = agency.listing.source.as_ref().map(|(_, checked)| *checked);
    let checked = route.map(|route| route.checked).max(listing);
    AgencyRowView {
        link: LinkView { label: agency.name.clone(), path: voice.path(&agency_path(agency)), count: None },
        handling: route.map(|route| route.handling.word().to_owned()).unwrap_or_default(),
        listing: agency.listing.rule.word().to_owned(),
        checked: checked.map(|day| voice.day_words(day)),
        unconfirmed: route.is_some_and(|route| !route.confirmed) || (listing.is_some() && !agency.listing.confirmed),
    }
}

/// Services that exist; those made up for a sample only where no other is there.
fn services(voice: &Voice<'_>) -> Vec<ServiceView> {
    let all = &voice.catalogue.services;
    let real = all.values().any(|service| !service.invented);
    let mut shown: Vec<_> = all.values().filter(|service| service.invented != real).collect();
    shown.sort_by_cached_key(|service| service.name.to_lowercase());
    shown.into_iter().map(|service| service_view(voice, service)).collect()
}

fn other_view(voice: &Voice<'_>, other: &schema::place::other_mail::OtherMail) -> OtherMailView {
    OtherMailView {
        kind: other.kind.word().to_owned(),
        note: other.note.get(voice.lang).to_owned(),
        source: other.source.clone(),
    }
}

fn since(voice: &Voice<'_>, route: &Route) -> Option<String> {
    let from = route.from.map(|from| voice.day_words(from));
    let until = route.until.map(|until| voice.day_words(until));
    match (from, until) {
        (Some(from), Some(until)) => {
            Some(voice.strings.format(voice.lang, "agency-from-until", &[("from", from), ("until", until)]))
        }
        (Some(from), None) => Some(voice.strings.format(voice.lang, "agency-since", &[("from", from)])),
        (None, Some(until)) => Some(voice.strings.format(voice.lang, "agency-until", &[("until", until)])),
        (None, None) => None,
    }
}

/// The next change of the way that letters travel.
fn coming(voice: &Voice<'_>, agency: &Agency) -> Option<String> {
    let begins = agency.routes.iter().filter_map(|route| route.from).filter(|from| voice.day < *from).min()?;
    Some(voice.strings.format(voice.lang, "agency-coming", &[("day", voice.day_words(begins))]))
}

/// The envelope of nobody: the agency's lines with words where a person's facts would stand.
fn example(voice: &Voice<'_>, agency: &Agency, route: &Route) -> Vec<String> {
    let text = |id: &str| voice.strings.text(voice.lang, id);
    let mut lines = Vec::new();
    for line in &route.lines {
        if line.slots() == [Slot::FacilityAddress] {
            lines.extend([text("slot-street"), text("slot-town")]);
        } else {
            lines.push(example_line(line, agency, &text));
        }
    }
    lines
}

fn example_line(line: &Line, agency: &Agency, text: &impl Fn(&str) -> String) -> String {
    let number = agency.number.as_ref().and_then(|rule| rule.example.clone());
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Slot(Slot::MailName) => text("slot-name"),
        Piece::Slot(Slot::LastFirst) => text("slot-last-first"),
        Piece::Slot(Slot::Number) => number.clone().unwrap_or_else(|| text("slot-number")),
        Piece::Slot(Slot::NumberLabel) => agency.number_label().to_owned(),
        Piece::Slot(Slot::Facility) => text("slot-facility"),
        Piece::Slot(Slot::Housing) => text("slot-housing"),
        Piece::Slot(Slot::FacilityAddress) => text("slot-street"),
    };
    line.0.iter().map(piece).collect()
}
