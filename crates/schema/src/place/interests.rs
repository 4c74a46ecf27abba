//! `content/vocabularies/interests.yaml`: what people like, by kind. Profiles name the interest alone; the kind is where a form shows it.

use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::record::facts::Around;
use crate::record::fields::{Record, record};
use crate::record::rule::Words;
use crate::record::vocabulary::{Vocabulary, WordList, check_word_id, note_empty};
use crate::record::words::Translated;
use crate::yaml::Entries;
use serde::{Deserialize, Serialize};

record! {
    /// Interests of one kind.
    pub struct InterestKind from InterestKindFile {
        /// Its name, above them.
        name: Translated = Words<60>,
        /// They: ids with words per language.
        words: Vocabulary = WordList,
    }
}

/// All interests, kind by kind, in the order in which they are offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interests(Vec<InterestKind>);

impl Interests {
    /// The kinds, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &InterestKind> {
        self.0.iter()
    }

    /// Id and words of each, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Translated)> {
        self.0.iter().flat_map(|kind| kind.words.iter())
    }

    /// The ids, in order.
    pub fn ids(&self) -> Vec<&str> {
        self.iter().map(|(id, _)| id).collect()
    }

    /// The words of an id in a language; the id itself where there is none such.
    pub fn name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.iter().find(|(known, _)| *known == id).map_or(id, |(_, words)| words.get(language))
    }
}

/// Checks the file. Rules: those of its words, `bad-id`, `named-twice`, `empty-vocabulary`.
pub fn check_interests(
    file: &Entries<InterestKindFile>,
    around: Around<'_>,
    structural: Vec<Problem>,
) -> (Interests, Vec<Problem>) {
    let readable = structural.is_empty();
    let mut checker = Checker::new(structural, around, "");
    let mut interests = Interests::default();
    for (id, written) in file.iter() {
        check_word_id(&mut checker, id);
        let kind = checker.within(id, |checker| check_kind(checker, written, &interests));
        interests.0.extend(kind);
    }
    if interests.0.is_empty() && readable {
        note_empty(
            &mut checker,
            "write a kind, and below it its name and its words: one line per word, in each language",
        );
    }
    (interests, checker.finish())
}

fn check_kind(checker: &mut Checker<'_>, written: &InterestKindFile, before: &Interests) -> Option<InterestKind> {
    let kind = InterestKind::check(checker, written)?;
    let known = before.ids();
    checker.within("words", |checker| {
        for id in kind.words.ids().into_iter().filter(|id| known.contains(id)) {
            let at = At::Key(checker.path(id), 0);
            let problem = Problem::new(at, "named-twice", format!("there are two interests {}", quoted(id)));
            checker.note(problem.help("keep one of them"));
        }
    });
    Some(kind)
}
