//! How people write what cannot be published, kind by kind. Every pattern reads the text in its plain reading.

use super::detector::{Detector, Kind, Match};
use regex::Regex;
use std::sync::LazyLock;

macro_rules! pattern {
    ($name:ident, $($part:expr),+) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(concat!($($part),+)).expect("the pattern is a constant that the tests run"));
    };
}

pattern!(
    MAY_EMAIL,
    r"(?i)@|[(\[{]at[)\]}]|(gmail|yahoo|hotmail|outlook|icloud|aol|proton)\s?[:=]|\s(at|arroba)\s+([\w-]+\s*(\.|dot|punto|\[dot\]|\(dot\))\s*(com|net|org|edu|info|me|io|co|us|mx)|gmail|yahoo|hotmail|outlook|icloud|aol|proton)"
);
// With blanks around it, an `@` needs a domain behind it: people also write it for "at".
pattern!(
    EMAIL,
    r"(?i)\b[\w.+-]+(@[\w-]*[a-z][\w-]*|\s?(\(at\)|\[at\]|\{at\})\s?[\w-]+)(\.[\w-]+)*|",
    r"\b[\w.+-]+\s{0,3}@\s{0,3}([\w-]+\s{0,2}\.\s{0,2}[a-z]{2,}|(gmail|yahoo|hotmail|outlook|icloud|aol|proton\w*)\b)|",
    r"\b[\w.+-]+\s+(at|arroba)\s+[\w-]+\s*(\.|\bdot\b|\bpunto\b|\[dot\]|\(dot\))\s*(com|net|org|edu|info|me|io|co|us|mx)\b|",
    r"\b[\w.+-]+\s+(at|arroba)\s+(gmail|yahoo|hotmail|outlook|icloud|aol|proton\w*)\b|",
    r"\b(gmail|yahoo|hotmail|outlook|icloud|aol|proton)\s?[:=]\s?[\w.+-]{3,}"
);
pattern!(MAY_PHONE, r"(?i)[\dlio]{3}\)?[\s./_*~|,:;-]{0,9}[\dlio]{3}|\+\d|\d{2}[ .-]\d{2}[ .-]\d{2}[ .-]");
// Ten digits in the groups of a telephone number, some of them perhaps letters that look like digits; seven after a word that
// asks for a call; five pairs.
pattern!(
    PHONE,
    r"(?i)(\+?1[\s./_-]{0,3})?(\(\d{3}\)|\b\d{3})(\s{0,4}[./_*~|-]?\s{0,4}|[,:;])\d{3}(\s{0,4}[./_*~|-]?\s{0,4}|[,:;])\d{4}\b|",
    r"\b\d{11}\b|\+\d([\s./_-]?\d){7,13}\b|",
    r"\b[\dlio]{3}[\s./_*~|-]{1,3}[\dlio]{3}[\s./_*~|-]{1,3}[\dlio]{4}\b|",
    r"\b(call|text|phone|ring|dial|reach|tel|cell|whatsapp|ll[aá]m\w*|tel[eé]fono)\b[^.!?\n]{0,20}\b\d{3}[\s./_*~|-]{0,3}\d{4}\b|",
    r"\b\d{2}([ .-]\d{2}){4,5}\b"
);
macro_rules! digit_word {
    () => {
        "zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
    };
}
pattern!(MAY_SPELT, "(?i)((", digit_word!(), r"|\d{1,7})[\s,./_*~()-]{1,3}){3}(", digit_word!(), r"|\d)");
pattern!(SPELT, r"(?i)\b((", digit_word!(), r"|\d{1,7})[\s,./_*~()-]{1,3}){3,}(", digit_word!(), r"|\d{1,7})\b");
pattern!(
    MAY_STREET,
    r"\d[A-Za-z]?\s+((N|S|E|W)[EW]?\.?\s+)?([A-Z0-9][\w.’'-]*\s+){1,4}(?i:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|circle|cir|terrace|place|pl|way|highway|hwy|trail|parkway|pkwy)|(?i:p\.?\s?o\.?\s?b|post office|box\s+\d|r\.?\s?r\.?\s?\d|(calle|avenida|carrera|colonia)\s)"
);
// A number, then words in capitals, then a kind of street: "12 North Oak Street", never "12 hours each way".
pattern!(
    STREET,
    r"\b\d{1,5}[A-Za-z]?\s+((N|S|E|W|NE|NW|SE|SW)\.?\s+)?([A-Z0-9][\w.’'-]*\s+){1,4}(?i:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|circle|cir|terrace|place|pl|way|highway|hwy|trail|parkway|pkwy)\b\.?|",
    r"(?i:\bp\.?\s?o\.?\s?b(ox|\.)?\s*#?\d+|\bpost office box\s+\d+|\bbox\s+\d{2,}\b|\br\.?\s?r\.?\s?\d+\s+box\b|",
    r"\b(calle|avenida|carrera|colonia)\s+[\w\sáéíóúñ]{1,30}?(#|no\.?|n[uú]m\.?)?\s?\d+)"
);
pattern!(MAY_SMALL_STREET, r"(?i)\d[a-z]?\s+[a-z][\w.’'\s-]*(street|st|avenue|ave|boulevard|blvd|drive|lane|road)");
// The same in small letters, of kinds that are seldom anything else; others only after a point of the compass.
pattern!(
    SMALL_STREET,
    r"(?i)\b\d{1,5}[a-z]?\s+((north|south|east|west|[nsew])\.?\s+)?([a-z][\w.’'-]*\s+){1,2}(street|st|avenue|ave|boulevard|blvd)\b|",
    r"\b\d{1,5}[a-z]?\s+(north|south|east|west|[nsew])\.?\s+([a-z][\w.’'-]*\s+){1,2}(drive|lane|road)\b"
);
pattern!(
    MAY_ACCOUNT,
    r"(?i)@|insta|facebook|tiktok|snap|whatsapp|telegram|twitter|linkedin|discord|youtube|(^|\W)(ig|fb)(\W|$|\w*[._0-9])|www\.|(tt|xx)ps?://|\.(com|org|info|io|me|us|co|net)|(dot|punto)\s+(com|net|org|info|edu)|www\s"
);
macro_rules! site {
    () => {
        "instagram|facebook|tiktok|snapchat|snap|whatsapp|telegram|twitter|linkedin|insta|discord|youtube"
    };
}
pattern!(
    ACCOUNT,
    r"(?i)(^|[\s(])@[a-z0-9_.]{3,30}\b|\b(",
    site!(),
    r")\s?(:|=|-|@)\s?@?[a-z0-9_.#]{3,40}|\b(instagram|facebook|tiktok|snapchat|telegram|twitter|insta|discord)\s+(is\s|es\s|as\s)?@?[a-z_.#]*[0-9_][a-z0-9_.#]*\b|",
    r"\b(ig|fb)\s?[:=]?\s?@?[a-z0-9]+[._0-9][a-z0-9._]*\b|\b(ig|fb)\s?[:=]\s?@?[a-z]{2,}|\b(insta|ig)\s+@?[a-z]{5,}\b|",
    r"\b(my|mi)\s+(ig|fb|",
    site!(),
    r")\s+((name|handle|user\s?name|account|page|nombre)\s+)?(is|es)\s+@?[a-z0-9_.#]{3,}|",
    r"\b(find|follow|add|friend|look|dm|message|hit|reach|text)\s+(me|us)\s+(up\s+)?(on|at|through|via)\s+(ig|fb|",
    site!(),
    r")\b|\bsnap\s+me\s+(at|up)\b|\b(find|look up)\s+my\s+(page|profile)\b[^.!?\n]{0,24}\b(on|en)\s+(ig|fb|",
    site!(),
    r")\b|\bbusca(me|nos)?\s+(mi\s+|en\s+)?(ig|fb|",
    site!(),
    r")\b|\bwww\s+\w+\s+(com|org|net)\b|\b(on|en)\s+(ig|fb|",
    site!(),
    r")\s+(as|under|como)\s+@?[a-z0-9_.]{3,}|\b[a-z0-9]+([._][a-z0-9]+)+\s+(on|en)\s+(ig|fb|",
    site!(),
    r")\b|\b(www\.|h(tt|xx)ps?://)\S+|\b[a-z0-9][\w-]{2,}\.(com|org|info|io|me|us)\b(/\S*)?|\b[a-z][\w-]{3,}\.(co|net)\b/?|\b[a-z0-9][\w-]*\.(com|org|net|io|me|co)/\S+|",
    r"\b[a-z0-9][a-z0-9-]{2,}\s+(dot|punto)\s+(com|net|org|info|edu)\b"
);
pattern!(
    MAY_MONEY,
    r"(?i)money|cash|dollars|funds|\$|venmo|zelle|paypal|apple pay|gofundme|western union|jpay|commissary|canteen|legal fees|bail|deposit to my|on my books|my\s+(\w+\s+)?account|mi cuenta|gift\s?card|green\s?dot|financial|dinero|plata|d[oó]lares|ayuda econ[oó]mica"
);
pattern!(
    MONEY,
    r"(?i)\b(please|pls|could you|can you|will you|would you|help me|i)\b[^.!?\n]{0,30}\b(send|wire|mail|deposit|put|add|need|spare)\b[^.!?\n]{0,24}(\bmoney\b|\bcash\b|\bdollars\b|\bfunds\b|\$\s?\d+)|",
    r"(^|[.!?\n]\s*)(send|wire|mail|put|deposit|add)\b[^.!?\n]{0,24}(\bmoney\b|\bcash\b|\bfunds\b|\$\s?\d+)|\$\s?[a-z][a-z0-9_]{2,}\b|",
    r"\b(cash\s?app|cash\s?tag|venmo|zelle|paypal|apple pay|gofundme|western union|moneygram|green\s?dot|jpay me|commissary money|help (me )?with (my )?(commissary|legal fees|bail)|bail fund|",
    r"(money|funds|\$\s?\d+) (on|to|for) my (books|account|phone|jpay)|deposit to my \w+)\b|",
    r"\b(put|drop|leave|add|throw|place|something|anything|a little)\b[^.!?\n]{0,30}\b(on my (books|(\w+ )?account)|(in|into|to) my (account|commissary|canteen|jpay))\b|",
    r"\b(load|fill|top up)\b[^.!?\n]{0,12}\bmy\s+(tablet\s+)?account\b|",
    r"\b(sponsor|fund|cover|fill)\s+my\s+(commissary|canteen)\b|\b(store|canteen)\s+money\b|",
    r"\b(dep[oó]sit\w*|mand\w*|pon\w*|env[ií]\w*)\b[^.!?\n]{0,24}\b(en|a)\s+mi cuenta\b|",
    r"\buse\b[^.!?\n]{0,16}\b(money|cash|funds|dollars|commissary)\b|",
    r"\b(please|some|any|little|your|love|appreciate)\s+help\s+(me\s+)?(with|for)\s+(my\s+|the\s+)?(commissary|canteen|legal fees|bail)\b|",
    r"\b(send|mail|buy|need|want|take|accept|appreciate|love)\b[^.!?\n]{0,24}\bgift\s?cards?\b|\b(amazon|visa|itunes|steam|walmart|google play|apple|target)\s+gift\s?cards?\b|",
    r"\b(money|cash|funds|dollars)\s+(for|towards?)\s+(my\s+|the\s+)?(phone|commissary|canteen|tablet|books)\b|",
    r"\b(need|want|little|some|any|for|appreciate|your)\s+financial(ly)?\s+(help|support|assistance|aid)\b|",
    r"\b(m[aá]nd[ae]\w*|env[ií]\w*|prest\w+|necesito|dep[oó]sit\w*)\b[^.!?\n]{0,24}\b(dinero|plata|d[oó]lares|ayuda econ[oó]mica)\b"
);
pattern!(
    MAY_BIRTH,
    r"(?i)(born|birthday|nac[ií]|cumplea)[^.!?\n]{0,16}(\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
);
pattern!(
    BIRTH,
    r"(?i)\b(born|birthday|nac[ií]|cumplea[nñ]os)\b[^.!?\n]{0,16}(\b\d{1,2}[./-]\d{1,2}[./-](19|20)?\d{2}\b|",
    r"\b\d{1,2}(st|nd|rd|th)?\s+(of\s+|de\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)\w*\.?,?\s+(de\s+)?(19|20)\d{2}|",
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s+\d{1,2}(st|nd|rd|th)?,?\s+(19|20)\d{2})"
);
pattern!(MAY_IMMIGRATION, r"(?i)a[ #:.-]{0,3}\d([ -]?\d){7}|alien");
// A and eight or nine digits, in whatever groups; in a small letter only where nothing but a mark parts it from them.
pattern!(
    IMMIGRATION,
    r"\bA[ #:.-]{0,3}\d([ -]?\d){7,8}\b|\ba[#-]?\d(-?\d){7,8}\b|",
    r"(?i:\balien\s+(registration\s+)?(number|no\.?|#)(\s+is)?[ :#]{0,3}\d([ -]?\d){7,8})\b"
);
// Words of refusal within a request for money, or just before it, make it none.
pattern!(REFUSES, r"(?i)\b(never|not|don[’']?t|nobody|no one|no need|without|no|nunca|nadie)\b");
pattern!(
    JUST_REFUSED,
    r"(?i)\b(never|not|don[’']?t|nobody|no one|no need|without|nunca|nadie)(\s+[\w’']+){0,3}\s*$|\bno\s*$"
);

