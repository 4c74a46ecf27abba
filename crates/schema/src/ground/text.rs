//! Rules for text that people typed: which characters may stand in it, how it is counted, how it is tidied.
//! Length is always counted in characters (Unicode scalar values) after NFC, never in bytes.

use unicode_normalization::UnicodeNormalization;

/// Whether a character has no business in any text of ours: controls (but line feed and tab), direction overrides
/// and isolates, line and paragraph separators, noncharacters, marks of no width but those that join letters.
pub fn is_unwanted(character: char) -> bool {
    let code = character as u32;
    is_control(code)
        || is_direction(code)
        || matches!(code, 0xAD | 0x200B | 0x2028 | 0x2029 | 0x2060 | 0xFEFF)
        || is_noncharacter(code)
}

/// A text in which each character that commands a terminal or turns what stands beside it is seen instead.
pub fn harmless(text: &str) -> String {
    text.chars().map(seen).collect()
}

/// What stands for a character that must not be printed.
pub fn seen(character: char) -> char {
    if is_unwanted(character) { char::REPLACEMENT_CHARACTER } else { character }
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

/// Whether anything in a text can be seen: a letter or a digit that is not one of those of no shape.
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() && !matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}'))
}

/// A number as whoever gave it means it, however it is written: its letters and digits alone, in capitals.
pub fn bare_number(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Length in characters.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// How much a text says, in characters of a script that needs about six for a word: of Han about three, of kana and Korean
/// syllables about two stand in one.
pub fn weight(text: &str) -> usize {
    let of = |character: char| match character {
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => 3,
        '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7AF}' => 2,
        _ => 1,
    };
    text.chars().map(of).sum()
}

/// More than eight combining marks in a row: text made to spill over its neighbours.
pub fn is_stacked(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|character| {
        run = if unicode_normalization::char::is_combining_mark(character) { run + 1 } else { 0 };
        run > 8
    })
}

/// What was meant by what was typed: NFC, line ends as `\n`, no unseen space or mark at either end, none of the marks that word
/// processors leave where a word may be parted, nor of those of direction that messengers and lists of contacts wrap round
/// numbers and addresses. Case and inside are left alone.
pub fn tidy(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let composed: String = unified.nfc().filter(|c| !is_unseen(*c)).collect();
    without_stray_joiners(composed.trim()).trim().to_owned()
}

/// Joiners belong between letters of scripts that join theirs, and between pictures that are one; beside anything plainer they
/// came along with what was pasted.
fn without_stray_joiners(text: &str) -> String {
    let is_plain = |beside: Option<char>| beside.is_none_or(|c| c < '\u{250}' || c.is_whitespace() || is_joiner(c));
    let characters: Vec<char> = text.chars().collect();
    let beside = |at: Option<usize>| at.and_then(|at| characters.get(at)).copied();
    let is_stray = |at: usize| is_plain(beside(at.checked_sub(1))) || is_plain(beside(at.checked_add(1)));
    let kept = characters.iter().enumerate().filter(|(at, c)| !is_joiner(**c) || !is_stray(*at));
    kept.map(|(_, c)| *c).collect()
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
}

/// Whether a character is never seen and never meant: it came along with what was pasted.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}' | '\u{FEFF}')
        || is_direction(character as u32)
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

/// Whether a host is one of those that are kept for examples, and lead nowhere.
pub fn is_example_host(host: &str) -> bool {
    let is_within = |name| host.strip_suffix(name).is_some_and(|rest: &str| rest.is_empty() || rest.ends_with('.'));
    ["example", "example.com", "example.org", "example.net"].into_iter().any(is_within)
}

/// Whether mail can go to an address.
pub fn is_email(value: &str) -> bool {
    mail_address(value).is_some()
}

/// An address as mail servers write it: one `@`, a local part of plain characters, a domain with a dot, 254 characters at most.
/// A domain in another script becomes its plain form (IDNA). Before the `@` there is no such form, and few servers take more.
pub fn mail_address(value: &str) -> Option<String> {
    let (local, domain) = value.rsplit_once('@')?;
    let local_ok = (1..=64).contains(&local.len())
        && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let domain = idna::domain_to_ascii_cow(domain.as_bytes(), idna::AsciiDenyList::STD3).ok()?;
    let label_ok = |label: &str| {
        let sound = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        sound && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    let last_ok = domain.rsplit('.').next().is_some_and(|last| last.chars().any(char::is_alphabetic));
    let address = format!("{local}@{domain}");
    let sound = local_ok && last_ok && domain.contains('.') && domain.split('.').all(label_ok);
    (sound && address.len() <= 254).then_some(address)
}

/// `1 problem`, `2 problems`
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
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
        for mark in
            "\u{61C}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}".chars()
        {
            assert_eq!(tidy(&format!("{mark}0765432{mark}")), "0765432", "{mark:?}");
        }
        for mark in ["\u{200D}", "\u{200C}", "\u{FEFF}", "\u{2063}", "\u{180E}", "\u{200D}\u{200D}"] {
            assert_eq!(tidy(&format!("{mark}Ray{mark} Oa{mark}kes{mark}")), "Ray Oakes", "{mark:?}");
        }
        for joined in ["👩\u{200D}👩\u{200D}👧", "می\u{200C}خواهم", "क्\u{200D}ष"] {
            assert_eq!(tidy(joined), joined);
        }
    }

    #[test]
    fn what_a_text_says_is_weighed_and_fillers_are_nothing_to_see() {
        assert_eq!(weight("hello"), 5);
        assert_eq!(weight("我喜欢音乐"), 15);
        assert_eq!(weight("음악 かな"), 9);
        assert!(is_visible("王") && is_visible("7") && is_visible("e\u{301}"));
        assert!(!is_visible("\u{3164}") && !is_visible("\u{2800} . \u{115F}"));
        assert_eq!(bare_number("12345-067"), bare_number("12345067"));
    }

    #[test]
    fn hosts_that_are_kept_for_examples_are_known_and_others_are_not() {
        for host in ["example", "a.example", "example.org", "www.example.com"] {
            assert!(is_example_host(host), "{host}");
        }
        for host in ["", "myexample", "notexample.org", "example.gov", "doc.mo.gov"] {
            assert!(!is_example_host(host), "{host}");
        }
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

    #[test]
    fn addresses_that_mail_can_reach() {
        for good in [
            "a@b.org",
            "ana.maria+x@mail.example.org",
            "ana@bücher.example",
            "ana@почта.рф",
            &format!("{}@{}.org", "a".repeat(60), "b".repeat(60)),
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "a@localhost",
            "a@[127.0.0.1]",
            "a@b.org, c@d.org",
            "Ann <a@b.org>",
            "a@@b.org",
            "@b.org",
            "a@b..org",
            "a b@c.org",
            "a@1.2.3.4",
            // Nobody could be told there: few mail servers take anything but plain letters before the `@`.
            "josé@correo.mx",
            "a@b\u{2028}c.org",
            "a@b_c.org",
            &format!("a@{}.example", "ü".repeat(63)),
        ] {
            assert!(!is_email(bad), "{bad}");
        }
        assert_eq!(mail_address("ana@Bücher.example").as_deref(), Some("ana@xn--bcher-kva.example"));
    }
}
