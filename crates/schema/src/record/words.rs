//! Words in each language of the site, kept where the thing they name is kept.

use crate::ground::ids::is_language_code;
use crate::record::checker::Checker;
use crate::yaml::{Entries, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The same words in several languages, by language id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translated(BTreeMap<String, String>);

impl Translated {
    /// Words that have been checked or that a test makes up.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(words.into_iter().map(|(language, text)| (language.to_owned(), text.to_owned())).collect())
    }

    /// The words in a language. Every language of the site has some, for [`Translated::check`] refuses a gap; nothing else is asked for.
    pub fn get(&self, language: &str) -> &str {
        self.0.get(language).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// Reads a map of language to words. Rules: `missing-language`, `unknown-language`, `empty`, `too-long`.
    pub fn check(checker: &mut Checker<'_>, entries: &Entries<Text>, longest: usize) -> Option<Self> {
        let mut words = BTreeMap::new();
        let mut whole = true;
        for (language, written) in entries.iter() {
            if !is_language_code(language) {
                let message = format!("`{language}` is not a language code");
                checker.wrong(
                    language,
                    "unknown-language",
                    message,
                    Some("use two or three letters, like en or es".into()),
                );
                whole = false;
            } else if let Some(text) = checker.text(language, Some(written), 1..=longest) {
                words.insert(language.to_owned(), text);
            } else {
                whole = false;
            }
        }
        for language in checker.facts().languages().into_iter().filter(|language| entries.get(language).is_none()) {
            let problem = crate::ground::problem::Problem::new(
                crate::ground::problem::At::Value(checker.path(language)),
                "missing-language",
                format!("the words are missing in `{language}`"),
            );
            checker.note(problem.help(format!("add `{language}:` beside the others")));
            whole = false;
        }
        whole.then_some(Self(words))
    }
}

impl Checker<'_> {
    /// Words in each of the site's languages.
    pub fn words(&mut self, key: &str, value: Option<&Entries<Text>>, longest: usize) -> Option<Translated> {
        let entries = self.required(key, value)?;
        self.within(key, |checker| Translated::check(checker, entries, longest))
    }
}
