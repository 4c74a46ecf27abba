//! How personal post travels to people of an agency: the envelope's lines in the agency's own order, handling, rules, source.
//! A route without source and date of checking is refused. Legal mail and books are no routes: see [`crate::place::other_mail`].

use crate::ground::problem::{At, Problem};
use crate::place::kinds::Handling;
use crate::place::line::{Line, check_lines};
use crate::record::checker::Checker;
use crate::record::source::{check_confirmed, check_source};
use crate::record::vocabulary::Ids;
use crate::record::words::Translated;
use crate::yaml::{Entries, Text, as_written};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

as_written! {
    /// A route as written.
    pub struct RouteFile {
        /// First day.
        from: Text,
        /// Last day.
        until: Text,
        /// What becomes of a letter.
        handling: Text,
        /// The envelope's lines.
        lines: Vec<Text>,
        /// Mail-rule ids.
        rules: Vec<Text>,
        /// Most pages in one letter.
        pages: Text,
        /// Most photos in one letter.
        photos: Text,
        /// Most ounces of one letter.
        ounces: Text,
        /// Language ids that a letter may be written in.
        letter_languages: Vec<Text>,
        /// Days after which the sheets themselves are destroyed.
        originals_kept: Text,
        /// One more sentence that writers must know.
        note: Entries<Text>,
        /// Where this is said.
        source: Text,
        /// When somebody last looked.
        checked: Text,
        /// `false` where it was not read at the agency's own page.
        confirmed: Text,
    }
}

/// A route, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// First day it holds; absent where nobody knows since when.
    pub from: Option<Date>,
    /// Last day it holds, if it has ended or will: its own, or else the one before the next route begins.
    pub until: Option<Date>,
    /// What becomes of a letter.
    pub handling: Handling,
    /// The envelope's lines, with placeholders.
    pub lines: Vec<Line>,
    /// Mail-rule ids.
    pub rules: Vec<String>,
    /// Most pages in one letter.
    pub pages: Option<u32>,
    /// Most photos in one letter.
    pub photos: Option<u32>,
    /// Most ounces of one letter.
    pub ounces: Option<u32>,
    /// Language ids that a letter may be written in; empty where nothing is said.
    pub letter_languages: Vec<String>,
    /// Days after which the sheets themselves are destroyed.
    pub originals_kept: Option<u32>,
    /// One more sentence that writers must know.
    pub note: Option<Translated>,
    /// Where this is said.
    pub source: String,
    /// When somebody last looked.
    pub checked: Date,
    /// Whether it was read at the agency's own page; where not, every page says so.
    pub confirmed: bool,
}

/// How many days ahead writers are told of a change.
pub const TOLD_DAYS: i32 = 60;

/// A change of the way that letters travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another way begins on this day.
    Begins(Date),
    /// The way that holds now ends on this day, and none is known that follows.
    Ends(Date),
}

/// The next change within [`TOLD_DAYS`] of a day, if one is known.
pub fn coming(routes: &[Route], day: Date) -> Option<Change> {
    let told = |date: &Date| crate::ground::days::days_between(day, *date) <= TOLD_DAYS;
    let next = routes.iter().filter_map(|route| route.from).filter(|from| day < *from).min();
    if let Some(begins) = next.filter(told) {
        return Some(Change::Begins(begins));
    }
    let followed = |until: &Date| until.tomorrow().ok() == next;
    let now = routes.iter().rev().find(|route| route.holds_on(day))?;
    now.until.filter(told).filter(|until| !followed(until)).map(Change::Ends)
}

impl Route {
    /// Whether the route holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// What a route may refer to.
pub(crate) struct RouteIds<'a> {
    /// Mail-rule ids.
    pub(crate) rules: &'a [String],
    /// Ids of languages that letters may be written in.
    pub(crate) letter_languages: &'a [String],
    /// The site's languages.
    pub(crate) languages: &'a [String],
    /// The day that counts as today.
    pub(crate) today: Date,
    /// Whether the agency says what it calls its number.
    pub(crate) labelled: bool,
}

/// Checks a list of routes at the key `routes`.
pub(crate) fn check_routes(checker: &mut Checker, written: &[RouteFile], words: &RouteIds<'_>) -> Vec<Route> {
    let mut routes = Vec::new();
    for (index, file) in written.iter().enumerate() {
        let route = checker.within_item("routes", index, |checker| check_route(checker, file, words));
        routes.extend(route.map(|route| (index, route)));
    }
    for pair in routes.windows(2) {
        let [(_, earlier), (index, later)] = pair else { continue };
        let ends = earlier.until.or(earlier.from);
        if later.from.is_none_or(|from| ends.is_none_or(|ends| from <= ends)) {
            let at = At::Value(checker.path("routes").index(*index).key("from"));
            let begins = later.from.map_or_else(|| "at no day".to_owned(), |from| format!("on `{from}`"));
            let message = format!("this route begins {begins}, before the one above has ended");
            checker.note(
                Problem::new(at, "dates-out-of-order", message).help("give the one above an `until`, newest last"),
            );
        }
    }
    let mut routes: Vec<Route> = routes.into_iter().map(|(_, route)| route).collect();
    end_before_the_next(&mut routes);
    routes
}

/// Ends each route that has no last day on the day before the next one begins: what has been replaced never comes back.
fn end_before_the_next(routes: &mut [Route]) {
    let begins: Vec<Option<Date>> = routes.iter().skip(1).map(|route| route.from).collect();
    for (route, next) in routes.iter_mut().zip(begins) {
        route.until = route.until.or_else(|| next.and_then(|next| next.yesterday().ok()));
    }
}

fn check_route(checker: &mut Checker, file: &RouteFile, words: &RouteIds<'_>) -> Option<Route> {
    let from = checker.optional_date("from", file.from.as_ref());
    let until = checker.optional_date("until", file.until.as_ref());
    checker.in_order(("from", from), ("until", until));
    let handling = checker.one_of("handling", file.handling.as_ref(), "handling", Handling::ALL);
    let lines = check_lines(checker, file.lines.as_ref(), words.labelled);
    let rules = checker.known_list("rules", file.rules.as_ref(), "mail rule", &Ids(words.rules), 0..=24);
    let pages = file.pages.as_ref().and_then(|text| checker.number("pages", Some(text), 1..=100));
    let photos = file.photos.as_ref().and_then(|text| checker.number("photos", Some(text), 0..=100));
    let ounces = file.ounces.as_ref().and_then(|text| checker.number("ounces", Some(text), 1..=70));
    let letter_languages = match &file.letter_languages {
        None => Vec::new(),
        listed => {
            checker.known_list("letter_languages", listed.as_ref(), "language", &Ids(words.letter_languages), 1..=12)
        }
    };
    let kept = file.originals_kept.as_ref();
    let originals_kept = kept.and_then(|text| checker.number("originals_kept", Some(text), 0..=365));
    let note = checker.optional_words("note", file.note.as_ref(), words.languages, 400);
    let (source, checked) = check_source(checker, file.source.as_ref(), file.checked.as_ref(), words.today);
    let confirmed = check_confirmed(checker, file.confirmed.as_ref());
    // A day that could not be read is not the same as a day that nobody knows.
    if file.from.is_some() != from.is_some() || file.until.is_some() != until.is_some() {
        return None;
    }
    Some(Route {
        from,
        until,
        handling: handling?,
        lines: lines?,
        rules,
        pages,
        photos,
        ounces,
        letter_languages,
        originals_kept,
        note,
        source: source?,
        checked: checked?,
        confirmed,
    })
}
