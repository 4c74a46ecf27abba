//! The same facts as tables for a spreadsheet: what is most asked for, a row for each place, each row with source, day and license.

use anyhow::Result;
use csv::Writer;
use jiff::civil::Date;
use schema::place::agency::Agency;
use schema::place::catalogue::{Catalogue, routes};
use schema::place::route::Route;
use schema::place::source::Source;
use schema::record::words::Translated;

/// What stands between several values in one cell.
const BETWEEN: &str = " | ";

/// Columns that tell how personal post travels.
const MAIL: [&str; 13] = [
    "mail_arrives",
    "mail_shade",
    "mail_handler",
    "mail_company",
    "mail_opened_in",
    "mail_lines",
    "mail_rules",
    "mail_pages",
    "mail_photos",
    "mail_source",
    "mail_source_kind",
    "mail_checked",
    "mail_confirmed",
];

/// Agencies.
pub(super) fn agencies(catalogue: &Catalogue, day: Date) -> Result<Vec<u8>> {
    let heads = ["id", "name", "jurisdiction", "number_label", "number_pattern", "locator"];
    let listing = ["listing", "listing_source", "listing_source_kind", "listing_checked", "listing_confirmed"];
    let rows = catalogue.agencies.values().map(|agency| {
        let route = agency.routes.iter().rev().find(|route| route.holds_on(day));
        let pattern = agency.number_pattern().cloned().map(String::from);
        let own = [&agency.id, &agency.name, &agency.jurisdiction, agency.number_label()].map(str::to_owned);
        let own = own.into_iter().chain([pattern.unwrap_or_default(), agency.locator.clone().unwrap_or_default()]);
        let known = [list(agency.services.as_deref().unwrap_or_default()), agency.invented.to_string()];
        own.chain(said_of_listing(agency)).chain(mail(agency, route)).chain(known).collect()
    });
    let heads = heads.iter().chain(&listing).chain(&MAIL).chain(&["services", "invented"]);
    table(catalogue, heads.copied().collect(), rows)
}

fn said_of_listing(agency: &Agency) -> [String; 5] {
    let listing = &agency.listing;
    let (source, checked) = (listing.source.clone().unwrap_or_default(), words(listing.checked));
    let kind = kind_of(&agency.sources, &source);
    [listing.rule.word().to_owned(), source, kind, checked, words(listing.checked.map(|_| listing.confirmed))]
}

/// Facilities, each with its own services and way of post, or its agency's.
pub(super) fn facilities(catalogue: &Catalogue, day: Date) -> Result<Vec<u8>> {
    let heads = ["id", "name", "other_names", "agency", "code", "place", "address", "visiting_address", "services"];
    let rows = catalogue.facilities.values().filter_map(|facility| {
        let agency = catalogue.agencies.get(&facility.agency)?;
        let route = routes(facility, agency).iter().rev().find(|route| route.holds_on(day));
        let own = [
            facility.id.clone(),
            facility.name.clone(),
            list(&facility.other_names),
            facility.agency.clone(),
            facility.code.clone().unwrap_or_default(),
            facility.place.clone(),
            list(&facility.address),
            list(&facility.visiting_address),
            list(catalogue.services(&facility.id).unwrap_or_default()),
            facility.source.clone().unwrap_or_default(),
            words(facility.checked),
        ];
        Some(own.into_iter().chain(mail(agency, route)).collect())
    });
    table(catalogue, heads.iter().chain(&["source", "checked"]).chain(&MAIL).copied().collect(), rows)
}

/// Messaging services, in the site's first language.
pub(super) fn services(catalogue: &Catalogue) -> Result<Vec<u8>> {
    let heads = ["id", "name", "first_contact", "needs", "character_limit", "loses", "cost", "sign_up"];
    let said = ["source", "source_kind", "checked", "confirmed", "invented"];
    let language = catalogue.site.first_language();
    let rows = catalogue.services.values().map(|service| {
        let text = |words: &Option<Translated>| words.as_ref().map_or("", |words| words.get(language)).to_owned();
        let loses: Vec<&str> = service.loses.iter().map(|lost| lost.word()).collect();
        vec![
            service.id.clone(),
            service.name.clone(),
            service.first_contact.word().to_owned(),
            text(&service.needs),
            words(service.character_limit),
            loses.join(BETWEEN),
            text(&service.cost),
            service.sign_up.clone(),
            service.source.clone(),
            kind_of(&service.sources, &service.source),
            service.checked.to_string(),
            service.confirmed.to_string(),
            service.invented.to_string(),
        ]
    });
    table(catalogue, heads.iter().chain(&said).copied().collect(), rows)
}

fn mail(agency: &Agency, route: Option<&Route>) -> Vec<String> {
    let Some(route) = route else { return vec![String::new(); MAIL.len()] };
    let lines: Vec<String> = route.lines.iter().map(ToString::to_string).collect();
    vec![
        route.arrives.map_or("", |word| word.word()).to_owned(),
        route.shade.map_or("", |word| word.word()).to_owned(),
        route.handler.map_or("", |word| word.word()).to_owned(),
        route.company.clone().unwrap_or_default(),
        route.opened_in.clone().unwrap_or_default(),
        list(&lines),
        list(&route.rules),
        words(route.pages),
        words(route.photos),
        route.source.clone(),
        kind_of(&agency.sources, &route.source),
        route.checked.to_string(),
        route.confirmed.to_string(),
    ]
}

/// Whose words a page is, where it is among the sources.
fn kind_of(sources: &[Source], url: &str) -> String {
    sources.iter().find(|source| source.url == url).map_or("", |source| source.kind.word()).to_owned()
}

fn words<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn list(values: &[String]) -> String {
    values.join(BETWEEN)
}

/// Heads and rows, each row with the license at its end.
fn table(catalogue: &Catalogue, heads: Vec<&str>, rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let license = catalogue.site.license_of_facts();
    let mut table = Writer::from_writer(Vec::new());
    table.write_record(heads.into_iter().chain(["license"]))?;
    for row in rows {
        table.write_record(row.iter().map(String::as_str).chain([license]))?;
    }
    Ok(table.into_inner()?)
}
