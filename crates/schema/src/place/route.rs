//! How personal post travels to people of an agency: the envelope's lines in the agency's own order, handling, rules, source.
//! A route without source and date of checking is refused. Legal mail and books are no routes: see [`crate::place::other_mail`].

use crate::ground::problem::{At, Problem};
use crate::place::kinds::{Arrival, Handler, PageCount, Shade};
use crate::place::line::{EnvelopeLines, Line};
use crate::place::mail_rules::MailRule;
use crate::record::checker::Checker;
use crate::record::facts::Languages;
use crate::record::fields::{Field, Record, record};
use crate::record::left_out::{Maybe, MaybeExact, OrDefault, UnlessFalse};
use crate::record::rule::{Day, IdsOf, Line as Name, Number, PastDay, Rule, WebAddress, Word, Words};
use crate::record::words::Translated;
use jiff::civil::Date;

record! {
    /// A route, checked.
    pub struct Route from RouteFile {
        /// First day it holds; left out where nobody knows since when.
        from: Option<Date> = MaybeExact<Day>,
        /// Last day it holds; without it, the day before the next route begins.
        until: Option<Date> = MaybeExact<Day>,
        /// What arrives of a letter; left out where nobody knows.
        arrives: Option<Arrival> = Maybe<Word<Arrival>>,
        /// What is left of its colors, where a copy or a scan arrives; left out where nobody knows.
        shade: Option<Shade> = Maybe<Word<Shade>>,
        /// Who opens it; left out where nobody knows.
        handler: Option<Handler> = Maybe<Word<Handler>>,
        /// The company's name, where a company does.
        company: Option<String> = Maybe<Name<2, 60>>,
        /// Where it is opened, where that is not the prison.
        opened_in: Option<String> = Maybe<Name<2, 60>>,
        /// The envelope's lines, with placeholders; left out where only the way is known, and not the address.
        lines: Vec<Line> = OrDefault<EnvelopeLines>,
        /// Rules for letters.
        rules: Vec<String> = IdsOf<MailRule, 0, 24>,
        /// Most pages in one letter.
        pages: Option<u32> = Maybe<Number<1, 100>>,
        /// What counts as a page; left out where nobody says.
        pages_counted: Option<PageCount> = Maybe<Word<PageCount>>,
        /// Most photos in one letter.
        photos: Option<u32> = Maybe<Number<0, 100>>,
        /// Most ounces of one letter.
        ounces: Option<u32> = Maybe<Number<1, 70>>,
        /// The languages that a letter may be written in; left out where nothing is said.
        letter_languages: Vec<String> = OrDefault<IdsOf<Languages, 1, 12>>,
        /// Days after which the sheets themselves are destroyed; 0 for at once.
        originals_kept: Option<u32> = Maybe<Number<0, 365>>,
        /// How a sheet or a photo comes back, and until when: a sentence.
        originals_back: Option<Translated> = Maybe<Words<300>>,
        /// How whoever wrote can see that a letter arrived: a sentence.
        follow: Option<Translated> = Maybe<Words<300>>,
        /// One more sentence that writers must know.
        note: Option<Translated> = Maybe<Words<400>>,
        /// Where this is said.
        source: String = WebAddress,
        /// When somebody last looked.
        checked: Date = PastDay,
        /// `false` where it was not read at the agency's own page: every page then says so.
        confirmed: bool = UnlessFalse,
    }
    across |checker, _file| {
        checker.in_order(("from", from.flatten()), ("until", until.flatten()));
        if company.as_ref().is_some_and(Option::is_some) && handler.flatten() != Some(Handler::Company) {
            let message = "a `company` is named, and `handler` does not say that one opens letters";
            checker.wrong("company", "company-without-handler", message, Some("write `handler: company`".into()));
        }
    }
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
    /// Most sheets that a writer may put into one envelope.
    pub fn sheets(&self) -> Option<u32> {
        let envelope = u32::from(self.pages_counted == Some(PageCount::WithEnvelope));
        self.pages.map(|pages| pages.saturating_sub(envelope))
    }

    /// Whether the route holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Routes in order of time, newest last: rule `dates-out-of-order`.
pub enum Routes {}

impl Rule for Routes {
    type Written = Vec<RouteFile>;
    type Checked = Vec<Route>;
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&Vec<RouteFile>>) -> Option<Vec<Route>> {
        Some(check_routes(checker, key, written?))
    }
    fn asks() -> String {
        "a list, newest last, each with keys of its own".to_owned()
    }
    fn fields() -> &'static [Field] {
        Route::FIELDS
    }
}

fn check_routes(checker: &mut Checker<'_>, key: &str, written: &[RouteFile]) -> Vec<Route> {
    let mut routes = Vec::new();
    for (index, file) in written.iter().enumerate() {
        let route = checker.within_item(key, index, |checker| Route::check(checker, file));
        routes.extend(route.map(|route| (index, route)));
    }
    for pair in routes.windows(2) {
        let [(_, earlier), (index, later)] = pair else { continue };
        let ends = earlier.until.or(earlier.from);
        if later.from.is_none_or(|from| ends.is_none_or(|ends| from <= ends)) {
            let at = At::Value(checker.path(key).index(*index).key("from"));
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
