//! What the keys of a form must hold that no other file has.

use crate::ground::problem::quoted;
use crate::record::rule::rule;
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

rule!(
    /// A form's address is an id like any other, and its id where nothing else is said; rule `bad-id`.
    FormAddress or_left_out: Text => String,
    "small letters, digits and hyphens".to_owned(),
    |checker, key, written| {
        let Some(address) = written else { return Some(checker.stem().to_owned()) };
        if !crate::ground::ids::is_word_id(address.as_str()) {
            let message = format!("{} is not an address", quoted(address.as_str()));
            checker.wrong(key, "bad-id", message, Some("use small letters, digits and hyphens, at most 40".into()));
        }
        Some(address.as_str().to_owned())
    }
);

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
