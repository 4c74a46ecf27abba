//! How mail travels to the people of one agency.

use crate::ledger::Kind;
use crate::lists::facets::Facet;
use crate::lists::list::ListOf;
use crate::pages::mail::{agency_path, changed_words, coming_words, route_view};
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use schema::person::envelope::is_wide;
use schema::place::agency::Agency;
use schema::place::kinds::QuotedFor;
use schema::place::line::{Line, Piece, Slot};
use schema::place::route::Route;
use schema::place::source::Source;
use templates::context::PageContext;
use templates::texts::{self, Text};
use templates::views::{AgencyView, LinkView, OtherMailView, SourceView};

/// One agency of which something is known.
struct Known<'a>(&'a Agency);

pub(super) fn plan<'a>(scene: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    let page = |agency: &'a Agency| {
        let source = format!("content/agencies/{}.yaml", agency.id);
        Page::of_file(lang, agency_path(agency), source, Known(agency))
    };
    scene.content.catalogue.agencies.values().filter(|agency| agency.is_known()).map(page).collect()
}

impl Body for Known<'_> {
    fn kind(&self) -> Kind {
        Kind::Agency
    }

    fn template(&self) -> &'static str {
        "agency.html"
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let Known(agency) = self;
        let context = scene.context(page.lang);
        let view = view(&context, agency, people_of(scene, &context, agency));
        let on = |text| context.format(text, [view.name.clone()]);
        let about = page.about(on(texts::AGENCY_TITLE), on(texts::AGENCY_DESCRIPTION));
        page.set(scene, about, &view)
    }
}

fn view(context: &PageContext<'_>, agency: &Agency, people: Option<LinkView>) -> AgencyView {
    let route = agency.routes.iter().rev().find(|route| route.holds_on(context.day));
    let envelope = route.map(|route| example(context, agency, route)).unwrap_or_default();
    let (listing, reason) = (&agency.listing, agency.listing.reason.as_ref());
    AgencyView {
        name: agency.name.clone(),
        place: context.jurisdiction(agency).to_owned(),
        wide: is_wide(&envelope),
        envelope,
        mail: route_view(context, agency, route),
        since: route.and_then(|route| since(context, route)),
        coming: coming_words(context, agency, &agency.routes),
        listing: listing.rule.word().to_owned(),
        listing_reason: reason.map(|reason| reason.get(context.lang).to_owned()),
        listing_source: listing.source.clone(),
        listing_heard: listing.heard.as_ref().map(|how| how.get(context.lang).to_owned()),
        listing_checked: listing.checked.map(|day| context.day_words(day)),
        listing_unconfirmed: !listing.confirmed,
        listing_changed: changed_words(context, &agency.sources, &[QuotedFor::Listing]),
        other_mail_changed: changed_words(context, &agency.sources, &[QuotedFor::OtherMail]),
        sources: agency.sources.iter().map(|source| source_view(context, source)).collect(),
        other_mail: agency.other_mail.iter().map(|other| other_view(context, other)).collect(),
        people,
    }
}

/// The list of people in the agency's state or country, where there is one.
fn people_of(scene: &Scene<'_>, context: &PageContext<'_>, agency: &Agency) -> Option<LinkView> {
    let path = ListOf::Value(Facet::Jurisdiction, agency.jurisdiction.clone()).path();
    let label = context.format(texts::AGENCY_PEOPLE, [context.jurisdiction(agency).to_owned()]);
    scene.has_list(&path).then(|| LinkView { label, path: context.path(&path), count: None })
}

fn other_view(context: &PageContext<'_>, other: &schema::place::other_mail::OtherMail) -> OtherMailView {
    OtherMailView {
        kind: other.kind.word().to_owned(),
        note: other.note.get(context.lang).to_owned(),
        source: other.source.clone(),
    }
}

fn source_view(context: &PageContext<'_>, source: &Source) -> SourceView {
    let host = source.url.split('/').nth(2).unwrap_or_default();
    SourceView {
        url: source.url.clone(),
        host: host.strip_prefix("www.").unwrap_or(host).to_owned(),
        kind: source.kind.word().to_owned(),
        read: context.day_words(source.read),
        stored: source.stored,
        dated: source.dated.clone(),
        quotes: source.quotes.iter().map(|quote| quote.words.clone()).collect(),
    }
}

fn since(context: &PageContext<'_>, route: &Route) -> Option<String> {
    let from = route.from.map(|from| context.day_words(from));
    let until = route.until.map(|until| context.day_words(until));
    match (from, until) {
        (Some(from), Some(until)) => Some(context.format(texts::AGENCY_FROM_UNTIL, [from, until])),
        (Some(from), None) => Some(context.format(texts::AGENCY_SINCE, [from])),
        (None, Some(until)) => Some(context.format(texts::AGENCY_UNTIL, [until])),
        (None, None) => None,
    }
}

/// The envelope of nobody: the agency's lines with words where a person's facts would stand.
fn example(context: &PageContext<'_>, agency: &Agency, route: &Route) -> Vec<String> {
    let text = |text| context.text(text);
    let mut lines = Vec::new();
    for line in &route.lines {
        if line.slots() == [Slot::FacilityAddress] {
            lines.extend([text(texts::SLOT_STREET), text(texts::SLOT_TOWN)]);
        } else {
            lines.push(example_line(line, agency, &text));
        }
    }
    lines
}

fn example_line(line: &Line, agency: &Agency, text: &impl Fn(Text) -> String) -> String {
    let number = agency.number.as_ref().and_then(|rule| rule.example.clone());
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Slot(Slot::MailName) => text(texts::SLOT_NAME),
        Piece::Slot(Slot::LastFirst) => text(texts::SLOT_LAST_FIRST),
        Piece::Slot(Slot::Number) => number.clone().unwrap_or_else(|| text(texts::SLOT_NUMBER)),
        Piece::Slot(Slot::NumberLabel) => agency.number_label().to_owned(),
        Piece::Slot(Slot::Facility) => text(texts::SLOT_FACILITY),
        Piece::Slot(Slot::FacilityCode) => text(texts::SLOT_CODE),
        Piece::Slot(Slot::Housing) => text(texts::SLOT_HOUSING),
        Piece::Slot(Slot::FacilityAddress) => text(texts::SLOT_STREET),
    };
    line.0.iter().map(piece).collect()
}
