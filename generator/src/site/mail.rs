//! How letters travel to a facility on a day, in the words of a language.

use jiff::civil::Date;
use schema::catalogue::Catalogue;
use schema::route::Route;
use templates::Strings;
use templates::dates::{day as day_words, grouped};
use templates::views::{MailView, ServiceView};

/// What a view is made with.
pub(crate) struct Voice<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) strings: &'a Strings,
    pub(crate) lang: &'a str,
    pub(crate) day: Date,
}

impl Voice<'_> {
    /// A path of this language.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.catalogue.site.prefix(self.lang))
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
    let route = voice.catalogue.route(facility, voice.day);
    let place = voice.catalogue.place(facility);
    let services =
        place.iter().flat_map(|(facility, _)| &facility.services).filter_map(|id| service_view(voice, id)).collect();
    MailView {
        agency: place.map(|(_, agency)| agency.name.clone()).unwrap_or_default(),
        handling: route.map(|route| route.handling.word().to_owned()).unwrap_or_default(),
        rules: route.map(|route| rules(voice, route)).unwrap_or_default(),
        note: route.and_then(|route| route.note.as_ref()).map(|note| note.get(voice.lang).to_owned()),
        services,
        locator: place.and_then(|(_, agency)| agency.locator.clone()),
        source: route.map(|route| route.source.clone()),
        checked: route.map(|route| day_words(voice.strings, voice.lang, route.checked)),
    }
}

fn rules(voice: &Voice<'_>, route: &Route) -> Vec<String> {
    let mut rules: Vec<String> =
        route.rules.iter().map(|id| voice.catalogue.mail_rules.name(id, voice.lang).to_owned()).collect();
    let limits = [("mail-rule-pages", route.pages), ("mail-rule-photos", route.photos)];
    for (id, limit) in limits {
        rules.extend(limit.map(|count| voice.strings.count(voice.lang, id, "count", count as usize)));
    }
    rules
}

fn service_view(voice: &Voice<'_>, id: &str) -> Option<ServiceView> {
    let service = voice.catalogue.services.get(id)?;
    Some(ServiceView {
        name: service.name.clone(),
        first_contact: service.first_contact.word().to_owned(),
        needs: service.needs.get(voice.lang).to_owned(),
        limit: service.character_limit.map(grouped),
        cost: service.cost.as_ref().map(|cost| cost.get(voice.lang).to_owned()),
        sign_up: service.sign_up.clone(),
    })
}
