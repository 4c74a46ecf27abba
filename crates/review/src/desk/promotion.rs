//! How a promotion is asked for, and what it comes to.

use jiff::civil::Date;
use schema::person::forgotten::Tombstones;
use schema::person::profile::{Profile, ProfileId};
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;
use schema::submission::decision::Assurance;
use schema::submission::row::Row;
use schema::yaml::finding::Finding;
use std::path::PathBuf;

/// What a promotion is held against.
#[derive(Clone, Copy)]
pub struct SiteFacts<'a> {
    /// Facts and words.
    pub catalogue: &'a Catalogue,
    /// Everybody who has a profile.
    pub profiles: &'a [Profile],
    /// Everybody who left and was forgotten.
    pub tombstones: &'a Tombstones,
    /// The day on which they are listed.
    pub today: Date,
}

/// How a promotion is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct PromotionOptions<'a> {
    /// In place of the facility that was registered.
    pub facility: Option<&'a str>,
    /// What becomes of a photo that waits; without, an editor has not decided about it yet.
    pub photo: Option<PhotoChoice<'a>>,
    /// Where the editor read that the agency lets this person be listed.
    pub rule_read: Option<&'a str>,
    /// The day on which the editor saw the agency's form for this person, signed.
    pub permission_seen: Option<Date>,
    /// Whether the editor compared the answers with the agency's own records.
    pub comparison: Comparison,
    /// The name for the envelope of somebody who was forgotten and asks to be listed again; whoever does not type it has not looked.
    pub returns: Option<&'a str>,
}

/// Whether name, number, facility and adult age were compared with the agency's own records. Nothing but an editor's word makes it so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Comparison {
    /// On the day of the promotion, and all four agreed.
    Made,
    /// Not yet, and the page says so.
    #[default]
    NotYet,
}

/// What becomes of the photo that waits with a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoChoice<'a> {
    /// It is shown, and this says what it shows to those who cannot see it.
    Shown(&'a str),
    /// It is not shown.
    LeftOut,
}

/// What would be written.
pub struct Promotion<'a> {
    /// The row as it stood.
    pub row: Row,
    /// The person.
    pub id: ProfileId,
    /// The profile's file, from the root.
    pub file: PathBuf,
    /// Its text.
    pub yaml: String,
    /// The photo's bytes, where one is shown.
    pub photo: Option<Vec<u8>>,
    /// Whether that very text stands there already: an earlier try of this promotion broke off before it was decided.
    pub is_written: bool,
    /// Why it must not be written, if it must not.
    pub problems: Vec<Finding>,
    /// Names of answered questions that stay private.
    pub private: Vec<String>,
    /// The agency that runs the facility, where that is known.
    pub agency: Option<&'a Agency>,
    /// What the editor gives their word on.
    pub assured: Vec<Assurance>,
    /// The person as the file has them, if it will do: what to compare with the agency's own records.
    pub person: Option<Profile>,
    /// The tombstone of somebody who left and returns, from the root: it goes once they are listed again.
    pub forgotten: Option<PathBuf>,
    /// The facility as they wrote it, where the form's list did not have it.
    pub other_facility: Option<String>,
}

/// The path of a profile's file.
pub(super) fn profile_path(id: &ProfileId) -> PathBuf {
    PathBuf::from(format!("profiles/{id}.yaml"))
}
