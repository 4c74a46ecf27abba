//! YAML as people write it: read straight into text types, every mistake of a file found in one reading.
//!
//! 1. [`guard()`] looks at the bytes: size, UTF-8, byte order mark, unwanted characters.
//! 2. A file that is plain and right goes through `serde_yaml` alone ([`read_quickly`]).
//! 3. Anything else is parsed into a [`Tree`] with positions and read by [`read`], which notes each mistake and reads on.
//! 4. [`place`] turns the key path of a later finding into line and column.

mod explain;
mod guard;
mod tree;
mod written;

pub use explain::read;
pub use guard::{MAX_BYTES, guard};
pub use tree::Tree;
pub use written::{Entries, Text, present};

pub(crate) use written::as_written;

use crate::problem::{At, Problem};
use serde::de::DeserializeOwned;

/// Reads a file that is expected to be right: fast where it is, thorough where it is not.
/// Returns the value as far as it could be read, and what is wrong with its form.
pub fn read_quickly<T: DeserializeOwned + Default>(text: &str) -> (T, Vec<Problem>) {
    if !has_indicators(text)
        && let Ok(value) = serde_yaml::from_str(text)
    {
        return (value, Vec::new());
    }
    read(text)
}

/// Whether a word begins with `&`, `*`, `!`, `<` or `---`: perhaps an anchor, an alias, a tag, a merge or a second document.
/// `serde_yaml` would follow them; only the tree can tell them from ordinary text.
fn has_indicators(text: &str) -> bool {
    let mut before = '\n';
    for character in text.chars() {
        if matches!(character, '&' | '*' | '!' | '<') && matches!(before, '\n' | ' ' | '\t' | '[' | ',' | '{') {
            return true;
        }
        before = character;
    }
    text.starts_with("---") || text.contains("\n---") || text.contains("\n...")
}

/// Line and column, from 1, of each problem of one file, in the order given.
pub fn place(text: &str, problems: &[Problem]) -> Vec<(usize, usize)> {
    let tree = Tree::parse(text).ok();
    problems
        .iter()
        .map(|problem| match (&problem.at, &tree) {
            (At::Position(line, column), _) => (*line, *column),
            (_, None) => (1, 1),
            (At::Value(path), Some(tree)) => tree.value(path),
            (At::Key(path, nth), Some(tree)) => tree.key(path, *nth),
            (At::Within(path, words), Some(tree)) => tree.within(text, path, words),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_send_a_file_to_the_careful_reader() {
        assert!(has_indicators("a: *x"));
        assert!(has_indicators("a: [&x b]"));
        assert!(has_indicators("a: b\n---\nc: d"));
        assert!(!has_indicators("a: salt&pepper! 2*3\n"));
    }
}
