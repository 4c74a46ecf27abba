//! From a submission that waits to a profile: what the editor sees, decides, and finds written.

use crate::site::Root;
use jiff::Timestamp;
use review::{Folder, Intake, accept, add_photo};
use schema::submission::content::{Answer, Submission};
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
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
}

#[test]
fn without_its_photo_a_profile_names_none() {
    let root = Root::copy();
    let submission = registered(&root, "0777002", Vec::new());
    let id = submission.id.to_string();
    let said = root.run(&["review", "promote", &id, "--yes", "--photo-shows", "Nothing"]);
    assert!(said.status == 2 && said.err.contains("no photo came with"), "{}", said.err);
    with_photo(&root, &submission);
    let said = root.run(&["review", "promote", &id, "--yes", "--without-photo"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let file = said.out.split("writes profiles/").nth(1).unwrap().split(".yaml").next().unwrap().to_owned();
    assert!(!root.read(&format!("profiles/{file}.yaml")).contains("photo:"));
    assert!(!root.path().join(format!("profiles/photos/{file}.jpg")).exists());
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
