//! The sealed copy of what was sent, which lets its sender open and mend it: where it lies, for how long, and who opens it. What
//! becomes of the second version stands in rows 118 to 125 of the table.

use crate::case::Says;
use crate::door::Door;
use crate::double::Fault;
use crate::filled::{Filled, registration, report, update};
use crate::site::site;
use crate::stage::Stage;
use crate::visit::{Kept, Visit, mine};
use crate::wire::{Got, post};
use jiff::SignedDuration;
use schema::submission::retention::PUT_DOWN_DAYS;
use std::path::Path;

fn with_stage(test: impl FnOnce(&Visit<'_>, &Stage)) {
    let stage = Stage::new();
    test(&Visit { door: &stage, row: "a second version".to_owned() }, &stage);
}

fn says(got: &Got, status: u16, string: &'static str) {
    assert_eq!(got.status, status, "{}", got.main());
    let words = Says::Text(string).words(site());
    assert!(got.body.contains(&words), "`{words}` is missing in {}", got.main());
}

fn correct(visit: &Visit<'_>, own: &Kept) -> Got {
    visit.ask(&mine("correct", &own.reference, &own.code))
}

/// That it opens no longer as it was sent, and can be corrected in other words all the same.
fn opens_in_words(visit: &Visit<'_>, own: &Kept) {
    let got = correct(visit, own);
    assert_eq!(got.status, 200, "{}", got.main());
    assert!(got.body.contains("action=\"/send/update/check\"") && got.body.contains(&own.reference), "{}", got.main());
    assert!(!got.body.contains("name=\"second\"") && !got.body.contains("tomatoes"), "{}", got.main());
}

#[test]
fn a_copy_lies_sealed_and_opens_for_two_weeks() {
    with_stage(|visit, stage| {
        let own = visit.hand_in(&registration());
        let sent = stage.now();
        let [(name, sealed)] = stage.store.drafts().try_into().unwrap();
        assert!(name.strip_prefix("drafts/").is_some_and(|tag| tag.len() == 64));
        let all = [name.as_bytes(), &sealed].concat();
        let hidden =
            ["Marcus", "shown_name", "ana@example.org", "register", &own.reference, own.row.id.key(), &own.code];
        for word in hidden.into_iter().chain([own.code.replace('-', "").as_str()]) {
            assert!(!all.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "{word}");
        }
        stage.set_now(sent + SignedDuration::from_hours(24 * PUT_DOWN_DAYS));
        let got = correct(visit, &own);
        says(&got, 200, "form-correcting-text");
        for filled in ["Marcus T.", "tomatoes", "value=\"river-bend\" selected", "value=\"April\"", "ana@example.org"] {
            assert!(got.body.contains(filled), "{filled}: {}", got.main());
        }
        for tick in ["consent_asked", "consent_knows", "consent_adult", "consent_rules"] {
            assert!(got.body.contains(&format!("name=\"{tick}\" value=\"yes\" checked")), "{tick}: {}", got.main());
        }
        stage.pass(SignedDuration::from_hours(24));
        opens_in_words(visit, &own);
    });
}

#[test]
fn a_copy_goes_with_what_is_taken_back_and_a_report_has_none() {
    with_stage(|visit, stage| {
        visit.hand_in(&report());
        assert!(stage.store.drafts().is_empty());
        for filled in [registration(), update()] {
            let own = visit.hand_in(&filled);
            assert_eq!(stage.store.drafts().len(), 1);
            visit.ask(&mine("take-back", &own.reference, &own.code));
            assert_eq!(stage.store.drafts().len(), 1, "the page only asks");
            says(&visit.ask(&mine("taken-back", &own.reference, &own.code)), 200, "notice-taken-back-title");
            assert!(stage.store.drafts().is_empty());
        }
    });
}

#[test]
fn a_code_of_what_was_put_down_opens_no_copy_and_a_code_of_what_was_sent_no_draft() {
    with_stage(|visit, stage| {
        let own = visit.hand_in(&registration());
        let step = |step: &str, code: &str| {
            let body = crate::body::pairs(&[("draft".to_owned(), code.into())]);
            visit.ask(&post(&format!("/send/register/{step}"), "application/x-www-form-urlencoded", body))
        };
        says(&step("take-up", &own.code), 422, "take-up-unknown");
        says(&step("delete", &own.code), 200, "form-deleted");
        says(&correct(visit, &own), 200, "form-correcting-text");
        let kept = visit.ask(&registration().checked().at("/send/register/keep"));
        let code = kept.between("id=\"code\">", "<").unwrap();
        says(&visit.ask(&mine("correct", &own.reference, &code)), 422, "mine-unknown");
        assert_eq!(stage.store.drafts().len(), 2);
    });
}

#[test]
fn what_is_stored_is_told_of_even_where_no_copy_can_be_kept() {
    with_stage(|visit, stage| {
        for (fault, number) in [(Fault::Before, "0779001"), (Fault::Hang, "0779002")] {
            let failing = move |call: &'static str| stage.store.plan(move |_, name| (name == call).then_some(fault));
            let filled = registration().with("number", number);
            let page = visit.check(&filled);
            stage.read_a_while();
            failing("put_draft");
            let own = visit.send(&page, &filled.checked()).unwrap();
            stage.store.mend();
            opens_in_words(visit, &own);
            // The button once more keeps it after all.
            visit.ask(&visit.button(&page, &filled.checked()));
            says(&correct(visit, &own), 200, "form-correcting-text");
            failing("get_draft");
            says(&correct(visit, &own), 500, "mine-unavailable");
            failing("delete_draft");
            says(&visit.ask(&mine("taken-back", &own.reference, &own.code)), 200, "notice-taken-back-title");
            stage.store.mend();
        }
    });
}

#[test]
fn a_copy_of_what_was_corrected_since_is_not_shown_for_what_stands() {
    with_stage(|visit, stage| {
        let own = visit.hand_in(&registration());
        let pair = format!("{}/{}", own.reference, own.code);
        let second: Filled = registration().with("shown_name", "Marcus of the garden").also("second", pair);
        let page = visit.check(&second);
        stage.read_a_while();
        stage.store.plan(|_, name| (name == "put_draft").then_some(Fault::Before));
        let own = visit.send(&page, &second.checked()).unwrap();
        stage.store.mend();
        opens_in_words(visit, &own);
    });
}

#[test]
fn the_privacy_page_tells_for_how_long_a_copy_is_kept() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let privacy = std::fs::read_to_string(repository.join("content/en/pages/privacy.md")).unwrap();
    assert!(privacy.contains(&format!("correct what you sent: {PUT_DOWN_DAYS} days after you sent it.")));
}
