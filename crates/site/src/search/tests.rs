//! What the script of the page answers is what a plain look at every person answers.

use super::fold::{finds, words};
use super::text::words_of;
use crate::lists::facets::Facet;
use crate::lists::order::day_number;
use crate::people::{People, people};
use crate::sample::{SampleOptions, sample};
use crate::source::{Root, load};
use jiff::civil::{Date, date};
use schema::person::profile::{Profile, ProfileId};
use schema::person::visibility::{Visibility, visibility};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const DAY: Date = date(2026, 11, 23);
/// When the words of samples are read: a day after every fact of theirs.
const READ: Date = date(2026, 12, 31);

fn write_sample(folder: &Path, count: u32) {
    let options = SampleOptions { folder, day: READ, count, seed: 7 };
    sample(fixture::laid().unwrap().path(), options, &crate::host::Alone).unwrap();
}

/// A sample of so many people with its index on disk.
fn with_index(count: u32, then: impl Fn(&Root, &People<'_>, &super::Index, &Path)) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    write_sample(&root, count);
    let site = load(&root, DAY).unwrap();
    let people = people(&site, DAY);
    let index = super::build(&site, site.content.theme.as_ref().unwrap(), &people, &BTreeMap::new(), DAY).unwrap();
    for file in &index.files {
        disk::place(&folder.path().join("site").join(file.path.trim_start_matches('/')), &file.bytes).unwrap();
    }
    then(&site, &people, &index, &folder.path().join("site"));
}

/// Numbers that follow from each other, so that the test is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// A question: some values of some facets, some words, an order.
fn question(dice: &mut Dice, site: &Root, people: &People<'_>) -> Value {
    let mut asked = json!({ "q": "", "sort": "", "paused": dice.below(4) == 0, "page": 1 });
    for facet in Facet::ALL {
        let mut chosen: Vec<String> = Vec::new();
        if dice.below(6) == 0 {
            for _ in 0..=dice.below(2) {
                let person = people.with_page[dice.below(people.with_page.len())];
                let values = facet.values(person, &site.content.catalogue, DAY);
                chosen.extend(values.first().cloned());
            }
            chosen.dedup();
        }
        asked[facet.key()] = json!(chosen);
    }
    if dice.below(2) == 0 {
        let person = people.with_page[dice.below(people.with_page.len())];
        let spoken: Vec<String> =
            person.introduction.split_whitespace().chain(person.shown_name.split(' ')).map(str::to_owned).collect();
        let mut typed = Vec::new();
        for _ in 0..=dice.below(2) {
            let word = &spoken[dice.below(spoken.len())];
            let cut = 1 + dice.below(word.chars().count());
            let word: String = if dice.below(3) == 0 { word.chars().take(cut).collect() } else { word.clone() };
            typed.push(if dice.below(3) == 0 { word.to_uppercase() } else { word });
        }
        asked["q"] = json!(typed.join(" "));
    }
    asked["sort"] = json!(["", "", "newest", "waiting"][dice.below(4)]);
    asked
}

/// The answer of a plain look at everybody.
fn scan(site: &Root, numbered: &[(&Profile, Vec<String>)], asked: &Value) -> Vec<String> {
    let typed = words(asked["q"].as_str().unwrap());
    let fits = |(person, used): &&(&Profile, Vec<String>)| {
        let seen = match visibility(person, &site.content.catalogue, DAY) {
            Visibility::Shown => true,
            Visibility::Paused => asked["paused"] == true,
            Visibility::Hidden(_) => false,
        };
        let has = |facet: Facet| {
            let chosen: Vec<&str> = asked[facet.key()].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            chosen.is_empty()
                || facet
                    .values(person, &site.content.catalogue, DAY)
                    .iter()
                    .any(|value| chosen.contains(&value.as_str()))
        };
        seen && Facet::ALL.into_iter().all(has) && typed.iter().all(|typed| used.iter().any(|word| finds(typed, word)))
    };
    let mut found: Vec<&Profile> = numbered.iter().filter(fits).map(|(person, _)| *person).collect();
    match asked["sort"].as_str() {
        Some("newest") => found.sort_by_key(|person| std::cmp::Reverse(person.listed)),
        Some("waiting") => found.sort_by_key(|person| person.listed),
        _ => {
            let waiting = found.iter().filter(|person| person.status == schema::person::kinds::Status::Listed).count();
            let start = begins_at(day_number(DAY), waiting);
            found[..waiting].rotate_left(start);
        }
    }
    found.into_iter().map(|person| person.id.as_str().to_owned()).collect()
}

/// Has the page's own script answer, and tell what it read.
fn by_script(site: &Path, begins: &str, asked: &[Value]) -> Value {
    let source = std::fs::read_to_string(fixture::source("templates/assets/find.js")).unwrap();
    let module = site.join("find.mjs");
    std::fs::write(&module, source).unwrap();
    let program = r#"
        import { readFileSync } from "node:fs";
        const [module, site, begins] = process.argv.slice(1);
        const { open, FACETS } = await import(module);
        const read = async (path, from, to) => new Uint8Array(readFileSync(site + path)).subarray(from, to);
        const found = open(JSON.parse(begins), read);
        const asked = JSON.parse(readFileSync(0, "utf8"));
        const answers = [];
        for (const state of asked) {
          const ids = await found.search(state);
          const cards = await found.cards(ids);
          const counts = {};
          for (const facet of ["interest", "tie", "age"]) {
            const values = ["chess", "jazz", "friendship", "faith", "25-34", "65-up"];
            counts[facet] = Object.fromEntries(await found.counts(state, facet, values));
          }
          answers.push({ ids: cards.map(card => card.id), counts });
        }
        process.stdout.write(JSON.stringify(answers));
    "#;
    let mut node = Command::new("node")
        .args(["--input-type=module", "--eval", program])
        .args([module.as_path(), site])
        .arg(begins)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the test needs Node, which `make test` installs");
    let mut stdin = node.stdin.take().unwrap();
    let questions = serde_json::to_vec(asked).unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&questions));
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn five_hundred_questions_get_the_answers_of_a_plain_scan() {
    with_index(1_500, |site, people, index, folder| {
        let mut dice = Dice(1);
        let asked: Vec<Value> = (0..500).map(|_| question(&mut dice, site, people)).collect();
        let numbered = super::number(site, people).people;
        let numbered: Vec<(&Profile, Vec<String>)> =
            numbered.into_iter().map(|person| (person, words_of(site, person))).collect();
        let answers = by_script(folder, &index.begins["en"], &asked);
        let mut found = 0;
        for (asked, answer) in asked.iter().zip(answers.as_array().unwrap()) {
            let expected = scan(site, &numbered, asked);
            found += usize::from(!expected.is_empty());
            assert_eq!(answer["ids"], json!(expected), "{asked}");
            for (facet, value) in [("interest", "chess"), ("tie", "faith"), ("age", "25-34")] {
                let mut with = asked.clone();
                with[facet] = json!([value]);
                let expected = scan(site, &numbered, &with).len();
                assert_eq!(answer["counts"][facet][value], expected, "{facet} {value}: {asked}");
            }
        }
        assert!(found > 250, "only {found} questions had an answer");
    });
}

