//! From a submission that waits to a profile: what the editor sees, decides, and finds written.

mod killed;
mod photos;
mod read;
mod rules;
mod waiting;

use crate::site::{Root, Said};
use jiff::Timestamp;
use review::{Folder, Intake, accept, add_photo};
use schema::submission::content::{Answer, Submission};
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use schema::submission::secret::Secret;
use std::future::Future;

pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
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
    block_on(accept(&store(root), &submission, &Secret::from_random([1; 16]), flags)).unwrap();
    submission
}

/// A photo that came with a submission.
fn with_photo(root: &Root, submission: &Submission) -> Vec<u8> {
    let drawn = std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    let photo = photo::read(&drawn).unwrap().bytes;
    block_on(add_photo(&store(root), &row(root, submission), &photo)).unwrap();
    photo
}

/// The words of a promotion.
fn promote<'w>(id: &'w str, more: &[&'w str]) -> Vec<&'w str> {
    [&["review", "promote", id, "--yes"], more].concat()
}

/// The profile that a promotion says it wrote.
fn written(said: &Said) -> String {
    said.out.split("writes profiles/").nth(1).unwrap().split(".yaml").next().unwrap().to_owned()
}

/// What was decided, as programs read it.
fn log(root: &Root) -> serde_json::Value {
    serde_json::from_str(&root.run(&["review", "log", "--json"]).out).unwrap()
}

fn row(root: &Root, submission: &Submission) -> Row {
    block_on(store(root).row(&submission.id)).unwrap().unwrap()
}

fn state(root: &Root, submission: &Submission) -> (State, Option<String>) {
    let row = row(root, submission);
    (row.state, row.profile)
}
