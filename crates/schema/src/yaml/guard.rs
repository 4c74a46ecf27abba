//! What is checked in the bytes of a file before anything parses them.

use crate::ground::problem::{At, Problem, quoted};
use crate::ground::text::is_unwanted;

/// The largest YAML file that is read: 64 kB.
pub const MAX_BYTES: usize = 64 * 1024;

/// The text of a file, or why its bytes are refused. Rules: `too-large`, those of [`plain_text`], `byte-order-mark`,
/// `unwanted-character`.
///
/// # Errors
/// Every problem found in the bytes.
pub fn guard(bytes: &[u8]) -> Result<&str, Vec<Problem>> {
    if bytes.len() > MAX_BYTES {
        let message = format!("the file has {} bytes, more than the {MAX_BYTES} that are read", bytes.len());
        return Err(vec![Problem::new(At::Position(1, 1), "too-large", message).help("shorten it, or split it")]);
    }
    let text = plain_text(bytes).map_err(|problem| vec![problem])?;
    let problems = unwanted(text);
    if problems.is_empty() { Ok(text) } else { Err(problems) }
}

/// The text of any file that people type, or the one reason for which nothing else can be said of it.
/// Rules: `utf-16`, `invalid-utf-8`, `unfinished-merge`.
///
/// # Errors
/// That reason.
pub fn plain_text(bytes: &[u8]) -> Result<&str, Problem> {
    if is_utf16(bytes) {
        let help = "save it again as UTF-8: most editors ask for the encoding under `Save as`";
        return Err(Problem::new(At::Position(1, 1), "utf-16", "the file is saved as UTF-16").help(help));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    unfinished_merge(text).map_or(Ok(text), Err)
}

/// A mark at the beginning, or a NUL beside most letters, as Latin letters have there.
fn is_utf16(bytes: &[u8]) -> bool {
    let begin = bytes.get(..64).unwrap_or(bytes);
    let nuls = |first: usize| begin.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || (nuls(0).max(nuls(1))) * 4 > begin.len()
}

/// What git leaves where two people changed the same lines.
fn unfinished_merge(text: &str) -> Option<Problem> {
    if !text.contains("<<<<<<<") && !text.contains(">>>>>>>") {
        return None;
    }
    let (row, mark) = text.lines().enumerate().find(|(_, line)| {
        line.strip_prefix("<<<<<<<")
            .or(line.strip_prefix(">>>>>>>"))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })?;
    let message = format!("two people changed these lines, and nobody has chosen yet: {}", quoted(mark));
    let help = "keep what is right, then delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`";
    Some(Problem::new(At::Position(row + 1, 1), "unfinished-merge", message).help(help))
}

fn not_utf8(bytes: &[u8], valid: usize) -> Problem {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default()).into_owned();
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Problem::new(At::Position(line, column), "invalid-utf-8", format!("the byte `0x{byte:02X}` is not UTF-8"))
        .help("save the file as UTF-8")
}

fn unwanted(text: &str) -> Vec<Problem> {
    // Most files are plain: one pass without bookkeeping decides that.
    if !text.chars().any(|character| is_unwanted(character) && character != '\r') {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (row, line) in text.split('\n').enumerate() {
        for (column, character) in line.strip_suffix('\r').unwrap_or(line).chars().enumerate() {
            if row == 0 && column == 0 && character == '\u{FEFF}' {
                let problem =
                    Problem::new(At::Position(1, 1), "byte-order-mark", "the file begins with a byte order mark");
                problems.push(problem.help("save the file as UTF-8 without BOM"));
            } else if is_unwanted(character) {
                let message = format!("the unseen character `U+{:04X}` is not allowed", character as u32);
                let problem = Problem::new(At::Position(row + 1, column + 1), "unwanted-character", message);
                problems.push(problem.help("delete it, or type the words again"));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_with_either_line_end_passes() {
        assert!(guard("a: é\r\nb: 漢\n".as_bytes()).is_ok());
    }

    #[test]
    fn a_bad_byte_is_placed() {
        let problems = guard(b"a: b\nc: \xff\n").unwrap_err();
        assert_eq!(problems[0].at, At::Position(2, 4));
    }
}