/// Where the ring of a search begins, as the script reckons it.
fn begins_at(day: usize, people: usize) -> usize {
    day * super::TURN % super::TURNS * people / super::TURNS
}

#[test]
fn whoever_fits_comes_first_about_as_often_as_anybody_else() {
    for people in [2, 3, 10, 60, 251, 600, 2400] {
        let mut first = vec![0_usize; people];
        (0..people * 20).for_each(|day| first[begins_at(day, people)] += 1);
        assert!(first.iter().all(|times| (14..=26).contains(times)), "of {people}, in 20 days for each: {first:?}");
    }
}

#[test]
fn in_90_days_nobody_of_600_who_fit_is_looked_at_less_than_half_as_often_as_the_mean() {
    let (people, page) = (600, 24);
    let mut looks = vec![0.0; people];
    for day in 0..90 {
        for place in 0..page {
            looks[(begins_at(day, people) + place) % people] += 1.0 / (2.0 + place as f64).log2();
        }
    }
    let mean = looks.iter().sum::<f64>() / people as f64;
    assert!(looks.iter().all(|looks| *looks > mean / 2.0));
}

#[test]
fn nobody_hidden_and_nothing_private_is_in_the_index_and_no_file_names_everybody() {
    with_index(1_500, |site, people, index, _| {
        let shown: std::collections::BTreeSet<&str> =
            people.with_page.iter().map(|person| person.id.as_str()).collect();
        let texts: Vec<String> =
            index.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
        for person in &site.profiles {
            let named = texts.iter().any(|text| text.contains(person.id.as_str()));
            assert_eq!(named, shown.contains(person.id.as_str()), "{}", person.id);
            assert!(!texts.iter().any(|text| text.contains(&person.number)), "the number of {}", person.id);
        }
        for text in &texts {
            let named = shown.iter().filter(|id| text.contains(*id)).count();
            assert!(named * 2 < shown.len(), "one file names {named} of {} people", shown.len());
        }
    });
}

