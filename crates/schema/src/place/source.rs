//! Where the facts of an agency or a service were read: the page, whose it is, the day, and its own words, so that anybody can see that a source
//! says what we say, and a program can see when it no longer does.

use crate::ground::problem::{At, Problem, quoted};
use crate::place::kinds::{QuotedFor, SourceKind};
use crate::place::route::RouteFile;
use crate::record::checker::Checker;
use crate::record::fields::record;
use crate::record::left_out::{Maybe, OrDefault};
use crate::record::rule::{Each, Line, PastDay, Several, WebAddress, Word, YesNo, rule};
use crate::yaml::Text;
use jiff::civil::Date;

/// Most words of a quotation: enough to say a fact, and no more of another's text.
const MOST_WORDS: usize = 25;

record! {
    /// Something that was read, checked.
    pub struct Source from SourceFile {
        /// Its address.
        url: String = WebAddress,
        /// Whose words it is.
        kind: SourceKind = Word<SourceKind>,
        /// When somebody last read it.
        read: Date = PastDay,
        /// `true` where that was a stored copy, which may be older than the day.
        stored: bool = OrDefault<YesNo>,
        /// How old it says it is, in its own way: a day, a month, a year, an edition.
        dated: Option<String> = Maybe<Line<4, 60>>,
        /// What it says.
        quotes: Vec<Quote> = Each<Quote>,
    }
}

record! {
    /// Words of a source, checked.
    pub struct Quote from QuoteFile {
        /// What they are quoted for.
        of: Vec<QuotedFor> = Several<QuotedFor>,
        /// The words as they stand there, at most 25.
        words: String = Quotation,
    }
}

rule!(
    /// Somebody else's words: rule `quote-too-long`.
    Quotation: Text => String,
    format!("up to {MOST_WORDS} words on one line, as they stand there"),
    |checker, key, written| {
        let words = checker.line(key, written, 2..=300)?;
        let count = words.split_whitespace().count();
        if count > MOST_WORDS {
            let message = format!("`{key}` quotes {count} words, more than {MOST_WORDS}");
            checker.wrong(key, "quote-too-long", message, Some("keep the part that says the fact".into()));
        }
        (count <= MOST_WORDS).then_some(words)
    }
);

/// The quotations for one fact of an agency.
struct Said<'a>(Vec<&'a str>);

impl<'a> Said<'a> {
    fn of(sources: &'a [SourceFile], fact: QuotedFor) -> Self {
        let all = sources.iter().flat_map(|source| source.quotes.iter().flatten());
        let about = |texts: &[Text]| texts.iter().any(|text| text.as_str() == fact.word());
        let words = all.filter(|quote| quote.of.as_deref().is_some_and(about)).filter_map(|quote| quote.words.as_ref());
        Self(words.map(Text::as_str).collect())
    }

    /// Whether one of them holds a figure, in digits or as a word.
    fn holds(&self, figure: &str) -> bool {
        let spelt = figure.parse::<usize>().ok().and_then(|number| SMALL.get(number));
        let is_it = |token: &str| token == figure || spelt.is_some_and(|word| token.eq_ignore_ascii_case(word));
        self.0.iter().any(|words| words.split(|c: char| !c.is_alphanumeric()).any(is_it))
    }

    /// Whether one of them holds a large number, with or without commas in it.
    fn holds_number(&self, number: &str) -> bool {
        let bare = self.0.iter().map(|words| words.replace(',', ""));
        bare.into_iter().any(|words| words.split(|c: char| !c.is_alphanumeric()).any(|token| token == number))
    }
}

/// Numbers as guides write them.
const SMALL: [&str; 31] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "thirty",
];

/// Notes facts that stand and that no quotation says, and figures of routes that none holds. Rules: `without-a-quote`,
/// `not-in-the-quotes`.
pub(crate) fn note_unsaid(
    checker: &mut Checker<'_>,
    sources: &[SourceFile],
    stand: &[(QuotedFor, bool)],
    routes: &[RouteFile],
) {
    for (fact, _) in stand.iter().filter(|(fact, stands)| *stands && Said::of(sources, *fact).0.is_empty()) {
        let message = format!("no source is quoted for `{}`", fact.word());
        let help =
            format!("add to `sources` the page that says it, with at most 25 of its words `of: [{}]`", fact.word());
        checker.wrong(fact.word(), "without-a-quote", message, Some(help));
    }
    let said = Said::of(sources, QuotedFor::Routes);
    for (index, route) in routes.iter().enumerate().filter(|_| !said.0.is_empty()) {
        for (key, figure) in figures(route).into_iter().filter(|(_, figure)| !said.holds(figure)) {
            let path = checker.path("routes").index(index).key(key);
            let message = format!("no quotation for `routes` holds {}", quoted(&figure));
            let help = "quote the words that say it, or take out what no source says";
            checker.note(Problem::new(At::Value(path), "not-in-the-quotes", message).help(help));
        }
    }
}

/// Notes a limit of characters that no quotation for it holds: rule `not-in-the-quotes`.
pub(crate) fn note_unsaid_limit(checker: &mut Checker<'_>, sources: &[SourceFile], limit: Option<&Text>) {
    let (Some(limit), said) = (limit, Said::of(sources, QuotedFor::CharacterLimit)) else { return };
    if !said.0.is_empty() && !said.holds_number(limit.as_str()) {
        let message = format!("no quotation for `character_limit` holds {}", quoted(limit.as_str()));
        let help = "quote the words that say it, or take out what no source says";
        checker.wrong("character_limit", "not-in-the-quotes", message, Some(help.into()));
    }
}

/// The figures of a route that a source must say: box and ZIP code of its lines, and its limits.
fn figures(route: &RouteFile) -> Vec<(&'static str, String)> {
    let lines = route.lines.iter().flatten().flat_map(|line| line.as_str().split(|c: char| !c.is_ascii_digit()));
    let mut figures: Vec<_> = lines.filter(|run| !run.is_empty()).map(|run| ("lines", run.to_owned())).collect();
    let limits = [
        ("pages", &route.pages),
        ("photos", &route.photos),
        ("ounces", &route.ounces),
        ("originals_kept", &route.originals_kept),
    ];
    // None at all, and at once, are said in other words than 0.
    let limits = limits.into_iter().filter_map(|(key, limit)| Some((key, limit.as_ref()?.as_str().to_owned())));
    figures.extend(limits.filter(|(_, limit)| limit != "0"));
    figures
}
