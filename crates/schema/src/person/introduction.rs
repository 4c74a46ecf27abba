//! What may stand in an introduction: paragraphs, emphasis and lists, in people's own words; nothing that could carry a script,
//! and nothing by which money, a phone or a home address could reach the page.

use crate::ground::problem::{At, Problem, quoted};
use crate::record::rule::rule;
use crate::yaml::Text;
use pulldown_cmark::{Event, Options, Parser, Tag};
use regex::Regex;
use std::sync::LazyLock;

/// Length of an introduction in characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 40..=2400;

rule!(
    /// An introduction. Rules: those of texts, `introduction-markup`, `contact-details`, `money-request`.
    Introduction: Text => String,
    format!("{} to {} characters of Markdown: paragraphs, emphasis, lists", LENGTH.start(), LENGTH.end()),
    |checker, key, written| {
        let text = checker.text(key, written, LENGTH)?;
        let found = findings(&text);
        let is_clean = found.is_empty();
        for found in found {
            let problem = Problem::new(At::Within(checker.path(key), found.text), found.rule, found.message);
            checker.note(problem.help(found.help));
        }
        is_clean.then_some(text)
    }
);

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
    /// Matches whatever `pattern` matches, and more, but without a word's edge: those of letters beyond ASCII make the search
    /// of every text twenty times as slow.
    may: &'static LazyLock<Regex>,
    pattern: &'static LazyLock<Regex>,
}

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("the pattern is a constant that the tests run"));
    };
}

