//! The lines that go on the envelope: from a person, their facility, its agency and a day. It never guesses: where a fact is
//! missing it says which, and the page says whom to ask.

use crate::catalogue::Catalogue;
use crate::facility::Facility;
use crate::profile::Profile;
use crate::route::{Line, Piece, Route, Slot};
use jiff::civil::Date;

/// An envelope's address, or what is missing for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Complete lines, in the agency's own order.
    Lines(Vec<String>),
    /// No route of personal post is known for that day.
    NoRoute,
}

/// The address of a person on a day.
pub fn address(profile: &Profile, catalogue: &Catalogue, day: Date) -> Address {
    let Some((facility, agency)) = catalogue.place(&profile.facility) else { return Address::NoRoute };
    match catalogue.route(&profile.facility, day) {
        None => Address::NoRoute,
        Some(route) => Address::Lines(lines(profile, facility, &agency.number.label, route)),
    }
}

fn lines(profile: &Profile, facility: &Facility, number_label: &str, route: &Route) -> Vec<String> {
    let mut lines = Vec::new();
    for line in &route.lines {
        if line.slots() == [Slot::FacilityAddress] {
            lines.extend(facility.address.iter().cloned());
        } else if !only_absent_housing(line, profile) {
            lines.push(fill(line, profile, facility, number_label));
        }
    }
    lines
}

fn only_absent_housing(line: &Line, profile: &Profile) -> bool {
    profile.housing.is_none() && line.slots() == [Slot::Housing]
}

fn fill(line: &Line, profile: &Profile, facility: &Facility, number_label: &str) -> String {
    let pieces = line.0.iter().map(|piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Slot(Slot::MailName) => profile.mail_name.clone(),
        Piece::Slot(Slot::LastFirst) => last_first(&profile.mail_name),
        Piece::Slot(Slot::Number) => profile.number.clone(),
        Piece::Slot(Slot::NumberLabel) => number_label.to_owned(),
        Piece::Slot(Slot::Facility) => facility.name.clone(),
        Piece::Slot(Slot::Housing) => profile.housing.clone().unwrap_or_default(),
        Piece::Slot(Slot::FacilityAddress) => facility.address.join(", "),
    });
    pieces.collect::<String>().trim_end_matches([' ', ',']).to_owned()
}

/// `Marcus Lee Thompson` as `Thompson, Marcus Lee`; one name stays as it is.
fn last_first(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((first, last)) => format!("{last}, {first}"),
        None => name.to_owned(),
    }
}
