//! From a submission that waits to a profile: what the editor sees, decides, and finds written.

use crate::site::Root;
use jiff::Timestamp;
use review::{Folder, Intake, Revision, Store, Transition, accept, add_photo, revise};
use schema::submission::content::{Answer, Submission};
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::role::Role;
use schema::submission::secret::Secret;
use std::future::Future;

pub(crate) fn now<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

pub(crate) fn store(root: &Root) -> Folder {
    Folder::new(root.path().join("var/review"), Timestamp::now)
}

/// A registration that waits, as the function stores it.
pub(crate) fn registered(root: &Root, number: &str, flags: Vec<Flag>) -> Submission {
    let given = (jiff::ZonedDateTime::now().date() - jiff::Span::new().days(20)).to_string();
    let answer = |(question, value): (&str, &str)| Answer {
        question: question.into(),
        values: vec![value.into()],
        ..Answer::default()
    };
    let submission = Submission {
        version: 1,
        id: Reference::from_random([(number.parse::<u32>().unwrap() % 250) as u8; 16]),
        kind: SubmissionKind::Registration,
        form: "register".into(),
        language: "en".into(),
        written_at: Timestamp::now(),
        wording: Some(jiff::civil::date(2026, 4, 1)),
        answers: [
            ("shown_name", "Quentin"),
            ("mail_name", "Quentin Example"),
            ("facility", "river-bend"),
            ("number", number),
            ("birth_year", "1980"),
            ("introduction", "I read maps the way other people read novels, and I can tell you how to get to places I have never seen."),
            ("introduction_language", "en"),
            ("languages", "en"),
            ("interests", "chess"),
            ("looking_for", "friendship"),
            ("release", "unknown"),
            ("consent_how", "letter"),
            ("consent_date", &given),
            ("submitter_name", "Maria Example"),
        ]
        .map(answer)
        .into(),
    };
    now(accept(&store(root), &submission, &Secret::from_random([1; 16]), flags)).unwrap();
    submission
}

fn with_photo(root: &Root, submission: &Submission) -> Vec<u8> {
    let drawn = std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    let photo = photo::read(&drawn).unwrap().bytes;
    let row = now(review::Intake::row(&store(root), &submission.id)).unwrap().unwrap();
    now(add_photo(&store(root), &row, &photo)).unwrap();
    photo
}

