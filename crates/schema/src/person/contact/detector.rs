//! A kind of words that cannot be published, and how one way of writing it is found.

use super::plain::as_typed;
use crate::record::spelt::spelt;
use regex::Regex;
use std::sync::LazyLock;

spelt!(
    /// What was found, in words for whoever mends it.
    Kind {
        /// `ray@mail.org`, however it is spelt.
        Email = "an e-mail address",
        /// In digits or words.
        Phone = "a phone number",
        /// Of a house, or a box at the post.
        Street = "a street address",
        /// A whole day: with it, a name becomes somebody's papers.
        BirthDate = "a full date of birth",
        /// A site, or a name on one.
        Account = "a web address or the name of an online account",
        /// Asked for, in whatever way it travels.
        Money = "a request for money",
        /// The key to somebody's case: A and eight or nine digits.
        Immigration = "an immigration number (A-number)",
    }
);

impl Kind {
    /// The name of the rule that it breaks.
    pub fn rule(self) -> &'static str {
        match self {
            Kind::Money => "money-request",
            Kind::Immigration => "immigration-number",
            _ => "contact-details",
        }
    }

    /// What to do about it.
    pub fn help(self) -> &'static str {
        match self {
            Kind::Immigration => "take it out: it is the key to a person's case, and is never public",
            _ => "take it out: the page shows one safe way to write",
        }
    }
}

/// Words that cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// As typed.
    pub text: String,
    /// What they are.
    pub kind: Kind,
}

/// What finds one way of writing a kind.
pub(super) struct Detector {
    pub(super) kind: Kind,
    /// Matches whatever `pattern` matches, and more, but without a word's edge: those of letters beyond ASCII make the search
    /// of every text twenty times as slow.
    pub(super) may: &'static LazyLock<Regex>,
    pub(super) pattern: &'static LazyLock<Regex>,
    /// Whether a match is what it looks like.
    pub(super) is_meant: fn(&Match<'_>) -> bool,
}

/// A match, with all that stands before it.
pub(super) struct Match<'a> {
    pub(super) before: &'a str,
    pub(super) found: &'a str,
}

impl Detector {
    /// The first match in a text, whose plain reading is given too.
    pub(super) fn first(&self, typed: &str, plain: &str) -> Option<Contact> {
        if !self.may.is_match(plain) {
            return None;
        }
        let is_meant = |found: &regex::Match<'_>| {
            let before = plain.get(..found.start()).unwrap_or_default();
            (self.is_meant)(&Match { before, found: found.as_str() })
        };
        let found = self.pattern.find_iter(plain).find(is_meant)?;
        let text = as_typed(typed, &found.range()).trim_matches([' ', '\n', '.', '!', '?']);
        Some(Contact { text: text.to_owned(), kind: self.kind })
    }
}
