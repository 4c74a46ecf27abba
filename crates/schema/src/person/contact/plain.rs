//! Text as it is meant, whatever signs it is written in: digits in circles, wide or mathematical letters, dashes of every length,
//! marks between letters that nobody sees. Detectors look at that, and quote what was typed.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A text as detectors read it.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    text.chars().for_each(|character| push(character, &mut plain));
    plain
}

/// The part of a text from which a part of its plain reading came.
pub(super) fn as_typed<'a>(text: &'a str, read: &Range<usize>) -> &'a str {
    let (mut plain, mut start, mut end) = (String::new(), text.len(), text.len());
    for (at, character) in text.char_indices() {
        if plain.len() <= read.start {
            start = at;
        }
        if plain.len() >= read.end {
            end = at;
            break;
        }
        push(character, &mut plain);
    }
    text.get(start..end).unwrap_or(text)
}

fn push(character: char, plain: &mut String) {
    match character {
        '\0'..='\x7F' => plain.push(character),
        _ if is_unseen(character) => {}
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => plain.push('-'),
        '·' | '•' | '‧' | '∙' | '⋅' | '・' => plain.push('.'),
        _ => match digit_in_circle(character) {
            Some(digit) => plain.push(digit),
            None => plain.extend(std::iter::once(character).nfkc()),
        },
    }
}

/// Marks of no width, of direction and of style, and the box that makes a key of a digit.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{20E3}' | '\u{E0000}'..='\u{E007F}'
    )
}

/// Digits for which Unicode knows no plain form, or one with brackets or a full stop.
fn digit_in_circle(character: char) -> Option<char> {
    let code = u32::from(character);
    let ones = [0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A];
    let digit = ones.iter().find(|one| (**one..**one + 9).contains(&code)).map(|one| code - one + 1);
    digit.or((code == 0x24FF).then_some(0)).and_then(|digit| char::from_digit(digit, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_sign_is_read_as_it_and_quoted_as_typed() {
        for (typed, meant) in [
            ("⑤❺➄⑸⒌5️⃣⁵𝟓５", "555555555"),
            ("a‑b−c–d", "a-b-c-d"),
            ("ｊｏｅ＠𝗆𝖺𝗂𝗅", "joe@mail"),
            ("r\u{200D}a\u{2060}y", "ray"),
            ("Señor Núñez", "Señor Núñez"),
        ] {
            assert_eq!(plain(typed), meant);
            assert_eq!(as_typed(typed, &(0..meant.len())), typed);
        }
        assert_eq!(as_typed("x ⑤⑥ y", &(2..4)), "⑤⑥");
    }

    proptest::proptest! {
        #[test]
        fn any_part_of_the_reading_is_a_part_of_the_text(text in "\\PC{0,30}", from in 0..40_usize, length in 0..40_usize) {
            proptest::prop_assert!(text.contains(as_typed(&text, &(from..from + length))));
        }
    }
}
