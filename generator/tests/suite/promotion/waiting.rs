//! What waits is listed, shown, swept and logged, and nothing urgent is left to lie.

use super::{block_on, log, registered, store};
use crate::site::Root;
use jiff::Timestamp;
use review::{Intake, accept};
use schema::submission::content::{Answer, Submission};
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::secret::Secret;

#[test]
fn editors_are_told_why_something_is_held() {
    let root = Root::copy();
    let submission = registered(&root, "0777003", vec![Flag::Honeypot, Flag::Links]);
    let said = root.run(&["review", "show", &submission.id.to_string()]);
    assert!(
        said.out.contains("look twice: a field that people do not see") && said.out.contains("full of links"),
        "{}",
        said.out
    );
}

#[test]
fn an_update_tells_which_registration_it_came_with() {
    let root = Root::copy();
    let registration = registered(&root, "0777012", Vec::new());
    let answer =
        |question: &str, value: String| Answer { question: question.into(), values: vec![value], ..Answer::default() };
    let update = Submission {
        id: Reference::from_random([251; 16]),
        kind: SubmissionKind::Update,
        form: "update".into(),
        wording: None,
        answers: vec![
            answer("about", "Quentin".into()),
            answer("reference", registration.id.to_string()),
            answer("change", "pause".into()),
        ],
        ..registration.clone()
    };
    block_on(accept(&store(&root), &update, &Secret::from_random([2; 16]), vec![Flag::Proven])).unwrap();
    let shown = || root.run(&["review", "show", &update.id.to_string()]).out;
    let which = format!("that is {}, which is received", registration.id);
    assert!(shown().contains(&which), "{}", shown());
    root.run(&["review", "promote", &registration.id.to_string(), "--yes"]);
    let became = block_on(store(&root).row(&registration.id)).unwrap().unwrap().profile.unwrap();
    assert!(shown().contains(&format!("which became profiles/{became}.yaml")), "{}", shown());
    let compare = "at https://doc.franklin.example/find:\n  name      Quentin Example\n  number    0777012 DOC number";
    let next = "not yet checked, and the page says so: write the day at `checked` once all four agree";
    assert!(shown().contains(compare) && shown().contains(next), "{}", shown());
}

#[test]
fn a_damaged_row_hides_no_other() {
    let root = Root::copy();
    let submission = registered(&root, "0777004", Vec::new());
    root.write("var/review/index/KM7PT4RX.json", "{");
    for words in [vec!["review", "list"], vec!["review", "list", "--json"], vec!["review", "sweep"]] {
        let said = root.run(&words);
        assert!(said.err.contains("KM7PT4RX.json is not what was stored there"), "{words:?}: {}", said.err);
        assert!(
            words[1] == "sweep"
                || said.out.contains(&submission.id.to_string())
                || said.out.contains(submission.id.key()),
            "{words:?}: {}",
            said.out
        );
    }
    assert_eq!(root.run(&["review", "list"]).status, 1);
}

#[test]
fn the_sweep_says_how_long_the_oldest_urgent_one_waits() {
    let root = Root::copy();
    let submission = registered(&root, "0777006", Vec::new());
    let said = root.run(&["review", "sweep"]);
    assert!(said.status == 0 && said.out.contains("Oldest urgent: 0 hours"), "{}{}", said.out, said.err);
    for (number, hours, status) in [(3, 23, 0), (4, 24, 1)] {
        let id = Reference::from_random([number; 16]);
        let written_at =
            Timestamp::now() - jiff::SignedDuration::from_hours(hours) - jiff::SignedDuration::from_mins(1);
        let urgent = Submission { id, kind: SubmissionKind::Report, written_at, ..submission.clone() };
        block_on(accept(&store(&root), &urgent, &Secret::from_random([number; 16]), vec![Flag::Today])).unwrap();
        let said = root.run(&["review", "sweep"]);
        assert!(said.out.contains(&format!("Oldest urgent: {hours} hours")), "{}", said.out);
        assert_eq!(said.status, status, "{}", said.err);
    }
}

#[test]
fn the_sweep_rings_again_while_an_urgent_one_waits_that_no_mail_announced() {
    let root = Root::copy();
    let submission = registered(&root, "0777007", Vec::new());
    let urgent = root.path().join("var/review/urgent");
    let rung = || {
        root.run(&["review", "sweep"]);
        let notes = disk::list(root.path(), "var/review/urgent").unwrap();
        let told = notes.iter().any(|note| disk::stem(note).starts_with("2-still-wait-"));
        std::fs::remove_dir_all(&urgent).unwrap();
        told
    };
    let arrives = |number: u8, flags: Vec<Flag>| {
        let (id, secret) = (Reference::from_random([number; 16]), Secret::from_random([number; 16]));
        let urgent = Submission { id, kind: SubmissionKind::Report, ..submission.clone() };
        block_on(accept(&store(&root), &urgent, &secret, flags)).unwrap();
        urgent.id
    };
    arrives(3, vec![Flag::Today]);
    assert!(!rung(), "a mail of its own announced it");
    let id = arrives(4, vec![Flag::Today, Flag::Quiet]);
    assert!(rung(), "no mail announced it");
    assert!(rung(), "and it still waits");
    let (at, editor, from, to) = (Timestamp::now(), "ann".to_owned(), State::Received, State::Done);
    let decision =
        Decision { at, editor, id, from, to, reason: None, profile: None, assured: Vec::new(), answers: None };
    block_on(store(&root).decide(&decision)).unwrap();
    std::fs::create_dir_all(&urgent).unwrap();
    assert!(!rung(), "somebody has read it");
}

#[test]
fn the_log_is_for_programs_too() {
    let root = Root::copy();
    let submission = registered(&root, "0777005", Vec::new());
    assert_eq!(root.run(&["review", "log", "--json"]).out.trim(), "[]");
    root.run(&["review", "hold", &submission.id.to_string(), "--reason", "ask her", "--as", "test"]);
    let log = log(&root);
    assert_eq!((log[0]["to"].as_str(), log[0]["reason"].as_str()), (Some("held"), Some("ask her")));
}
