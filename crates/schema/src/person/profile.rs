//! `profiles/ID.yaml`: one listed person. There is no field for an offence, a family's name or contact, a full birth date or
//! health, so none can be published; whatever else arrives is an unknown key.

use crate::person::kinds::{ConsentHow, Status};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a profile: first name, hyphen, five characters that nobody confuses. Also its address on the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProfileId(String);

impl ProfileId {
    /// Characters of the five: no look-alikes.
    pub const ALPHABET: &'static [u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

    /// Reads an id.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, code) = text.rsplit_once('-')?;
        let named = (1..=30).contains(&name.len())
            && name
                .split('-')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        let coded = code.len() == 5
            && code.bytes().all(|byte| Self::ALPHABET.contains(&byte))
            && code.bytes().any(|byte| byte.is_ascii_digit());
        (named && coded).then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProfileId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

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

/// A photo, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// Year taken.
    pub year: Option<i16>,
}

/// A consent, checked. No names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Day given, or last renewed.
    pub given: Date,
    /// How.
    pub how: ConsentHow,
    /// Version of the consent text.
    pub wording: Date,
    /// Day by which we ask again; past it the page is hidden.
    pub renew_by: Date,
}

/// A listed person, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The file's name.
    pub id: ProfileId,
    /// What the page calls them.
    pub shown_name: String,
    /// What the facility wants on the envelope.
    pub mail_name: String,
    /// The number the agency gave.
    pub number: String,
    /// Facility id.
    pub facility: String,
    /// Unit or bed.
    pub housing: Option<String>,
    /// Birth year.
    pub birth_year: i16,
    /// In their own words.
    pub pronouns: Option<String>,
    /// Language ids, best first.
    pub languages: Vec<String>,
    /// Interest ids.
    pub interests: Vec<String>,
    /// Ids of kinds of tie.
    pub looking_for: Vec<String>,
    /// Language id of the introduction.
    pub introduction_language: String,
    /// Markdown: paragraphs, emphasis, lists.
    pub introduction: String,
    /// Present where there is a photo.
    pub photo: Option<Photo>,
    /// When they expect to be released.
    pub release: Release,
    /// Day first listed.
    pub listed: Date,
    /// Day last confirmed.
    pub checked: Date,
    /// Their consent.
    pub consent: Consent,
    /// Whether search engines may show the page.
    pub search_engines: bool,
    /// Day it was taken down: feeds say so for a while.
    pub withdrawn: Option<Date>,
    /// What they want of the listing.
    pub status: Status,
}
