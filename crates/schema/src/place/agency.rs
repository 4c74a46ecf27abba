//! `content/agencies/ID.yaml`: who runs facilities, what number they give, whether listing is allowed, how post travels.

use crate::ground::problem::quoted;
use crate::place::jurisdiction::Jurisdiction;
use crate::place::kinds::{ListingGate, ListingRule, QuotedFor};
use crate::place::other_mail::OtherMail;
use crate::place::route::{Route, Routes};
use crate::place::service::Service;
use crate::place::source::{Source, note_unsaid};
use crate::record::facts::{InSet, Set};
use crate::record::fields::record;
use crate::record::left_out::{Maybe, MaybeExact, OrDefault, UnlessFalse};
use crate::record::rule::{
    Each, IdOf, IdsOf, Line, Lines, OwnId, PastDay, Prose, WebAddress, Within, Word, Words, YesNo, rule,
};
use crate::record::words::Translated;
use crate::yaml::Text;
use jiff::civil::Date;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

record! {
    /// An agency, checked.
    pub struct Agency from AgencyFile {
        /// The file's name.
        id: String = OwnId,
        /// The names of its file before, where it was renamed, the oldest first: whoever was forgotten under one is known by it.
        #[serde(default)]
        formerly: Vec<String> = OrDefault<Lines<6>>,
        /// Its own name.
        name: String = Line<2, 80>,
        /// The state or country it belongs to.
        jurisdiction: String = IdOf<Jurisdiction>,
        /// The number it gives; needed where there is a route.
        number: Option<NumberRule> = MaybeExact<Within<NumberRule>>,
        /// Its public search page.
        locator: Option<String> = Maybe<WebAddress>,
        /// What it says of listings.
        listing: Listing = Within<Listing>,
        /// How personal post travels.
        routes: Vec<Route> = OrDefault<Routes>,
        /// How legal mail and books travel: never the address of a letter.
        other_mail: Vec<OtherMail> = OrDefault<Each<OtherMail>>,
        /// Messaging services that work at its facilities; `[]` where there is none, left out where nobody has found out.
        #[serde(default)]
        services: Option<Vec<String>> = Maybe<IdsOf<Service, 0, 6>>,
        /// What editors should look at again, and why; no page shows it.
        #[serde(default)]
        look_again: Option<String> = Maybe<Prose<1500>>,
        /// Where all this was read, in the sources' own words.
        #[serde(default)]
        sources: Vec<Source> = OrDefault<Each<Source>>,
        /// `true` where it is made up, for a sample.
        invented: bool = OrDefault<YesNo>,
    }
    across |checker, file| {
        // Where letters can be addressed, the number stands on the envelope; elsewhere nobody may know it yet.
        if file.routes.iter().flatten().any(|route| route.lines.is_some()) {
            checker.required("number", file.number.as_ref());
        }
        if invented == Some(true) {
            checker.only_in_a_sample("invented-agency", format!("{} is invented", quoted(checker.stem())), "invented");
        } else if file.invented.as_ref().is_none_or(|written| written.as_str() == "false") {
            note_unsaid(checker, file.sources.as_deref().unwrap_or_default(), &facts(file), file.routes.as_deref().unwrap_or_default());
        }
    }
}

/// The facts that somebody must have said, and whether they stand in a file. A page on which people are looked up speaks for itself.
fn facts(file: &AgencyFile) -> [(QuotedFor, bool); 5] {
    let has = |list: Option<usize>| list.is_some_and(|length| length > 0);
    [
        (QuotedFor::Number, file.number.as_ref().is_some_and(|number| number.pattern.is_some())),
        (QuotedFor::Listing, file.listing.as_ref().is_some_and(|listing| listing.source.is_some())),
        (QuotedFor::Routes, has(file.routes.as_ref().map(Vec::len))),
        (QuotedFor::OtherMail, has(file.other_mail.as_ref().map(Vec::len))),
        (QuotedFor::Services, has(file.services.as_ref().map(Vec::len))),
    ]
}

impl InSet for Agency {
    const SET: Set = Set::Agencies;
}

record! {
    /// The form of an agency's numbers.
    pub struct NumberRule from NumberFile {
        /// What it calls the number.
        label: String = Line<2, 40>,
        /// A regular expression that the whole number matches, once its form is known.
        pattern: Option<Pattern> = MaybeExact<NumberPattern>,
        /// An example that matches; needed beside a pattern.
        example: Option<String> = Maybe<Line<1, 30>>,
    }
    across |checker, file| {
        if file.pattern.is_some() {
            checker.required("example", file.example.as_ref());
        }
        if let (Some(Some(pattern)), Some(Some(example))) = (&pattern, &example)
            && !pattern.matches(example)
        {
            let (example, pattern) = (quoted(example), quoted(&pattern.text));
            let message = format!("the example {example} does not match the pattern {pattern}");
            let help = "write a number that the agency could have given, or mend the pattern";
            checker.wrong("example", "example-does-not-match", message, Some(help.into()));
        }
    }
}

