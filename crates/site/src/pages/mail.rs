//! How letters travel to a facility on a day, in the words of a language.

use jiff::civil::Date;
use schema::person::envelope::Gap;
use schema::place::agency::Agency;
use schema::place::catalogue::routes;
use schema::place::kinds::{Arrival, Handler, PageCount, QuotedFor, RuleTopic};
use schema::place::route::{Change, Route, coming};
use schema::place::service::Service;
use schema::place::source::Source;
use schema::record::words::Translated;
use templates::context::PageContext;
use templates::dates::grouped;
use templates::texts::{self, Text};
use templates::views::{MailView, RulesView, ServiceView};

/// The mail of a facility.
pub(crate) fn mail_view(context: &PageContext<'_>, facility: &str) -> MailView {
    let Some((facility, agency)) = context.catalogue.place(facility) else { return MailView::default() };
    let named = context.catalogue.services(&facility.id);
    let services = named.unwrap_or_default().iter().filter_map(|id| context.catalogue.services.get(id));
    let services = services.map(|service| service_view(context, service)).collect();
    let services_known = named.is_some();
    let coming = coming_words(context, agency, routes(facility, agency));
    // Of ways of its own, the agency's sources say nothing.
    let facts: &[QuotedFor] =
        if facility.routes.is_empty() { &[QuotedFor::Routes, QuotedFor::Number] } else { &[QuotedFor::Number] };
    MailView {
        services,
        services_known,
        coming,
        changed: changed_words(context, &agency.sources, facts),
        // Services that are the facility's own are not those that the agency's sources name.
        services_changed: facility
            .services
            .is_none()
            .then(|| changed_words(context, &agency.sources, &[QuotedFor::Services]))
            .flatten(),
        ..route_view(context, agency, context.catalogue.route(&facility.id, context.day))
    }
}

/// That facts may have changed at a source which nobody has read since, in a sentence.
pub(super) fn changed_words(context: &PageContext<'_>, sources: &[Source], facts: &[QuotedFor]) -> Option<String> {
    let since = context.catalogue.changed.since(sources, facts)?;
    Some(context.format(texts::MAIL_MAY_HAVE_CHANGED, [context.day_words(since)]))
}

/// The next change of the way that letters travel, in a sentence for writers.
pub(super) fn coming_words(context: &PageContext<'_>, agency: &Agency, routes: &[Route]) -> Option<String> {
    let (text, day) = match coming(routes, context.day)? {
        Change::Begins(day) => (texts::LETTER_COMING, day),
        Change::Ends(day) => (texts::LETTER_ENDING, day),
    };
    Some(context.format(text, [context.day_words(day), agency.name.clone()]))
}

/// How letters travel by a route of an agency.
pub(crate) fn route_view(context: &PageContext<'_>, agency: &Agency, route: Option<&Route>) -> MailView {
    let page = if agency.is_known() { context.path(&agency_path(agency)) } else { String::new() };
    let named = MailView { agency: agency.name.clone(), page, locator: agency.locator.clone(), ..MailView::default() };
    let Some(route) = route else { return named };
    MailView {
        known: true,
        whole: route.arrives == Some(Arrival::Original),
        arrives: arrives(context, route),
        rules: rules(context, route),
        pages: route.sheets(),
        note: route.note.as_ref().map(|note| note.get(context.lang).to_owned()),
        source: Some(route.source.clone()),
        checked: Some(context.day_words(route.checked)),
        unconfirmed: !route.confirmed,
        changed: changed_words(context, &agency.sources, &[QuotedFor::Routes, QuotedFor::Number]),
        ..named
    }
}

/// What arrives, who opens it, what becomes of the paper, how to follow it: a sentence each, of what is known.
fn arrives(context: &PageContext<'_>, route: &Route) -> Vec<String> {
    let words = |words: &Translated| words.get(context.lang).to_owned();
    let shade = route.shade.filter(|_| route.arrives != Some(Arrival::Original));
    let sentences = [
        Some(arrival(context, route)),
        shade.map(|shade| context.text(texts::MAIL_SHADE.of(shade))),
        opened(context, route),
        route.originals_kept.map(|days| context.count(texts::MAIL_ORIGINALS, days as usize)),
        route.originals_back.as_ref().map(words),
        route.follow.as_ref().map(words),
    ];
    sentences.into_iter().flatten().collect()
}

/// What arrives, in a sentence.
pub(super) fn arrival(context: &PageContext<'_>, route: &Route) -> String {
    route.arrives.map_or_else(
        || context.text(texts::MAIL_ARRIVES_UNKNOWN),
        |arrives| context.text(texts::MAIL_ARRIVES.of(arrives)),
    )
}

