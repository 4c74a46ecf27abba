//! What came, as it can be compared: words, or the hash of what holds none.

use crate::cited::Cited;
use crate::fold::Folded;
use crate::html::{decoded, words};
use crate::network::Answer;
use crate::passage::holds;
use schema::ground::hash::{Hash, content_hash};

/// Fewer words than this are no page: it is made by scripts, or says that something went wrong.
const LEAST_WORDS: usize = 40;

/// A wall is short; an article about walls is not.
const MOST_OF_A_WALL: usize = 400;

/// What walls before programs say.
const WALLS: [&str; 14] = [
    "access denied",
    "are you a human",
    "are you a robot",
    "attention required",
    "captcha",
    "checking your browser",
    "enable cookies",
    "enable javascript",
    "incapsula",
    "javascript is disabled",
    "just a moment",
    "pardon our interruption",
    "unusual traffic",
    "verify you are human",
];

/// What came of a page.
#[derive(Debug)]
pub(crate) enum Reading {
    /// A page of words.
    Words(Folded),
    /// A document whose words are not read here.
    Document(Hash),
}

/// Reads what came.
pub(crate) fn read(answer: &Answer) -> Reading {
    let media = answer.media.to_ascii_lowercase();
    let begins = |mark: &[u8]| answer.body.trim_ascii_start().starts_with(mark);
    if media.contains("html") || media.is_empty() && begins(b"<") {
        Reading::Words(Folded::of(&words(&decoded(&answer.body, &media))))
    } else if media.starts_with("text/") {
        Reading::Words(Folded::of(&decoded(&answer.body, &media)))
    } else {
        Reading::Document(content_hash(&answer.body))
    }
}

/// The quotations that do not stand on a page, or why it is none to be compared.
pub(crate) fn missing<'c>(page: &Folded, cited: &'c Cited) -> Result<Vec<&'c str>, String> {
    let missing: Vec<&str> =
        cited.quotes.iter().map(String::as_str).filter(|quotation| !holds(page, quotation)).collect();
    if missing.is_empty() {
        return Ok(missing);
    }
    if page.count() < LEAST_WORDS {
        return Err("it shows almost no words to a program".to_owned());
    }
    let is_wall = page.count() < MOST_OF_A_WALL && {
        let text = page.tokens().collect::<Vec<_>>().join(" ");
        WALLS.iter().any(|words| text.contains(words))
    };
    if is_wall { Err("it shows a wall to programs".to_owned()) } else { Ok(missing) }
}
