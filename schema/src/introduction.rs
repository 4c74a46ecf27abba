//! What may stand in an introduction: paragraphs, emphasis and lists, in people's own words; nothing that could carry a script,
//! and nothing by which money, a phone or a home address could reach the page.

use crate::checker::Checker;
use crate::problem::{At, Problem, quoted};
use crate::yaml::Text;
use pulldown_cmark::{Event, Options, Parser, Tag};
use regex::Regex;
use std::sync::LazyLock;

/// Length of an introduction in characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 40..=2400;

/// Checks an introduction. Rules: those of texts, `introduction-markup`, `contact-details`, `money-request`.
pub(crate) fn check_introduction(checker: &mut Checker, key: &str, written: Option<&Text>) -> Option<String> {
    let text = checker.text(key, written, LENGTH)?;
    let path = checker.path(key);
    let findings = findings(&text);
    let clean = findings.is_empty();
    for found in findings {
        let problem = Problem::new(At::Within(path.clone(), found.text), found.rule, found.message);
        checker.note(problem.help(found.help));
    }
    clean.then_some(text)
}

/// Something in an introduction that cannot be published.
pub struct Finding {
    /// The words in question, as typed.
    pub text: String,
    /// The rule's name.
    pub rule: &'static str,
    /// One sentence.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// Everything in an introduction that cannot be published, in order of kind.
pub fn findings(introduction: &str) -> Vec<Finding> {
    let mut findings = markup(introduction);
    findings.extend(contact_details(introduction));
    findings
}

fn markup(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        let (what, help) = match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => ("HTML", "write it in plain words"),
            Event::Start(Tag::Image { .. }) => ("a picture", "a photo goes to profiles/photos/"),
            Event::Start(Tag::Link { .. }) => ("a link", "leave the words, take the link out"),
            Event::Start(Tag::Heading { .. }) => ("a heading", "begin the line with a word"),
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => {
                ("program code", "take the backticks or the indentation out")
            }
            Event::Start(Tag::Table(_)) => ("a table", "write it as sentences"),
            Event::Rule => ("a rule across the page", "leave an empty line instead"),
            _ => continue,
        };
        let text = text.get(range).unwrap_or_default().lines().next().unwrap_or_default().trim_end().to_owned();
        let message = format!("an introduction cannot hold {what}: {}", quoted(&text));
        let same_line = |earlier: &Finding| earlier.message == message;
        if !findings.iter().any(same_line) {
            findings.push(Finding { text, rule: "introduction-markup", message, help });
        }
    }
    findings
}

struct Detector {
    what: &'static str,
    rule: &'static str,
    /// A cheap look that rules most texts out.
    may: fn(&str) -> bool,
    pattern: &'static LazyLock<Regex>,
}

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("the pattern is a constant that the tests run"));
    };
}

pattern!(EMAIL, r"(?i)\b[\w.+-]+\s?(@|\(at\)|\[at\])\s?[\w-]+(\.[\w-]+)+");
pattern!(PHONE, r"(\+?\d[\s().·-]{0,2}){7,14}\d");
pattern!(
    STREET,
    r"(?i)\b\d{1,5}\s+([\w.’'-]+\s+){1,4}(street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|place|pl|way|highway|hwy|calle|avenida)\b\.?|\bp\.?\s?o\.?\s?box\s+\d+|\b(calle|avenida|carrera)\s+[\w\s]{1,30}(#|no\.?|n[uú]m\.?)?\s?\d+"
);
pattern!(
    HANDLE,
    r"(?i)(^|[\s(])@[a-z0-9_.]{3,30}\b|\b(instagram|facebook|tiktok|snapchat|whatsapp|telegram|twitter|linkedin|insta)\b[\s:,=]{1,3}(is\s|es\s|at\s|as\s)?@?[a-z0-9_.]{3,30}|\b(www\.|https?://)\S+|\b[\w-]+\.(com|net|org|info)\b"
);
pattern!(
    MONEY,
    r"(?i)\b(send|wire|lend|need|mail|give)\b[^.!?\n]{0,24}\b(money|cash|dollars|funds|\$\s?\d+)|\$\s?[a-z][a-z0-9_]{2,}\b|\b(cash\s?app|venmo|zelle|paypal|western union|moneygram|jpay me|commissary money|money on my (books|account))\b|\b(m[aá]nd[ae]\w*|env[ií]\w*|prest\w+|necesito)\b[^.!?\n]{0,24}\b(dinero|plata|d[oó]lares)\b"
);

static DETECTORS: &[Detector] = &[
    Detector {
        what: "an e-mail address",
        rule: "contact-details",
        may: |text| text.contains('@') || text.contains("at"),
        pattern: &EMAIL,
    },
    Detector { what: "a phone number", rule: "contact-details", may: many_digits, pattern: &PHONE },
    Detector { what: "a street address", rule: "contact-details", may: any_digit, pattern: &STREET },
    Detector {
        what: "a web address or the name of an online account",
        rule: "contact-details",
        may: |_| true,
        pattern: &HANDLE,
    },
    Detector { what: "a request for money", rule: "money-request", may: |_| true, pattern: &MONEY },
];

fn any_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn many_digits(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 7
}

/// E-mail, phone, street, online account, money request: the first of each.
pub fn contact_details(text: &str) -> Vec<Finding> {
    DETECTORS
        .iter()
        .filter(|detector| (detector.may)(text))
        .filter_map(|detector| {
            let found = detector.pattern.find(text)?.as_str().trim();
            let message = format!("an introduction cannot hold {}: {}", detector.what, quoted(found));
            let help = "take it out: the page shows one safe way to write";
            Some(Finding { text: found.to_owned(), rule: detector.rule, message, help })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<String> {
        findings(text).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn ways_around_the_mail_are_found() {
        for text in [
            "write to joe.b@mail.org",
            "joe (at) mail.org",
            "call 555-123-4567 any time",
            "call (555) 123 4567",
            "I live at 12 North Oak Street.",
            "PO Box 123, Salem",
            "follow @joe_b_99",
            "instagram: joeb",
            "my page is joeb.com",
            "please send me some money",
            "I need 50 dollars, $joeb99",
            "put money on my books",
            "mándame dinero por favor",
            "vivo en calle Luna 14",
        ] {
            assert_eq!(rules(text).len().min(1), 1, "not found: {text}");
        }
    }

    #[test]
    fn ordinary_life_is_left_alone() {
        for text in [
            "I was born in 1985 and drove the 42 bus for 19 years, 2001 to 2020.",
            "My grandmother lived on a dirt road. I lost 30 pounds in 2 years.",
            "I need someone patient. Money is not what I am after.",
            "*Radios*, mostly. I read 100 books.\n\n- chess\n- jazz",
            "We walk 3 miles in the yard. The way I see it, 5 of us is a choir.",
            "In the 5th grade I wanted to place first.",
            "It is 2 o'clock at night and 1,000 stars are out.",
        ] {
            assert_eq!(rules(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn only_paragraphs_emphasis_and_lists_pass() {
        for text in [
            "# Hi",
            "[a](b)",
            "![a](b)",
            "<b>x</b>",
            "<script>alert(1)</script>",
            "`x`",
            "    code",
            "---",
            "<https://a.org/>",
        ] {
            assert!(!markup(text).is_empty(), "{text}");
        }
    }
}
