//! Every word that the site shows, from Fluent files, one set per language.

pub use crate::fluent::{FluentFile, StringsProblem};
use crate::fluent::{Language, Written, read_language};
use crate::texts::Text;
use fluent_bundle::{FluentArgs, FluentValue};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// The strings of all languages.
pub struct Strings {
    languages: BTreeMap<String, Language>,
    /// What went wrong while messages were set, each once.
    mistakes: Mutex<BTreeSet<Mistake>>,
}

/// A message that could not be set as it should.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Language id.
    pub language: String,
    /// The message's id.
    pub id: String,
    /// What went wrong; nothing where the message is missing.
    pub what: Option<String>,
}

impl Strings {
    /// Reads the files of each language. Rules: `bad-string`, `string-defined-twice`.
    pub fn read(files: &BTreeMap<String, Vec<FluentFile>>) -> (Self, Vec<StringsProblem>) {
        let mut problems = Vec::new();
        let mut languages = BTreeMap::new();
        for (language, files) in files {
            languages.insert(language.clone(), read_language(language, files, &mut problems));
        }
        (Self { languages, mistakes: Mutex::default() }, problems)
    }

    /// The languages that have files.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// The messages of a language, by their ids.
    pub(crate) fn messages(&self, language: &str) -> impl Iterator<Item = (&str, &Written)> {
        let messages = self.languages.get(language).into_iter().flat_map(|language| &language.messages);
        messages.map(|(id, written)| (id.as_str(), written))
    }

    /// A message without arguments.
    pub fn text(&self, language: &str, text: Text) -> String {
        self.named(language, &text.id())
    }

    /// A message without arguments, by its id.
    pub(crate) fn named(&self, language: &str, id: &str) -> String {
        self.lookup(language, id, None).unwrap_or_else(|| self.missing(language, id))
    }

    /// A message with arguments, all of them texts, in the order in which they are declared.
    pub fn format<const N: usize>(&self, language: &str, text: Text<N>, args: [String; N]) -> String {
        self.set(language, text, args.map(FluentValue::from))
    }

    /// A message that counts.
    pub fn count(&self, language: &str, text: Text<1>, count: usize) -> String {
        self.set(language, text, [FluentValue::from(count)])
    }

    /// A message that counts, and names what it counts for.
    pub fn count_for(&self, language: &str, text: Text<2>, count: usize, name: &str) -> String {
        self.set(language, text, [FluentValue::from(count), FluentValue::from(name)])
    }

    fn set<const N: usize>(&self, language: &str, text: Text<N>, args: [FluentValue<'_>; N]) -> String {
        let (id, args) = (text.id(), text.given.into_iter().zip(args).collect());
        self.lookup(language, &id, Some(&args)).unwrap_or_else(|| self.missing(language, &id))
    }

    /// A message, if the language has it.
    pub fn lookup(&self, language: &str, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let known = self.languages.get(language)?;
        if args.is_none()
            && let Some(plain) = known.plain.get(id)
        {
            return Some(plain.clone());
        }
        let pattern = known.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = known.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if let Some(error) = errors.first() {
            self.note(language, id, Some(error.to_string()));
        }
        Some(text)
    }

    /// What has gone wrong since the strings were read: a build looks here before it writes anything.
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.mistakes.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn missing(&self, language: &str, id: &str) -> String {
        self.note(language, id, None);
        format!("[{id}]")
    }

    fn note(&self, language: &str, id: &str, what: Option<String>) {
        let mistake = Mistake { language: language.to_owned(), id: id.to_owned(), what };
        self.mistakes.lock().unwrap_or_else(PoisonError::into_inner).insert(mistake);
    }
}
