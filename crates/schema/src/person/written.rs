//! A profile as written, and how it is checked.

use crate::ground::problem::{Problem, quoted};
use crate::person::introduction::check_introduction;
use crate::person::kinds::{ConsentHow, Status};
use crate::person::profile::{Consent, Photo, Profile, ProfileId, Release};
use crate::place::catalogue::{Catalogue, FacilityNames};
use crate::record::checker::Checker;
use crate::yaml::{Text, as_written};
use jiff::civil::Date;

as_written! {
    /// The file as written. Keys are written back in this order.
    pub struct ProfileFile {
        /// The file's name.
        id: Text,
        /// What the page calls them.
        shown_name: Text,
        /// What the facility wants on the envelope.
        mail_name: Text,
        /// The number the agency gave.
        number: Text,
        /// Facility id.
        facility: Text,
        /// Unit or bed.
        housing: Text,
        /// Four digits.
        birth_year: Text,
        /// In their own words.
        pronouns: Text,
        /// Language ids, best first.
        languages: Vec<Text>,
        /// Interest ids.
        interests: Vec<Text>,
        /// Ids of kinds of tie.
        looking_for: Vec<Text>,
        /// Language id of the introduction.
        introduction_language: Text,
        /// Markdown: paragraphs, emphasis, lists.
        introduction: Text,
        /// Present where there is a photo.
        photo: PhotoFile,
        /// A year, `life` or `unknown`.
        release: Text,
        /// Day first listed.
        listed: Text,
        /// Day last confirmed.
        checked: Text,
        /// Their consent.
        consent: ConsentFile,
        /// Whether search engines may show the page.
        search_engines: Text,
        /// Day it was taken down, where it was.
        withdrawn: Text,
        /// What they want of the listing.
        status: Text,
    }
}

as_written! {
    /// A photo as written.
    pub struct PhotoFile {
        /// What it shows, for those who cannot see it.
        description: Text,
        /// Year taken.
        year: Text,
    }
}

as_written! {
    /// A consent as written.
    pub struct ConsentFile {
        /// Day given, or last renewed.
        given: Text,
        /// How it was given.
        how: Text,
        /// Version of the consent text: a day.
        wording: Text,
        /// Day by which we ask again.
        renew_by: Text,
    }
}

/// Checks a profile's file against the catalogue, as of `today`.
pub fn check_profile(
    file: &ProfileFile,
    stem: &str,
    catalogue: &Catalogue,
    today: Date,
    structural: Vec<Problem>,
) -> (Option<Profile>, Vec<Problem>) {
    let mut checker = Checker::new(structural);
    let profile = read_profile(&mut checker, file, stem, catalogue, today);
    (profile, checker.finish())
}

