//! What is wrong with a piece of content, said so that its writer can mend it: where, which rule, one sentence, and help.
//! A problem knows a key path, not a line: lines are looked up only when there is something to report.

use std::fmt;

/// The way from the top of a file to one value: `consent.given`, `interests[2]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyPath(Vec<Step>);

/// One step of a [`KeyPath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a map, by key.
    Key(String),
    /// Into a list, by position from 0.
    Index(usize),
}

impl KeyPath {
    /// The whole file.
    pub fn root() -> Self {
        Self::default()
    }

    /// This path, one key further.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.step(Step::Key(key.to_owned()))
    }

    /// This path, one list position further.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The steps from the top.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether `self` is `other` or lies inside it.
    pub fn is_within(&self, other: &KeyPath) -> bool {
        self.0.starts_with(&other.0)
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => write!(out, "{key}")?,
                Step::Key(key) => write!(out, ".{key}")?,
                Step::Index(index) => write!(out, "[{index}]")?,
            }
        }
        Ok(())
    }
}

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
}

impl Problem {
    /// A problem without help.
    pub fn new(at: At, rule: &'static str, message: impl Into<String>) -> Self {
        Self { at, rule, message: message.into(), help: None }
    }

    /// The same problem with help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The key path that the problem is about, if it is about one.
    pub fn path(&self) -> Option<&KeyPath> {
        match &self.at {
            At::Position(..) => None,
            At::Value(path) | At::Within(path, _) | At::Key(path, _) => Some(path),
        }
    }
}

/// The known word nearest to a mistyped one, if any is near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count().max(3) / 3))
        .min()
        .map(|(_, candidate)| candidate)
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
    if crate::text::is_unwanted(character) || character == '\n' || character == '\t' {
        format!("U+{:04X}", character as u32).chars().collect()
    } else {
        vec![character]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_path_reads_as_people_write_it() {
        assert_eq!(KeyPath::root().key("routes").index(1).key("lines").index(0).to_string(), "routes[1].lines[0]");
    }

    #[test]
    fn nearest_finds_a_slip_and_leaves_strangers_alone() {
        let known = ["gardening", "baking", "jazz"];
        assert_eq!(nearest("gardning", known), Some("gardening"));
        assert_eq!(nearest("Jaz", known), Some("jazz"));
        assert_eq!(nearest("quantum", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn quoted_is_one_visible_line() {
        assert_eq!(quoted("a\nb\u{202E}c`d"), "`aU+000AbU+202Ec'd`");
        assert_eq!(quoted(&"é".repeat(80)).chars().count(), 63);
    }
}
