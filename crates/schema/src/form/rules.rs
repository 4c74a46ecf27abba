//! What the keys of a form must hold that no other file has.

use crate::ground::ids::is_word_id;
use crate::ground::problem::quoted;
use crate::record::checker::Checker;
use crate::record::rule::{Rule, rule};
use crate::record::words::Translated;
use crate::yaml::{Entries, Text};

rule!(
    /// Paragraphs in each of the site's languages.
    Paragraphs: Vec<Entries<Text>> => Vec<Translated>,
    "a list of paragraphs, words per language".to_owned(),
    |checker, key, written| {
        let items = checker.required(key, written)?.iter().enumerate();
        let check = |(index, entries)| checker.within_item(key, index, |checker| Translated::check(checker, entries, 800));
        Some(items.filter_map(check).collect())
    }
);

/// A form's address is an id like any other, and its id where nothing else is said; rule `bad-id`.
pub enum FormAddress {}

impl Rule for FormAddress {
    type Written = Text;
    type Checked = String;
    const IS_NEEDED: bool = false;
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&Text>) -> Option<String> {
        let Some(address) = written.map(Text::as_str) else { return Some(checker.stem().to_owned()) };
        if !is_word_id(address) {
            let message = format!("{} is not an address", quoted(address));
            checker.wrong(key, "bad-id", message, Some("use small letters, digits and hyphens, at most 40".into()));
        }
        Some(address.to_owned())
    }
    fn asks() -> String {
        "small letters, digits and hyphens".to_owned()
    }
}

rule!(
    /// A question's name: rule `bad-id`.
    QuestionName: Text => String,
    "small letters, digits and underscores".to_owned(),
    |checker, key, written| {
        let name = checker.line(key, written, 1..=40)?;
        if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
            let message = format!("{} is not a question's name", quoted(&name));
            checker.wrong(key, "bad-id", message, Some("use small letters, digits and underscores".into()));
        }
        Some(name)
    }
);
