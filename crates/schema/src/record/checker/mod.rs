//! The bench on which a file as written becomes a thing as checked: each method takes one key, notes what is wrong with it,
//! and gives back the value if it can be used.

use crate::ground::days::latest_today;
use crate::ground::key_path::KeyPath;
use crate::ground::nearest::nearest;
use crate::ground::problem::{At, Problem, quoted};
use crate::ground::text;
use crate::record::facts::{Around, Facts, Set};
use crate::record::spelt::Spelt;
use crate::yaml::Text;
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// Collects problems while a file is read key by key.
pub struct Checker<'a> {
    around: Around<'a>,
    stem: &'a str,
    prefix: KeyPath,
    structural: Vec<Problem>,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    /// Starts with the mistakes of form already found in the file named `stem` without its ending: nothing further is said about
    /// a value that could not be read.
    pub fn new(structural: Vec<Problem>, around: Around<'a>, stem: &'a str) -> Self {
        Self { around, stem, prefix: KeyPath::root(), structural, problems: Vec::new() }
    }

    /// What the file may refer to.
    pub(crate) fn facts(&self) -> &'a dyn Facts {
        self.around.facts
    }

    /// The day that counts as today.
    pub(crate) fn today(&self) -> Date {
        self.around.today
    }

    /// The file's name without its ending.
    pub(crate) fn stem(&self) -> &'a str {
        self.stem
    }

    /// All problems found.
    pub fn finish(mut self) -> Vec<Problem> {
        self.structural.append(&mut self.problems);
        self.structural
    }

    /// Checks inside a key.
    pub fn within<R>(&mut self, key: &str, check: impl FnOnce(&mut Self) -> R) -> R {
        let inner = self.prefix.key(key);
        self.inside(inner, check)
    }

    /// Checks inside an item of a list at `key`.
    pub fn within_item<R>(&mut self, key: &str, index: usize, check: impl FnOnce(&mut Self) -> R) -> R {
        let inner = self.prefix.key(key).index(index);
        self.inside(inner, check)
    }

    fn inside<R>(&mut self, inner: KeyPath, check: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::replace(&mut self.prefix, inner);
        let result = check(self);
        self.prefix = outer;
        result
    }

    /// The full path of a key here.
    pub fn path(&self, key: &str) -> KeyPath {
        self.prefix.key(key)
    }

    /// Notes a problem, unless the value it is about could not be read at all.
    pub fn note(&mut self, problem: Problem) {
        let known = |structural: &Problem| match problem.path() {
            Some(path) => structural.explains(path),
            None => false,
        };
        if !self.structural.iter().any(|structural| is_whole_file(structural) || known(structural)) {
            self.problems.push(problem);
        }
    }

    /// Whether a mistake of form already says why the value at a path is missing or cannot be used.
    pub fn is_explained(&self, path: &KeyPath) -> bool {
        self.structural.iter().any(|structural| structural.explains(path))
    }

    /// Notes a problem with the value of a key.
    pub fn wrong(&mut self, key: &str, rule: &'static str, message: impl Into<String>, help: Option<String>) {
        let mut problem = Problem::new(At::Value(self.path(key)), rule, message);
        problem.help = help;
        self.note(problem);
    }

    /// A key that must be there.
    pub fn required<'v, T>(&mut self, key: &str, value: Option<&'v T>) -> Option<&'v T> {
        if value.is_none() {
            let place = At::Value(self.prefix.clone());
            let path = self.path(key);
            self.note_missing(key, &path, place);
        }
        value
    }

    fn note_missing(&mut self, key: &str, path: &KeyPath, place: At) {
        // A missing key is said once, even where a broken value above explains it.
        if !self.is_explained(path) {
            let problem = Problem::new(place, "missing-key", format!("the key `{key}` is missing"));
            let part =
                if self.prefix.steps().is_empty() { "the file".to_owned() } else { format!("`{}`", self.prefix) };
            self.note(problem.help(format!("add `{key}:` to {part}, with its value")));
        }
    }

    /// A text on one line, within a length; tidied.
    pub fn line(&mut self, key: &str, value: Option<&Text>, length: RangeInclusive<usize>) -> Option<String> {
        let tidy = self.text(key, value, length)?;
        if tidy.contains(['\n', '\t']) {
            self.wrong(key, "not-one-line", format!("`{key}` must be one line"), None);
            return None;
        }
        Some(tidy)
    }

    /// An optional text on one line.
    pub fn optional_line(&mut self, key: &str, value: Option<&Text>, length: RangeInclusive<usize>) -> Option<String> {
        value.and_then(|text| self.line(key, Some(text), length))
    }

    /// A text of any number of lines, within a length in characters; tidied.
    pub fn text(&mut self, key: &str, value: Option<&Text>, length: RangeInclusive<usize>) -> Option<String> {
        let written = self.required(key, value)?;
        let tidy = text::tidy(written.as_str());
        if let Some(bad) = text::first_unwanted(&tidy) {
            let message = format!("`{key}` holds the unseen character `U+{:04X}`", bad as u32);
            self.wrong(key, "unwanted-character", message, Some("delete it, or type the words again".into()));
            return None;
        }
        if text::is_stacked(&tidy) {
            self.wrong(key, "stacked-marks", format!("`{key}` holds more than eight accents on one letter"), None);
            return None;
        }
        self.length(key, &tidy, &length).then_some(tidy)
    }

    fn length(&mut self, key: &str, tidy: &str, allowed: &RangeInclusive<usize>) -> bool {
        let count = text::length(tidy);
        let (rule, message, help) = match count {
            _ if tidy.is_empty() || tidy == "~" => {
                ("empty", format!("`{key}` is empty"), format!("write it after `{key}:`"))
            }
            _ if text::weight(tidy) < *allowed.start() => (
                "too-short",
                format!("`{key}` has {count} characters, fewer than {}: {}", allowed.start(), quoted(tidy)),
                format!("write {} to {} characters", allowed.start(), allowed.end()),
            ),
            long if long > *allowed.end() => (
                "too-long",
                format!("`{key}` has {long} characters, more than {}: {}", allowed.end(), quoted(tidy)),
                format!("shorten it to {} characters", allowed.end()),
            ),
            _ => return true,
        };
        self.wrong(key, rule, message, Some(help));
        false
    }

    /// A day that exists, as `YYYY-MM-DD`.
    pub fn date(&mut self, key: &str, value: Option<&Text>) -> Option<Date> {
        let written = self.required(key, value)?;
        let date = parse_date(written.as_str());
        if date.is_none() {
            let message = format!("`{key}` is not a day that exists: {}", quoted(written.as_str()));
            self.wrong(key, "not-a-date", message, Some("write it as YYYY-MM-DD, like 2026-05-14".into()));
        }
        let early = date.filter(|date| date.year() < EARLIEST);
        if let Some(early) = early {
            let message = format!("`{key}` (`{early}`) is before {EARLIEST}");
            self.wrong(key, "date-too-early", message, Some("look for a slip in the year".into()));
        }
        date.filter(|_| early.is_none())
    }

    /// An optional day.
    pub fn optional_date(&mut self, key: &str, value: Option<&Text>) -> Option<Date> {
        value.and_then(|text| self.date(key, Some(text)))
    }

    /// A whole number within limits.
    pub fn number(&mut self, key: &str, value: Option<&Text>, allowed: RangeInclusive<u32>) -> Option<u32> {
        let written = self.required(key, value)?;
        let plain = written.as_str().chars().all(|c| c.is_ascii_digit());
        let number = written.as_str().parse().ok().filter(|number| plain && allowed.contains(number));
        if number.is_none() {
            let (low, high) = (allowed.start(), allowed.end());
            let message =
                format!("`{key}` must be a whole number from {low} to {high}, and is {}", quoted(written.as_str()));
            let help = format!("write it in digits alone, like {low}");
            self.wrong(key, "not-a-number", message, Some(help));
        }
        number
    }

    /// One of a closed set of words, turned into its meaning.
    pub fn one_of<T: Spelt>(&mut self, key: &str, value: Option<&Text>) -> Option<T> {
        let written = self.required(key, value)?.as_str();
        let found = meaning(written);
        if found.is_none() {
            self.unknown(self.path(key), (T::WHAT, T::RULE), written, &words::<T>());
        }
        found
    }

    /// Some of a closed set of words, each once, turned into their meanings.
    pub fn several<T: Spelt>(&mut self, key: &str, value: Option<&Vec<Text>>) -> Vec<T> {
        let words = words::<T>();
        let kept = self
            .list(key, value, 1..=words.len(), (T::WHAT, T::RULE), &|word| words.contains(&word), &|| words.clone());
        kept.iter().filter_map(|word| meaning(word)).collect()
    }

    /// `true` or `false`.
    pub fn yes_or_no(&mut self, key: &str, value: Option<&Text>) -> Option<bool> {
        let written = self.required(key, value)?.as_str();
        let answer = written.parse().ok();
        if answer.is_none() {
            self.unknown(self.path(key), ("answer", "unknown-word"), written, &["true", "false"]);
        }
        answer
    }

    /// An id of a set.
    pub fn known(&mut self, key: &str, value: Option<&Text>, set: Set) -> Option<String> {
        let written = self.required(key, value)?.as_str();
        if self.facts().has(set, written) {
            return Some(written.to_owned());
        }
        self.unknown(self.path(key), set.words(), written, &self.facts().ids(set));
        None
    }

    /// A list of ids of a set, each once, of a length.
    pub fn known_list(
        &mut self,
        key: &str,
        value: Option<&Vec<Text>>,
        set: Set,
        count: RangeInclusive<usize>,
    ) -> Vec<String> {
        let facts = self.facts();
        self.list(key, value, count, set.words(), &|id| facts.has(set, id), &|| facts.ids(set))
    }

    fn list(
        &mut self,
        key: &str,
        value: Option<&Vec<Text>>,
        count: RangeInclusive<usize>,
        what: (&str, &'static str),
        has: &dyn Fn(&str) -> bool,
        all: &dyn Fn() -> Vec<&'a str>,
    ) -> Vec<String> {
        let Some(items) = self.required(key, value) else { return Vec::new() };
        if !count.contains(&items.len()) {
            let message =
                format!("`{key}` must have {} to {} entries, and has {}", count.start(), count.end(), items.len());
            self.wrong(key, "wrong-count", message, None);
        }
        let mut kept: Vec<String> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = self.path(key).index(index);
            if kept.iter().any(|id| id == item.as_str()) {
                let problem =
                    Problem::new(At::Value(path), "named-twice", format!("{} is named twice", quoted(item.as_str())));
                self.note(problem.help("keep one of them"));
            } else if has(item.as_str()) {
                kept.push(item.0.clone());
            } else {
                self.unknown(path, what, item.as_str(), &all());
            }
        }
        kept
    }

    fn unknown(&mut self, path: KeyPath, (what, rule): (&str, &'static str), written: &str, known: &[&str]) {
        if rule == Set::Languages.words().1 && BOOLEANS.contains(&written.to_lowercase().as_str()) {
            return self.note(no_boolean(path, written));
        }
        let problem = Problem::new(At::Value(path), rule, format!("there is no {what} {}", quoted(written)));
        self.note(match nearest(written, known.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None if known.len() <= 12 => problem.help(format!("known: {}", known.join(", "))),
            None => problem,
        });
    }

    /// Notes what only a sample may hold, at a key.
    pub(crate) fn only_in_a_sample(&mut self, rule: &'static str, message: String, key: &str) {
        if !self.facts().may_be_sample() {
            let help = "take it out, with all that names it; a sample has `sample: true` in content/site.yaml";
            self.wrong(key, rule, message, Some(help.into()));
        }
    }

    /// An `https://` address. Rules `not-an-address`, `example-address`.
    pub fn web_address(&mut self, key: &str, value: Option<&Text>) -> Option<String> {
        let address = self.line(key, value, 12..=400)?;
        let host = address.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let sound = host.contains('.') && !address.contains(char::is_whitespace) && !address.contains(['"', '<', '>']);
        if !sound {
            let message = format!("`{key}` is not a web address: {}", quoted(&address));
            self.wrong(key, "not-an-address", message, Some("write it whole, beginning with https://".into()));
        }
        if text::is_example_host(host) {
            self.only_in_a_sample("example-address", format!("{} leads nowhere", quoted(&address)), key);
        }
        sound.then_some(address)
    }

    /// Two days that must follow each other.
    pub fn in_order(&mut self, earlier: (&str, Option<Date>), later: (&str, Option<Date>)) {
        if let (Some(first), Some(second)) = (earlier.1, later.1)
            && first > second
        {
            let message = format!("`{}` (`{second}`) is before `{}` (`{first}`)", later.0, earlier.0);
            let help = format!("one of the two days is a slip: `{}` comes first", earlier.0);
            self.wrong(later.0, "dates-out-of-order", message, Some(help));
        }
    }

    /// A day that cannot lie after today, wherever it was written.
    pub fn not_after(&mut self, key: &str, date: Option<Date>) {
        self.not_later(key, date, latest_today(self.today()));
    }

    /// A day that cannot lie after the site's own.
    pub fn not_after_today(&mut self, key: &str, date: Option<Date>) {
        self.not_later(key, date, self.today());
    }

    fn not_later(&mut self, key: &str, date: Option<Date>, latest: Date) {
        let today = self.today();
        if let Some(date) = date.filter(|date| *date > latest) {
            let help = "write the day on which it happened; look for a slip in the year";
            self.wrong(key, "date-in-the-future", format!("`{key}` (`{date}`) is after `{today}`"), Some(help.into()));
        }
    }
}

