//! Every word that the site shows, from Fluent files, one set per language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use schema::ground::problem::{At, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use unic_langid::LanguageIdentifier;

/// A Fluent file: its name and its text.
pub type FluentFile = (String, String);

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

struct Language {
    bundle: FluentBundle<FluentResource>,
    ids: BTreeSet<String>,
    /// Messages without arguments, formatted once: most of what a page shows.
    plain: BTreeMap<String, String>,
}

/// A problem in one Fluent file of one language.
pub struct StringsProblem {
    /// Language id.
    pub language: String,
    /// Name of the file.
    pub file: String,
    /// What and where.
    pub problem: Problem,
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

    /// Message ids of a language.
    pub fn ids(&self, language: &str) -> impl Iterator<Item = &str> {
        self.languages.get(language).into_iter().flat_map(|language| language.ids.iter().map(String::as_str))
    }

    /// Whether a language has a message.
    pub fn has(&self, language: &str, id: &str) -> bool {
        self.languages.get(language).is_some_and(|language| language.ids.contains(id))
    }

    /// A message without arguments.
    pub fn text(&self, language: &str, id: &str) -> String {
        self.lookup(language, id, None).unwrap_or_else(|| self.missing(language, id))
    }

    /// A message with arguments, all of them texts.
    pub fn format(&self, language: &str, id: &str, args: &[(&str, String)]) -> String {
        let args = args.iter().map(|(name, value)| (*name, FluentValue::from(value.clone()))).collect();
        self.lookup(language, id, Some(&args)).unwrap_or_else(|| self.missing(language, id))
    }

    /// A message that counts.
    pub fn count(&self, language: &str, id: &str, name: &str, count: usize) -> String {
        let args = [(name, FluentValue::from(count))].into_iter().collect();
        self.lookup(language, id, Some(&args)).unwrap_or_else(|| self.missing(language, id))
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

fn read_language(language: &str, files: &[FluentFile], problems: &mut Vec<StringsProblem>) -> Language {
    let identifier: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // The marks that isolate directions are for interfaces of mixed scripts; in HTML and feeds they would be stray characters.
    bundle.set_use_isolating(false);
    let mut ids = BTreeSet::new();
    for (file, text) in files {
        let mut note =
            |problem| problems.push(StringsProblem { language: language.to_owned(), file: file.clone(), problem });
        let resource = match FluentResource::try_new(text.clone()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                errors.iter().for_each(|error| note(bad_string(text, error)));
                resource
            }
        };
        for id in message_ids(&resource) {
            if !ids.insert(id.clone()) {
                let message = format!("the string `{id}` is defined a second time");
                note(Problem::new(
                    position(text, text.rfind(&format!("\n{id} =")).map_or(0, |at| at + 1)),
                    "string-defined-twice",
                    message,
                ));
            }
        }
        // An error here is a message defined twice, which has just been noted.
        let _ = bundle.add_resource(resource);
    }
    let plain = plain_messages(&bundle, &ids);
    Language { bundle, ids, plain }
}

fn plain_messages(bundle: &FluentBundle<FluentResource>, ids: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut plain = BTreeMap::new();
    for id in ids {
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { continue };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
        if errors.is_empty() {
            plain.insert(id.clone(), text);
        }
    }
    plain
}

fn message_ids(resource: &FluentResource) -> Vec<String> {
    resource
        .entries()
        .filter_map(|entry| match entry {
            fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        })
        .collect()
}

fn bad_string(text: &str, error: &fluent_syntax::parser::ParserError) -> Problem {
    Problem::new(position(text, error.pos.start), "bad-string", format!("this is not Fluent: {}", error.kind))
        .help("a string is `name = words`; further lines are indented; arguments are { $name }")
}

fn position(text: &str, byte: usize) -> At {
    let before = text.get(..byte.min(text.len())).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    At::Position(before.matches('\n').count() + 1, column)
}
