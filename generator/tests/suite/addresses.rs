//! The address block: a golden case for every form that is shipped, and the promise that nobody is ever without one in silence.

use crate::site::{Root, repository};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use schema::person::envelope::{Address, Gap, address, is_wide};
use schema::person::kinds::{ConsentHow, Status};
use schema::person::profile::{Consent, Profile, ProfileId, Release};
use schema::place::agency::Agency;
use schema::place::facility::Facility;
use schema::place::line::{Line, Piece, Slot};
use std::collections::BTreeMap;

const TODAY: Date = date(2026, 11, 30);

/// Every agency that is shipped.
fn agencies() -> BTreeMap<String, Agency> {
    let content = ::site::source::load_content(Root::copy().path(), TODAY).unwrap();
    assert!(
        content.findings.is_empty(),
        "{:?}",
        content.findings.iter().map(|found| &found.message).collect::<Vec<_>>()
    );
    content.catalogue.agencies
}

fn facility(agency: &str, name: &str) -> Facility {
    Facility {
        id: "here".into(),
        name: name.into(),
        agency: agency.into(),
        code: Some("1403".into()),
        other_names: Vec::new(),
        place: "Millford".into(),
        visiting_address: vec!["1 Gate Road".into(), "Millford, ST 00413".into()],
        address: vec!["PO Box 12".into(), "Millford, ST 00412".into()],
        services: Some(Vec::new()),
        routes: Vec::new(),
        source: None,
        checked: None,
    }
}

fn person(mail_name: &str, number: &str) -> Profile {
    Profile {
        id: ProfileId::parse("marcus-k7m2q").unwrap(),
        shown_name: "Marcus T.".into(),
        mail_name: mail_name.into(),
        number: number.into(),
        facility: "here".into(),
        housing: None,
        birth_year: 1985,
        pronouns: None,
        languages: vec!["en".into()],
        interests: vec!["radio".into()],
        looking_for: vec!["friendship".into()],
        introduction_language: "en".into(),
        introduction: "I fix radios. If it hums, I can usually tell you why.".into(),
        photo: None,
        release: Release::Unknown,
        listed: TODAY,
        checked: None,
        compared: None,
        permission_seen: None,
        rule_read: None,
        cleared_with: None,
        came_back: Vec::new(),
        consent: Consent { given: TODAY, how: ConsentHow::Letter, wording: TODAY, renew_by: TODAY },
        search_engines: false,
        status: Status::Listed,
        withdrawn: None,
    }
}

/// The block of `Marcus Thompson`, with a number, at a facility of an agency.
fn block(agencies: &BTreeMap<String, Agency>, agency: &str, name: &str, number: &str, at: &str) -> String {
    match address(&person(name, number), &facility(agency, at), agencies.get(agency).unwrap(), TODAY) {
        Address::Lines(lines) => lines.join(" | "),
        Address::Missing(gaps) => panic!("{agency}: {gaps:?}"),
    }
}

/// The envelope of `Marcus Thompson` by the form of every agency that has one today, in the agency's own lines. `BLESS=1` writes it
/// anew: hold each line that differs against its source.
#[test]
fn every_shipped_form_prints_the_agencys_own_lines() {
    let agencies = agencies();
    let has_lines = |agency: &Agency| {
        let now = agency.routes.iter().rev().find(|route| route.holds_on(TODAY));
        now.is_some_and(|route| !route.lines.is_empty())
    };
    let line = |agency: &Agency| {
        let number = agency.number.as_ref().and_then(|number| number.example.as_deref()).unwrap_or("123456");
        format!("{}: {}\n", agency.id, block(&agencies, &agency.id, "Marcus Thompson", number, "Pine Ridge"))
    };
    let printed: String = agencies.values().filter(|agency| has_lines(agency)).map(line).collect();
    let golden = repository().join("generator/tests/suite/envelopes.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &printed).unwrap();
    }
    assert_eq!(printed, std::fs::read_to_string(golden).unwrap());
    assert!(printed.lines().count() > 40, "{printed}");
}

#[test]
fn a_line_too_wide_for_the_window_is_known() {
    let agencies = agencies();
    for (agency, wide) in [("oklahoma-doc", true), ("tennessee-doc", false)] {
        let block = block(&agencies, agency, "Marcus Thompson", "123456", "Riverbend");
        let lines: Vec<String> = block.split(" | ").map(str::to_owned).collect();
        assert_eq!(is_wide(&lines), wide, "{block}");
    }
}

#[test]
fn a_unit_stands_on_the_envelope_only_where_there_is_one() {
    let agencies = agencies();
    let mut someone = person("Marcus Thompson", "AB1234");
    someone.housing = Some("B3-114".into());
    let with = address(&someone, &facility("california-doc", "Avenal"), &agencies["california-doc"], TODAY);
    let expected = ["Marcus Thompson, AB1234", "Avenal", "B3-114", "PO Box 12", "Millford, ST 00412"];
    assert_eq!(with, Address::Lines(expected.map(str::to_owned).to_vec()));
}

