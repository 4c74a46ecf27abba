//! `content/agencies/ID.yaml`: who runs facilities, what number they give, whether listing is allowed, how post travels.

use crate::ground::problem::{Problem, quoted};
use crate::place::kinds::ListingRule;
use crate::place::other_mail::{OtherMail, OtherMailFile, check_other_mail};
use crate::place::route::{Route, RouteFile, RouteIds, check_routes};
use crate::record::checker::Checker;
use crate::record::source::{check_confirmed, check_source};
use crate::record::vocabulary::Ids;
use crate::record::words::Translated;
use crate::yaml::{Entries, Text, as_written};
use jiff::civil::Date;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

as_written! {
    /// The file as written.
    pub struct AgencyFile {
        /// The file's name.
        id: Text,
        /// Its own name.
        name: Text,
        /// Jurisdiction id.
        jurisdiction: Text,
        /// The number it gives.
        number: NumberFile,
        /// Its public search page.
        locator: Text,
        /// What it says of listings.
        listing: ListingFile,
        /// How personal post travels, newest last.
        routes: Vec<RouteFile>,
        /// How legal mail and books travel.
        other_mail: Vec<OtherMailFile>,
        /// `true` where the agency is made up.
        invented: Text,
    }
}

as_written! {
    /// The number an agency gives, as written.
    pub struct NumberFile {
        /// What it calls the number.
        label: Text,
        /// A regular expression that the whole number matches.
        pattern: Text,
        /// An example that matches.
        example: Text,
    }
}

as_written! {
    /// What an agency says of listings, as written.
    pub struct ListingFile {
        /// The rule.
        rule: Text,
        /// What a relative reads when it is not `allowed`.
        reason: Entries<Text>,
        /// Where this is said.
        source: Text,
        /// When somebody last looked.
        checked: Text,
        /// `false` where it was not read at the agency's own page.
        confirmed: Text,
    }
}

/// An agency, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// The file's name.
    pub id: String,
    /// Its own name.
    pub name: String,
    /// Jurisdiction id.
    pub jurisdiction: String,
    /// The number it gives; absent where nobody has found out.
    pub number: Option<NumberRule>,
    /// Its public search page.
    pub locator: Option<String>,
    /// What it says of listings.
    pub listing: Listing,
    /// How personal post travels, in order of time.
    pub routes: Vec<Route>,
    /// How legal mail and books travel: never the address of a letter.
    pub other_mail: Vec<OtherMail>,
    /// Whether it is made up, for a sample.
    pub invented: bool,
}

impl Agency {
    /// What the agency calls its number; empty where nobody has found out.
    pub fn number_label(&self) -> &str {
        self.number.as_ref().map_or("", |number| &number.label)
    }

    /// Whether a number may be one of this agency's: any may, where its form is not known.
    pub fn may_have_number(&self, number: &str) -> bool {
        self.number.as_ref().is_none_or(|rule| rule.matches(number))
    }

    /// Whether anything beside its name is known.
    pub fn is_known(&self) -> bool {
        !self.routes.is_empty() || self.listing.rule != ListingRule::Unknown || self.listing.reason.is_some()
    }
}

/// The form of an agency's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberRule {
    /// What the agency calls the number.
    pub label: String,
    /// A regular expression that the whole number matches; absent where its form is not known.
    pub pattern: Option<String>,
    /// An example that matches.
    pub example: Option<String>,
    /// The pattern once it has been compiled.
    #[serde(skip)]
    compiled: Compiled,
}

/// An expression that is compiled at most once; it says nothing about the rule that the pattern does not say.
#[derive(Clone, Debug, Default)]
struct Compiled(OnceLock<Option<Regex>>);

impl PartialEq for Compiled {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Compiled {}

/// What an agency says of pen-pal listings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The rule.
    pub rule: ListingRule,
    /// What a relative reads when it is not `allowed`.
    pub reason: Option<Translated>,
    /// Where this is said, with the day somebody last looked; absent only where nothing is said.
    pub source: Option<(String, Date)>,
    /// Whether it was read at the agency's own page.
    pub confirmed: bool,
}

impl NumberRule {
    fn compile(pattern: &str) -> Result<Regex, regex::Error> {
        Regex::new(&format!("^(?:{pattern})$"))
    }

    /// Whether a number has the agency's form; any has, where the form is not known.
    pub fn matches(&self, number: &str) -> bool {
        let Some(pattern) = &self.pattern else { return true };
        let compiled = self.compiled.0.get_or_init(|| Self::compile(pattern).ok());
        compiled.as_ref().is_some_and(|matcher| matcher.is_match(number))
    }
}