#[test]
fn a_photo_is_shown_or_left_out_by_the_editor_s_own_word() {
    let root = Root::copy();
    let submission = registered(&root, "0777001", Vec::new());
    let (id, photo) = (submission.id.to_string(), with_photo(&root, &submission));
    let said = root.run(&["review", "promote", &id, "--yes"]);
    assert_eq!(said.status, 2, "{}", said.out);
    assert!(said.err.contains("a photo came with") && said.err.contains("--without-photo"), "{}", said.err);

    let seen = root.path().join("seen.jpg");
    assert!(root.run(&["review", "show", &id]).out.contains("A photo of"));
    let said = root.run(&["review", "show", &id, "--photo", seen.to_str().unwrap()]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(std::fs::read(&seen).unwrap() == photo);
    assert_eq!(
        root.run(&["review", "show", &id, "--photo", seen.to_str().unwrap()]).status,
        2,
        "nothing is written over"
    );

    let said = root.run(&["review", "promote", &id, "--yes", "--photo-shows", "A radio on a shelf, and a chess rook"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let file = said.out.split("writes profiles/").nth(1).unwrap().split(".yaml").next().unwrap().to_owned();
    assert!(root.read(&format!("profiles/{file}.yaml")).contains("A radio on a shelf"));
    assert!(std::fs::read(root.path().join(format!("profiles/photos/{file}.jpg"))).unwrap() == photo);
    let checked = root.run(&["check"]);
    assert_eq!(checked.status, 0, "{}", checked.out);
}

#[test]
fn a_photo_that_never_arrived_keeps_no_editor_from_deciding() {
    let root = Root::copy();
    let submission = registered(&root, "0777011", Vec::new());
    with_photo(&root, &submission);
    let id = submission.id.to_string();
    let row = now(store(&root).row(&submission.id)).unwrap().unwrap();
    std::fs::remove_file(root.path().join("var/review").join(row.photo_key().unwrap())).unwrap();
    let said = root.run(&["review", "show", &id]);
    assert!(said.status == 0 && said.out.contains("Quentin") && said.out.contains("has not arrived"), "{}", said.out);
    let said = root.run(&["review", "promote", &id, "--yes"]);
    assert!(said.status == 2 && said.err.contains("--without-photo promotes without it"), "{}", said.err);
    let said = root.run(&["review", "promote", &id, "--yes", "--without-photo"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
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
    now(accept(&store(&root), &update, &Secret::from_random([2; 16]), vec![Flag::Proven])).unwrap();
    let shown = || root.run(&["review", "show", &update.id.to_string()]).out;
    let which = format!("that is {}, which is received", registration.id);
    assert!(shown().contains(&which), "{}", shown());
    root.run(&["review", "promote", &registration.id.to_string(), "--yes"]);
    let became = now(store(&root).row(&registration.id)).unwrap().unwrap().profile.unwrap();
    assert!(shown().contains(&format!("which became profiles/{became}.yaml")), "{}", shown());
    let compare = "at https://doc.franklin.example/find:\n  name      Quentin Example\n  number    0777012 DOC number";
    let next = "not yet checked, and the page says so: write the day at `checked` once all four agree";
    assert!(shown().contains(compare) && shown().contains(next), "{}", shown());
}

#[test]
fn a_photo_for_a_page_that_is_up_is_looked_at_and_put_into_the_profile_by_hand() {
    let root = Root::copy();
    let answer = |role: Role, question: &str, value: &str| Answer {
        question: question.into(),
        role: Some(role),
        values: vec![value.into()],
        ..Answer::default()
    };
    let update = Submission {
        id: Reference::from_random([250; 16]),
        kind: SubmissionKind::Update,
        form: "update".into(),
        wording: None,
        answers: vec![
            answer(Role::About, "about", "https://site.example/people/marcus-k7m2q/"),
            answer(Role::Change, "change", "photo"),
            answer(Role::PhotoChange, "photo_change", "another"),
        ],
        ..registered(&root, "0777013", Vec::new())
    };
    now(accept(&store(&root), &update, &Secret::from_random([3; 16]), vec![Flag::PhotoToCome])).unwrap();
    let id = update.id.to_string();
    let shown = root.run(&["review", "show", &id]).out;
    assert!(shown.contains("has another photo") && shown.contains("The new photo has not come yet"), "{shown}");
    let photo = with_photo(&root, &update);
    let shown = root.run(&["review", "show", &id]).out;
    for words in
        ["A photo of", "move that to profiles/photos/marcus-k7m2q.jpg", "profiles/marcus-k7m2q.yaml", "`review done"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let seen = root.path().join("seen.jpg");
    assert_eq!(root.run(&["review", "show", &id, "--photo", seen.to_str().unwrap()]).status, 0);
    std::fs::rename(&seen, root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    assert!(std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap() == photo);
    let checked = root.run(&["check"]);
    assert_eq!(checked.status, 0, "{}", checked.out);
    assert_eq!(root.run(&["review", "done", &id]).status, 0);
}

#[test]
fn without_its_photo_a_profile_names_none() {
    let root = Root::copy();
    let submission = registered(&root, "0777002", Vec::new());
    let id = submission.id.to_string();
    let said = root.run(&["review", "promote", &id, "--yes", "--photo-shows", "Nothing"]);
    assert!(said.status == 2 && said.err.contains("no photo came with"), "{}", said.err);
    with_photo(&root, &submission);
    let photos = || crate::site::tree(&root.path().join("profiles/photos"));
    let before = photos();
    let said = root.run(&["review", "promote", &id, "--yes", "--without-photo"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let person = state(&root, &submission).1.unwrap();
    assert!(!root.read(&format!("profiles/{person}.yaml")).contains("photo:"));
    assert!(photos() == before && !said.out.contains("profiles/photos/"), "{}", said.out);
    assert_eq!(root.run(&["build"]).status, 0);
    let page = root.read(&format!("site/people/{person}/index.html"));
    assert!(!page.contains("/photos/"), "{page}");
}

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
        now(accept(&store(&root), &urgent, &Secret::from_random([number; 16]), vec![Flag::Today])).unwrap();
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
        now(accept(&store(&root), &urgent, &secret, flags)).unwrap();
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
    now(store(&root).decide(&decision)).unwrap();
    std::fs::create_dir_all(&urgent).unwrap();
    assert!(!rung(), "somebody has read it");
}

#[test]
fn who_read_the_first_version_does_not_promote_it_after_the_second_came() {
    let root = Root::copy();
    let submission = registered(&root, "0777008", Vec::new());
    let id = submission.id.to_string();
    let read = root.run(&["review", "show", &id]);
    assert!(!read.out.contains("corrected"), "{}", read.out);
    let planned = now(store(&root).row(&submission.id)).unwrap().unwrap();
    let mut second = submission.clone();
    let words = "I mend clocks, and I would like to hear from people who know what makes them stop at night.";
    let told = second.answers.iter_mut().find(|answer| answer.question == "introduction").unwrap();
    let before = std::mem::replace(&mut told.values, vec![words.to_owned()]).remove(0);
    second.written_at = Timestamp::now();
    let revised = now(revise(&store(&root), &planned, &second, &[])).unwrap();
    assert!(matches!(revised, Revision::Stored(_)), "{revised:?}");

    // Whoever decides about the first says which one they read.
    let (at, editor, from, to) = (Timestamp::now(), "ann".to_owned(), State::Received, State::Promoted);
    let (reason, profile, answers) = (None, Some("first-k7m2q".to_owned()), Some(planned.payload_hash));
    let stale =
        Decision { at, editor, id: submission.id.clone(), from, to, reason, profile, assured: Vec::new(), answers };
    assert!(matches!(now(store(&root).decide(&stale)).unwrap(), Transition::Kept(_)));
    assert_eq!(state(&root, &submission), (State::Received, None));

    let shown = root.run(&["review", "show", &id]);
    assert!(shown.out.contains("corrected by its sender once, last on"), "{}", shown.out);
    assert!(shown.out.contains(words) && !shown.out.contains(&before), "{}", shown.out);
    let earlier = root.run(&["review", "show", &id, "--earlier"]);
    let (first, last) = earlier.out.split_once("corrected by its sender once").unwrap();
    assert!(first.contains(&before) && last.contains(words), "{}", earlier.out);
    assert!(root.run(&["review", "list"]).out.contains("corrected once"));

    let said = root.run(&["review", "promote", &id, "--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains(words) && said.out.contains("had corrected it once"), "{}", said.out);
    let log = now(store(&root).log()).unwrap();
    let line = log.iter().find(|line| line.to == State::Promoted).unwrap();
    assert_eq!(line.answers, Some(now(store(&root).row(&submission.id)).unwrap().unwrap().payload_hash));
}

#[test]
fn the_log_is_for_programs_too() {
    let root = Root::copy();
    let submission = registered(&root, "0777005", Vec::new());
    assert_eq!(root.run(&["review", "log", "--json"]).out.trim(), "[]");
    root.run(&["review", "hold", &submission.id.to_string(), "--reason", "ask her", "--as", "test"]);
    let log: serde_json::Value = serde_json::from_str(&root.run(&["review", "log", "--json"]).out).unwrap();
    assert_eq!((log[0]["to"].as_str(), log[0]["reason"].as_str()), (Some("held"), Some("ask her")));
}

/// What a promotion leaves that is killed before its decision: the store as it was, the files as they would be.
fn killed_before_its_decision(root: &Root, id: &str, words: &[&str]) -> String {
    let store = root.path().join("var/review");
    let before = crate::site::tree(&store);
    let said = root.run(&[&["review", "promote", id, "--yes"], words].concat());
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    std::fs::remove_dir_all(&store).unwrap();
    for (file, bytes) in before {
        root.write(&format!("var/review/{}", file.display()), bytes);
    }
    said.out.split("writes profiles/").nth(1).unwrap().split(".yaml").next().unwrap().to_owned()
}

fn state(root: &Root, submission: &Submission) -> (State, Option<String>) {
    let row = now(store(root).row(&submission.id)).unwrap().unwrap();
    (row.state, row.profile)
}

#[test]
fn a_promotion_that_was_killed_is_repeated_and_takes_its_own_files_over() {
    let root = Root::copy();
    let submission = registered(&root, "0777021", Vec::new());
    let (id, photo) = (submission.id.to_string(), with_photo(&root, &submission));
    let words = ["--photo-shows", "A chess rook"];
    let person = killed_before_its_decision(&root, &id, &words);
    let file = root.read(&format!("profiles/{person}.yaml"));
    assert_eq!(state(&root, &submission), (State::Received, None));

    let said = root.run(&[&["review", "promote", &id, "--yes"], words.as_slice()].concat());
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("is there already, as a promotion that broke off wrote it"), "{}", said.out);
    assert_eq!(state(&root, &submission), (State::Promoted, Some(person.clone())));
    assert_eq!(root.read(&format!("profiles/{person}.yaml")), file);
    assert!(std::fs::read(root.path().join(format!("profiles/photos/{person}.jpg"))).unwrap() == photo);
    assert_eq!(root.run(&["check"]).status, 0);
}

#[test]
fn a_promotion_that_was_killed_on_an_earlier_day_is_repeated_too() {
    let root = Root::copy();
    let submission = registered(&root, "0777022", Vec::new());
    let id = submission.id.to_string();
    let person = killed_before_its_decision(&root, &id, &[]);
    let name = format!("profiles/{person}.yaml");
    let today = jiff::ZonedDateTime::now().date();
    let earlier = root.read(&name).replace(&today.to_string(), &today.yesterday().unwrap().to_string());
    root.write(&name, &earlier);
    let said = root.run(&["review", "promote", &id, "--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert_eq!(state(&root, &submission), (State::Promoted, Some(person)));
    assert_eq!(root.read(&name), earlier);
}

#[test]
fn a_promotion_that_was_killed_between_photo_and_profile_is_repeated_with_its_photo_only() {
    let root = Root::copy();
    let submission = registered(&root, "0777023", Vec::new());
    let (id, photo) = (submission.id.to_string(), with_photo(&root, &submission));
    let words = ["--photo-shows", "A chess rook"];
    let person = killed_before_its_decision(&root, &id, &words);
    std::fs::remove_file(root.path().join(format!("profiles/{person}.yaml"))).unwrap();

    let said = root.run(&["review", "promote", &id, "--yes", "--without-photo"]);
    assert!(said.status == 1 && said.out.contains("photo-without-profile"), "{}{}", said.out, said.err);
    let picture = format!("profiles/photos/{person}.jpg");
    let other = std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    root.write(&picture, other);
    let again = [&["review", "promote", &id, "--yes"], words.as_slice()].concat();
    let said = root.run(&again);
    assert!(said.status == 2 && said.err.contains("is there already: somebody else"), "{}{}", said.out, said.err);
    assert_eq!(state(&root, &submission), (State::Received, None));

    root.write(&picture, &photo);
    let said = root.run(&again);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert_eq!(state(&root, &submission), (State::Promoted, Some(person)));
    assert_eq!(root.run(&["check"]).status, 0);
}

#[test]
fn a_file_that_is_not_the_promotion_s_own_is_left_alone() {
    let root = Root::copy();
    let submission = registered(&root, "0777024", Vec::new());
    let id = submission.id.to_string();
    let person = killed_before_its_decision(&root, &id, &[]);
    let name = format!("profiles/{person}.yaml");
    let changed = root.read(&name).replace("Quentin Example", "Quentin Sample");
    root.write(&name, &changed);
    let said = root.run(&["review", "promote", &id, "--yes"]);
    assert!(said.status == 1 && said.out.contains("number-taken-twice"), "{}{}", said.out, said.err);
    assert_eq!(state(&root, &submission), (State::Received, None));
    assert_eq!(root.read(&name), changed);
}

#[test]
fn what_a_killed_writer_left_stops_nobody() {
    let root = Root::copy();
    let submission = registered(&root, "0777025", Vec::new());
    for left in ["profiles/x.yaml.1234.partial", "profiles/.abc.partial", "profiles/photos/x.jpg.77.partial"] {
        root.write(left, "id: x\nshown_na");
    }
    for words in [vec!["check"], vec!["build"], vec!["review", "promote", &submission.id.to_string(), "--yes"]] {
        let said = root.run(&words);
        assert_eq!(said.status, 0, "{words:?}: {}{}", said.out, said.err);
    }
}

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
    let log: serde_json::Value = serde_json::from_str(&root.run(&["review", "log", "--json"]).out).unwrap();
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
    for (file, _) in crate::site::tree(&root.path().join("profiles")) {
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
    let said = root.run(&["review", "promote", &id, "--yes", "--rule-read", "a letter of the mail room"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
}

/// Somebody promoted into an agency that asks for its form, and the file that tells of them.
fn promoted_with_its_form() -> (Root, String) {
    let root = Root::copy();
    let submission = registered(&root, "07770033", Vec::new());
    let words = ["review", "promote", &submission.id.to_string(), "--facility", "saltgrass", "--yes"];
    let said = root.run(&[&words[..], &["--permission-seen", "2026-10-01"]].concat());
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
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
    let elsewhere = "listed: 2026-03-01\nchecked: 2026-03-01\ncompared: Quentin Example, 07770033, river-bend\n";
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
    assert_eq!(root.run(&["check"]).status, 0);

    root.replace(&file, "permission_seen: 2026-10-01\n", "");
    let said = root.run(&["check"]);
    assert!(said.status == 1 && said.out.contains("[permission-not-seen]"), "{}{}", said.out, said.err);
    assert_eq!(root.run(&["build"]).status, 1, "the gate holds for who writes files, too");
    // Whoever has no page needs no permission.
    root.replace(&file, "status: listed", "status: withdrawn");
    assert_eq!(root.run(&["check"]).status, 0);
}

#[test]
fn a_page_is_checked_only_by_the_word_of_whoever_compared_it_with_the_agency_s_records() {
    let root = Root::copy();
    let [unchecked, checked] = ["0777041", "0777042"].map(|number| registered(&root, number, Vec::new()));
    let said = root.run(&["review", "promote", &unchecked.id.to_string(), "--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let shown = "compare with the agency's own records, at https://doc.franklin.example/find:\n  name      Quentin Example\n  \
                 number    0777041 DOC number\n  facility  River Bend Correctional Facility\n  adult     born in 1980\n\
                 not yet checked, and the page says so: promote with --checked";
    assert!(said.out.contains(shown), "{}", said.out);
    let said = root.run(&["review", "promote", &checked.id.to_string(), "--yes", "--checked"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let log: serde_json::Value = serde_json::from_str(&root.run(&["review", "log", "--json"]).out).unwrap();
    assert_eq!((&log[0]["assured"], &log[1]["assured"]), (&serde_json::Value::Null, &serde_json::json!(["compared"])));

    let [unchecked, checked] = [unchecked, checked].map(|submission| state(&root, &submission).1.unwrap());
    let today = jiff::ZonedDateTime::now().date();
    assert!(!root.read(&format!("profiles/{unchecked}.yaml")).contains("checked:"));
    assert!(root.read(&format!("profiles/{checked}.yaml")).contains(&format!("\nchecked: {today}\n")));
    let said = root.run(&["build"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let page = |person: &str| root.read(&format!("site/people/{person}/index.html"));
    assert!(page(&unchecked).contains("Not yet checked") && !page(&unchecked).contains("Profile checked on"));
    assert!(page(&checked).contains("Profile checked on") && !page(&checked).contains("Not yet checked"));
}

/// What a promotion of a registration says, some of its answers given otherwise.
fn promoted_with(root: &Root, id: u8, otherwise: &[(&str, &str)]) -> crate::site::Said {
    let mut submission = registered(root, "0777051", Vec::new());
    submission.id = Reference::from_random([id; 16]);
    for answer in &mut submission.answers {
        if let Some((_, value)) = otherwise.iter().find(|(question, _)| *question == answer.question) {
            answer.values = vec![(*value).to_owned()];
        }
    }
    now(accept(&store(root), &submission, &Secret::from_random([1; 16]), Vec::new())).unwrap();
    root.run(&["review", "promote", &submission.id.to_string(), "--yes"])
}

#[test]
fn a_page_without_an_envelope_and_a_number_that_another_has_are_problems() {
    let root = Root::copy();
    for (id, name) in [(201, "Thompson, Marcus V"), (202, "Marcus Thompson, MD"), (203, "王秀英")] {
        let said = promoted_with(&root, id, &[("mail_name", name)]);
        assert!(said.out.contains("[no-envelope]"), "{name}: {}{}", said.out, said.err);
        assert_ne!(said.status, 0, "{name}");
    }
    // Marcus has 0123456.
    let said = promoted_with(&root, 204, &[("number", "0123-456")]);
    assert!(said.out.contains("profiles/marcus-k7m2q.yaml has this number already"), "{}{}", said.out, said.err);
}
