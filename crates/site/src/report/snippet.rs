//! The line of a problem, with a caret under its place.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use schema::ground::text::seen;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// How many characters of a line stand before the place, and how many after it: a terminal is hardly narrower.
const BEFORE: usize = 40;
const AFTER: usize = 60;

/// Wider than anything that is cut so, in which every character may take two columns.
const WIDTH: usize = 4 * (BEFORE + AFTER);

/// Draws a line of a text, with a caret under one of its characters; lines and columns count from 1. Nothing where there is no
/// such line.
pub(super) fn snippet(text: &str, line: usize, column: usize, coloured: bool) -> Option<String> {
    let whole = text.split('\n').nth(line.checked_sub(1)?)?;
    let Cut { shown, caret } = cut(whole.strip_suffix('\r').unwrap_or(whole), column.checked_sub(1)?);
    let source = Snippet::source(shown).line_start(line).annotation(AnnotationKind::Primary.span(caret));
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    Some(renderer.term_width(WIDTH).render(&[Group::with_level(Level::ERROR).element(source)]))
}

/// A piece of a line, and the bytes of it that the caret is under.
struct Cut {
    shown: String,
    caret: Range<usize>,
}

/// Cuts a line around a place. What cannot be seen stands as one sign that can; behind the end of a line stands a space.
fn cut(line: &str, place: usize) -> Cut {
    let mut characters: Vec<char> = line.chars().map(seen).collect();
    let mut place = place.min(characters.len());
    if place == characters.len() {
        characters.push(' ');
    }
    let is_mark = |at: usize| characters.get(at).is_some_and(|character| is_combining_mark(*character));
    // A mark is seen with its letter only.
    let letter = |at: usize| (0..=at).rev().find(|at| !is_mark(*at)).unwrap_or(0);
    place = letter(place);
    let behind = (place + 1..characters.len()).find(|at| !is_mark(*at)).unwrap_or(characters.len());
    let from = letter(place.saturating_sub(BEFORE));
    let to = (behind + AFTER).min(characters.len());
    let piece = |range: Range<usize>| characters.get(range).unwrap_or_default().iter().collect::<String>();
    let cut_off = |is_cut: bool| if is_cut { "…" } else { "" };
    let before = format!("{}{}", cut_off(from > 0), piece(from..place));
    let under = piece(place..behind);
    let caret = before.len()..before.len() + under.len();
    Cut { shown: format!("{before}{under}{}{}", piece(behind..to), cut_off(to < characters.len())), caret }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The drawn line and the one with the caret, without what stands at their left.
    fn drawn(text: &str, column: usize) -> [String; 2] {
        let drawn = snippet(text, 1, column, false).unwrap();
        let lines: Vec<&str> = drawn.lines().filter_map(|line| line.split_once("| ").map(|(_, line)| line)).collect();
        <[&str; 2]>::try_from(lines).unwrap_or_else(|lines| panic!("{lines:?} of {drawn}")).map(str::to_owned)
    }

    #[test]
    fn the_caret_stands_under_its_character_however_wide_those_before_it_are() {
        for (line, column, shown, caret) in [
            ("name: Ana", 7, "name: Ana", "      ^"),
            ("漢字: x", 5, "漢字: x", "      ^"),
            ("漢字: x", 2, "漢字: x", "  ^^"),
            ("🕊: x", 4, "🕊: x", "   ^"),
            ("😀: x", 4, "😀: x", "    ^"),
            ("e\u{301}e\u{301}: x", 7, "e\u{301}e\u{301}: x", "    ^"),
            ("ae\u{301}b", 3, "ae\u{301}b", " ^"),
            ("\tx: y", 2, "    x: y", "    ^"),
            ("a: b", 99, "a: b ", "    ^"),
            ("a: b\r", 3, "a: b", "  ^"),
        ] {
            assert_eq!(drawn(line, column), [shown, caret], "{line:?}");
        }
    }

    #[test]
    fn nothing_that_commands_or_turns_is_drawn() {
        let [line, caret] = drawn("a\u{202e}b\u{1b}[31m\u{200f}\u{9b}: x", 3);
        assert_eq!((line.as_str(), caret.as_str()), ("a�b�[31m��: x", "  ^"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}漢{}", "a".repeat(5_000), "b".repeat(5_000));
        let [line, caret] = drawn(&text, 5_001);
        assert_eq!(line, format!("…{}漢{}…", "a".repeat(BEFORE), "b".repeat(AFTER)));
        assert_eq!(caret, format!("{}^^", " ".repeat(BEFORE + 1)));
        let [line, _] = drawn(&"漢".repeat(5_000), 1);
        assert_eq!(line, format!("{}…", "漢".repeat(AFTER + 1)));
    }

    #[test]
    fn a_place_that_is_not_there_has_no_line() {
        assert!(snippet("a\nb", 3, 1, false).is_none());
        assert!(snippet("a\nb", 0, 1, false).is_none());
        assert!(snippet("a\nb", 1, 0, false).is_none());
        assert!(snippet("", 1, 1, false).is_some());
    }

    #[test]
    fn colours_are_for_whoever_can_see_them() {
        assert!(!snippet("a: b", 1, 1, false).unwrap().contains('\u{1b}'));
        assert!(snippet("a: b", 1, 1, true).unwrap().contains('\u{1b}'));
    }
}