/// By kind, and of one kind the surest first.
pub(super) static DETECTORS: &[Detector] = &[
    Detector { kind: Kind::Email, may: &MAY_EMAIL, pattern: &EMAIL, is_meant: always },
    Detector { kind: Kind::Phone, may: &MAY_PHONE, pattern: &PHONE, is_meant: mostly_digits },
    Detector { kind: Kind::Phone, may: &MAY_SPELT, pattern: &SPELT, is_meant: dialled },
    Detector { kind: Kind::Street, may: &MAY_STREET, pattern: &STREET, is_meant: always },
    Detector { kind: Kind::Street, may: &MAY_SMALL_STREET, pattern: &SMALL_STREET, is_meant: names_a_street },
    Detector { kind: Kind::BirthDate, may: &MAY_BIRTH, pattern: &BIRTH, is_meant: always },
    Detector { kind: Kind::Account, may: &MAY_ACCOUNT, pattern: &ACCOUNT, is_meant: ends_in_a_name },
    Detector { kind: Kind::Money, may: &MAY_MONEY, pattern: &MONEY, is_meant: asked_for },
    Detector { kind: Kind::Immigration, may: &MAY_IMMIGRATION, pattern: &IMMIGRATION, is_meant: no_years },
];

fn always(_: &Match<'_>) -> bool {
    true
}