/// Rules that, broken, leave nothing of a file to be judged.
const WHOLE_FILE: [&str; 6] =
    ["not-yaml", "too-deep", "empty-file", "wrong-indent", "reserved-character", "open-quote"];

/// Words that YAML takes for yes and no, in many a program.
const BOOLEANS: [&str; 6] = ["no", "yes", "on", "off", "y", "n"];

/// Rule `yaml-boolean`: nobody meant the language whose code looks most alike.
fn no_boolean(path: KeyPath, written: &str) -> Problem {
    let message = format!("{} is a word for yes or no in YAML, and no language here", quoted(written));
    let help = "write the code of a language in `content/vocabularies/languages.yaml`; Norwegian would be `nb`, once it is there";
    Problem::new(At::Value(path), "yaml-boolean", message).help(help)
}

/// Whether a mistake of form left nothing of the file to be judged.
fn is_whole_file(structural: &Problem) -> bool {
    structural.path().is_none() && WHOLE_FILE.contains(&structural.rule) && structural.instead_of.is_none()
}

fn words<T: Spelt>() -> Vec<&'static str> {
    T::all().iter().map(|(word, _)| *word).collect()
}

fn meaning<T: Spelt>(written: &str) -> Option<T> {
    T::all().iter().find(|(word, _)| *word == written).map(|(_, meaning)| *meaning)
}

/// No fact of ours is older: an earlier year is a slip.
const EARLIEST: i16 = 1990;

/// A day written `YYYY-MM-DD` and nothing else.
pub fn parse_date(text: &str) -> Option<Date> {
    let shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    shaped.then(|| text.parse().ok()).flatten()
}
