//! How long something is kept is told in words, on several pages. They say what the code does.

use crate::door::Door;
use crate::filled::{Filled, registration, report, update};
use crate::make::{fields, jpeg};
use crate::site::{bundle, site};
use crate::stage::Stage;
use crate::visit::{Kept, Visit, mine};
use schema::ground::hash::content_hash;
use schema::submission::kinds::{State, SubmissionKind};
use schema::submission::retention::days_kept;
use std::path::Path;
use templates::bundle::Bundle;

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

const PERSON: &str = "marcus-k7m2q";

/// A site on which one person's page stands so.
fn stage_with(life: &serde_json::Value) -> Stage {
    let mark: String = content_hash(format!("page of {PERSON}").as_bytes()).to_string().chars().take(16).collect();
    let lives = serde_json::from_value(serde_json::json!([{"life": life, "pages": [mark]}])).unwrap();
    Stage::of(Bundle { lives: Some(lives), ..bundle() })
}

fn status(visit: &Visit<'_>, kept: &Kept) -> String {
    let got = visit.ask(&mine("status", &kept.reference, &kept.code));
    assert_eq!(got.status, 200, "{}", got.main());
    got.main().to_owned()
}

#[test]
fn the_status_follows_the_page_on_the_day_it_is_asked_for() {
    let term = serde_json::json!({"until": "2027-04-01", "then": "consent-ended"});
    let released = serde_json::json!({"until": "2026-12-31", "then": "past-release"});
    let cases = [
        (serde_json::json!({"listed": term}), 0, "status-published", true),
        (serde_json::json!({"listed": term}), 200, "status-consent-ended", false),
        (serde_json::json!({"paused": term}), 0, "status-paused", true),
        (serde_json::json!({"listed": released}), 60, "status-past-release", false),
        (serde_json::json!("banned"), 0, "status-listing-banned", false),
        (serde_json::json!({"taken-down": "2026-11-20"}), 0, "status-taken-down", false),
    ];
    for (life, days, says, is_seen) in cases {
        for state in [State::Promoted, State::Published, State::Cleared] {
            let stage = stage_with(&life);
            let visit = Visit { door: &stage, row: format!("{life} {state:?}") };
            let kept = visit.hand_in(&registration());
            stage.promote(&kept.row.id, PERSON);
            if state != State::Promoted {
                stage.decide(&kept.row.id, state);
            }
            stage.pass(jiff::SignedDuration::from_hours(24 * days));
            let page = status(&visit, &kept);
            assert!(page.contains(&site().text(says)), "{life} {state:?}: {page}");
            assert_eq!(page.contains("/people/marcus-k7m2q/"), is_seen, "{life}: {page}");
            let is_down = says == "status-taken-down";
            assert_eq!(page.contains("It was taken down on 20 November 2026."), is_down, "{life}: {page}");
            assert_eq!(page.contains("/send/mine/take-back"), !is_down, "{life}: {page}");
        }
    }
}

#[test]
fn whoever_asked_for_the_page_to_come_down_is_told_what_came_of_that() {
    let term = serde_json::json!({"until": "2027-04-01", "then": "consent-ended"});
    let stage = stage_with(&serde_json::json!({"listed": term}));
    let visit = Visit { door: &stage, row: "asked down".to_owned() };
    let kept = visit.hand_in(&registration());
    stage.promote(&kept.row.id, PERSON);
    let ask = || {
        let before: Vec<_> = visit.door.rows().into_iter().map(|row| row.id).collect();
        visit.ask(&mine("taken-back", &kept.reference, &kept.code));
        visit.door.rows().into_iter().find(|row| !before.contains(&row.id)).unwrap()
    };
    let request = ask();
    assert!(status(&visit, &kept).contains(&site().text("status-coming-down")));
    stage.decide(&request.id, State::Rejected);
    assert!(status(&visit, &kept).contains(&site().text("status-published")));
    let request = ask();
    assert!(status(&visit, &kept).contains(&site().text("status-coming-down")));
    stage.decide(&request.id, State::Done);
    let page = status(&visit, &kept);
    assert!(page.contains(&site().text("status-asked-down")), "before the next publish: {page}");
    assert!(!page.contains("/people/marcus-k7m2q/"), "{page}");
}

#[test]
fn a_change_is_never_told_of_as_a_page_and_a_rule_is_waited_for_openly() {
    let stage = stage_with(&serde_json::json!({"taken-down": null}));
    let visit = Visit { door: &stage, row: "changes".to_owned() };
    let change = visit.hand_in(&update());
    stage.promote(&change.row.id, "another-k7m2q");
    assert!(status(&visit, &change).contains(&site().text("status-change-made-text")));
    stage.decide(&change.row.id, State::Published);
    let page = status(&visit, &change);
    assert!(page.contains(&site().text("status-change-shown")), "{page}");
    assert!(!page.contains("/send/mine/take-back"), "a change that is made takes no page down: {page}");
    let down = visit.hand_in(&update().telling("Take it down, please."));
    stage.promote(&down.row.id, PERSON);
    assert!(status(&visit, &down).contains(&site().text("status-taken-down")));
    let waits = visit.hand_in(&registration().with("facility", "saltgrass").with("number", "00481516"));
    assert!(status(&visit, &waits).contains(&site().text("status-waits-for-rule-text")));
}

#[test]
fn the_code_stays_in_sight_whatever_is_done_with_it() {
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "in sight".to_owned() };
    let kept = visit.hand_in(&registration());
    let shows = |got: &crate::wire::Got| got.between("id=\"code\">", "<") == Some(kept.code.clone());
    let (page, _) = sent(&visit, &stage, &update());
    let address = format!("{}/send/mine", site().url().trim_start_matches("https://"));
    assert!(page.replace("<wbr>", "").contains(&address), "on paper, where to use them is written out: {page}");
    let photo = visit.ask(&visit.photo(&kept, &jpeg(&fields(64, 48), 90)));
    assert!(photo.status == 200 && shows(&photo), "a photo was taken: {}", photo.main());
    let refused = visit.ask(&visit.photo(&kept, b"RIFF0000WEBPVP8 "));
    assert!(refused.status == 422 && shows(&refused), "a photo was refused: {}", refused.main());
    assert!(shows(&visit.ask(&mine("status", &kept.reference, &kept.code))));
}
