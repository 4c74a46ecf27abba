//! Words of closed sets, and ids of what a file may refer to.

use super::Checker;
use crate::ground::key_path::KeyPath;
use crate::ground::nearest::nearest;
use crate::ground::problem::{At, Problem, quoted};
use crate::record::facts::{Facts, Set};
use crate::record::spelt::Spelt;
use crate::yaml::Text;
use std::ops::RangeInclusive;

/// What a key may name.
enum Choice<'f> {
    /// Words: what one of them is in messages, the rule that another breaks, and all that there are.
    Words(&'static str, &'static str, Vec<&'static str>),
    /// The ids of a set.
    Ids(Set, &'f dyn Facts),
}

impl Choice<'_> {
    fn of<T: Spelt>() -> Self {
        Self::Words(T::WHAT, T::RULE, T::all().iter().map(|(word, _)| *word).collect())
    }

    /// What one of them is in messages, and the rule that another breaks.
    fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::Words(what, rule, _) => (what, rule),
            Self::Ids(set, _) => set.words(),
        }
    }

    fn has(&self, written: &str) -> bool {
        match self {
            Self::Words(_, _, words) => words.contains(&written),
            Self::Ids(set, facts) => facts.has(*set, written),
        }
    }

    fn all(&self) -> Vec<&str> {
        match self {
            Self::Words(_, _, words) => words.clone(),
            Self::Ids(set, facts) => facts.ids(*set),
        }
    }
}

impl Checker<'_> {
    /// One of a closed set of words, turned into its meaning.
    pub fn one_of<T: Spelt>(&mut self, key: &str, value: Option<&Text>) -> Option<T> {
        let written = self.required(key, value)?.as_str();
        let found = meaning(written);
        if found.is_none() {
            self.unknown(self.path(key), written, &Choice::of::<T>());
        }
        found
    }

    /// Some of a closed set of words, each once, turned into their meanings.
    pub fn several<T: Spelt>(&mut self, key: &str, value: Option<&Vec<Text>>) -> Vec<T> {
        let kept = self.list(key, value, 1..=T::all().len(), &Choice::of::<T>());
        kept.iter().filter_map(|word| meaning(word)).collect()
    }

    /// `true` or `false`.
    pub fn yes_or_no(&mut self, key: &str, value: Option<&Text>) -> Option<bool> {
        let written = self.required(key, value)?.as_str();
        let answer = written.parse().ok();
        if answer.is_none() {
            let choice = Choice::Words("answer", "unknown-word", vec!["true", "false"]);
            self.unknown(self.path(key), written, &choice);
        }
        answer
    }

    /// An id of a set.
    pub fn known(&mut self, key: &str, value: Option<&Text>, set: Set) -> Option<String> {
        let written = self.required(key, value)?.as_str();
        let choice = Choice::Ids(set, self.facts());
        if choice.has(written) {
            return Some(written.to_owned());
        }
        self.unknown(self.path(key), written, &choice);
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
        let choice = Choice::Ids(set, self.facts());
        self.list(key, value, count, &choice)
    }

    fn list(
        &mut self,
        key: &str,
        value: Option<&Vec<Text>>,
        count: RangeInclusive<usize>,
        choice: &Choice<'_>,
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
            } else if choice.has(item.as_str()) {
                kept.push(item.0.clone());
            } else {
                self.unknown(path, item.as_str(), choice);
            }
        }
        kept
    }

    fn unknown(&mut self, path: KeyPath, written: &str, choice: &Choice<'_>) {
        if matches!(choice, Choice::Ids(Set::Languages, _)) && BOOLEANS.contains(&written.to_lowercase().as_str()) {
            return self.note(no_boolean(path, written));
        }
        let ((what, rule), known) = (choice.names(), choice.all());
        let problem = Problem::new(At::Value(path), rule, format!("there is no {what} {}", quoted(written)));
        self.note(match nearest(written, known.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None if known.len() <= 12 => problem.help(format!("known: {}", known.join(", "))),
            None => problem,
        });
    }
}

/// Words that YAML takes for yes and no, in many a program.
const BOOLEANS: [&str; 6] = ["no", "yes", "on", "off", "y", "n"];

/// Rule `yaml-boolean`: nobody meant the language whose code looks most alike.
fn no_boolean(path: KeyPath, written: &str) -> Problem {
    let message = format!("{} is a word for yes or no in YAML, and no language here", quoted(written));
    let help = "write the code of a language in `content/vocabularies/languages.yaml`; Norwegian would be `nb`, once it is there";
    Problem::new(At::Value(path), "yaml-boolean", message).help(help)
}

fn meaning<T: Spelt>(written: &str) -> Option<T> {
    T::all().iter().find(|(word, _)| *word == written).map(|(_, meaning)| *meaning)
}
