//! Lines that stand too far to the left or to the right to be YAML at all. The parser gives up a line or two behind them and
//! says what it hoped for; what an editor did is seen from the columns in which the lines begin.

use crate::ground::problem::{At, Problem, quoted};

/// What was done to the lines at which the parser gave up, where that can be told: rules `wrong-indent`, `not-yaml`.
pub(super) fn misplaced(text: &str, line: usize, complaint: &str) -> Option<Problem> {
    let lines: Vec<(usize, &str)> =
        text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim().is_empty()).collect();
    if let Some(problem) = first_outside(&lines, line) {
        return Some(problem);
    }
    if complaint.contains("simple key") {
        let (row, words) = *lines.iter().rev().find(|(at, words)| *at <= line && !words.contains(':'))?;
        let above = lines.iter().rev().find(|(at, _)| *at < row).map_or("", |(_, above)| above);
        return Some(without_colon(row, words, indent(above) > indent(words)));
    }
    if !complaint.contains("mapping values are not allowed") && !complaint.contains("did not find expected key") {
        return None;
    }
    let (row, words) = *lines.iter().rev().find(|(at, _)| *at <= line)?;
    let (_, above) = lines.iter().rev().find(|(at, _)| *at < row)?;
    let has_value = above.split_once(": ").is_some_and(|(_, value)| !value.trim().is_empty());
    if !has_value || indent(words) <= indent(above) {
        return None;
    }
    let message = "this line stands further in than the one above it, which has its value already";
    let help = "begin both lines in the same column: move this one to the left, or the one above to the right";
    Some(Problem::new(At::Position(row, indent(words) + 1), "wrong-indent", message).help(help))
}

/// A text that should stand below its key, `introduction: |`, and begins in the same column: told at its first line.
fn first_outside(lines: &[(usize, &str)], line: usize) -> Option<Problem> {
    let opens = |words: &str| {
        let bare = words.trim_end().trim_end_matches(['-', '+']);
        bare.ends_with(": |") || bare.ends_with(": >")
    };
    let pairs = lines.iter().zip(lines.iter().skip(1)).take_while(|(_, (row, _))| *row <= line);
    let mut outside = pairs.filter(|((_, key), (_, words))| opens(key) && indent(words) <= indent(key));
    let ((_, key), (row, words)) = outside.find(|(_, (_, words))| !words.contains(": "))?;
    let message = format!("this line has lost its indentation: {}", quoted(words.trim()));
    let key = key.split(':').next().unwrap_or_default().trim();
    let help = format!("put two blanks more in front of each line of it than in front of `{key}:`");
    Some(Problem::new(At::Position(*row, indent(words) + 1), "wrong-indent", message).help(help))
}

fn without_colon(row: usize, words: &str, is_below_text: bool) -> Problem {
    let at = At::Position(row, indent(words) + 1);
    if is_below_text {
        let message = format!("this line has lost its indentation: {}", quoted(words.trim()));
        let help = "put as many blanks in front of it as in front of the lines above";
        return Problem::new(at, "wrong-indent", message).help(help);
    }
    let message = format!("this line has no colon behind its key: {}", quoted(words.trim()));
    Problem::new(at, "not-yaml", message).help("write `key: value`")
}

/// How many blanks a line begins with.
fn indent(line: &str) -> usize {
    line.chars().take_while(|character| *character == ' ').count()
}
