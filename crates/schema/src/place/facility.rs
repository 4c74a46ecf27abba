//! `content/facilities/ID.yaml`: where people are.

use crate::ground::problem::Problem;
use crate::place::line::note_unreadable;
use crate::place::route::{Route, RouteFile, RouteIds, check_routes};
use crate::record::checker::Checker;
use crate::record::source::check_source;
use crate::yaml::{Text, as_written};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

as_written! {
    /// The file as written.
    pub struct FacilityFile {
        /// The file's name.
        id: Text,
        /// Its name as the agency writes it.
        name: Text,
        /// Agency id.
        agency: Text,
        /// Town.
        place: Text,
        /// Last lines on an envelope.
        address: Vec<Text>,
        /// Service ids.
        services: Vec<Text>,
        /// Its own routes, in place of the agency's.
        routes: Vec<RouteFile>,
        /// Where its address is said.
        source: Text,
        /// When somebody last looked its address up.
        checked: Text,
    }
}

/// A facility, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facility {
    /// The file's name.
    pub id: String,
    /// Its name as the agency writes it.
    pub name: String,
    /// Agency id.
    pub agency: String,
    /// Town.
    pub place: String,
    /// Last lines on an envelope.
    pub address: Vec<String>,
    /// Service ids.
    pub services: Vec<String>,
    /// Its own routes; empty where the agency's hold.
    pub routes: Vec<Route>,
    /// Where its address is said, with the day somebody last looked; absent where nobody has noted it.
    #[serde(default)]
    pub source: Option<(String, Date)>,
}

/// What a facility's file may refer to.
pub struct FacilityIds<'a> {
    /// Agency ids.
    pub agencies: &'a [String],
    /// Those of them that say what they call their number.
    pub labelled: &'a [String],
    /// Service ids.
    pub services: &'a [String],
    /// Mail-rule ids.
    pub rules: &'a [String],
    /// Ids of languages that letters may be written in.
    pub letter_languages: &'a [String],
    /// The site's languages.
    pub languages: &'a [String],
    /// The day that counts as today.
    pub today: Date,
}

/// Checks a facility's file.
pub fn check_facility(
    file: &FacilityFile,
    stem: &str,
    words: &FacilityIds<'_>,
    structural: Vec<Problem>,
) -> (Option<Facility>, Vec<Problem>) {
    let mut checker = Checker::new(structural);
    let id = crate::record::id::check_id(&mut checker, file.id.as_ref(), stem);
    let name = checker.line("name", file.name.as_ref(), 2..=80);
    let agency = checker.known("agency", file.agency.as_ref(), "agency", &words.agencies);
    let place = checker.line("place", file.place.as_ref(), 2..=60);
    let address = crate::record::lines::lines(&mut checker, "address", file.address.as_ref(), 5);
    check_readable(&mut checker, name.as_deref(), address.as_deref());
    let services = match &file.services {
        None => Vec::new(),
        listed => checker.known_list("services", listed.as_ref(), "service", &words.services, 0..=6),
    };
    let written = file.routes.clone().unwrap_or_default();
    let FacilityIds { rules, letter_languages, languages, today, .. } = *words;
    // Of an agency that nobody knows, that is said; nothing is said of its label.
    let labelled = agency.as_ref().is_none_or(|id| words.labelled.contains(id));
    let route_words = RouteIds { rules, letter_languages, languages, today, labelled };
    let routes = check_routes(&mut checker, &written, &route_words);
    let source = match (&file.source, &file.checked) {
        (None, None) => None,
        (source, checked) => match check_source(&mut checker, source.as_ref(), checked.as_ref(), today) {
            (Some(source), Some(checked)) => Some((source, checked)),
            _ => None,
        },
    };
    let facility = (|| {
        Some(Facility { id, name: name?, agency: agency?, place: place?, address: address?, services, routes, source })
    })();
    (facility, checker.finish())
}

/// The post must be able to read what stands on every envelope to a facility.
fn check_readable(checker: &mut Checker, name: Option<&str>, address: Option<&[String]>) {
    if let Some(name) = name {
        note_unreadable(checker, &checker.path("name"), name);
    }
    for (index, line) in address.unwrap_or_default().iter().enumerate() {
        note_unreadable(checker, &checker.path("address").index(index), line);
    }
}
