//! One made-up person: drawn from the seed and their number, and from nothing else.

use super::places::Places;
use super::random::Random;
use super::words::{CLOSINGS, CLOSINGS_ES, FIRST_NAMES, LAST_NAMES, MIDDLES, MIDDLES_ES, OPENINGS, OPENINGS_ES};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use schema::person::profile::{ConsentFile, ProfileFile, ProfileId, to_compare};
use schema::place::catalogue::Catalogue;
use schema::promotion::to_yaml;
use schema::yaml::Text;

/// The day on which samples are made, whatever the day is.
pub(super) const TODAY: Date = date(2026, 11, 23);

/// A made-up person.
pub(super) struct Person {
    pub(super) id: String,
    pub(super) yaml: String,
}

/// Draws the person of a number.
pub(super) fn person(number: u32, seed: u64, catalogue: &Catalogue, places: &Places) -> Person {
    let mut random = Random::new(seed, 2, u64::from(number));
    let (first, last) = (*random.pick(FIRST_NAMES), *random.pick(LAST_NAMES));
    let id = format!("{}-{}", schema::ground::text::slug(first), code(number));
    let spanish = random.percent(18);
    let interests = several(&mut random, &catalogue.interests.ids(), 1, 6);
    let days = days(&mut random);
    let mail_name = format!("{first} {last}");
    let number_there = format!("{:08}", 10_000_000 + u64::from(number));
    let shown_name = shown(first, last, &mut random);
    let facility = places.draw(&mut random).to_owned();
    let born = birth_year(&mut random).to_string();
    let file = ProfileFile {
        id: Some(id.as_str().into()),
        shown_name: Some(shown_name.into()),
        mail_name: Some(mail_name.as_str().into()),
        number: Some(number_there.as_str().into()),
        facility: Some(facility.as_str().into()),
        housing: random.percent(8).then(|| format!("Unit {}", 1 + random.below(12)).into()),
        birth_year: Some(born.as_str().into()),
        pronouns: random.percent(20).then(|| (*random.pick(&["he/him", "she/her", "they/them"])).into()),
        languages: Some(languages(&mut random, spanish)),
        interests: Some(interests),
        looking_for: Some(several(&mut random, &catalogue.looking_for.ids(), 1, 3)),
        introduction_language: Some(if spanish { "es" } else { "en" }.into()),
        introduction: Some(introduction(&mut random, spanish).into()),
        release: Some(release(&mut random)),
        listed: Some(days.listed.to_string().into()),
        checked: Some(days.checked.to_string().into()),
        compared: Some(to_compare(&mail_name, &born, &number_there, &facility).into()),
        consent: Some(days.consent(&mut random)),
        search_engines: Some(if random.percent(35) { "true" } else { "false" }.into()),
        status: Some(status(&mut random).into()),
        ..ProfileFile::default()
    };
    let yaml = to_yaml(&file).expect("a profile of plain texts and lists has a YAML form");
    Person { id, yaml }
}

/// Five characters that no other number has, the last a digit.
fn code(number: u32) -> String {
    let letters = ProfileId::ALPHABET;
    let mut left = usize::try_from(number).unwrap_or(0).wrapping_mul(7_919) % (31 * 31 * 31 * 31);
    let mut code = String::new();
    for _ in 0..4 {
        code.push(letters.get(left % 31).map_or('a', |byte| char::from(*byte)));
        left /= 31;
    }
    let turn = usize::try_from(number).unwrap_or(0) / (31 * 31 * 31 * 31);
    code.push(b"23456789".get(turn).map_or('9', |byte| char::from(*byte)));
    code
}

fn shown(first: &str, last: &str, random: &mut Random) -> String {
    if random.percent(25) {
        return first.to_owned();
    }
    let initial = last.chars().next().unwrap_or('A');
    format!("{first} {initial}.")
}

/// Ages as they are inside: most between 25 and 50, some to 80.
fn birth_year(random: &mut Random) -> i64 {
    let age =
        19 + random.between(0, 21) + random.between(0, 22) + if random.percent(12) { random.between(0, 20) } else { 0 };
    i64::from(TODAY.year()) - age.min(85)
}

fn several(random: &mut Random, from: &[&str], low: i64, high: i64) -> Vec<Text> {
    let count = usize::try_from(random.between(low, high)).unwrap_or(1);
    random.several(from, count).into_iter().map(|id| Text::from(*id)).collect()
}

fn languages(random: &mut Random, spanish: bool) -> Vec<Text> {
    let mut languages: Vec<Text> = vec![if spanish { "es" } else { "en" }.into()];
    if random.percent(if spanish { 60 } else { 12 }) {
        languages.push(if spanish { "en" } else { "es" }.into());
    }
    languages
}

fn introduction(random: &mut Random, spanish: bool) -> String {
    let (openings, middles, closings) =
        if spanish { (OPENINGS_ES, MIDDLES_ES, CLOSINGS_ES) } else { (OPENINGS, MIDDLES, CLOSINGS) };
    let mut text = (*random.pick(openings)).to_owned();
    let paragraphs = 1 + random.below(4);
    for _ in 0..paragraphs {
        let count = 2 + random.below(4);
        let sentences: Vec<&str> = random.several(middles, count).into_iter().copied().collect();
        text.push_str("\n\n");
        text.push_str(&sentences.join(" "));
    }
    text.push_str("\n\n");
    let closing: &&str = random.pick(closings);
    text.push_str(closing);
    text
}

fn release(random: &mut Random) -> Text {
    match random.below(100) {
        0..12 => "life".into(),
        12..30 => "unknown".into(),
        30..32 => "2025".into(),
        _ => (2027 + random.below(3) * random.below(12)).to_string().into(),
    }
}

fn status(random: &mut Random) -> &'static str {
    match random.below(100) {
        0..8 => "paused",
        8..11 => "withdrawn",
        _ => "listed",
    }
}

struct Days {
    listed: Date,
    given: Date,
    checked: Date,
    renew_by: Date,
}

fn days(random: &mut Random) -> Days {
    let ago = |days: i64| TODAY.saturating_sub(days.days());
    let listed_ago = random.between(0, 900);
    let given_ago = listed_ago.min(random.between(1, 340));
    let overdue = random.percent(3);
    let checked_ago = if random.percent(5) { given_ago } else { given_ago.min(150) };
    let renew_by = if overdue { ago(5) } else { ago(given_ago).saturating_add(1.year()) };
    let given = if overdue { ago(370) } else { ago(given_ago) };
    Days { listed: ago(listed_ago), given, checked: ago(checked_ago), renew_by }
}

impl Days {
    fn consent(&self, random: &mut Random) -> ConsentFile {
        ConsentFile {
            given: Some(self.given.to_string().into()),
            how: Some((*random.pick(&["letter", "call", "visit", "message"])).into()),
            wording: Some("2024-01-15".into()),
            renew_by: Some(self.renew_by.to_string().into()),
        }
    }
}
