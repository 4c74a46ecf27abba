//! `profiles/ID.yaml`: one listed person. There is no field for an offence, a family's name or contact, a full birth date or
//! health, so none can be published; whatever else arrives is an unknown key.

use crate::person::introduction::Introduction;
use crate::person::kinds::{ConsentHow, Status};
use crate::person::public_line::{Housing, PublicLine};
use crate::person::rules::{BirthYear, OwnProfileId, PhotoYear, ReleaseYear};
use crate::place::facility::Facility;
use crate::record::checker::Checker;
use crate::record::facts::{AgenciesEver, Interests, Languages, LookingFor};
use crate::record::fields::record;
use crate::record::left_out::{Maybe, OrDefault};
use crate::record::rule::{Day, IdOf, IdsOf, Line, OwnDay, OwnDays, PastDay, Within, Word, YesNo};
use jiff::ToSpan;
use jiff::civil::{Date, date};

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
        /// What was compared then: name, year of birth, number and facility, as they stood here; needed beside `checked`. Once one
        /// of them is changed, the page says that nobody has compared it yet.
        #[serde(default)]
        compared: Option<String> = Maybe<Line<1, 200>>,
        /// The day on which an editor saw the agency's form for them, signed; needed where the agency lists people only with one.
        #[serde(default)]
        permission_seen: Option<Date> = Maybe<OwnDay>,
        /// Where an editor read that the agency lets them be listed; needed where nobody has confirmed the agency's rule.
        #[serde(default)]
        rule_read: Option<String> = Maybe<Line<1, 1000>>,
        /// The agency in which they were listed, whose rule or form that was; needed beside either. With another agency, both are
        /// asked for anew; `inside-out review promote` writes it.
        #[serde(default)]
        cleared_with: Option<String> = Maybe<IdOf<AgenciesEver>>,
        /// The days on which an editor settled a report that a letter to them came back: for a year, their page tells the next
        /// writer; `inside-out review done --came-back` writes them.
        #[serde(default)]
        came_back: Vec<Date> = OrDefault<OwnDays>,
        /// Their consent.
        consent: Consent = Within<Consent>,
        /// `true` only if they agreed to be found by search engines.
        search_engines: bool = YesNo,
        /// The day on which it was taken down; feeds tell their readers for 30 days; `inside-out remove` writes it.
        withdrawn: Option<Date> = Maybe<Day>,
        /// What they want of the listing; `paused` where they have enough letters for now.
        status: Status = Word<Status>,
    }
    across |checker, file| {
        // Whatever is before a day that has yet to come is told by that day alone.
        let past = listed.filter(|listed| *listed <= checker.today());
        checker.in_order(("listed", past), ("checked", checked.flatten()));
        if file.checked.is_some() {
            checker.required("compared", file.compared.as_ref());
        }
        if file.permission_seen.is_some() || file.rule_read.is_some() {
            checker.required("cleared_with", file.cleared_with.as_ref());
        }
        if let Some(consent) = &consent {
            check_renewal(checker, consent);
        }
    }
}

/// The day from which on the year of birth is a part of what is compared.
const YEAR_COMPARED: Date = date(2026, 12, 1);

/// What an editor compares with the agency's own records, in one line. The year of birth stands for the adult age.
pub fn to_compare(mail_name: &str, birth_year: &str, number: &str, facility: &str) -> String {
    format!("{mail_name}, {birth_year}, {number}, {facility}")
}

impl Profile {
    /// The day on which an editor last compared what stands here now.
    pub fn compared_on(&self) -> Option<Date> {
        let now = to_compare(&self.mail_name, &self.birth_year.to_string(), &self.number, &self.facility);
        // Before December 2026 the year was no part of it: such a line is as good as it was, and nobody writes one since.
        let before = format!("{}, {}, {}", self.mail_name, self.number, self.facility);
        let holds = |line: &String, checked: Date| *line == now || checked < YEAR_COMPARED && *line == before;
        self.checked.filter(|checked| self.compared.as_ref().is_some_and(|line| holds(line, *checked)))
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

/// A yes holds for a year from the day on which it was given, or given again: rule `consent-too-long`. That an editor checked the
/// page is no yes.
fn check_renewal(checker: &mut Checker<'_>, consent: &Consent) {
    let (given, renew_by) = (consent.given, consent.renew_by);
    if renew_by > given.saturating_add(1.year()) {
        let message = format!("`renew_by` (`{renew_by}`) is more than a year after consent was given (`{given}`)");
        let help = "a yes holds for a year, then we ask again; if they said yes again, write that day as `given`";
        checker.within("consent", |checker| checker.wrong("renew_by", "consent-too-long", message, Some(help.into())));
    }
}
