//! How letters travel to a facility on a day, in the words of a language.

use jiff::civil::Date;
use schema::form::Form;
use schema::person::envelope::Gap;
use schema::place::agency::Agency;
use schema::place::catalogue::{Catalogue, routes};
use schema::place::kinds::RuleTopic;
use schema::place::route::{Change, Route, coming};
use schema::place::service::Service;
use schema::submission::kinds::SubmissionKind;
use templates::Strings;
use templates::dates::{day as day_words, grouped};
use templates::views::{MailView, RulesView, ServiceView};

/// What a view is made with.
pub(crate) struct Voice<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) strings: &'a Strings,
    pub(crate) lang: &'a str,
    pub(crate) day: Date,
    pub(crate) forms: &'a [Form],
}

impl Voice<'_> {
    /// A path of this language.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.catalogue.site.prefix(self.lang))
    }

    /// The address of the form of a kind.
    pub(crate) fn address_of(&self, kind: SubmissionKind) -> &str {
        self.forms.iter().find(|form| form.kind == kind).map_or("", |form| &form.address)
    }

    /// `Millford, Franklin`
    pub(crate) fn place(&self, facility: &str) -> String {
        let Some((facility, agency)) = self.catalogue.place(facility) else { return String::new() };
        let jurisdiction =
            self.catalogue.jurisdiction(&agency.jurisdiction).map_or("", |known| known.name.get(self.lang));
        format!("{}, {jurisdiction}", facility.place)
    }
}

/// The mail of a facility.
pub(crate) fn mail_view(voice: &Voice<'_>, facility: &str) -> MailView {
    let Some((facility, agency)) = voice.catalogue.place(facility) else { return MailView::default() };
    let services = facility.services.iter().filter_map(|id| voice.catalogue.services.get(id));
    let services = services.map(|service| service_view(voice, service)).collect();
    let coming = coming_words(voice, agency, routes(facility, agency));
    MailView { services, coming, ..route_view(voice, agency, voice.catalogue.route(&facility.id, voice.day)) }
}

/// The next change of the way that letters travel, in a sentence for writers.
fn coming_words(voice: &Voice<'_>, agency: &Agency, routes: &[Route]) -> Option<String> {
    let (id, day) = match coming(routes, voice.day)? {
        Change::Begins(day) => ("letter-coming", day),
        Change::Ends(day) => ("letter-ending", day),
    };
    let args = [("day", day_words(voice.strings, voice.lang, day)), ("agency", agency.name.clone())];
    Some(voice.strings.format(voice.lang, id, &args))
}

/// How letters travel by a route of an agency.
pub(crate) fn route_view(voice: &Voice<'_>, agency: &Agency, route: Option<&Route>) -> MailView {
    let page = if agency.is_known() { voice.path(&agency_path(agency)) } else { String::new() };
    let named = MailView { agency: agency.name.clone(), page, locator: agency.locator.clone(), ..MailView::default() };
    let Some(route) = route else { return named };
    let originals =
        route.originals_kept.map(|days| voice.strings.count(voice.lang, "mail-originals", "days", days as usize));
    MailView {
        handling: route.handling.word().to_owned(),
        originals,
        rules: rules(voice, route),
        pages: route.pages,
        note: route.note.as_ref().map(|note| note.get(voice.lang).to_owned()),
        source: Some(route.source.clone()),
        checked: Some(day_words(voice.strings, voice.lang, route.checked)),
        unconfirmed: !route.confirmed,
        ..named
    }
}

/// `/mail/franklin-doc/`
pub(crate) fn agency_path(agency: &Agency) -> String {
    format!("/mail/{}/", agency.id)
}

/// The rules of a route by topic, its limits in words among them.
fn rules(voice: &Voice<'_>, route: &Route) -> Vec<RulesView> {
    let count =
        |id: &str, limit: Option<u32>| limit.map(|count| voice.strings.count(voice.lang, id, "count", count as usize));
    let topic = |(word, topic): &(&'static str, RuleTopic)| {
        let named = voice.catalogue.mail_rules.about(*topic, &route.rules);
        let mut rules: Vec<String> = named.map(|rule| rule.words.get(voice.lang).to_owned()).collect();
        match topic {
            RuleTopic::Envelope => rules.extend(count("mail-rule-ounces", route.ounces)),
            RuleTopic::Letter => {
                rules.extend(count("mail-rule-pages", route.pages));
                rules.extend(letter_languages(voice, route));
            }
            RuleTopic::Photos => rules.extend(count("mail-rule-photos", route.photos)),
            RuleTopic::Enclosures => {}
        }
        (!rules.is_empty()).then(|| RulesView { topic: (*word).to_owned(), rules })
    };
    RuleTopic::ALL.iter().filter_map(topic).collect()
}

fn letter_languages(voice: &Voice<'_>, route: &Route) -> Option<String> {
    let names: Vec<&str> =
        route.letter_languages.iter().map(|id| voice.catalogue.languages.name(id, voice.lang)).collect();
    let args = [("languages", names.join(", "))];
    (!names.is_empty()).then(|| voice.strings.format(voice.lang, "mail-rule-languages", &args))
}

pub(crate) fn service_view(voice: &Voice<'_>, service: &Service) -> ServiceView {
    ServiceView {
        id: service.id.clone(),
        name: service.name.clone(),
        first_contact: service.first_contact.word().to_owned(),
        needs: service.needs.as_ref().map(|needs| needs.get(voice.lang).to_owned()),
        most: service.character_limit,
        limit: service.character_limit.map(grouped),
        loses: service.loses.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" "),
        cost: service.cost.as_ref().map(|cost| cost.get(voice.lang).to_owned()),
        sign_up: service.sign_up.clone(),
        source: service.source.clone(),
        checked: day_words(voice.strings, voice.lang, service.checked),
        unconfirmed: !service.confirmed,
    }
}

/// What is missing for an envelope, in a sentence for writers.
pub(crate) fn gap_words(voice: &Voice<'_>, gap: &Gap) -> String {
    let on = |id: &str, day: Date| {
        voice.strings.format(voice.lang, id, &[("day", day_words(voice.strings, voice.lang, day))])
    };
    match gap {
        Gap::NoRoute => voice.strings.text(voice.lang, "gap-no-route"),
        Gap::RouteEnded(day) => on("gap-route-ended", *day),
        Gap::RouteNotYet(day) => on("gap-route-not-yet", *day),
        Gap::LastName => voice.strings.text(voice.lang, "gap-last-name"),
        Gap::Name => voice.strings.text(voice.lang, "gap-name"),
        Gap::NumberLabel => voice.strings.text(voice.lang, "gap-number-label"),
        Gap::Character(_) => voice.strings.text(voice.lang, "gap-character"),
    }
}
