//! Who is shown on a day, and why somebody is not. Rules of time are decided here and nowhere else.

use crate::ground::days::days_between;
use crate::person::kinds::Status;
use crate::person::profile::{Profile, Release};
use crate::place::catalogue::Catalogue;
use crate::place::kinds::ListingRule;
use crate::record::spelt::spelt;
use jiff::ToSpan;
use jiff::civil::Date;

/// After this many days without a check, the page says so and the profile is queued for one.
pub const CHECK_DUE_DAYS: i32 = 180;

/// So many days after somebody left, what is still kept of them is deleted: until then, a page taken down by mistake can come back.
pub const LEFT_KEPT_DAYS: i32 = 30;

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

spelt!(
    /// Why a profile has no page.
    HiddenWhy {
        /// They took it down.
        Withdrawn = "withdrawn",
        /// Their release year is over.
        PastRelease = "past-release",
        /// Consent was not renewed in time.
        ConsentEnded = "consent-ended",
        /// Their agency forbids listings.
        ListingBanned = "listing-banned",
    }
);

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
    match profile.status {
        Status::Withdrawn => Visibility::Hidden(HiddenWhy::Withdrawn),
        _ if banned => Visibility::Hidden(HiddenWhy::ListingBanned),
        _ if last_day(profile).0 < day => Visibility::Hidden(last_day(profile).1),
        Status::Paused => Visibility::Paused,
        Status::Listed => Visibility::Shown,
    }
}

/// When somebody left, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Why they have no page.
    pub why: HiddenWhy,
    /// The first day without one.
    pub day: Date,
}

impl Departure {
    /// The day from which they are to be forgotten.
    pub fn forgotten_from(self) -> Date {
        self.day.saturating_add(LEFT_KEPT_DAYS.days())
    }
}

/// When somebody left, whatever the reason; none while they have a page on this day.
pub fn departure(profile: &Profile, catalogue: &Catalogue, day: Date) -> Option<Departure> {
    let Visibility::Hidden(why) = visibility(profile, catalogue, day) else { return None };
    let over = last_day(profile).0.saturating_add(1.day());
    let day = match why {
        // Where nobody wrote when they left, nobody knows when thirty days are over: the queue asks for the day.
        HiddenWhy::Withdrawn => profile.withdrawn.unwrap_or(day),
        HiddenWhy::PastRelease | HiddenWhy::ConsentEnded => over,
        // The day on which an editor read of the ban, or the last one that their profile knows of, for whoever was moved to that
        // agency since. Read again later, it is no newer: it ends with their term.
        HiddenWhy::ListingBanned if was_moved(profile, catalogue) => over,
        HiddenWhy::ListingBanned => {
            rule_read(profile, catalogue).map_or(over, |read| read.max(last_known(profile)).min(over))
        }
    };
    Some(Departure { why, day })
}

/// The day on which an editor last read the rule of somebody's agency.
fn rule_read(profile: &Profile, catalogue: &Catalogue) -> Option<Date> {
    catalogue.place(&profile.facility)?.1.listing.checked
}

/// Whether somebody came to their agency by a change that nobody dated: then nobody knows since when they have no page.
fn was_moved(profile: &Profile, catalogue: &Catalogue) -> bool {
    let agency = catalogue.place(&profile.facility).map(|(_, agency)| agency);
    let is_elsewhere = |with: &String| !agency.is_some_and(|agency| agency.was_ever(with));
    let is_compared = profile.checked.is_none() || profile.compared_on().is_some();
    !is_compared || profile.cleared_with.as_ref().is_some_and(is_elsewhere)
}

/// The last day on which an editor is known to have had somebody's profile in hand.
fn last_known(profile: &Profile) -> Date {
    let days = [profile.checked, profile.permission_seen, Some(profile.consent.given)];
    days.into_iter().flatten().fold(profile.listed, Date::max)
}

/// The last day on which a profile has a page if nobody writes anything about it, and why it has none after it.
pub fn last_day(profile: &Profile) -> (Date, HiddenWhy) {
    let consent = (profile.consent.renew_by, HiddenWhy::ConsentEnded);
    match profile.release {
        Release::Year(year) => consent.min((last_of(year), HiddenWhy::PastRelease)),
        Release::Life | Release::Unknown => consent,
    }
}

fn last_of(year: i16) -> Date {
    Date::new(year, 12, 31).unwrap_or(Date::MAX)
}

/// On how many days an editor heard that a letter came back, of the year that ends on a day.
pub fn came_back_lately(profile: &Profile, day: Date) -> usize {
    let year_ago = day.saturating_sub(1.year());
    profile.came_back.iter().filter(|came_back| year_ago < **came_back).count()
}

/// Whether the last check of a profile is too long ago on a day. One that was never checked says so by itself.
pub fn check_is_due(profile: &Profile, day: Date) -> bool {
    profile.compared_on().is_some_and(|checked| days_between(checked, day) > CHECK_DUE_DAYS)
}
