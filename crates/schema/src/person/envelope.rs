//! The lines that go on the envelope: from a person, their facility, its agency and a day. It never guesses: where a fact is
//! missing it says which, and the page says whom to ask.

use crate::ground::post_text::plain_line;
use crate::person::mail_name::{first_last, last_first};
use crate::person::profile::Profile;
use crate::place::agency::Agency;
use crate::place::catalogue::{Catalogue, routes};
use crate::place::facility::Facility;
use crate::place::line::{Line, Piece, Slot};
use crate::place::route::Route;
use jiff::civil::Date;

/// Most characters that machines of the post and the window of a #10 envelope hold in one line.
pub const WIDTH: usize = 40;

/// An envelope's address, or what is missing for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Complete lines, in the agency's own order.
    Lines(Vec<String>),
    /// What keeps the lines from being written; never empty.
    Missing(Vec<Gap>),
}

/// A fact that is missing for an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// No way of personal post is known.
    NoRoute,
    /// The last way that is known has ended on this day.
    RouteEnded(Date),
    /// The first way that is known begins on this day.
    RouteNotYet(Date),
    /// The envelope wants the last name first, and which one that is nobody has said.
    LastName,
    /// The name can be read in two ways.
    Name,
    /// The envelope wants what the agency calls its number, and nobody has said.
    NumberLabel,
    /// The envelope wants the agency's code of the facility, and nobody has said.
    FacilityCode,
    /// The envelope wants the facility's own address, and nobody has said where letters go.
    FacilityAddress,
    /// Something on it cannot be read by the post: the character.
    Character(char),
}

impl Gap {
    /// What is missing, in a few words for an editor.
    pub fn words(&self) -> String {
        match self {
            Gap::NoRoute => "no way of personal post is known".to_owned(),
            Gap::RouteEnded(day) => format!("the last way of post that is known ended on {day}"),
            Gap::RouteNotYet(day) => format!("the first way of post that is known begins on {day}"),
            Gap::LastName => {
                "which part of the name is the last name is not known: write `mail_name` as `Last, First`".to_owned()
            }
            Gap::Name => {
                "the order of the parts of the name is not known: write `mail_name` as `First Last` or `Last, First`, \
                          with any `Jr.` at its end"
                    .to_owned()
            }
            Gap::NumberLabel => {
                "what the agency calls its number is not known: give the agency a `number` with its `label`".to_owned()
            }
            Gap::FacilityCode => {
                "the agency's code of the facility is not known: give the facility its `code`".to_owned()
            }
            Gap::FacilityAddress => {
                "where letters to the facility go is not known: give the facility its `address`".to_owned()
            }
            Gap::Character(found) => format!("the post cannot read U+{:04X} on an envelope", u32::from(*found)),
        }
    }
}

/// The address of a person of the catalogue on a day.
pub fn address_of(profile: &Profile, catalogue: &Catalogue, day: Date) -> Address {
    match catalogue.place(&profile.facility) {
        Some((facility, agency)) => address(profile, facility, agency, day),
        None => Address::Missing(vec![Gap::NoRoute]),
    }
}

/// The address of a person on a day.
pub fn address(profile: &Profile, facility: &Facility, agency: &Agency, day: Date) -> Address {
    let known = routes(facility, agency);
    let Some(route) = known.iter().rev().find(|route| route.holds_on(day)) else {
        return Address::Missing(vec![why_no_route(known, day)]);
    };
    if route.lines.is_empty() {
        return Address::Missing(vec![Gap::NoRoute]);
    }
    let (mut lines, mut gaps) = (Vec::new(), Vec::new());
    for line in &route.lines {
        match line.slots().as_slice() {
            [Slot::FacilityAddress] if facility.address.is_empty() => gaps.push(Gap::FacilityAddress),
            [Slot::FacilityAddress] => lines.extend(facility.address.iter().cloned()),
            [Slot::Housing] if profile.housing.is_none() => {}
            _ => match fill(line, profile, facility, agency) {
                Ok(filled) => lines.push(filled),
                Err(gap) => gaps.push(gap),
            },
        }
    }
    let mut plain = Vec::new();
    for line in &lines {
        match plain_line(line) {
            Ok(line) => plain.push(line),
            Err(found) => gaps.push(Gap::Character(found)),
        }
    }
    gaps.sort();
    gaps.dedup();
    if gaps.is_empty() { Address::Lines(plain) } else { Address::Missing(gaps) }
}

/// The lines that are wider than [`WIDTH`]: they are printed smaller, and editors are told.
pub fn too_wide(lines: &[String]) -> impl Iterator<Item = &String> {
    lines.iter().filter(|line| crate::ground::text::length(line) > WIDTH)
}

/// Whether any line is.
pub fn is_wide(lines: &[String]) -> bool {
    too_wide(lines).next().is_some()
}

fn why_no_route(known: &[Route], day: Date) -> Gap {
    let ended = known.iter().filter_map(|route| route.until).filter(|until| *until < day).max();
    let begins = known.iter().filter_map(|route| route.from).filter(|from| day < *from).min();
    match (ended, begins) {
        (Some(ended), _) => Gap::RouteEnded(ended),
        (None, Some(begins)) => Gap::RouteNotYet(begins),
        (None, None) => Gap::NoRoute,
    }
}

fn fill(line: &Line, profile: &Profile, facility: &Facility, agency: &Agency) -> Result<String, Gap> {
    let mut filled = String::new();
    for piece in &line.0 {
        match piece {
            Piece::Words(words) => filled.push_str(words),
            Piece::Slot(Slot::MailName) => filled.push_str(&first_last(&profile.mail_name).ok_or(Gap::Name)?),
            Piece::Slot(Slot::LastFirst) => filled.push_str(&last_first(&profile.mail_name).ok_or(Gap::LastName)?),
            Piece::Slot(Slot::Number) => filled.push_str(&profile.number),
            Piece::Slot(Slot::NumberLabel) => match agency.number_label() {
                "" => return Err(Gap::NumberLabel),
                label => filled.push_str(label),
            },
            Piece::Slot(Slot::Facility) => filled.push_str(&facility.name),
            Piece::Slot(Slot::FacilityCode) => filled.push_str(facility.code.as_deref().ok_or(Gap::FacilityCode)?),
            Piece::Slot(Slot::Housing) => filled.push_str(profile.housing.as_deref().unwrap_or_default()),
            Piece::Slot(Slot::FacilityAddress) => filled.push_str(&facility.address.join(", ")),
        }
    }
    Ok(filled.trim_end_matches([' ', ',']).to_owned())
}
