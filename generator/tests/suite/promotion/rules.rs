//! Where an agency's rule stands in the way, or nobody is certain of it, the editor's word is needed, and kept.

use super::{log, registered, state};
use crate::site::{Root, tree};
use jiff::Timestamp;
use schema::submission::kinds::State;

/// A facility of an agency, which a test adds.
fn facility(root: &Root, id: &str, agency: &str) {
    let lines = "place: Somewhere\naddress: [1 Prison Road, \"Somewhere, TX 75000\"]\n";
    root.write(&format!("content/facilities/{id}.yaml"), format!("id: {id}\nname: {id}\nagency: {agency}\n{lines}"));
}

#[test]
fn a_rule_that_nobody_has_confirmed_needs_the_editor_s_word_which_is_kept() {
    let root = Root::copy();
    facility(&root, "some-unit", "tennessee-doc");
    let submission = registered(&root, "07770031", Vec::new());
    let id = submission.id.to_string();
    let promote = |words: &[&str]| {
        root.run(&[&["review", "promote", &id, "--facility", "some-unit", "--yes", "--as", "ed"], words].concat())
    };
    let said = promote(&[]);
    assert!(said.status == 1 && said.out.contains("[rule-not-read]"), "{}{}", said.out, said.err);
    assert!(said.out.contains("listing rule of Tennessee Department of Correction: unknown\n  read nowhere yet"));
    assert_eq!(state(&root, &submission), (State::Received, None));
    for words in [["--rule-read", " "], ["--permission-seen", "2026-10-01"]] {
        assert_ne!(promote(&words).status, 0, "{words:?} is no word on the rule");
    }
    let source = "https://www.tdcj.texas.gov/rules, page 3";
    let said = promote(&["--rule-read", source]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let log = log(&root);
    assert_eq!(log[0]["assured"], serde_json::json!([{"rule-read": source}]));
    let told = root.run(&["review", "log"]).out;
    assert!(told.contains(&format!("by ed; rule read at {source}")), "{told}");
    let file = format!("profiles/{}.yaml", state(&root, &submission).1.unwrap());
    let line = format!("rule_read: {source}\n");
    root.replace(&file, &line, "");
    let said = root.run(&["check"]);
    assert!(said.status == 1 && said.out.contains("[rule-not-read]"), "{}{}", said.out, said.err);
}

#[test]
fn a_rule_that_was_not_read_at_the_agency_is_shown_with_its_source_and_day_and_is_not_enough() {
    let root = Root::copy();
    root.replace(
        "content/agencies/franklin-doc.yaml",
        "checked: 2026-10-01",
        "checked: 2026-10-01\n  confirmed: false",
    );
    // Who is listed there came in by somebody's word, as whoever is promoted now must.
    for (file, _) in tree(&root.path().join("profiles")) {
        let file = format!("profiles/{}", file.display());
        if file.ends_with(".yaml") && !root.read(&file).contains("cleared_with: ") {
            let word = "rule_read: a letter of the mail room\ncleared_with: franklin-doc\n";
            root.write(&file, root.read(&file) + word);
        }
    }
    let id = registered(&root, "0777032", Vec::new()).id.to_string();
    let said = root.run(&["review", "promote", &id, "--yes"]);
    let rule = "allowed\n  read on 2026-10-01 at https://doc.franklin.example/rules/mail, not confirmed at the agency";
    assert!(said.status == 1 && said.out.contains("[rule-not-read]") && said.out.contains(rule), "{}", said.out);
    root.succeeds(&["review", "promote", &id, "--yes", "--rule-read", "a letter of the mail room"]);
}

/// Somebody promoted into an agency that asks for its form, and the file that tells of them.
fn promoted_with_its_form() -> (Root, String) {
    let root = Root::copy();
    let submission = registered(&root, "07770033", Vec::new());
    let words = ["review", "promote", &submission.id.to_string(), "--facility", "saltgrass", "--yes"];
    root.succeeds(&[&words[..], &["--permission-seen", "2026-10-01"]].concat());
    let file = format!("profiles/{}.yaml", state(&root, &submission).1.unwrap());
    (root, file)
}

/// The same profile, listed on another day when nobody asked for a form.
fn listed_without_a_form(profile: &str, day: &str) -> String {
    let line = |line: &str| match ["listed: ", "checked: "].into_iter().find(|key| line.starts_with(key)) {
        Some(key) => format!("{key}{day}\n"),
        None => format!("{line}\n"),
    };
    profile.replace("permission_seen: 2026-10-01\n", "").lines().map(line).collect()
}

#[test]
fn whoever_was_listed_before_a_form_was_asked_for_keeps_nobody_else_off_the_site() {
    let (root, file) = promoted_with_its_form();
    let later = root.read(&file);
    let asked = "lists people only with its form, signed: see theirs";
    for (listed, status) in [("2026-03-01", 0), ("2026-10-20", 1)] {
        root.write(&file, listed_without_a_form(&later, listed));
        let said = root.run(&["check"]);
        let is_wrong = said.out.contains("[permission-not-seen]");
        assert_eq!((said.status, is_wrong), (status, status == 1), "{listed}: {}", said.out);
        assert_eq!(root.run(&["build"]).status, status, "{listed}");
        assert!(status == 1 || root.run(&["check", "--json"]).out.contains(asked), "{listed}");
    }
    // Whoever was moved there since was never there before; nor was anybody of whom nothing tells where they were.
    let there = listed_without_a_form(&later, "2026-03-01");
    let elsewhere = "listed: 2026-03-01\nchecked: 2026-03-01\ncompared: Quentin Example, 1990, 07770033, river-bend\n";
    let with = "cleared_with: jefferson-corrections\n";
    for moved in [
        there.replace("listed: 2026-03-01\n", elsewhere),
        there.replace(with, "cleared_with: franklin-doc\n"),
        there.replace(with, ""),
    ] {
        root.write(&file, &moved);
        assert_eq!(root.run(&["check"]).status, 1, "{moved}");
    }
    root.write(&file, later);
    assert!(!root.run(&["check", "--json"]).out.contains(asked));
}

#[test]
fn a_rule_that_is_no_longer_certain_keeps_nobody_else_off_the_site() {
    let (root, file) = promoted_with_its_form();
    let agency = "content/agencies/jefferson-corrections.yaml";
    root.replace(agency, "rule: restricted", "rule: allowed").replace(
        agency,
        "checked: 2026-10-20\nroutes",
        "checked: 2026-10-20\n  confirmed: false\nroutes",
    );
    let is_named = || root.run(&["check"]).out.contains(&format!("{file}:"));
    assert!(is_named(), "they were listed after it was read");
    root.write(&file, listed_without_a_form(&root.read(&file), "2026-03-01"));
    assert!(!is_named());
    assert!(root.run(&["check", "--json"]).out.contains("has not confirmed that people may be listed"));
}

#[test]
fn where_an_agency_asks_for_its_form_the_day_on_which_it_was_seen_is_kept() {
    let root = Root::copy();
    let submission = registered(&root, "07770033", Vec::new());
    let id = submission.id.to_string();
    let promote =
        |words: &[&str]| root.run(&[&["review", "promote", &id, "--facility", "saltgrass", "--yes"], words].concat());
    let said = promote(&["--rule-read", "their page"]);
    assert!(said.status == 1 && said.out.contains("[permission-not-seen]"), "{}{}", said.out, said.err);
    assert!(said.out.contains("once their case manager has signed"), "{}", said.out);
    assert_eq!(promote(&["--permission-seen", "soon"]).status, 2);
    let tomorrow = jiff::tz::TimeZone::UTC.to_datetime(Timestamp::now()).date().tomorrow().unwrap().to_string();
    for day in [tomorrow.as_str(), "2199-01-01"] {
        let said = promote(&["--permission-seen", day]);
        assert!(said.status == 1 && said.out.contains("[date-in-the-future]"), "{}{}", said.out, said.err);
    }
    let said = promote(&["--permission-seen", "2026-10-01"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let person = state(&root, &submission).1.unwrap();
    let file = format!("profiles/{person}.yaml");
    assert!(root.read(&file).contains("permission_seen: 2026-10-01\n"), "{}", root.read(&file));

    // A form that another agency signed opens nothing here.
    root.replace(&file, "cleared_with: jefferson-corrections", "cleared_with: franklin-doc");
    let said = root.run(&["check"]);
    assert!(said.status == 1 && said.out.contains("[permission-not-seen]"), "{}{}", said.out, said.err);
    // What was signed before the agency's file was renamed holds on.
    root.replace(&file, "cleared_with: franklin-doc", "cleared_with: jefferson-jails");
    let said = root.run(&["check"]);
    assert!(said.status == 1 && said.out.contains("[unknown-agency]"), "{}{}", said.out, said.err);
    let agency = "content/agencies/jefferson-corrections.yaml";
    root.replace(agency, "id: jefferson-corrections\n", "id: jefferson-corrections\nformerly: [jefferson-jails]\n");
    root.succeeds(&["check"]);

    root.replace(&file, "permission_seen: 2026-10-01\n", "");
    let said = root.run(&["check"]);
    assert!(said.status == 1 && said.out.contains("[permission-not-seen]"), "{}{}", said.out, said.err);
    assert_eq!(root.run(&["build"]).status, 1, "the gate holds for who writes files, too");
    // Whoever has no page needs no permission.
    root.replace(&file, "status: listed", "status: withdrawn");
    root.succeeds(&["check"]);
}