#[test]
fn the_same_people_make_the_same_index() {
    with_index(300, |site, people, index, _| {
        let again = super::build(site, site.content.theme.as_ref().unwrap(), people, &BTreeMap::new(), DAY).unwrap();
        let files = |index: &super::Index| -> Vec<(String, Vec<u8>)> {
            index.files.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect()
        };
        assert!(files(index) == files(&again));
        // Another day changes nothing but what the page carries.
        let tomorrow =
            super::build(site, site.content.theme.as_ref().unwrap(), people, &BTreeMap::new(), date(2026, 11, 24))
                .unwrap();
        let other = files(&tomorrow).into_iter().filter(|file| !files(index).contains(file)).count();
        assert_eq!(other, 0);
        assert_ne!(index.begins, tomorrow.begins);
    });
}

#[test]
fn one_or_two_letters_find_names_that_begin_so_and_places_are_found_by_name() {
    with_index(400, |site, people, index, folder| {
        let listed = |fits: &dyn Fn(&Profile) -> bool| {
            let found: std::collections::BTreeSet<&str> =
                people.listed.iter().filter(|person| fits(person)).map(|person| person.id.as_str()).collect();
            found
        };
        let someone = people.listed[3];
        let (facility, agency) = site.content.catalogue.place(&someone.facility).unwrap();
        let state = site.content.catalogue.jurisdiction(&agency.jurisdiction).unwrap().name.get("en").to_owned();
        let two: String = someone.shown_name.chars().take(2).collect();
        let empty = json!({ "sort": "", "paused": false, "page": 1 });
        let asked: Vec<Value> = [two.as_str(), &facility.name, &facility.place, &state]
            .iter()
            .map(|typed| {
                let mut asked = empty.clone();
                Facet::ALL.into_iter().for_each(|facet| asked[facet.key()] = json!([]));
                asked["q"] = json!(typed);
                asked
            })
            .collect();
        let answers = by_script(folder, &index.begins["en"], &asked);
        let found = |at: usize| {
            let ids = answers[at]["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
            ids.collect::<std::collections::BTreeSet<&str>>()
        };
        let begins =
            |person: &Profile| words(&person.shown_name).iter().any(|word| word.starts_with(&two.to_lowercase()));
        assert!(found(0).is_superset(&listed(&begins)), "{two}");
        assert!(found(1).is_superset(&listed(&|person| person.facility == someone.facility)));
        let same_town =
            |person: &Profile| site.content.catalogue.place(&person.facility).unwrap().0.place == facility.place;
        assert!(found(2).is_superset(&listed(&same_town)));
        let same_state = |person: &Profile| {
            site.content.catalogue.place(&person.facility).unwrap().1.jurisdiction == agency.jurisdiction
        };
        assert!(found(3).is_superset(&listed(&same_state)));
        assert!((0..4).all(|at| found(at).len() * 2 < people.listed.len()), "a word narrows the list");
    });
}

/// What people write and what they type, of every script that the index treats in a way of its own.
const WRITTEN: &[&str] = &[
    "Łukasz SØREN Straße STRAẞE Đặng Æsa Œuvre Þór Guðrún Işık İpek ISIK Ħal Ŋaro Ŧaŋa Əli Ɓala Ɗan Ƙano",
    "Cuénteme de su JARDÍN, O’Brien O´Brien O＇Brien ﬁsh ＡＢＣ ⑤ ½ x² ΝΊΚΟΣ ς Ёлка Їжак",
    "我喜欢音乐和读书。…下午听收音机。 李小龙 李 𠮷野家 人々 〇〇七",
    "音楽が好きです カラオケ ｶﾗｵｹ ガラス コーヒー BTS팬 클래식음악을 좋아해요 한국 42歳",
    "ฉันชอบดนตรี ກາເຟ ភាសាខ្មែរ မြန်မာ हिन्दी বাংলা عربي فارسی\u{200C}ها 👩‍👩‍👧 a\u{301}b _ - 1,000",
];

#[test]
fn the_script_cuts_words_as_the_index_does() {
    let folder = tempfile::tempdir().unwrap();
    let module = folder.path().join("find.mjs");
    std::fs::copy(fixture::source("templates/assets/find.js"), &module).unwrap();
    let program = r#"
        const { words } = await import(process.argv[1]);
        process.stdout.write(JSON.stringify(JSON.parse(process.argv[2]).map(words)));
    "#;
    let node = Command::new("node")
        .args(["--input-type=module", "--eval", program])
        .arg(&module)
        .arg(serde_json::to_string(WRITTEN).unwrap())
        .output()
        .expect("the test needs Node, which `make test` installs");
    assert!(node.status.success(), "{}", String::from_utf8_lossy(&node.stderr));
    let cut: Vec<Vec<String>> = serde_json::from_slice(&node.stdout).unwrap();
    for (text, cut) in WRITTEN.iter().zip(cut) {
        assert_eq!(cut, words(text), "{text}");
    }
}

#[test]
fn a_word_is_found_inside_a_clause_and_a_strange_letter_typed_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    write_sample(&root, 30);
    let mut site = load(&root, DAY).unwrap();
    let spoken = [
        ("Łukasz W.", "Ich wohnte in der Straße am Fluss und mag Bücher, Gärten und lange Spaziergänge."),
        ("李小龙", "我喜欢音乐和读书。下午听收音机。"),
        ("Jun", "毎日クラシック音楽を聴いています。"),
        ("민수", "저는 클래식음악을 좋아해요."),
        ("Somchai", "ฉันชอบฟังดนตรีทุกวัน"),
    ];
    let shown: Vec<ProfileId> = people(&site, DAY).listed.iter().map(|person| person.id.clone()).collect();
    for (id, (name, introduction)) in shown.iter().zip(spoken) {
        let person = site.profiles.iter_mut().find(|person| person.id == *id).unwrap();
        (person.shown_name, person.introduction) = (name.to_owned(), introduction.to_owned());
    }
    let ids: Vec<String> = shown.iter().take(spoken.len()).map(ToString::to_string).collect();
    let people = people(&site, DAY);
    let index = super::build(&site, site.content.theme.as_ref().unwrap(), &people, &BTreeMap::new(), DAY).unwrap();
    for file in &index.files {
        disk::place(&folder.path().join(file.path.trim_start_matches('/')), &file.bytes).unwrap();
    }
    let typed = [
        ("lukasz", Some(0)),
        ("Łuk", Some(0)),
        ("strasse", Some(0)),
        ("音乐", Some(1)),
        ("收音机", Some(1)),
        ("小龙", Some(1)),
        ("龙", Some(1)),
        ("音楽", Some(2)),
        ("음악", Some(3)),
        ("민수", Some(3)),
        ("ดนตรี", Some(4)),
        ("机音", None),
    ];
    let question = |(typed, _): &(&str, _)| {
        let mut asked = json!({ "q": typed, "sort": "", "paused": false, "page": 1 });
        Facet::ALL.into_iter().for_each(|facet| asked[facet.key()] = json!([]));
        asked
    };
    let asked: Vec<Value> = typed.iter().map(question).collect();
    let answers = by_script(folder.path(), &index.begins["en"], &asked);
    for ((typed, whose), answer) in typed.iter().zip(answers.as_array().unwrap()) {
        let expected: Vec<&String> = whose.and_then(|at: usize| ids.get(at)).into_iter().collect();
        assert_eq!(answer["ids"], json!(expected), "{typed}");
    }
}

#[test]
fn a_person_is_found_by_any_name_of_their_facility() {
    let folder = tempfile::tempdir().unwrap();
    write_sample(folder.path(), 5);
    let mut site = load(folder.path(), DAY).unwrap();
    let person = site.profiles[0].clone();
    let asks = |site: &Root, asked: &str| words(asked).iter().all(|word| words_of(site, &person).contains(word));
    assert!(!asks(&site, "Allred"));
    let facility = site.content.catalogue.facilities.get_mut(&person.facility).unwrap();
    facility.name = "James V. Allred Unit".into();
    facility.other_names = vec!["The Farm".into()];
    assert!(asks(&site, "allred") && asks(&site, "the farm") && asks(&site, "James Allred"));
}
