//! Rules for text that people typed: which characters may stand in it, how it is counted, how it is tidied.
//! Length is always counted in characters (Unicode scalar values) after NFC, never in bytes.

use unicode_normalization::UnicodeNormalization;

/// Whether a character has no business in any text of ours: controls (but line feed and tab), direction overrides
/// and isolates, line and paragraph separators, noncharacters, the byte order mark.
pub fn is_unwanted(character: char) -> bool {
    let code = character as u32;
    is_control(code) || is_direction(code) || matches!(code, 0x2028 | 0x2029 | 0xFEFF) || is_noncharacter(code)
}

fn is_control(code: u32) -> bool {
    (code < 0x20 && code != 0x0A && code != 0x09) || (0x7F..=0x9F).contains(&code)
}

fn is_direction(code: u32) -> bool {
    matches!(code, 0x061C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069)
}

fn is_noncharacter(code: u32) -> bool {
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

/// The first unwanted character of a text.
pub fn first_unwanted(text: &str) -> Option<char> {
    text.chars().find(|character| is_unwanted(*character))
}

/// Length in characters.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// More than eight combining marks in a row: text made to spill over its neighbours.
pub fn is_stacked(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|character| {
        run = if unicode_normalization::char::is_combining_mark(character) { run + 1 } else { 0 };
        run > 8
    })
}

/// What was meant by what was typed: NFC, line ends as `\n`, no unseen space or mark at either end. Case and inside are left alone.
pub fn tidy(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let composed: String = unified.nfc().collect();
    composed.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')).to_owned()
}

/// The number of words, as a person counts them.
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// A word for URLs, anchors and ids: lower-case letters and digits of any script, everything else one hyphen.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if character.is_alphanumeric() {
            slug.extend(character.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unseen_and_turning_characters_are_unwanted_and_scripts_are_not() {
        for bad in ['\0', '\u{7}', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}', '\u{2028}', '\u{feff}', '\u{ffff}'] {
            assert!(is_unwanted(bad), "{bad:?}");
        }
        assert_eq!(first_unwanted("O’Brien-Ng\u{303}uyễn عربي 漢字 👩‍👩‍👧 \n\t"), None);
    }

    #[test]
    fn tidy_composes_and_trims_and_keeps_the_inside() {
        assert_eq!(tidy(" \u{a0}\u{200b}Jose\u{301}\r\n  x \t"), "José\n  x");
    }

    #[test]
    fn stacked_marks_are_seen() {
        assert!(is_stacked(&format!("a{}", "\u{301}".repeat(9))));
        assert!(!is_stacked("ễ a\u{301}\u{302}"));
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Will I get a reply?"), "will-i-get-a-reply");
        assert_eq!(slug("Don’t  show — it"), "dont-show-it");
        assert_eq!(slug("¿Cómo?"), "cómo");
    }
}