fn read_profile(
    checker: &mut Checker,
    file: &ProfileFile,
    stem: &str,
    catalogue: &Catalogue,
    today: Date,
) -> Option<Profile> {
    let id = check_profile_id(checker, file.id.as_ref(), stem);
    let shown_name = checker.line("shown_name", file.shown_name.as_ref(), 1..=60);
    let mail_name = checker.line("mail_name", file.mail_name.as_ref(), 2..=80);
    let number = checker.line("number", file.number.as_ref(), 1..=30);
    let facility = checker.known("facility", file.facility.as_ref(), "facility", &FacilityNames(catalogue));
    check_place(checker, catalogue, facility.as_deref(), number.as_deref());
    let housing = checker.optional_line("housing", file.housing.as_ref(), 1..=40);
    let birth_year = check_birth_year(checker, file, today);
    let pronouns = checker.optional_line("pronouns", file.pronouns.as_ref(), 1..=30);
    let lists = check_lists(checker, file, catalogue);
    let spoken = file.introduction_language.as_ref();
    let introduction_language = checker.known("introduction_language", spoken, "language", &catalogue.languages);
    let introduction = check_introduction(checker, "introduction", file.introduction.as_ref());
    let photo = file.photo.as_ref().map(|photo| checker.within("photo", |checker| check_photo(checker, photo, today)));
    let release = check_release(checker, file.release.as_ref());
    let (listed, checked) = check_days(checker, file, today);
    let consent = checker.required("consent", file.consent.as_ref());
    let consent =
        consent.and_then(|consent| checker.within("consent", |checker| check_consent(checker, consent, today)));
    if let (Some(consent), Some(checked)) = (&consent, checked) {
        check_renewal(checker, consent, checked);
    }
    let search_engines = checker.yes_or_no("search_engines", file.search_engines.as_ref());
    let withdrawn = checker.optional_date("withdrawn", file.withdrawn.as_ref());
    let status = checker.one_of("status", file.status.as_ref(), "status", Status::ALL);
    Some(Profile {
        id: id?,
        shown_name: shown_name?,
        mail_name: mail_name?,
        number: number?,
        facility: facility?,
        housing,
        birth_year: birth_year?,
        pronouns,
        languages: lists.languages,
        interests: lists.interests,
        looking_for: lists.looking_for,
        introduction_language: introduction_language?,
        introduction: introduction?,
        photo: photo.flatten(),
        release: release?,
        listed: listed?,
        checked: checked?,
        consent: consent?,
        search_engines: search_engines?,
        withdrawn,
        status: status?,
    })
}

