//! The bench on which a file as written becomes a thing as checked: each method takes one key, notes what is wrong with it,
//! and gives back the value if it can be used.

mod days;
mod texts;
mod words;

pub use days::parse_date;

use crate::ground::key_path::KeyPath;
use crate::ground::problem::{At, Problem};
use crate::record::facts::{Around, Facts};
use jiff::civil::Date;

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

    /// Notes what only a sample may hold, at a key.
    pub(crate) fn only_in_a_sample(&mut self, rule: &'static str, message: String, key: &str) {
        if !self.facts().may_be_sample() {
            let help = "take it out, with all that names it; a sample has `sample: true` in content/site.yaml";
            self.wrong(key, rule, message, Some(help.into()));
        }
    }
}

/// Rules that, broken, leave nothing of a file to be judged.
const WHOLE_FILE: [&str; 6] =
    ["not-yaml", "too-deep", "empty-file", "wrong-indent", "reserved-character", "open-quote"];

/// Whether a mistake of form left nothing of the file to be judged.
fn is_whole_file(structural: &Problem) -> bool {
    structural.path().is_none() && WHOLE_FILE.contains(&structural.rule) && structural.instead_of.is_none()
}
