//! Lists of single lines, as on an envelope.

use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::yaml::Text;

/// A list of one to `most` single lines, each of 1 to 80 characters.
pub(crate) fn lines(
    checker: &mut Checker<'_>,
    key: &str,
    written: Option<&Vec<Text>>,
    most: usize,
) -> Option<Vec<String>> {
    let items = checker.required(key, written)?;
    if items.is_empty() || items.len() > most {
        let message = format!("`{key}` must have 1 to {most} lines, and has {}", items.len());
        checker.wrong(key, "wrong-count", message, None);
        return None;
    }
    let mut lines = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let tidy = crate::ground::text::tidy(item.as_str());
        let sound = !tidy.is_empty() && crate::ground::text::length(&tidy) <= 80 && !tidy.contains('\n');
        if sound && crate::ground::text::first_unwanted(&tidy).is_none() {
            lines.push(tidy);
        } else {
            let at = At::Value(checker.path(key).index(index));
            let message = format!("a line of `{key}` must have 1 to 80 characters on one line: {}", quoted(&tidy));
            let help =
                if tidy.is_empty() { "write it, or take the line out" } else { "shorten it, or part it in two lines" };
            checker.note(Problem::new(at, "bad-line", message).help(help));
        }
    }
    (lines.len() == items.len()).then_some(lines)
}
