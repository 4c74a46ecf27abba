//! A letter came back: from the report to the page that tells whoever writes next.

use crate::promotion::{block_on, registered, store};
use crate::site::Root;
use review::accept;
use schema::submission::content::{Answer, Submission};
use schema::submission::kinds::SubmissionKind;
use schema::submission::reference::Reference;
use schema::submission::secret::Secret;

const PROFILE: &str = "profiles/marcus-k7m2q.yaml";
const PAGE: &str = "site/people/marcus-k7m2q/index.html";

/// A report that waits, about a letter that came back.
fn reported(root: &Root, number: u8) -> String {
    let answer = |question: &str, value: &str| Answer {
        question: question.into(),
        values: vec![value.into()],
        ..Answer::default()
    };
    let report = Submission {
        id: Reference::from_random([number; 16]),
        kind: SubmissionKind::Report,
        form: "report".into(),
        wording: None,
        answers: vec![answer("kind_of", "came_back"), answer("about", "Marcus T."), answer("details", "Not here")],
        ..registered(root, "0777099", Vec::new())
    };
    block_on(accept(&store(root), &report, &Secret::from_random([2; 16]), Vec::new())).unwrap();
    report.id.to_string()
}

#[test]
fn whoever_writes_next_is_told_for_a_year_that_a_letter_came_back() {
    let root = Root::copy();
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    for (number, text) in [(61, "A letter to Marcus came back in the last twelve months."), (62, "A letter to Marcus")]
    {
        let id = reported(&root, number);
        assert!(root.run(&["review", "show", &id]).out.contains(&format!("`review done {id} --came-back ID`")));
        root.succeeds(&["review", "done", &id, "--came-back", "marcus-k7m2q"]);
        // Two on one day are one day.
        assert!(root.read(PROFILE).contains(&format!("\ncame_back: [{today}]\n")), "{}", root.read(PROFILE));
        root.succeeds(&["build"]);
        assert!(root.read(PAGE).contains(text), "{}", root.read(PAGE));
    }
    let earlier = today - jiff::Span::new().days(200);
    root.replace(PROFILE, "came_back: [", &format!("came_back: [{earlier}, "));
    root.succeeds(&["build"]);
    assert!(root.read(PAGE).contains("Letters to Marcus came back on 2 days"));
    // A year later a day no longer counts, and a page without one says nothing.
    let (last, over) =
        (today - jiff::Span::new().years(1) + jiff::Span::new().days(1), today - jiff::Span::new().years(1));
    for (day, is_told) in [(last, true), (over, false)] {
        let line = root.read(PROFILE).lines().find(|line| line.starts_with("came_back")).unwrap().to_owned();
        root.replace(PROFILE, &line, &format!("came_back: [{day}]"));
        root.succeeds(&["build"]);
        assert_eq!(root.read(PAGE).contains("came back in the last twelve months"), is_told, "{day}");
    }
}

#[test]
fn only_a_report_about_somebody_here_is_settled_so() {
    let root = Root::copy();
    let report = reported(&root, 63);
    let registration = registered(&root, "0777098", Vec::new()).id.to_string();
    let before = root.read(PROFILE);
    for (id, person, why) in [
        (&report, "nobody-k7m2q", "there is no profiles/nobody-k7m2q.yaml"),
        (&report, "Marcus T.", "is not a person's id"),
        (&registration, "marcus-k7m2q", "is no report that a letter came back"),
    ] {
        let said = root.run(&["review", "done", id, "--came-back", person]);
        assert!(said.status == 2 && said.err.contains(why), "{person}: {}{}", said.out, said.err);
    }
    assert_eq!(root.read(PROFILE), before);
    assert!(root.run(&["review", "list"]).out.contains(&report), "it waits still");
}
