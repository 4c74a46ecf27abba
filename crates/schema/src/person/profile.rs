//! `profiles/ID.yaml`: one listed person. There is no field for an offence, a family's name or contact, a full birth date or
//! health, so none can be published; whatever else arrives is an unknown key.

use crate::ground::problem::{Problem, quoted};
use crate::person::introduction::Introduction;
use crate::person::kinds::{ConsentHow, Status};
use crate::person::public_line::{Housing, PublicLine};
use crate::person::rules::{BirthYear, OwnProfileId, PhotoYear, ReleaseYear};
use crate::place::catalogue::Catalogue;
use crate::place::facility::Facility;
use crate::record::checker::Checker;
use crate::record::facts::{Around, Interests, Languages, LookingFor};
use crate::record::fields::{Record, record};
use crate::record::rule::{Day, IdOf, IdsOf, Line, Maybe, PastDay, Within, Word, YesNo};
use jiff::civil::Date;

pub use crate::person::id::ProfileId;
pub use crate::person::rules::Release;

record! {
    /// A listed person, checked.
    pub struct Profile from ProfileFile {
        /// The file's name, and the page's address `/people/ID/`.
        id: ProfileId = OwnProfileId,
        /// What the page calls them, for example first name and initial.
        shown_name: String = PublicLine<1, 60>,
        /// The name the facility wants on the envelope.
        mail_name: String = PublicLine<2, 80>,
        /// The number the agency gave, in the agency's pattern.
        number: String = Line<1, 30>,
        /// The facility they live in.
        facility: String = IdOf<Facility>,
        /// Unit or bed, only where mail needs it.
        housing: Option<String> = Maybe<Housing>,
        /// The year they were born, never a full date.
        birth_year: i16 = BirthYear,
        /// In their own words.
        pronouns: Option<String> = Maybe<PublicLine<1, 30>>,
        /// The languages they read letters in, best first.
        languages: Vec<String> = IdsOf<Languages, 1, 6>,
        /// What they like.
        interests: Vec<String> = IdsOf<Interests, 1, 8>,
        /// Kinds of tie that they hope for.
        looking_for: Vec<String> = IdsOf<LookingFor, 1, 4>,
        /// The language of the introduction.
        introduction_language: String = IdOf<Languages>,
        /// Their own words: no headings, links, pictures, HTML, contact details.
        introduction: String = Introduction,
        /// What is said of the photo, where there is one.
        photo: Option<Photo> = Maybe<Within<Photo>>,
        /// When they expect to be released: the page is hidden once that year is over.
        release: Release = ReleaseYear,
        /// The day on which they were first listed.
        listed: Date = PastDay,
        /// The day on which an editor last compared name, number, facility and adult age with the agency's own records; without it,
        /// the page says that nobody has yet.
        #[serde(default)]
        checked: Option<Date> = Maybe<PastDay>,
        /// The day on which an editor saw the agency's form for them, signed; needed where the agency lists people only with one.
        #[serde(default)]
        permission_seen: Option<Date> = Maybe<PastDay>,
        /// Their consent.
        consent: Consent = Within<Consent>,
        /// `true` only if they agreed to be found by search engines.
        search_engines: bool = YesNo,
        /// The day on which it was taken down; feeds tell their readers for 30 days; `inside-out remove` writes it.
        withdrawn: Option<Date> = Maybe<Day>,
        /// What they want of the listing; `paused` where they have enough letters for now.
        status: Status = Word<Status>,
    }
    across |checker, _file| {
        // Whatever is before a day that has yet to come is told by that day alone.
        let past = listed.filter(|listed| *listed <= checker.today());
        let checked = checked.flatten();
        checker.in_order(("listed", past), ("checked", checked));
        if let Some(consent) = &consent {
            check_renewal(checker, consent, checked);
        }
    }
}

record! {
    /// A photo, checked.
    pub struct Photo from PhotoFile {
        /// What it shows, for those who cannot see it.
        description: String = PublicLine<5, 200>,
        /// The year in which it was taken.
        year: Option<i16> = Maybe<PhotoYear>,
    }
}

record! {
    /// A consent, checked. No names.
    pub struct Consent from ConsentFile {
        /// Day given, or last renewed.
        given: Date = PastDay,
        /// How it was given.
        how: ConsentHow = Word<ConsentHow>,
        /// Version of the consent text: a day.
        wording: Date = PastDay,
        /// Day by which we ask again; past it the page is hidden.
        renew_by: Date = Day,
    }
    across |checker, _file| {
        checker.in_order(("given", given), ("renew_by", renew_by));
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
    let mut checker = Checker::new(structural, Around { facts: catalogue, today }, stem);
    let profile = Profile::check(&mut checker, file);
    check_number(&mut checker, catalogue, file);
    check_is_real(&mut checker, catalogue, file);
    (profile, checker.finish())
}

/// A number has the form that the agency gives: rule `number-does-not-match`.
fn check_number(checker: &mut Checker<'_>, catalogue: &Catalogue, file: &ProfileFile) {
    let Some((_, agency)) = file.facility.as_ref().and_then(|id| catalogue.place(id.as_str())) else { return };
    let number = file.number.as_ref().map(|number| crate::ground::text::tidy(number.as_str()));
    if let Some(number) = number.filter(|number| !number.is_empty() && !agency.may_have_number(number)) {
        let message = format!("{} is not a {} of {}", quoted(&number), agency.number_label(), agency.name);
        let example = agency.number.as_ref().and_then(|rule| rule.example.as_ref());
        let help = example.map(|example| format!("it looks like `{example}`"));
        checker.wrong("number", "number-does-not-match", message, help);
    }
}

/// Where the site is no sample, nobody lives in a place that is invented: rule `invented-facility`.
fn check_is_real(checker: &mut Checker<'_>, catalogue: &Catalogue, file: &ProfileFile) {
    let place = file.facility.as_ref().and_then(|id| catalogue.place(id.as_str()));
    if let Some((facility, agency)) = place.filter(|(_, agency)| agency.invented) {
        let message = format!("{} is a facility of {}, which is invented", quoted(&facility.id), agency.name);
        checker.only_in_a_sample("invented-facility", message, "facility");
    }
}

/// A yes holds for a year, leap or not.
const CONSENT_DAYS: i32 = 366;

/// Consent lasts at most a year from when it was given or last confirmed: in profiles of before, the day of the check is that
/// of the consent too.
fn check_renewal(checker: &mut Checker<'_>, consent: &Consent, checked: Option<Date>) {
    let confirmed = checked.map_or(consent.given, |checked| consent.given.max(checked));
    if crate::ground::days::days_between(confirmed, consent.renew_by) > CONSENT_DAYS {
        let message = format!(
            "`renew_by` (`{}`) is more than a year after consent was last confirmed (`{confirmed}`)",
            consent.renew_by
        );
        let help = Some("a yes holds for a year, then we ask again".to_owned());
        checker.within("consent", |checker| checker.wrong("renew_by", "consent-too-long", message, help));
    }
}
