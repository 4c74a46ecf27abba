//! A person's number without what people put around it: the words before it as they stand on envelopes and locator pages (`Inmate
//! No.`, `TDCJ #`), blanks, hyphens, the agency's own word for it. No digit is ever taken off.

use crate::place::agency::{Agency, Pattern};

/// A number as the agency writes it. Where no reading has the agency's form, it stays as it was typed; where that form is not known,
/// only words go that a mark parts from the number.
pub(super) fn as_the_agency_writes(agency: Option<&Agency>, typed: &str) -> String {
    let Some((agency, pattern)) = agency.and_then(|agency| Some((agency, agency.number_pattern()?))) else {
        return after_mark(typed).to_owned();
    };
    let number = as_in_pattern(pattern, agency.number_label(), typed);
    let example = agency.number.as_ref().and_then(|rule| rule.example.as_deref());
    example.and_then(|example| parted_like(example, &number)).filter(|one| pattern.matches(one)).unwrap_or(number)
}

/// A number with its hyphens and blanks where an example has them; nothing where it has more or fewer letters and digits.
fn parted_like(example: &str, number: &str) -> Option<String> {
    let mut own = number.chars().filter(|c| c.is_alphanumeric());
    let parted: Option<String> =
        example.chars().map(|c| if c.is_alphanumeric() { own.next() } else { Some(c) }).collect();
    parted.filter(|_| own.next().is_none())
}

fn as_in_pattern(pattern: &Pattern, label: &str, typed: &str) -> String {
    if pattern.matches(typed) {
        return typed.to_owned();
    }
    let upper = typed.to_uppercase();
    let label = label.to_uppercase();
    let bare = label.split_whitespace().fold(upper, |number, word| number.replacen(word, "", 1));
    let starts = std::iter::once(after_mark(typed)).chain(word_starts(typed)).chain([bare.as_str()]);
    starts.flat_map(readings).find(|reading| pattern.matches(reading)).unwrap_or_else(|| typed.to_owned())
}

/// How a text may be meant: with or without what parts its characters, in its own case or in capitals.
fn readings(text: &str) -> [String; 4] {
    let close: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let open = text.trim_matches([' ', '#', ':', '.']).to_owned();
    let (close_upper, open_upper) = (close.to_uppercase(), open.to_uppercase());
    [close, close_upper, open, open_upper]
}

/// What follows the words before a number, where a mark ends them. After one letter, a full stop may be part of the number.
fn after_mark(typed: &str) -> &str {
    let digit = typed.find(char::is_numeric).unwrap_or(0);
    let mark = typed.char_indices().rev().find(|(at, c)| *at < digit && matches!(c, '#' | ':' | '.' | '№' | 'º'));
    let Some((words, after)) = mark.and_then(|(at, _)| typed.split_at_checked(at)) else { return typed };
    let last = words.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let may_be_number = after.starts_with('.') && last.chars().count() == 1;
    let rest = after.trim_start_matches(|c: char| !c.is_alphanumeric() || c == 'º');
    if may_be_number { typed } else { rest }
}

/// Where a number may begin: at every word before its first digit, and at that digit; the longest first.
fn word_starts(typed: &str) -> impl Iterator<Item = &str> {
    let digit = typed.find(char::is_numeric).unwrap_or(typed.len());
    let before = std::iter::once(' ').chain(typed.chars());
    let starts = typed.char_indices().zip(before).take_while(move |((at, _), _)| *at <= digit);
    let begins =
        move |at: usize, c: char, before: char| at == digit || (c.is_alphanumeric() && !before.is_alphanumeric());
    starts.filter(move |((at, c), before)| begins(*at, *c, *before)).filter_map(|((at, _), _)| typed.get(at..))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str, typed: &str) -> String {
        as_in_pattern(&Pattern::from(pattern.to_owned()), "DOC number", typed)
    }

    #[test]
    fn words_as_they_stand_on_envelopes_and_locator_pages_are_taken_off() {
        for words in [
            "ID # ",
            "ID#: ",
            "Inmate No. ",
            "Inmate ID Number: ",
            "Reg. No. ",
            "Register Number ",
            "TDCJ #",
            "TDCJ-ID ",
            "DOC# ",
            "DOC",
            "DIN: ",
            "Inmate #",
            "ID#",
            "No. ",
            "DOC No. ",
            "I.D. no. ",
            "Nº ",
            "№ ",
            "# ",
            "número de recluso: ",
        ] {
            assert_eq!(read("[0-9]{7}", &format!("{words}0765432")), "0765432", "{words}");
            assert_eq!(read("[0-9]{7}", &format!("{words}0765-432")), "0765432", "{words}");
            assert_eq!(read("[A-Z][0-9]{5}", &format!("{words} A12345")), "A12345", "{words}");
            assert_eq!(read("[0-9]{5}-[0-9]{3}", &format!("{words}12345-067")), "12345-067", "{words}");
        }
        assert_eq!(read("[0-9]{5}[A-Z]", "inmate number 04471b"), "04471B");
        assert_eq!(read("[0-9]{7}", "0765432 DOC"), "0765432");
    }

    #[test]
    fn a_number_keeps_its_own_letters_and_every_digit() {
        assert_eq!(read("[A-Z][0-9]{5}", "a 12345"), "A12345");
        assert_eq!(read("[A-Z]{2}[0-9]{4}", "Inmate QA 1234"), "QA1234");
        for stays in ["No. 12345", "12 345678", "0765432 0765432", "1 of 0765432"] {
            assert_eq!(read("[A-Z][0-9]{5}|[0-9]{7}", stays).replace(' ', ""), stays.replace(' ', ""), "{stays}");
        }
    }

    #[test]
    fn a_number_is_parted_as_the_example_is() {
        for typed in ["12345067", "12345-067", "12345 067"] {
            assert_eq!(parted_like("12345-067", typed).as_deref(), Some("12345-067"), "{typed}");
        }
        assert_eq!(parted_like("K004512", "k123456").as_deref(), Some("k123456"));
        assert_eq!(parted_like("12345-067", "1234506").as_deref(), None);
        assert_eq!(parted_like("12345-067", "123450678").as_deref(), None);
    }

    #[test]
    fn where_no_form_is_known_only_a_mark_parts_words_from_a_number() {
        for (typed, number) in [
            ("ID # 0765432", "0765432"),
            ("Inmate No. A12345", "A12345"),
            ("I.D.: B-77", "B-77"),
            ("A.12345", "A.12345"),
            ("QA 1234", "QA 1234"),
            ("12.34", "12.34"),
            ("unknown", "unknown"),
            ("#", "#"),
            ("", ""),
        ] {
            assert_eq!(as_the_agency_writes(None, typed), number, "{typed}");
        }
    }
}