/// Who opens it, and where, in a sentence; none where nobody knows.
fn opened(context: &PageContext<'_>, route: &Route) -> Option<String> {
    let place = route.opened_in.clone();
    Some(match (route.handler?, route.company.clone(), place) {
        (Handler::Staff, _, None) => context.text(texts::MAIL_OPENED_STAFF),
        (Handler::Staff, _, Some(place)) => context.format(texts::MAIL_OPENED_STAFF_IN, [place]),
        (Handler::Company, None, None) => context.text(texts::MAIL_OPENED_COMPANY),
        (Handler::Company, None, Some(place)) => context.format(texts::MAIL_OPENED_COMPANY_IN, [place]),
        (Handler::Company, Some(name), None) => context.format(texts::MAIL_OPENED_BY, [name]),
        (Handler::Company, Some(name), Some(place)) => context.format(texts::MAIL_OPENED_BY_IN, [name, place]),
    })
}

/// `/mail/franklin-doc/`
pub(crate) fn agency_path(agency: &Agency) -> String {
    format!("/mail/{}/", agency.id)
}

/// The rules of a route by topic, its limits in words among them.
fn rules(context: &PageContext<'_>, route: &Route) -> Vec<RulesView> {
    let count = |text: Text<1>, limit: Option<u32>| limit.map(|count| context.count(text, count as usize));
    let topic = |(word, topic): &(&'static str, RuleTopic)| {
        let named = context.catalogue.mail_rules.about(*topic, &route.rules);
        let mut rules: Vec<String> = named.map(|rule| rule.words.get(context.lang).to_owned()).collect();
        match topic {
            RuleTopic::Envelope => rules.extend(count(texts::MAIL_RULE_OUNCES, route.ounces)),
            RuleTopic::Letter => {
                rules.extend(pages(context, route));
                rules.extend(letter_languages(context, route));
            }
            RuleTopic::Photos => rules.extend(count(texts::MAIL_RULE_PHOTOS, route.photos)),
            RuleTopic::Enclosures => {}
        }
        (!rules.is_empty()).then(|| RulesView { topic: (*word).to_owned(), rules })
    };
    RuleTopic::ALL.iter().filter_map(topic).collect()
}

/// How many pages may come, and what counts as one.
fn pages(context: &PageContext<'_>, route: &Route) -> Option<String> {
    let (most, sheets) = (route.pages? as usize, route.sheets()? as usize);
    Some(match route.pages_counted {
        None => context.count(texts::MAIL_RULE_PAGES, most),
        Some(PageCount::Sheets) => context.count(texts::MAIL_RULE_SHEETS, most),
        Some(PageCount::Sides) => context.count(texts::MAIL_RULE_SIDES, most),
        Some(PageCount::WithEnvelope) => context.count(texts::MAIL_RULE_WITH_ENVELOPE, sheets),
    })
}

fn letter_languages(context: &PageContext<'_>, route: &Route) -> Option<String> {
    let names: Vec<&str> =
        route.letter_languages.iter().map(|id| context.catalogue.languages.name(id, context.lang)).collect();
    (!names.is_empty()).then(|| context.format(texts::MAIL_RULE_LANGUAGES, [names.join(", ")]))
}

/// What is shown of a service.
const SERVICE_FACTS: &[QuotedFor] = &[
    QuotedFor::FirstContact,
    QuotedFor::Needs,
    QuotedFor::CharacterLimit,
    QuotedFor::Loses,
    QuotedFor::Cost,
    QuotedFor::SignUp,
];

pub(crate) fn service_view(context: &PageContext<'_>, service: &Service) -> ServiceView {
    ServiceView {
        id: service.id.clone(),
        name: service.name.clone(),
        first_contact: service.first_contact.word().to_owned(),
        needs: service.needs.as_ref().map(|needs| needs.get(context.lang).to_owned()),
        most: service.character_limit,
        limit: service.character_limit.map(grouped),
        loses: service.loses.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" "),
        cost: service.cost.as_ref().map(|cost| cost.get(context.lang).to_owned()),
        sign_up: service.sign_up.clone(),
        source: service.source.clone(),
        checked: context.day_words(service.checked),
        unconfirmed: !service.confirmed,
        changed: changed_words(context, &service.sources, SERVICE_FACTS),
    }
}

/// What is missing for an envelope, in a sentence for writers.
pub(crate) fn gap_words(context: &PageContext<'_>, gap: &Gap) -> String {
    let on = |text: Text<1>, day: Date| context.format(text, [context.day_words(day)]);
    match gap {
        Gap::NoRoute => context.text(texts::GAP_NO_ROUTE),
        Gap::RouteEnded(day) => on(texts::GAP_ROUTE_ENDED, *day),
        Gap::RouteNotYet(day) => on(texts::GAP_ROUTE_NOT_YET, *day),
        Gap::LastName => context.text(texts::GAP_LAST_NAME),
        Gap::Name => context.text(texts::GAP_NAME),
        Gap::NumberLabel => context.text(texts::GAP_NUMBER_LABEL),
        Gap::FacilityCode => context.text(texts::GAP_FACILITY_CODE),
        Gap::FacilityAddress => context.text(texts::GAP_FACILITY_ADDRESS),
        Gap::Character(_) => context.text(texts::GAP_CHARACTER),
    }
}