record! {
    /// What an agency says of pen-pal listings.
    pub struct Listing from ListingFile {
        /// The rule.
        rule: ListingRule = Word<ListingRule>,
        /// What a relative reads when it is not `allowed`; needed where it is `restricted` or `banned`.
        reason: Option<Translated> = Maybe<Words<600>>,
        /// Where this is said; needed beside a reason, and wherever the rule is known, unless `heard` says how we know it.
        source: Option<String> = MaybeExact<WebAddress>,
        /// How the agency told an editor what stands on no page of its own: `by telephone`, `by letter`.
        #[serde(default)]
        heard: Option<Translated> = Maybe<Words<120>>,
        /// When somebody last looked.
        checked: Option<Date> = MaybeExact<PastDay>,
        /// `false` where it was neither read at the agency's own page nor heard from it.
        confirmed: bool = UnlessFalse,
    }
    across |checker, file| {
        if matches!(rule, Some(ListingRule::Banned | ListingRule::Restricted)) {
            checker.required("reason", file.reason.as_ref());
        }
        // A reason is a fact too, even where today's rule is not known.
        let named = file.source.is_some() || file.heard.is_some() || file.checked.is_some() || file.reason.is_some();
        if rule.is_some() && (rule != Some(ListingRule::Unknown) || named) {
            let is_said = file.heard.is_some() || checker.required("source", file.source.as_ref()).is_some();
            checker.required("checked", file.checked.as_ref()).filter(|_| is_said)?;
        }
    }
}

impl Listing {
    /// What must be done before somebody is listed.
    pub fn gate(&self) -> ListingGate {
        match self.rule {
            ListingRule::Allowed if self.confirmed => ListingGate::Open,
            ListingRule::Allowed | ListingRule::Unknown => ListingGate::Rule,
            ListingRule::Restricted => ListingGate::Permission,
            ListingRule::Banned => ListingGate::Shut,
        }
    }
}

impl Agency {
    /// Its id, and those that it had.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        [&self.id].into_iter().chain(&self.formerly).map(String::as_str)
    }

    /// Whether an id is its own, or was.
    pub fn was_ever(&self, id: &str) -> bool {
        self.ids().any(|known| known == id)
    }

    /// What the agency calls its number; empty where nobody has found out.
    pub fn number_label(&self) -> &str {
        self.number.as_ref().map_or("", |number| &number.label)
    }

    /// The form of its numbers, where it is known.
    pub fn number_pattern(&self) -> Option<&Pattern> {
        self.number.as_ref().and_then(|rule| rule.pattern.as_ref())
    }

    /// Whether a number may be one of this agency's: any may, where its form is not known.
    pub fn may_have_number(&self, number: &str) -> bool {
        self.number_pattern().is_none_or(|pattern| pattern.matches(number))
    }

    /// Whether anything beside its name is known.
    pub fn is_known(&self) -> bool {
        let listing = self.listing.rule != ListingRule::Unknown || self.listing.reason.is_some();
        listing || !self.routes.is_empty() || !self.sources.is_empty()
    }
}

/// A regular expression that a whole number matches. It is compiled once, when the first number is held against it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Pattern {
    text: String,
    compiled: OnceLock<Option<Regex>>,
}

impl From<String> for Pattern {
    fn from(text: String) -> Self {
        Self { text, compiled: OnceLock::new() }
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.text
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}

impl Pattern {
    fn compile(&self) -> Result<Regex, regex::Error> {
        Regex::new(&format!("^(?:{})$", self.text))
    }

    /// Whether a number has this form.
    pub fn matches(&self, number: &str) -> bool {
        self.compiled.get_or_init(|| self.compile().ok()).as_ref().is_some_and(|matcher| matcher.is_match(number))
    }
}

rule!(
    /// A pattern: rule `bad-pattern`.
    NumberPattern: Text => Pattern,
    "a regular expression".to_owned(),
    |checker, key, written| {
        let pattern = Pattern::from(checker.line(key, written, 1..=120)?);
        if let Err(error) = pattern.compile() {
            let message = format!("{} is not a regular expression", quoted(&pattern.text));
            let why = error.to_string().lines().last().map(|why| why.replace("error: ", ""));
            checker.wrong(key, "bad-pattern", message, why);
            return None;
        }
        Some(pattern)
    }
);