/// What an agency's file may refer to.
pub struct AgencyIds<'a> {
    /// Jurisdiction ids.
    pub jurisdictions: &'a [String],
    /// Mail-rule ids.
    pub rules: &'a [String],
    /// Ids of languages that letters may be written in.
    pub letter_languages: &'a [String],
    /// The site's languages.
    pub languages: &'a [String],
    /// The day that counts as today.
    pub today: Date,
}

/// Checks an agency's file.
pub fn check_agency(
    file: &AgencyFile,
    stem: &str,
    words: &AgencyIds<'_>,
    structural: Vec<Problem>,
) -> (Option<Agency>, Vec<Problem>) {
    let mut checker = Checker::new(structural);
    let id = crate::record::id::check_id(&mut checker, file.id.as_ref(), stem);
    let name = checker.line("name", file.name.as_ref(), 2..=80);
    let jurisdiction =
        checker.known("jurisdiction", file.jurisdiction.as_ref(), "jurisdiction", &Ids(words.jurisdictions));
    // Where letters can be addressed, the number stands on the envelope; elsewhere nobody may know it yet.
    if file.routes.as_ref().is_some_and(|routes| !routes.is_empty()) {
        checker.required("number", file.number.as_ref());
    }
    let number = file.number.as_ref().map(|file| checker.within("number", |checker| check_number(checker, file)));
    let locator = file.locator.as_ref().and_then(|text| checker.web_address("locator", Some(text)));
    let listing = checker.required("listing", file.listing.as_ref()).cloned().unwrap_or_default();
    let listing = checker.within("listing", |checker| check_listing(checker, &listing, words));
    let written = file.routes.clone().unwrap_or_default();
    let AgencyIds { rules, letter_languages, languages, today, .. } = *words;
    // A route without a number is refused above: its label is not missed a second time.
    let route_words = RouteIds { rules, letter_languages, languages, today, labelled: true };
    let routes = check_routes(&mut checker, &written, &route_words);
    let other_mail = check_other_mail(&mut checker, file.other_mail.as_ref(), languages, today);
    let invented = file.invented.as_ref().is_some_and(|text| checker.yes_or_no("invented", Some(text)) == Some(true));
    let agency = (|| {
        Some(Agency {
            id,
            name: name?,
            jurisdiction: jurisdiction?,
            number: match number {
                None => None,
                Some(number) => Some(number?),
            },
            locator,
            listing: listing?,
            routes,
            other_mail,
            invented,
        })
    })();
    (agency, checker.finish())
}

fn check_number(checker: &mut Checker, file: &NumberFile) -> Option<NumberRule> {
    let label = checker.line("label", file.label.as_ref(), 2..=40);
    let pattern = checker.optional_line("pattern", file.pattern.as_ref(), 1..=120);
    if file.pattern.is_some() {
        checker.required("example", file.example.as_ref());
    }
    let example = checker.optional_line("example", file.example.as_ref(), 1..=30);
    if let Some(pattern) = &pattern {
        check_pattern(checker, pattern, example.as_deref())?;
    }
    Some(NumberRule { label: label?, pattern, example, compiled: Compiled::default() })
}

fn check_pattern(checker: &mut Checker, pattern: &str, example: Option<&str>) -> Option<()> {
    match NumberRule::compile(pattern) {
        Err(error) => {
            let message = format!("{} is not a regular expression", quoted(pattern));
            let why = error.to_string().lines().last().unwrap_or_default().replace("error: ", "");
            checker.wrong("pattern", "bad-pattern", message, Some(why));
            None
        }
        Ok(matcher) if !matcher.is_match(example?) => {
            let message = format!("the example {} does not match the pattern {}", quoted(example?), quoted(pattern));
            let help = "write a number that the agency could have given, or mend the pattern";
            checker.wrong("example", "example-does-not-match", message, Some(help.into()));
            None
        }
        Ok(_) => Some(()),
    }
}

fn check_listing(checker: &mut Checker, file: &ListingFile, words: &AgencyIds<'_>) -> Option<Listing> {
    let rule = checker.one_of("rule", file.rule.as_ref(), "listing rule", ListingRule::ALL)?;
    let reason = checker.optional_words("reason", file.reason.as_ref(), words.languages, 600);
    if matches!(rule, ListingRule::Banned | ListingRule::Restricted) && file.reason.is_none() {
        checker.required::<Entries<Text>>("reason", None);
    }
    // A reason is a fact too, even where today's rule is not known.
    let named = file.source.is_some() || file.checked.is_some() || file.reason.is_some();
    let silent = rule == ListingRule::Unknown && !named;
    let source = if silent {
        None
    } else {
        let (source, checked) = check_source(checker, file.source.as_ref(), file.checked.as_ref(), words.today);
        Some((source?, checked?))
    };
    let confirmed = check_confirmed(checker, file.confirmed.as_ref());
    Some(Listing { rule, reason, source, confirmed })
}