/// Rules: `full-birth-date`, `under-18`, and those of a number.
fn check_birth_year(checker: &mut Checker, file: &ProfileFile, today: Date) -> Option<i16> {
    let written = checker.required("birth_year", file.birth_year.as_ref())?.as_str().trim();
    let year = today.year();
    if let Some(born) = year_in_date(written) {
        let message = format!("`birth_year` holds a whole date of birth: {}", quoted(written));
        let help = format!("write `{born}` alone: with a name, the day would be somebody's papers");
        checker.wrong("birth_year", "full-birth-date", message, Some(help));
        return None;
    }
    if let Some(age) = young_age(written, year) {
        let (message, help) = if age < 18 {
            (
                format!("somebody born in {written} is under 18"),
                "nobody under 18 is listed; where the year is a slip, mend it",
            )
        } else {
            let help = "nobody under 18 is listed: wait until the year is over; where it is a slip, mend it";
            (format!("somebody born in {written} may still be 17"), help)
        };
        checker.wrong("birth_year", "under-18", message, Some(help.into()));
        return None;
    }
    let year = u32::from(year.unsigned_abs());
    let adults = year.saturating_sub(120)..=year.saturating_sub(ADULT_YEARS);
    i16::try_from(checker.number("birth_year", file.birth_year.as_ref(), adults)?).ok()
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

fn check_profile_id(checker: &mut Checker, written: Option<&Text>, stem: &str) -> Option<ProfileId> {
    let id = checker.required("id", written)?;
    let parsed = ProfileId::parse(id.as_str());
    if parsed.is_none() {
        let message = format!("{} is not a profile's id", quoted(id.as_str()));
        let help =
            "first name in small letters, a hyphen, five of abcdefghjkmnpqrstuvwxyz23456789 with a digit among them";
        checker.wrong("id", "bad-id", message, Some(help.into()));
    } else if id.as_str() != stem {
        let message = format!("the id {} is not the file's name {}", quoted(id.as_str()), quoted(stem));
        checker.wrong("id", "id-is-not-file-name", message, Some(format!("write `{stem}`, or rename the file")));
    }
    parsed
}

fn check_place(checker: &mut Checker, catalogue: &Catalogue, facility: Option<&str>, number: Option<&str>) {
    let Some((_, agency)) = facility.and_then(|id| catalogue.place(id)) else { return };
    if let Some(number) = number.filter(|number| !agency.may_have_number(number)) {
        let message = format!("{} is not a {} of {}", quoted(number), agency.number_label(), agency.name);
        let example = agency.number.as_ref().and_then(|rule| rule.example.as_ref());
        let help = example.map(|example| format!("it looks like `{example}`"));
        checker.wrong("number", "number-does-not-match", message, help);
    }
}

struct Lists {
    languages: Vec<String>,
    interests: Vec<String>,
    looking_for: Vec<String>,
}

fn check_lists(checker: &mut Checker, file: &ProfileFile, catalogue: &Catalogue) -> Lists {
    let mut list = |key: &str, written, what: &str, known: &crate::record::vocabulary::Vocabulary, count| {
        checker.known_list(key, written, what, known, count)
    };
    Lists {
        languages: list("languages", file.languages.as_ref(), "language", &catalogue.languages, 1..=6),
        interests: list("interests", file.interests.as_ref(), "interest", &catalogue.interests, 1..=8),
        looking_for: list("looking_for", file.looking_for.as_ref(), "kind of tie", &catalogue.looking_for, 1..=4),
    }
}

fn check_photo(checker: &mut Checker, file: &PhotoFile, today: Date) -> Option<Photo> {
    let description = checker.line("description", file.description.as_ref(), 5..=200);
    let years = 1950..=u32::from(today.year().unsigned_abs());
    let year = file.year.as_ref().and_then(|year| checker.number("year", Some(year), years));
    Some(Photo { description: description?, year: year.and_then(|year| i16::try_from(year).ok()) })
}

fn check_release(checker: &mut Checker, written: Option<&Text>) -> Option<Release> {
    match checker.required("release", written)?.as_str() {
        Release::LIFE => Some(Release::Life),
        Release::UNKNOWN => Some(Release::Unknown),
        year => {
            let parsed = year.parse().ok().filter(|parsed| year.len() == 4 && (1990..=2100).contains(parsed));
            if parsed.is_none() {
                let message = format!("`release` must be a year, `life` or `unknown`, and is {}", quoted(year));
                checker.wrong("release", "bad-release", message, None);
            }
            parsed.map(Release::Year)
        }
    }
}

fn check_days(checker: &mut Checker, file: &ProfileFile, today: Date) -> (Option<Date>, Option<Date>) {
    let listed = checker.date("listed", file.listed.as_ref());
    let checked = checker.date("checked", file.checked.as_ref());
    checker.not_after("listed", listed, today);
    checker.not_after("checked", checked, today);
    // Whatever is before a day that has yet to come is told by that day alone.
    let past = listed.filter(|listed| *listed <= today);
    checker.in_order(("listed", past), ("checked", checked));
    (listed, checked)
}

/// A year of birth alone says for certain that somebody is 18 only once the year of their nineteenth birthday has begun.
const ADULT_YEARS: u32 = 19;

/// A yes holds for a year, leap or not.
const CONSENT_DAYS: i32 = 366;

/// Consent lasts at most a year from when it was given or last confirmed.
fn check_renewal(checker: &mut Checker, consent: &Consent, checked: Date) {
    let confirmed = consent.given.max(checked);
    if crate::ground::days::days_between(confirmed, consent.renew_by) > CONSENT_DAYS {
        let message = format!(
            "`renew_by` (`{}`) is more than a year after consent was last confirmed (`{confirmed}`)",
            consent.renew_by
        );
        let help = Some("a yes holds for a year, then we ask again".to_owned());
        checker.within("consent", |checker| checker.wrong("renew_by", "consent-too-long", message, help));
    }
}

fn check_consent(checker: &mut Checker, file: &ConsentFile, today: Date) -> Option<Consent> {
    let given = checker.date("given", file.given.as_ref());
    let how = checker.one_of("how", file.how.as_ref(), "way to give consent", ConsentHow::ALL);
    let wording = checker.date("wording", file.wording.as_ref());
    let renew_by = checker.date("renew_by", file.renew_by.as_ref());
    checker.not_after("given", given, today);
    checker.not_after("wording", wording, today);
    checker.in_order(("given", given), ("renew_by", renew_by));
    Some(Consent { given: given?, how: how?, wording: wording?, renew_by: renew_by? })
}
