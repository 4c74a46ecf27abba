//! What the keys of a profile must hold that no other file has.

use crate::ground::problem::quoted;
use crate::person::id::ProfileId;
use crate::record::checker::Checker;
use crate::record::rule::rule;
use crate::yaml::Text;
use serde::{Deserialize, Serialize};

/// When somebody expects to be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Release {
    /// In a year.
    Year(i16),
    /// A life sentence.
    Life,
    /// Not known, or not said.
    Unknown,
}

impl Release {
    /// How files spell a life sentence.
    pub const LIFE: &str = "life";
    /// How files spell that it is not known, or not said.
    pub const UNKNOWN: &str = "unknown";
}

rule!(
    /// A profile's own id: rules `bad-id`, `id-is-not-file-name`.
    OwnProfileId: Text => ProfileId,
    "the file's name: a first name, a hyphen, five characters".to_owned(),
    |checker, key, written| {
        let stem = checker.stem();
        let id = checker.required(key, written)?;
        let parsed = ProfileId::parse(id.as_str());
        if parsed.is_none() {
            let message = format!("{} is not a profile's id", quoted(id.as_str()));
            let help =
                "first name in small letters, a hyphen, five of abcdefghjkmnpqrstuvwxyz23456789 with a digit among them";
            checker.wrong(key, "bad-id", message, Some(help.into()));
        } else if id.as_str() != stem {
            let message = format!("the id {} is not the file's name {}", quoted(id.as_str()), quoted(stem));
            checker.wrong(key, "id-is-not-file-name", message, Some(format!("write `{stem}`, or rename the file")));
        }
        parsed
    }
);

rule!(
    /// A year of birth: rules `full-birth-date`, `under-18`, and those of a number.
    BirthYear: Text => i16,
    "four digits: everybody listed is 18 or over".to_owned(),
    check_birth_year
);

fn check_birth_year(checker: &mut Checker<'_>, key: &str, written: Option<&Text>) -> Option<i16> {
    let text = checker.required(key, written)?.as_str().trim();
    let year = checker.today().year();
    if let Some(born) = year_in_date(text) {
        let message = format!("`{key}` holds a whole date of birth: {}", quoted(text));
        let help = format!("write `{born}` alone: with a name, the day would be somebody's papers");
        checker.wrong(key, "full-birth-date", message, Some(help));
        return None;
    }
    if let Some(age) = young_age(text, year) {
        let (message, help) = if age < 18 {
            (
                format!("somebody born in {text} is under 18"),
                "nobody under 18 is listed; where the year is a slip, mend it",
            )
        } else {
            let help = "nobody under 18 is listed: wait until the year is over; where it is a slip, mend it";
            (format!("somebody born in {text} may still be 17"), help)
        };
        checker.wrong(key, "under-18", message, Some(help.into()));
        return None;
    }
    let year = u32::from(year.unsigned_abs());
    let adults = year.saturating_sub(120)..=year.saturating_sub(ADULT_YEARS);
    i16::try_from(checker.number(key, written, adults)?).ok()
}

/// The year within a text that holds a day and a month too.
fn year_in_date(written: &str) -> Option<&str> {
    let is_year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let mut parts = written.split(|character: char| !character.is_ascii_digit());
    let year = parts.find(is_year)?;
    let others = written.split(|character: char| !character.is_alphanumeric()).filter(|part| !part.is_empty());
    (others.count() >= 3).then_some(year)
}

/// The age that somebody reaches in this year, where that is no more than 18.
fn young_age(written: &str, year: i16) -> Option<i16> {
    let born: i16 = written.parse().ok().filter(|_| written.len() == 4)?;
    Some(year.saturating_sub(born)).filter(|age| (0..i16::try_from(ADULT_YEARS).unwrap_or(19)).contains(age))
}

rule!(
    /// The year in which a photo was taken.
    PhotoYear: Text => i16,
    "a year from 1950".to_owned(),
    |checker, key, written| {
        let years = 1950..=u32::from(checker.today().year().unsigned_abs());
        checker.number(key, written, years).and_then(|year| i16::try_from(year).ok())
    }
);

rule!(
    /// When somebody expects to be released: rule `bad-release`.
    ReleaseYear: Text => Release,
    "a year, `life` or `unknown`".to_owned(),
    |checker, key, written| {
        match checker.required(key, written)?.as_str() {
            Release::LIFE => Some(Release::Life),
            Release::UNKNOWN => Some(Release::Unknown),
            year => {
                let parsed = year.parse().ok().filter(|parsed| year.len() == 4 && (1990..=2100).contains(parsed));
                if parsed.is_none() {
                    let message = format!("`{key}` must be a year, `life` or `unknown`, and is {}", quoted(year));
                    checker.wrong(key, "bad-release", message, None);
                }
                parsed.map(Release::Year)
            }
        }
    }
);

/// A year of birth alone says for certain that somebody is 18 only once the year of their nineteenth birthday has begun.
const ADULT_YEARS: u32 = 19;
