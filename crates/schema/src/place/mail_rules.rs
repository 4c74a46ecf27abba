//! `content/vocabularies/mail-rules.yaml`: rules for letters, one sentence each, under the topic that they are about. Every
//! agency picks from the same list, so a rule reads the same wherever it holds, and a page can show rules in a steady order.

use crate::ground::ids::is_word_id;
use crate::ground::nearest::nearest;
use crate::ground::problem::{At, Problem, quoted};
use crate::place::kinds::RuleTopic;
use crate::record::checker::Checker;
use crate::record::facts::{Around, InSet, Set};
use crate::record::words::Translated;
use crate::yaml::{Entries, Text};
use serde::{Deserialize, Serialize};

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRule {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub topic: RuleTopic,
    /// The sentence.
    pub words: Translated,
}

impl InSet for MailRule {
    const SET: Set = Set::MailRules;
}

/// All rules, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRules(Vec<MailRule>);

impl MailRules {
    /// The ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|rule| rule.id.as_str())
    }

    /// The rules among these ids that are about a topic, in the order of the vocabulary.
    pub fn about<'a>(&'a self, topic: RuleTopic, ids: &'a [String]) -> impl Iterator<Item = &'a MailRule> {
        self.0.iter().filter(move |rule| rule.topic == topic && ids.contains(&rule.id))
    }
}

/// Checks the file. Rules: those of its words, `bad-id`, `unknown-topic`, `named-twice`, `empty-vocabulary`.
pub fn check_mail_rules(
    file: &Entries<Entries<Entries<Text>>>,
    around: Around<'_>,
    structural: Vec<Problem>,
) -> (MailRules, Vec<Problem>) {
    let readable = structural.is_empty();
    let mut checker = Checker::new(structural, around, "");
    let mut rules: Vec<MailRule> = Vec::new();
    for (word, written) in file.iter() {
        let topic = RuleTopic::from_word(word);
        if topic.is_none() {
            note_topic(&mut checker, word);
        }
        checker.within(word, |checker| {
            for (id, words) in written.iter() {
                check_rule_id(checker, id, &rules);
                // A rule whose translation is missing is still known: its own file says what is wrong with it.
                let words = checker.words(id, Some(words), 200).unwrap_or_default();
                rules.extend(topic.map(|topic| MailRule { id: id.to_owned(), topic, words }));
            }
        });
    }
    if rules.is_empty() && readable {
        let problem = Problem::new(At::Position(1, 1), "empty-vocabulary", "this file names no rules".to_owned());
        checker
            .note(problem.help("write a topic, and below it one line per rule: its id, and its sentence per language"));
    }
    (MailRules(rules), checker.finish())
}

fn note_topic(checker: &mut Checker<'_>, word: &str) {
    let topics: Vec<&str> = RuleTopic::ALL.iter().map(|(word, _)| *word).collect();
    let at = At::Key(checker.path(word), 0);
    let problem = Problem::new(at, "unknown-topic", format!("there is no topic of rules {}", quoted(word)));
    let help = match nearest(word, topics.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known: {}", topics.join(", ")),
    };
    checker.note(problem.help(help));
}

fn check_rule_id(checker: &mut Checker<'_>, id: &str, rules: &[MailRule]) {
    let at = At::Key(checker.path(id), 0);
    if !is_word_id(id) {
        let problem = Problem::new(at, "bad-id", format!("{} is not an id", quoted(id)));
        checker.note(problem.help("use small letters, digits and hyphens, at most 40"));
    } else if rules.iter().any(|rule| rule.id == id) {
        let problem = Problem::new(at, "named-twice", format!("there are two rules {}", quoted(id)));
        checker.note(problem.help("keep one of them"));
    }
}
