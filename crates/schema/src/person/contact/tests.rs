//! What is found, what is left alone, and how often either goes wrong.

use super::contacts;
use super::patterns::DETECTORS;

/// What was found in a text, kind by kind.
fn found(text: &str) -> Vec<&'static str> {
    contacts(text).into_iter().map(|contact| contact.kind.word()).collect()
}

/// Ways around the mail, each in a part of its own.
const FOUND: &str = "write to joe.b@mail.org|joe (at) mail.org|joe at gmail dot com|joe @ mail . org|joe[at]mail[dot]org|joe at gmail|joeb2020@gmail|joe arroba gmail punto com\
|call 555-123-4567 any time|call (555) 123 4567|five five five, one two three, four five six seven|555/123/4567|555_123_4567|555 – 123 – 4567|５５５-１２３-４５６７|text 555-1234\
|I live at 12 North Oak Street.|12 North Oak Terrace|12 Oak Circle|PO Box 123, Salem|Post Office Box 123|Box 123, Salem OR 97301|RR 2 Box 44|P.O.B. 123|vivo en calle Luna 14\
|follow @joe_b_99|instagram: joeb|IG: joeb99|FB joe.brown.12|snap: joeb|discord joeb#1234|joeb.io|joeb.me/x|hxxp://joeb|TikTok - joeb|my page is joeb.com\
|please send me some money|I need 50 dollars, $joeb99|put money on my books|put $50 on my books|deposit to my JPay|GoFundMe|Apple Pay|add funds to my phone|help with my legal fees|my bail fund|mándame dinero por favor|necesito ayuda económica\
|my A-number is A123-456-789|A 123 456 789|a012345678|A# 12345678|A12-345-678|Ａ１２３４５６７８９|Alien Registration Number: 012-345-678\
|I was born 3 May 1985|born on 05/03/1985|nací el 3 mayo de 1985|my birthday is in March, March 3rd 1985";

#[test]
fn ways_around_the_mail_are_found() {
    for text in FOUND.split('|') {
        assert!(!found(text).is_empty(), "not found: {text}");
    }
}

/// Sentences that look a little like them.
const LEFT: &str = "I was born in 1985 and drove the 42 bus for 19 years, 2001 to 2020.|My grandmother lived on a dirt road. I lost 30 pounds in 2 years.\
|I need someone patient. Money is not what I am after.|We walk 3 miles in the yard. The way I see it, 5 of us is a choir.|In the 5th grade I wanted to place first.\
|It is 2 o'clock at night and 1,000 stars are out.|My wife drove 12 hours each way|It took 2 years to find my way|I have 12 cousins in the same place|I ran 26 miles on the road\
|4 years and saw the highway|She swam 40 laps on the way to lunch|7 years on the road|2 dogs on the place|1980 1990 2000 2010 are my decades|2001-2005 2006-2010\
|I never send money back|Nobody has to send money|I need no money|I used to lend money at the bank|Twitter was new when I came in|I missed Facebook and Instagram\
|Snapchat is something my niece explained|I wrote ASP.NET once|I stood at the gate, at noon|I was born on a Tuesday in May 1985|Class A 2001 2005 and 2009|a 100,000,000 stars|I sleep in A-12345, bed 6|Vitamin A 1234567 times|a1 b22 c333";

#[test]
fn ordinary_life_is_left_alone() {
    for text in LEFT.split('|') {
        assert_eq!(found(text), Vec::<&str>::new(), "{text}");
    }
}

/// A line each: the part, what the sentence is, the sentence. The patterns were mended until they fitted the first part; the second
/// was written before there were any; the unseen one was written once they were, read once, and nothing that it missed was mended
/// for it, but for one false alarm. So its figures are what may be hoped of sentences to come.
const SENTENCES: &str = include_str!("sentences.txt");

/// Sentences of a part and a kind: how many there are, and those that were judged wrongly.
fn judged(part: &str, kind: &str) -> (usize, Vec<&'static str>) {
    let start = format!("{part} {kind} ");
    let sentences: Vec<&str> = SENTENCES.lines().filter_map(|line| line.strip_prefix(&start)).collect();
    let is_wrong = |sentence: &&&str| match kind {
        "innocent" => !found(sentence).is_empty(),
        "money" => !found(sentence).contains(&"a request for money"),
        _ => !found(sentence).iter().any(|kind| *kind != "a request for money"),
    };
    (sentences.len(), sentences.iter().filter(is_wrong).copied().collect())
}

#[test]
fn disguises_are_found_and_innocent_sentences_are_not() {
    for (part, kind, count, most) in [
        ("first", "contact", 44, 0),
        ("first", "money", 17, 0),
        ("first", "innocent", 62, 0),
        ("second", "contact", 28, 0),
        ("second", "money", 8, 0),
        ("second", "innocent", 32, 0),
        ("unseen", "contact", 23, 5),
        ("unseen", "money", 10, 3),
        ("unseen", "innocent", 30, 0),
    ] {
        let (all, wrong) = judged(part, kind);
        assert!(all == count && wrong.len() <= most, "{part} {kind}: {} of {all} wrong: {wrong:#?}", wrong.len());
    }
}

proptest::proptest! {
    /// Words of all, cut and joined anyhow: the cheap look rules out nothing that the pattern finds.
    #[test]
    fn the_cheap_look_sees_whatever_the_pattern_sees(
        picks in proptest::collection::vec((0..2_000_usize, 0..4_usize, 0..5_usize), 1..12)
    ) {
        let words: Vec<&str> =
            FOUND.split(['|', ' ']).chain(LEFT.split(['|', ' '])).chain(SENTENCES.split(['\n', ' '])).collect();
        let mut text = String::new();
        for (at, run, joint) in picks {
            let from = at % words.len();
            text.push_str(&words[from..(from + run + 1).min(words.len())].join(" "));
            text.push_str([" ", "", ".", " at ", "-"][joint]);
        }
        let text = super::plain::plain(&text);
        for detector in DETECTORS {
            proptest::prop_assert!(
                detector.may.is_match(&text) || !detector.pattern.is_match(&text), "{}: {text}", detector.kind.word()
            );
        }
    }
}