/// Whether digits in groups of four are something else: years, after a word that ends in a capital A.
fn no_years(matched: &Match<'_>) -> bool {
    if !matched.found.starts_with("A ") {
        return true;
    }
    let mut groups = matched.found.split(|c: char| !c.is_numeric()).filter(|group| !group.is_empty());
    !groups.all(|group| group.chars().count() == 4)
}

fn mostly_digits(matched: &Match<'_>) -> bool {
    matched.found.chars().filter(|c| c.is_numeric()).count() > 5
}

fn asked_for(matched: &Match<'_>) -> bool {
    !REFUSES.is_match(matched.found) && !JUST_REFUSED.is_match(matched.before)
}

/// Words that follow the name of a network, or end a sentence about it, and are nobody's name there.
const NO_NAMES: &str = "gone closed deleted not the old off down dead long empty soon much well they she many anymore \
    either until since while with from that which there when was were and because before stories story pictures posts \
    account famous photos models models pages feeds today again";

fn ends_in_a_name(matched: &Match<'_>) -> bool {
    let last = matched.found.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    !NO_NAMES.split_whitespace().any(|word| word == last)
}

/// Words that stand between a number and a street only in a sentence.
const NO_STREETS: &str = "the a an my our his her their this that each every same of on in at down up from to per for and or \
    year years mile miles block blocks hour hours day days kids people houses men of us off across along more";

