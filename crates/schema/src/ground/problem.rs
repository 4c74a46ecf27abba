//! What is wrong with a piece of content, said so that its writer can mend it: where, which rule, one sentence, and help.
//! A problem knows a key path, not a line: lines are looked up only when there is something to report.

use crate::ground::key_path::KeyPath;

/// Where in a file a problem lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// A known position: line and column, both from 1, columns in characters.
    Position(usize, usize),
    /// The value at a key path.
    Value(KeyPath),
    /// The first place of this text within the value at a key path, or the value itself where the text is not found as written.
    Within(KeyPath, String),
    /// The key itself, the `usize`-th time that it stands there (a duplicate is 1).
    Key(KeyPath, usize),
}

/// One thing that is wrong, in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: At,
    /// Which rule, by its name in lower case with hyphens; messages, tests and documentation share it.
    pub rule: &'static str,
    /// One sentence in lower case without a full stop; the offending value in backticks.
    pub message: String,
    /// How to mend it, where that is known.
    pub help: Option<String>,
    /// The key whose value is missing or cut because of this: nothing more is said of it.
    pub instead_of: Option<Box<KeyPath>>,
}

impl Problem {
    /// A problem without help.
    pub fn new(at: At, rule: &'static str, message: impl Into<String>) -> Self {
        Self { at, rule, message: message.into(), help: None, instead_of: None }
    }

    /// The same problem with help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem, which explains whatever else could be said of a key.
    #[must_use]
    pub fn instead_of(mut self, path: KeyPath) -> Self {
        self.instead_of = Some(Box::new(path));
        self
    }

    /// Whether the value at a path is missing or unreadable because of this problem.
    pub fn explains(&self, path: &KeyPath) -> bool {
        let covers = |broken: &KeyPath| path.is_within(broken);
        self.path().is_some_and(covers) || self.instead_of.as_deref().is_some_and(covers)
    }

    /// The key path that the problem is about, if it is about one.
    pub fn path(&self) -> Option<&KeyPath> {
        match &self.at {
            At::Position(..) => None,
            At::Value(path) | At::Within(path, _) | At::Key(path, _) => Some(path),
        }
    }
}

/// A value as it may be quoted in a message: in backticks, on one line, cut at 60 characters, unseen characters named.
pub fn quoted(value: &str) -> String {
    let mut shown: String = value.chars().take(60).flat_map(visible).collect();
    if value.chars().nth(60).is_some() {
        shown.push('…');
    }
    format!("`{}`", shown.replace('`', "'"))
}

fn visible(character: char) -> Vec<char> {
    if crate::ground::text::is_unwanted(character) || character == '\n' || character == '\t' {
        format!("U+{:04X}", character as u32).chars().collect()
    } else {
        vec![character]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_is_one_visible_line() {
        assert_eq!(quoted("a\nb\u{202E}c`d"), "`aU+000AbU+202Ec'd`");
        assert_eq!(quoted(&"é".repeat(80)).chars().count(), 63);
    }
}
