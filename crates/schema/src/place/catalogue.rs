//! Everything that profiles and forms refer to, checked and indexed by id.

use crate::place::agency::Agency;
use crate::place::facility::Facility;
use crate::place::jurisdiction::Jurisdiction;
use crate::place::mail_rules::MailRules;
use crate::place::route::Route;
use crate::place::service::Service;
use crate::record::checker::Known;
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
    pub jurisdictions: Vec<Jurisdiction>,
    /// Agencies by id.
    pub agencies: BTreeMap<String, Agency>,
    /// Facilities by id.
    pub facilities: BTreeMap<String, Facility>,
    /// Facilities whose file is there and could not be read: what is wrong with it is said once, not at every person there.
    #[serde(skip)]
    pub unread_facilities: Vec<String>,
    /// Messaging services by id.
    pub services: BTreeMap<String, Service>,
    /// What people like.
    pub interests: Vocabulary,
    /// What letters may be written in.
    pub languages: Vocabulary,
    /// Kinds of tie that people hope for.
    pub looking_for: Vocabulary,
    /// Rules for letters, one sentence each.
    pub mail_rules: MailRules,
    /// Crawlers that are asked to stay out.
    #[serde(default)]
    pub crawlers: Crawlers,
}

/// The facilities that a file may name.
pub(crate) struct FacilityNames<'a>(pub(crate) &'a Catalogue);

impl Known for FacilityNames<'_> {
    fn has(&self, id: &str) -> bool {
        self.0.facilities.contains_key(id) || self.0.unread_facilities.iter().any(|unread| unread == id)
    }
    fn all(&self) -> Vec<&str> {
        self.0.facilities.keys().chain(&self.0.unread_facilities).map(String::as_str).collect()
    }
}

impl Catalogue {
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

    /// A jurisdiction by id.
    pub fn jurisdiction(&self, id: &str) -> Option<&Jurisdiction> {
        self.jurisdictions.iter().find(|known| known.id == id)
    }
}

/// The routes of personal post to a facility: its own, or else its agency's.
pub fn routes<'a>(facility: &'a Facility, agency: &'a Agency) -> &'a [Route] {
    if facility.routes.is_empty() { &agency.routes } else { &facility.routes }
}
