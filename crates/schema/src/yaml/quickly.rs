//! Reads a file that is expected to be right.

use crate::ground::problem::Problem;
use crate::yaml::explain::read;
use crate::yaml::quotes::has_curly;
use serde::de::DeserializeOwned;

/// Reads a file that is expected to be right: fast where it is, thorough where it is not.
/// Returns the value as far as it could be read, and what is wrong with its form.
pub fn read_quickly<T: DeserializeOwned + Default>(text: &str) -> (T, Vec<Problem>) {
    if !has_indicators(text)
        && !has_remarks(text)
        && !has_curly(text)
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

/// Whether a `#` stands behind a blank, perhaps within a value that it cuts; or in front of everything, so that nothing is left.
fn has_remarks(text: &str) -> bool {
    text.starts_with('#') || text.contains(" #") || text.contains("\t#") || text.trim().is_empty()
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
