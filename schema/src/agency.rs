//! `content/agencies/ID.yaml`: who runs facilities, what number they give, whether listing is allowed, how post travels.

use crate::checker::Checker;
use crate::kinds::ListingRule;
use crate::problem::{Problem, quoted};
use crate::route::{Route, RouteFile, check_routes, check_source};
use crate::words::Words;
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
    /// The number it gives.
    pub number: NumberRule,
    /// Its public search page.
    pub locator: Option<String>,
    /// What it says of listings.
    pub listing: Listing,
    /// How personal post travels, in order of time.
    pub routes: Vec<Route>,
}

/// The form of an agency's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberRule {
    /// What the agency calls the number.
    pub label: String,
    /// A regular expression that the whole number matches.
    pub pattern: String,
    /// An example that matches.
    pub example: String,
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
    pub reason: Option<Words>,
    /// Where this is said, with the day somebody last looked; absent only where the rule is unknown.
    pub source: Option<(String, Date)>,
}

impl NumberRule {
    fn compile(&self) -> Result<Regex, regex::Error> {
        Regex::new(&format!("^(?:{})$", self.pattern))
    }

    /// Whether a number has the agency's form.
    pub fn matches(&self, number: &str) -> bool {
        self.compiled.0.get_or_init(|| self.compile().ok()).as_ref().is_some_and(|matcher| matcher.is_match(number))
    }
}

/// What an agency's file may refer to.
pub struct AgencyWords<'a> {
    /// Jurisdiction ids.
    pub jurisdictions: &'a [String],
    /// Mail-rule ids.
    pub rules: &'a [String],
    /// The site's languages.
    pub languages: &'a [String],
    /// The day that counts as today.
    pub today: Date,
}

/// Checks an agency's file.
pub fn check_agency(
    file: &AgencyFile,
    stem: &str,
    words: &AgencyWords<'_>,
    structural: Vec<Problem>,
) -> (Option<Agency>, Vec<Problem>) {
    let mut checker = Checker::new(structural);
    let id = crate::catalogue::check_id(&mut checker, file.id.as_ref(), stem);
    let name = checker.line("name", file.name.as_ref(), 2..=80);
    let jurisdiction = checker.known("jurisdiction", file.jurisdiction.as_ref(), "jurisdiction", &words.jurisdictions);
    let number = checker.required("number", file.number.as_ref()).cloned().unwrap_or_default();
    let number = checker.within("number", |checker| check_number(checker, &number));
    let locator = file.locator.as_ref().and_then(|text| checker.web_address("locator", Some(text)));
    let listing = checker.required("listing", file.listing.as_ref()).cloned().unwrap_or_default();
    let listing = checker.within("listing", |checker| check_listing(checker, &listing, words));
    let written = file.routes.clone().unwrap_or_default();
    let routes = check_routes(&mut checker, &written, words.rules, words.languages, words.today);
    let agency = (|| {
        Some(Agency {
            id,
            name: name?,
            jurisdiction: jurisdiction?,
            number: number?,
            locator,
            listing: listing?,
            routes,
        })
    })();
    (agency, checker.finish())
}

fn check_number(checker: &mut Checker, file: &NumberFile) -> Option<NumberRule> {
    let label = checker.line("label", file.label.as_ref(), 2..=40);
    let pattern = checker.line("pattern", file.pattern.as_ref(), 1..=120);
    let example = checker.line("example", file.example.as_ref(), 1..=30);
    let rule = NumberRule { label: label?, pattern: pattern?, example: example?, compiled: Compiled::default() };
    match rule.compile() {
        Err(error) => {
            let message = format!("{} is not a regular expression", quoted(&rule.pattern));
            let why = error.to_string().lines().last().unwrap_or_default().replace("error: ", "");
            checker.wrong("pattern", "bad-pattern", message, Some(why));
            None
        }
        Ok(matcher) if !matcher.is_match(&rule.example) => {
            let message =
                format!("the example {} does not match the pattern {}", quoted(&rule.example), quoted(&rule.pattern));
            checker.wrong("example", "example-does-not-match", message, None);
            None
        }
        Ok(_) => Some(rule),
    }
}

fn check_listing(checker: &mut Checker, file: &ListingFile, words: &AgencyWords<'_>) -> Option<Listing> {
    let rule = checker.one_of("rule", file.rule.as_ref(), "listing rule", ListingRule::ALL)?;
    let reason = checker.optional_words("reason", file.reason.as_ref(), words.languages, 600);
    if matches!(rule, ListingRule::Banned | ListingRule::Restricted) && file.reason.is_none() {
        checker.required::<Entries<Text>>("reason", None);
    }
    let silent = rule == ListingRule::Unknown && file.source.is_none() && file.checked.is_none();
    let source = if silent {
        None
    } else {
        let (source, checked) = check_source(checker, file.source.as_ref(), file.checked.as_ref(), words.today);
        Some((source?, checked?))
    };
    Some(Listing { rule, reason, source })
}