#[test]
fn what_is_missing_is_named_and_nothing_is_guessed() {
    let agencies = agencies();
    let ask = |agency: &str, name: &str, day: Date| {
        address(&person(name, "0123456"), &facility(agency, "Here"), &agencies[agency], day)
    };
    let missing = |gap: Gap| Address::Missing(vec![gap]);
    assert_eq!(ask("maine-doc", "Marcus Thompson", TODAY), missing(Gap::NoRoute), "nothing is known");
    assert_eq!(
        ask("delaware-doc", "Marcus Thompson", TODAY),
        missing(Gap::NoRoute),
        "the way is known, the lines are not"
    );
    assert_eq!(ask("texas-doc", "Marcus Thompson", date(2023, 9, 5)), missing(Gap::RouteNotYet(date(2023, 9, 6))));
    assert_eq!(ask("florida-doc", "María de la Cruz", TODAY), missing(Gap::LastName));
    assert_eq!(ask("franklin-doc", "Thompson, Marcus, Lee", TODAY), missing(Gap::Name));
    assert_eq!(ask("florida-doc", "Thompson, Marcus, Lee", TODAY), missing(Gap::LastName));
    assert_eq!(ask("franklin-doc", "李明", TODAY), missing(Gap::Character('李')));
    let mut ended = agencies["franklin-doc"].clone();
    ended.routes[0].until = Some(date(2026, 1, 31));
    let there = address(&person("Marcus Thompson", "0123456"), &facility("franklin-doc", "Here"), &ended, TODAY);
    assert_eq!(there, missing(Gap::RouteEnded(date(2026, 1, 31))));
    let mut unnamed = agencies["jefferson-corrections"].clone();
    unnamed.number = None;
    let there =
        address(&person("Marcus Thompson", "00481516"), &facility("jefferson-corrections", "Here"), &unnamed, TODAY);
    assert_eq!(there, missing(Gap::NumberLabel));
    let mut coded = agencies["franklin-doc"].clone();
    let with_code = [Piece::Slot(Slot::Facility), Piece::Words(" – ".into()), Piece::Slot(Slot::FacilityCode)];
    coded.routes[0].lines.insert(1, Line(with_code.to_vec()));
    let mut here = Facility { code: None, ..facility("franklin-doc", "Here") };
    let ask = |here: &Facility| address(&person("Marcus Thompson", "0123456"), here, &coded, TODAY);
    assert_eq!(ask(&here), missing(Gap::FacilityCode));
    here.code = Some("1403".into());
    let Address::Lines(lines) = ask(&here) else { panic!("the code is known") };
    assert_eq!(lines[1], "Here - 1403");
    here.address = Vec::new();
    assert_eq!(ask(&here), missing(Gap::FacilityAddress), "the street where it stands is no mail address");
}

#[test]
fn the_address_changes_on_the_very_day() {
    let agencies = agencies();
    let on = |day: Date| {
        address(
            &person("Marcus Thompson", "00481516"),
            &facility("jefferson-corrections", "Saltgrass"),
            &agencies["jefferson-corrections"],
            day,
        )
    };
    let first = |day: Date| match on(day) {
        Address::Lines(lines) => lines[0].clone(),
        Address::Missing(gaps) => format!("{gaps:?}"),
    };
    assert_eq!(first(date(2026, 1, 31)), "Marcus Thompson");
    assert_eq!(first(date(2026, 2, 1)), "Saltgrass");
}

#[test]
fn everybody_on_every_day_has_a_whole_block_or_a_reason() {
    let names = [
        "Marcus Thompson",
        "Marcus Lee Thompson Jr",
        "de la Cruz, María José",
        "Prince",
        "D’Angelo O’Neal",
        "李明",
        "Ana 🌻",
    ];
    let mut days = 0;
    for (id, agency) in agencies() {
        for name in names {
            let someone = person(name, "0123456");
            let mut day = date(2017, 1, 1);
            while day < date(2032, 1, 1) {
                match address(&someone, &facility(&id, "Pine Ridge"), &agency, day) {
                    Address::Lines(lines) => {
                        assert!(lines.len() >= 3, "{id} {day}: {lines:?}");
                        let whole = lines.join("\n");
                        assert!(whole.contains("0123456") && !whole.contains(['{', '}']), "{id} {day}: {lines:?}");
                        assert!(lines.iter().all(|line| !line.trim().is_empty()), "{id} {day}: {lines:?}");
                    }
                    Address::Missing(gaps) => {
                        assert!(!gaps.is_empty() && gaps.iter().all(|gap| !gap.words().is_empty()), "{id} {day}");
                    }
                }
                days += 1;
                day = day.saturating_add(13.days());
            }
        }
    }
    assert!(days > 100_000);
}
