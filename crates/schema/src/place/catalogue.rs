//! Everything that profiles and forms refer to, checked and indexed by id.

use crate::place::agency::Agency;
use crate::place::changed::Changed;
use crate::place::facility::Facility;
use crate::place::interests::Interests;
use crate::place::jurisdiction::Jurisdiction;
use crate::place::mail_rules::MailRules;
use crate::place::route::Route;
use crate::place::service::Service;
use crate::record::facts::{Facts, Set};
use crate::record::vocabulary::Vocabulary;
use crate::site::crawlers::Crawlers;
use crate::site::settings::SiteSettings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The site's facts and words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// The site itself.
    pub site: SiteSettings,
    /// States and countries, in the order of their file.
    pub jurisdictions: Vec<(String, Jurisdiction)>,
    /// Agencies by id.
    pub agencies: BTreeMap<String, Agency>,
    /// Facilities by id.
    pub facilities: BTreeMap<String, Facility>,
    /// Ids whose file is there and could not be read: what is wrong with it is said once, not wherever it is named.
    #[serde(skip)]
    pub unread: BTreeMap<Set, Vec<String>>,
    /// Messaging services by id.
    pub services: BTreeMap<String, Service>,
    /// What people like, by kind.
    pub interests: Interests,
    /// What letters may be written in.
    pub languages: Vocabulary,
    /// Kinds of tie that people hope for.
    pub looking_for: Vocabulary,
    /// Rules for letters, one sentence each.
    pub mail_rules: MailRules,
    /// Crawlers that are asked to stay out.
    #[serde(default)]
    pub crawlers: Option<Crawlers>,
    /// Cited pages that may say something else now. Only pages of the site tell of them, so nobody else is sent them.
    #[serde(skip)]
    pub changed: Changed,
}

impl Facts for Catalogue {
    fn languages(&self) -> Vec<&str> {
        match self.site.languages.as_slice() {
            [] => vec!["en"],
            languages => languages.iter().map(String::as_str).collect(),
        }
    }

    fn may_be_sample(&self) -> bool {
        self.site.sample || self.site.name.is_empty()
    }

    fn has(&self, set: Set, id: &str) -> bool {
        let is_unread = || self.unread.get(&set).is_some_and(|unread| unread.iter().any(|unread| unread == id));
        match set {
            Set::Agencies => self.agencies.contains_key(id) || is_unread(),
            Set::AgenciesEver => {
                self.has(Set::Agencies, id) || self.agencies.values().any(|agency| agency.was_ever(id))
            }
            Set::Facilities => self.facilities.contains_key(id) || is_unread(),
            Set::Services => self.services.contains_key(id) || is_unread(),
            Set::Interests => may_be(&mut self.interests.iter().map(|(id, _)| id), id),
            Set::Jurisdictions => may_be(&mut self.jurisdictions.iter().map(|(id, _)| id.as_str()), id),
            Set::Languages => may_be(&mut self.languages.iter().map(|(id, _)| id), id),
            Set::LookingFor => may_be(&mut self.looking_for.iter().map(|(id, _)| id), id),
            Set::MailRules => may_be(&mut self.mail_rules.ids(), id),
        }
    }

    fn ids(&self, set: Set) -> Vec<&str> {
        match set {
            Set::Agencies | Set::AgenciesEver => self.files(Set::Agencies, self.agencies.keys()),
            Set::Facilities => self.files(set, self.facilities.keys()),
            Set::Services => self.files(set, self.services.keys()),
            Set::Interests => self.interests.ids(),
            Set::Jurisdictions => self.jurisdictions.iter().map(|(id, _)| id.as_str()).collect(),
            Set::Languages => self.languages.ids(),
            Set::LookingFor => self.looking_for.ids(),
            Set::MailRules => self.mail_rules.ids().collect(),
        }
    }
}

/// Whether an id is one of these. Of a vocabulary that could not be read, and so has none, nobody knows which it was to hold.
fn may_be(ids: &mut dyn Iterator<Item = &str>, id: &str) -> bool {
    let mut ids = ids.peekable();
    ids.peek().is_none() || ids.any(|known| known == id)
}

impl Catalogue {
    fn files<'a>(&'a self, set: Set, read: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
        read.chain(self.unread.get(&set).into_iter().flatten()).map(String::as_str).collect()
    }

    /// A facility with the agency that runs it.
    pub fn place(&self, facility: &str) -> Option<(&Facility, &Agency)> {
        let facility = self.facilities.get(facility)?;
        Some((facility, self.agencies.get(&facility.agency)?))
    }

    /// The route of personal post to a facility on a day: its own, or else its agency's.
    pub fn route(&self, facility: &str, day: jiff::civil::Date) -> Option<&Route> {
        let (facility, agency) = self.place(facility)?;
        routes(facility, agency).iter().rev().find(|route| route.holds_on(day))
    }

    /// The messaging services of a facility: its own, or else its agency's; nothing where nobody has found out.
    pub fn services(&self, facility: &str) -> Option<&[String]> {
        let (facility, agency) = self.place(facility)?;
        facility.services.as_ref().or(agency.services.as_ref()).map(Vec::as_slice)
    }

    /// A jurisdiction by id.
    pub fn jurisdiction(&self, id: &str) -> Option<&Jurisdiction> {
        self.jurisdictions.iter().find(|(known, _)| known == id).map(|(_, jurisdiction)| jurisdiction)
    }
}

/// The routes of personal post to a facility: its own, or else its agency's.
pub fn routes<'a>(facility: &'a Facility, agency: &'a Agency) -> &'a [Route] {
    if facility.routes.is_empty() { &agency.routes } else { &facility.routes }
}