pattern!(
    MAY_EMAIL,
    r"(?i)@|[(\[{]at[)\]}]|\s(at|arroba)\s+([\w-]+\s*(\.|dot|punto|\[dot\]|\(dot\))\s*(com|net|org|edu|info|me|io|co|us|mx)|gmail|yahoo|hotmail|outlook|icloud|aol|proton)"
);
pattern!(
    EMAIL,
    r"(?i)\b[\w.+-]+\s?(@|\(at\)|\[at\]|\{at\})\s?[\w-]+(\.[\w-]+)*|\b[\w.+-]+\s+(at|arroba)\s+[\w-]+\s*(\.|\bdot\b|\bpunto\b|\[dot\]|\(dot\))\s*(com|net|org|edu|info|me|io|co|us|mx)\b|\b[\w.+-]+\s+(at|arroba)\s+(gmail|yahoo|hotmail|outlook|icloud|aol|proton\w*)\b"
);
pattern!(
    MAY_PHONE,
    r"(?i)\d{3}\)?[\s./_–—-]{0,3}\d{3}|\+\d|((zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|\d)[\s,./–-]+){6}"
);
// Ten digits in the groups of a telephone number, seven after a word that asks for a call, or digits spelt out one by one.
pattern!(
    PHONE,
    r"(?i)(\+?1[\s./_–-]{0,3})?(\(\d{3}\)|\b\d{3})[\s./_–—-]{0,3}\d{3}[\s./_–—-]{1,3}\d{4}\b|\b\d{10,11}\b|\+\d([\s./_–-]?\d){7,13}\b|\b(call|text|phone|tel|cell|whatsapp|ll[aá]m\w*|tel[eé]fono)\b[^.!?\n]{0,20}\b\d{3}[\s./_–-]{0,3}\d{4}\b|\b((zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|\d)[\s,./–-]+){6,}(zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|\d)\b"
);
pattern!(
    MAY_STREET,
    r"\d[A-Za-z]?\s+((N|S|E|W)[EW]?\.?\s+)?([A-Z0-9][\w.’'-]*\s+){1,4}(?i:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|circle|cir|terrace|place|pl|way|highway|hwy|trail|parkway|pkwy)|(?i:p\.?\s?o\.?\s?b|post office|box\s+\d|r\.?\s?r\.?\s?\d|(calle|avenida|carrera|colonia)\s)"
);
// A number, then words in capitals, then a kind of street: "12 North Oak Street", never "12 hours each way".
pattern!(
    STREET,
    r"\b\d{1,5}[A-Za-z]?\s+((N|S|E|W|NE|NW|SE|SW)\.?\s+)?([A-Z0-9][\w.’'-]*\s+){1,4}(?i:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|circle|cir|terrace|place|pl|way|highway|hwy|trail|parkway|pkwy)\b\.?|(?i:\bp\.?\s?o\.?\s?b(ox|\.)?\s*#?\d+|\bpost office box\s+\d+|\bbox\s+\d{2,}\b|\br\.?\s?r\.?\s?\d+\s+box\b|\b(calle|avenida|carrera|colonia)\s+[\w\sáéíóúñ]{1,30}?(#|no\.?|n[uú]m\.?)?\s?\d+)"
);
pattern!(
    MAY_HANDLE,
    r"(?i)@|insta|facebook|tiktok|snap|whatsapp|telegram|twitter|linkedin|discord|youtube|(^|\W)(ig|fb)|www\.|(tt|xx)ps?://|\.(com|org|info|io|me|us|co|net)"
);
pattern!(
    HANDLE,
    r"(?i)(^|[\s(])@[a-z0-9_.]{3,30}\b|\b(instagram|facebook|tiktok|snapchat|snap|whatsapp|telegram|twitter|linkedin|insta|discord|youtube)\s?(:|=|-|–|@)\s?@?[a-z0-9_.#]{3,40}|\b(instagram|facebook|tiktok|snapchat|telegram|twitter|insta|discord)\s+(is\s|es\s|as\s)?@?[a-z_.#]*[0-9_][a-z0-9_.#]*\b|\b(ig|fb)\s?[:=]?\s?@?[a-z0-9]+[._0-9][a-z0-9._]*\b|\b(www\.|h(tt|xx)ps?://)\S+|\b[a-z0-9][\w-]{2,}\.(com|org|info|io|me|us)\b(/\S*)?|\b[a-z][\w-]{3,}\.(co|net)\b/?"
);
pattern!(
    MAY_MONEY,
    r"(?i)money|cash|dollars|funds|\$|venmo|zelle|paypal|apple pay|gofundme|western union|jpay|commissary|legal fees|bail|deposit to my|dinero|plata|d[oó]lares|ayuda econ[oó]mica"
);
pattern!(
    MONEY,
    r"(?i)\b(please|pls|could you|can you|will you|would you|help me|i)\b[^.!?\n]{0,30}\b(send|wire|mail|deposit|put|add|need|spare)\b[^.!?\n]{0,24}(\bmoney\b|\bcash\b|\bdollars\b|\bfunds\b|\$\s?\d+)|(^|[.!?\n]\s*)(send|wire|mail|put|deposit|add)\b[^.!?\n]{0,24}(\bmoney\b|\bcash\b|\bfunds\b|\$\s?\d+)|\$\s?[a-z][a-z0-9_]{2,}\b|\b(cash\s?app|venmo|zelle|paypal|apple pay|gofundme|western union|moneygram|jpay me|commissary money|help (me )?with (my )?(commissary|legal fees|bail)|bail fund|(money|funds|\$\s?\d+) (on|to|for) my (books|account|phone|jpay)|deposit to my \w+)\b|\b(m[aá]nd[ae]\w*|env[ií]\w*|prest\w+|necesito|dep[oó]sit\w*)\b[^.!?\n]{0,24}\b(dinero|plata|d[oó]lares|ayuda econ[oó]mica)\b"
);
pattern!(
    MAY_BIRTH,
    r"(?i)(born|birthday|nac[ií]|cumplea)[^.!?\n]{0,16}(\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
);
// A day of birth, from which a name becomes somebody's papers.
pattern!(
    BIRTH,
    r"(?i)\b(born|birthday|nac[ií]|cumplea[nñ]os)\b[^.!?\n]{0,16}(\b\d{1,2}[./-]\d{1,2}[./-](19|20)?\d{2}\b|\b\d{1,2}(st|nd|rd|th)?\s+(of\s+|de\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)\w*\.?,?\s+(de\s+)?(19|20)\d{2}|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s+\d{1,2}(st|nd|rd|th)?,?\s+(19|20)\d{2})"
);
/// Words after `never`, `not`, `nobody`, `no` before a word for money are no request.
static REFUSES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(never|not|don[’']?t|nobody|no one|no need|without|no|nunca|nadie)\b")
        .expect("the pattern is a constant that the tests run")
});

static DETECTORS: &[Detector] = &[
    Detector { what: "an e-mail address", rule: "contact-details", may: &MAY_EMAIL, pattern: &EMAIL },
    Detector { what: "a phone number", rule: "contact-details", may: &MAY_PHONE, pattern: &PHONE },
    Detector { what: "a street address", rule: "contact-details", may: &MAY_STREET, pattern: &STREET },
    Detector { what: "a full date of birth", rule: "contact-details", may: &MAY_BIRTH, pattern: &BIRTH },
    Detector {
        what: "a web address or the name of an online account",
        rule: "contact-details",
        may: &MAY_HANDLE,
        pattern: &HANDLE,
    },
    Detector { what: "a request for money", rule: "money-request", may: &MAY_MONEY, pattern: &MONEY },
];

