//! What the program reads of a form: typed roles, so that a question may have any name and an option any value.

use crate::record::spelt::spelt;

spelt!(
    /// What the answer to a question is to the program.
    Role as "role" {
        /// The name to show on the page.
        ShownName = "shown-name",
        /// The name on the envelope.
        MailName = "mail-name",
        /// The number that the agency gave.
        Number = "number",
        /// Where they live: the agency that runs it may forbid listings.
        Facility = "facility",
        /// The facility in the sender's own words, where the list does not have it.
        OtherFacility = "other-facility",
        /// Who runs a facility that is not in the list: that agency may forbid listings.
        OtherAgency = "other-agency",
        /// The state or country of such a facility, where nobody knows who runs it.
        OtherJurisdiction = "other-jurisdiction",
        /// Unit or bed.
        Housing = "housing",
        /// The year of birth.
        BirthYear = "birth-year",
        /// Their pronouns.
        Pronouns = "pronouns",
        /// The languages they read letters in.
        Languages = "languages",
        /// What they like.
        Interests = "interests",
        /// What they hope for.
        LookingFor = "looking-for",
        /// The language of the introduction.
        IntroductionLanguage = "introduction-language",
        /// Their own words.
        Introduction = "introduction",
        /// What is known of their release.
        Release = "release",
        /// The year of it.
        ReleaseYear = "release-year",
        /// How they gave their consent.
        ConsentHow = "consent-how",
        /// When they gave it.
        ConsentDate = "consent-date",
        /// Whether search engines may show the page.
        SearchEngines = "search-engines",
        /// What should happen with the photo.
        PhotoChange = "photo-change",
        /// The sender's name.
        SubmitterName = "submitter-name",
        /// Whether the sender is told by e-mail or by post.
        ContactBy = "contact-by",
        /// The sender's e-mail address.
        ContactEmail = "contact-email",
        /// The sender's postal address.
        ContactPost = "contact-post",
        /// Whose page it is about.
        About = "about",
        /// The reference of the registration.
        Reference = "reference",
        /// The code that came with it.
        Code = "code",
        /// What should change.
        Change = "change",
    }
);

spelt!(
    /// What an option is to the program.
    OptionRole as "role" {
        /// The facility is not in the list.
        NotListed = "not-listed",
        /// They are released in a year, which another question asks for.
        InAYear = "in-a-year",
        /// They serve a life sentence.
        Life = "life",
        /// Nobody knows when they are released, or says.
        Unknown = "unknown",
        /// They agreed in a letter.
        ByLetter = "by-letter",
        /// They agreed in a telephone or video call.
        ByCall = "by-call",
        /// They agreed in a visit.
        ByVisit = "by-visit",
        /// They agreed in an e-message.
        ByMessage = "by-message",
        /// The sender is told by e-mail.
        ByEmail = "by-email",
        /// The sender is told by post.
        ByPost = "by-post",
        /// The page is to come down.
        TakeDown = "take-down",
        /// Search engines may show the page.
        MayBeFound = "may-be-found",
        /// Search engines should stay away.
        NotFound = "not-found",
        /// Another photo is to take the place of the one that is shown.
        AnotherPhoto = "another-photo",
    }
);

/// The names that questions had in submissions of version 1, which carry no roles.
const NAMES_OF_VERSION_1: &[(&str, Role)] = &[
    ("shown_name", Role::ShownName),
    ("mail_name", Role::MailName),
    ("number", Role::Number),
    ("facility", Role::Facility),
    ("other_facility", Role::OtherFacility),
    ("other_agency", Role::OtherAgency),
    ("housing", Role::Housing),
    ("birth_year", Role::BirthYear),
    ("pronouns", Role::Pronouns),
    ("languages", Role::Languages),
    ("interests", Role::Interests),
    ("looking_for", Role::LookingFor),
    ("introduction_language", Role::IntroductionLanguage),
    ("introduction", Role::Introduction),
    ("release", Role::Release),
    ("release_year", Role::ReleaseYear),
    ("consent_how", Role::ConsentHow),
    ("consent_date", Role::ConsentDate),
    ("search_engines", Role::SearchEngines),
    ("submitter_name", Role::SubmitterName),
    ("contact_by", Role::ContactBy),
    ("email", Role::ContactEmail),
    ("postal", Role::ContactPost),
    ("about", Role::About),
    ("reference", Role::Reference),
    ("change", Role::Change),
];

/// The values that options had in them.
const VALUES_OF_VERSION_1: &[(Role, &str, OptionRole)] = &[
    (Role::Facility, "other", OptionRole::NotListed),
    (Role::Release, "year", OptionRole::InAYear),
    (Role::Release, "life", OptionRole::Life),
    (Role::Release, "unknown", OptionRole::Unknown),
    (Role::ConsentHow, "letter", OptionRole::ByLetter),
    (Role::ConsentHow, "call", OptionRole::ByCall),
    (Role::ConsentHow, "visit", OptionRole::ByVisit),
    (Role::ConsentHow, "message", OptionRole::ByMessage),
    (Role::ContactBy, "email", OptionRole::ByEmail),
    (Role::ContactBy, "post", OptionRole::ByPost),
    (Role::Change, "take_down", OptionRole::TakeDown),
];

impl Role {
    /// The role of a question in a submission of version 1.
    pub(super) fn of_version_1(question: &str) -> Option<Self> {
        NAMES_OF_VERSION_1.iter().find(|(name, _)| *name == question).map(|(_, role)| *role)
    }
}

impl OptionRole {
    /// The role of a value in a submission of version 1.
    pub(super) fn of_version_1(role: Role, value: &str) -> Option<Self> {
        VALUES_OF_VERSION_1.iter().find(|(of, known, _)| *of == role && *known == value).map(|(_, _, role)| *role)
    }
}
