//! `content/vocabularies/*.yaml`: words that files refer to by id, in the order in which they are offered.

use crate::ground::ids::is_word_id;
use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::record::facts::Around;
use crate::record::rule::rule;
use crate::record::words::Translated;
use crate::yaml::{Entries, Text};
use serde::{Deserialize, Serialize};

/// A vocabulary, checked: ids with their words, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary(Vec<(String, Translated)>);

impl Vocabulary {
    /// The ids, in order.
    pub fn ids(&self) -> Vec<&str> {
        self.0.iter().map(|(id, _)| id.as_str()).collect()
    }

    /// Id and words, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Translated)> {
        self.0.iter().map(|(id, words)| (id.as_str(), words))
    }

    /// The words of an id in a language; the id itself where it is not in the vocabulary.
    pub fn name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.0.iter().find(|(known, _)| known == id).map_or(id, |(_, words)| words.get(language))
    }
}

rule!(
    /// Words below a key: those of a vocabulary's file.
    WordList: Entries<Entries<Text>> => Vocabulary,
    "ids with words per language".to_owned(),
    |checker, key, written| {
        let entries = checker.required(key, written)?;
        Some(checker.within(key, |checker| check_words(checker, entries)))
    }
);

/// Checks a vocabulary's file. Rules: those of its words, `bad-id`, `empty-vocabulary`.
pub fn check_vocabulary(
    file: &Entries<Entries<Text>>,
    around: Around<'_>,
    structural: Vec<Problem>,
) -> (Vocabulary, Vec<Problem>) {
    let readable = structural.is_empty();
    let mut checker = Checker::new(structural, around, "");
    let vocabulary = check_words(&mut checker, file);
    if vocabulary.0.is_empty() && readable {
        note_empty(&mut checker, "write one line per word: its id, and its name in each language");
    }
    (vocabulary, checker.finish())
}

fn check_words(checker: &mut Checker<'_>, file: &Entries<Entries<Text>>) -> Vocabulary {
    let mut entries = Vec::new();
    for (id, written) in file.iter() {
        check_word_id(checker, id);
        // A word whose translation is missing is still known: its own file says what is wrong with it.
        let words = checker.words(id, Some(written), 200);
        entries.push((id.to_owned(), words.unwrap_or_default()));
    }
    Vocabulary(entries)
}

/// Notes a file of words that holds none: rule `empty-vocabulary`.
pub(crate) fn note_empty(checker: &mut Checker<'_>, help: &str) {
    let problem = Problem::new(At::Position(1, 1), "empty-vocabulary", "this file names no words".to_owned());
    checker.note(problem.help(help));
}

/// Notes an id that would not do in an address: rule `bad-id`.
pub(crate) fn check_word_id(checker: &mut Checker<'_>, id: &str) {
    if !is_word_id(id) {
        let at = At::Key(checker.path(id), 0);
        let problem = Problem::new(at, "bad-id", format!("{} is not an id", quoted(id)));
        checker.note(problem.help("use small letters, digits and hyphens, at most 40"));
    }
}