/// `５` as `5`, `ａ` as `a`, a blank that does not break as a blank.
fn narrow(character: char) -> char {
    match u32::from(character) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(character),
        0xA0 | 0x2009 | 0x202F => ' ',
        _ => character,
    }
}

/// E-mail, phone, street, date of birth, online account, money request: the first of each.
pub fn contact_details(text: &str) -> Vec<Finding> {
    // Wide digits and letters are read as the plain ones that they stand for.
    let plain: String = text.chars().map(narrow).collect();
    let text = plain.as_str();
    DETECTORS
        .iter()
        .filter(|detector| detector.may.is_match(text))
        .filter_map(|detector| {
            let refused = |found: &str| detector.rule == "money-request" && REFUSES.is_match(found);
            let found = detector
                .pattern
                .find_iter(text)
                .map(|found| found.as_str().trim_matches([' ', '\n', '.', '!', '?']))
                .find(|found| !refused(found))?;
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

    /// Ways around the mail, each in a part of its own.
    const FOUND: &str = "write to joe.b@mail.org|joe (at) mail.org|joe at gmail dot com|joe @ mail . org|joe[at]mail[dot]org|joe at gmail|joeb2020@gmail|joe arroba gmail punto com\
|call 555-123-4567 any time|call (555) 123 4567|five five five, one two three, four five six seven|555/123/4567|555_123_4567|555 – 123 – 4567|５５５-１２３-４５６７|text 555-1234\
|I live at 12 North Oak Street.|12 North Oak Terrace|12 Oak Circle|PO Box 123, Salem|Post Office Box 123|Box 123, Salem OR 97301|RR 2 Box 44|P.O.B. 123|vivo en calle Luna 14\
|follow @joe_b_99|instagram: joeb|IG: joeb99|FB joe.brown.12|snap: joeb|discord joeb#1234|joeb.io|joeb.me/x|hxxp://joeb|TikTok - joeb|my page is joeb.com\
|please send me some money|I need 50 dollars, $joeb99|put money on my books|put $50 on my books|deposit to my JPay|GoFundMe|Apple Pay|add funds to my phone|help with my legal fees|my bail fund|mándame dinero por favor|necesito ayuda económica\
|I was born 3 May 1985|born on 05/03/1985|nací el 3 mayo de 1985|my birthday is in March, March 3rd 1985";

    #[test]
    fn ways_around_the_mail_are_found() {
        for text in FOUND.split('|') {
            assert!(!rules(text).is_empty(), "not found: {text}");
        }
    }

    /// Sentences that look a little like them.
    const LEFT: &str = "I was born in 1985 and drove the 42 bus for 19 years, 2001 to 2020.|My grandmother lived on a dirt road. I lost 30 pounds in 2 years.\
|I need someone patient. Money is not what I am after.|We walk 3 miles in the yard. The way I see it, 5 of us is a choir.|In the 5th grade I wanted to place first.\
|It is 2 o'clock at night and 1,000 stars are out.|My wife drove 12 hours each way|It took 2 years to find my way|I have 12 cousins in the same place|I ran 26 miles on the road\
|4 years and saw the highway|She swam 40 laps on the way to lunch|7 years on the road|2 dogs on the place|1980 1990 2000 2010 are my decades|2001-2005 2006-2010\
|I never send money back|Nobody has to send money|I need no money|I used to lend money at the bank|Twitter was new when I came in|I missed Facebook and Instagram\
|Snapchat is something my niece explained|I wrote ASP.NET once|I stood at the gate, at noon|I was born on a Tuesday in May 1985";

    #[test]
    fn ordinary_life_is_left_alone() {
        for text in LEFT.split('|') {
            assert_eq!(rules(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(rules("*Radios*, mostly. I read 100 books.\n\n- chess\n- jazz"), Vec::<String>::new());
    }

    proptest::proptest! {
        /// Words of both, cut and joined anyhow: the cheap look rules out nothing that the pattern finds.
        #[test]
        fn the_cheap_look_sees_whatever_the_pattern_sees(
            picks in proptest::collection::vec((0..1_000_usize, 0..4_usize, 0..5_usize), 1..12)
        ) {
            let words: Vec<&str> = FOUND.split(['|', ' ']).chain(LEFT.split(['|', ' '])).collect();
            let mut text = String::new();
            for (at, run, joint) in picks {
                let from = at % words.len();
                text.push_str(&words[from..(from + run + 1).min(words.len())].join(" "));
                text.push_str([" ", "", ".", " at ", "-"][joint]);
            }
            for detector in DETECTORS {
                proptest::prop_assert!(
                    detector.may.is_match(&text) || !detector.pattern.is_match(&text), "{}: {text}", detector.what
                );
            }
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