fn names_a_street(matched: &Match<'_>) -> bool {
    let small = matched.found.to_lowercase();
    !small.split_whitespace().any(|word| NO_STREETS.split_whitespace().any(|no| no == word))
}

/// Whether digits in words, or one by one, are as many as one dials, and nobody counts.
fn dialled(matched: &Match<'_>) -> bool {
    let small = matched.found.to_lowercase();
    let tokens: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).collect();
    let words = tokens.iter().filter(|token| token.chars().all(char::is_alphabetic)).count();
    let one_by_one = tokens.iter().all(|token| token.chars().count() == 1 || token.chars().all(char::is_alphabetic));
    let digits: Vec<usize> = tokens.iter().flat_map(|token| digits_of(token)).collect();
    let counts_up = digits.iter().zip(digits.iter().skip(1)).all(|(one, next)| one + 1 == *next);
    let counts_down = digits.iter().zip(digits.iter().skip(1)).all(|(one, next)| *one == next + 1);
    (7..=13).contains(&digits.len()) && (words > 2 || one_by_one) && !counts_up && !counts_down
}

/// Digits in words, English and Spanish, in order.
const DIGIT_WORDS: [[&str; 2]; 10] = [
    ["zero", "cero"],
    ["one", "uno"],
    ["two", "dos"],
    ["three", "tres"],
    ["four", "cuatro"],
    ["five", "cinco"],
    ["six", "seis"],
    ["seven", "siete"],
    ["eight", "ocho"],
    ["nine", "nueve"],
];

fn digits_of(token: &str) -> Vec<usize> {
    let is_word = token.chars().all(char::is_alphabetic);
    let digit = |character: char| character.to_digit(10).unwrap_or_default() as usize;
    match DIGIT_WORDS.iter().position(|words| words.contains(&token)) {
        Some(digit) => vec![digit],
        // "Oh" is how a zero is said.
        None if is_word => vec![0],
        None => token.chars().map(digit).collect(),
    }
}
