//! How long something is kept is told in words, on several pages. They say what the code does.

use crate::door::Door;
use crate::filled::{Filled, registration, report, update};
use crate::stage::Stage;
use crate::visit::{Kept, Visit, mine};
use schema::submission::kinds::{State, SubmissionKind};
use schema::submission::retention::days_kept;
use std::path::Path;

/// Whether a text says so many days, in figures or, where a sentence begins so, in words.
fn says(text: &str, days: i64) -> bool {
    let spelt = match days {
        30 => "Thirty days",
        90 => "Ninety days",
        _ => "a number that this test cannot spell",
    };
    text.contains(&format!("{days} days")) || text.contains(spelt)
}

/// Sends a form and gives back the page that says that it has arrived.
fn sent(visit: &Visit<'_>, stage: &Stage, filled: &Filled) -> (String, Kept) {
    let page = visit.check(filled);
    stage.read_a_while();
    let got = visit.ask(&visit.button(&page, &filled.checked()));
    (got.main().to_owned(), visit.kept(&got).unwrap())
}

#[test]
fn pages_tell_for_how_long_things_are_kept() {
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "told".to_owned() };
    for (filled, to) in [(registration(), State::Rejected), (update(), State::Done), (report(), State::Done)] {
        let (page, kept) = sent(&visit, &stage, &filled);
        let days = days_kept(kept.row.kind);
        assert!(says(&page, days), "{:?}: {page}", kept.row.kind);
        stage.decide(&kept.row.id, to);
        let status = visit.ask(&mine("status", &kept.reference, &kept.code));
        assert!(says(status.main(), days), "{:?}: {}", kept.row.kind, status.main());
    }
}

#[test]
fn the_privacy_page_tells_the_days_that_are_kept() {
    let (usual, reports) = (days_kept(SubmissionKind::Registration), days_kept(SubmissionKind::Report));
    assert_eq!(days_kept(SubmissionKind::Update), usual);
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let privacy = std::fs::read_to_string(repository.join("content/en/pages/privacy.md")).unwrap();
    for (what, days) in [("Registrations and updates", usual), ("Concern reports", reports)] {
        let line = privacy.lines().find(|line| line.starts_with(&format!("- **{what}**"))).unwrap();
        assert!(says(line, days), "{line}");
    }
}
