//! Who is shown on a day, and why somebody is not. Rules of time are decided here and nowhere else.

use crate::ground::days::days_between;
use crate::person::kinds::Status;
use crate::person::profile::{Profile, Release};
use crate::place::catalogue::Catalogue;
use crate::place::kinds::ListingRule;
use jiff::ToSpan;
use jiff::civil::Date;

/// After this many days without a check, the page says so and the profile is queued for one.
pub const CHECK_DUE_DAYS: i32 = 180;

/// So many days after somebody left, what is still kept of them is deleted: until then, a page taken down by mistake can come back.
pub const LEFT_KEPT_DAYS: i32 = 30;

/// The day from which somebody who left is to be forgotten. Where nobody wrote when they left, it was not before the last check.
pub fn forgotten_from(profile: &Profile) -> Date {
    profile.withdrawn.unwrap_or(profile.checked).saturating_add(LEFT_KEPT_DAYS.days())
}

/// Whether a profile has a page on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// A page, and a place in the lists.
    Shown,
    /// A page that says letters may have to wait; no place in the lists of those who wait for letters.
    Paused,
    /// No page.
    Hidden(HiddenWhy),
}

/// Why a profile has no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HiddenWhy {
    /// They took it down.
    Withdrawn,
    /// Their release year is over.
    PastRelease,
    /// Consent was not renewed in time.
    ConsentEnded,
    /// Their agency forbids listings.
    ListingBanned,
}

impl HiddenWhy {
    /// Why, in a few words for an editor.
    pub fn words(self) -> &'static str {
        match self {
            HiddenWhy::Withdrawn => "withdrawn",
            HiddenWhy::PastRelease => "past the release year",
            HiddenWhy::ConsentEnded => "consent not renewed",
            HiddenWhy::ListingBanned => "the agency forbids listings",
        }
    }
}

/// Decides about one profile on a day.
pub fn visibility(profile: &Profile, catalogue: &Catalogue, day: Date) -> Visibility {
    let banned =
        catalogue.place(&profile.facility).is_none_or(|(_, agency)| agency.listing.rule == ListingRule::Banned);
    let released = matches!(profile.release, Release::Year(year) if year < day.year());
    match profile.status {
        Status::Withdrawn => Visibility::Hidden(HiddenWhy::Withdrawn),
        _ if banned => Visibility::Hidden(HiddenWhy::ListingBanned),
        _ if released => Visibility::Hidden(HiddenWhy::PastRelease),
        _ if profile.consent.renew_by < day => Visibility::Hidden(HiddenWhy::ConsentEnded),
        Status::Paused => Visibility::Paused,
        Status::Listed => Visibility::Shown,
    }
}

/// Whether the last check of a profile is too long ago on a day.
pub fn check_is_due(profile: &Profile, day: Date) -> bool {
    days_between(profile.checked, day) > CHECK_DUE_DAYS
}
