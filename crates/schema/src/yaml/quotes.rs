//! Quotes that are missing, left open, or none that YAML knows: each named as what it is.

use crate::ground::problem::{At, Problem, quoted};

/// What opens or closes a quotation in print, and is a letter like any other in a file.
const CURLY: [char; 8] = ['\u{201C}', '\u{201D}', '\u{201E}', '\u{2018}', '\u{2019}', '\u{201A}', '«', '»'];

/// Why a value at which the parser gave up needs quotes, or another quote: rules `reserved-character`, `open-quote`.
pub(super) fn unquoted(lines: &[&str], (line, column): (usize, usize), complaint: &str) -> Option<Problem> {
    let rest: String = lines.get(line.checked_sub(1)?)?.chars().skip(column - 1).collect();
    let at = At::Position(line, column);
    if complaint.starts_with("unexpected character") {
        let first = rest.chars().next().filter(|first| matches!(first, '@' | '`' | '%'))?;
        let value = rest.split([',', ']', '}']).next().unwrap_or(&rest).trim_end();
        let message = format!("YAML lets no value begin with {}", quoted(&first.to_string()));
        let help = format!("put the value in quotes, {}", quoted(&format!("\"{value}\"")));
        return Some(Problem::new(at, "reserved-character", message).help(help));
    }
    let first = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    complaint.contains("quoted scalar").then(|| {
        let message = format!("the quote that begins here is not closed in its line: {}", quoted(&rest));
        let help = format!("put {} at the end of the value as well, or take this one away", quoted(&first.to_string()));
        Problem::new(at, "open-quote", message).help(help)
    })
}

/// The number that stands between curly quotes, as word processors put them; none where the value is anything else.
pub(super) fn curly_number(value: &str) -> Option<&str> {
    let inner = value.strip_prefix(CURLY)?;
    let inner = inner.strip_suffix(CURLY).unwrap_or(inner);
    (inner.contains(|character: char| character.is_ascii_digit()) && !inner.contains(char::is_whitespace))
        .then_some(inner)
}

/// Whether a value begins with a curly quote somewhere in a text.
pub(super) fn has_curly(text: &str) -> bool {
    text.contains(": ") && text.contains(CURLY) && text.split(": ").skip(1).any(|value| value.starts_with(CURLY))
}
