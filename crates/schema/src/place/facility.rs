//! `content/facilities/ID.yaml`: where people are.

use crate::place::agency::Agency;
use crate::place::line::note_unreadable;
use crate::place::route::{Route, Routes};
use crate::place::service::Service;
use crate::record::facts::{InSet, Set};
use crate::record::fields::record;
use crate::record::left_out::{Maybe, OrDefault};
use crate::record::rule::{IdOf, IdsOf, Line, Lines, OwnId, PastDay, WebAddress};
use jiff::civil::Date;

record! {
    /// A facility, checked.
    pub struct Facility from FacilityFile {
        /// The file's name.
        id: String = OwnId,
        /// Its name as the agency writes it.
        name: String = Line<2, 80>,
        /// Other names by which people know it: search and forms find it by them, and no envelope carries them.
        #[serde(default)]
        other_names: Vec<String> = OrDefault<Lines<8>>,
        /// The agency that runs it.
        agency: String = IdOf<Agency>,
        /// The agency's own code of it, where an envelope carries one: `{facility_code}`.
        #[serde(default)]
        code: Option<String> = Maybe<Line<1, 12>>,
        /// Town.
        place: String = Line<2, 60>,
        /// Last lines on an envelope; left out where nobody knows where letters go: an envelope that needs them is then not printed.
        #[serde(default)]
        address: Vec<String> = OrDefault<Lines<5>>,
        /// The street where it stands, for visitors: letters may go elsewhere, so no envelope carries it.
        #[serde(default)]
        visiting_address: Vec<String> = OrDefault<Lines<5>>,
        /// Messaging services that work here, in place of the agency's; `[]` where there is none.
        #[serde(default)]
        services: Option<Vec<String>> = Maybe<IdsOf<Service, 0, 6>>,
        /// Its own routes, in place of the agency's.
        routes: Vec<Route> = OrDefault<Routes>,
        /// Where its name and address are said; always together with `checked`.
        #[serde(default)]
        source: Option<String> = Maybe<WebAddress>,
        /// When somebody last looked its address up.
        #[serde(default)]
        checked: Option<Date> = Maybe<PastDay>,
    }
    across |checker, file| {
        if let Some(name) = &name {
            note_unreadable(checker, &checker.path("name"), name);
        }
        if let Some(code) = code.as_ref().and_then(Option::as_ref) {
            note_unreadable(checker, &checker.path("code"), code);
        }
        for (index, line) in address.iter().flatten().enumerate() {
            note_unreadable(checker, &checker.path("address").index(index), line);
        }
        // A source without its day is none, nor a day without its source.
        if file.source.is_some() || file.checked.is_some() {
            checker.required("source", file.source.as_ref());
            checker.required("checked", file.checked.as_ref());
        }
    }
}

impl Facility {
    /// The names by which people know it that its own name does not hold.
    pub fn known_as(&self) -> impl Iterator<Item = &str> {
        let name = self.name.to_lowercase();
        self.other_names.iter().map(String::as_str).filter(move |other| !name.contains(&other.to_lowercase()))
    }
}

impl InSet for Facility {
    const SET: Set = Set::Facilities;
}
