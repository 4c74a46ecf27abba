//! A half-filled form that is put down, and taken up elsewhere by its code; and the next person's form by the same sender.

use crate::case::Says;
use crate::door::Door;
use crate::double::Fault;
use crate::filled::{Filled, registration, report};
use crate::site::site;
use crate::stage::Stage;
use crate::visit::{Visit, mine};
use crate::wire::{Got, Sent, get, post};
use jiff::SignedDuration;
use schema::submission::retention::PUT_DOWN_DAYS;
use schema::submission::secret::Secret;
use std::path::Path;

const PAIRS: &str = "application/x-www-form-urlencoded";

/// Half of a registration, and ticks.
fn half() -> Filled {
    registration().without("number").without("birth_year").with("introduction", "Too short, and <b>odd</b> & \"so\".")
}

fn keep(filled: &Filled) -> Sent {
    filled.checked().at(&filled.path("keep"))
}

fn by_code(step: &str, code: &str) -> Sent {
    post(&format!("/send/register/{step}"), PAIRS, crate::body::pairs(&[("draft".into(), code.into())]))
}

fn says(got: &Got, status: u16, string: &'static str) {
    assert_eq!(got.status, status, "{}", got.main());
    let words = Says::Text(string).words(site());
    assert!(got.body.contains(&words), "`{words}` is missing in {}", got.main());
}

fn code_of(got: &Got) -> String {
    says(got, 200, "put-down-title");
    got.between("id=\"code\">", "<").unwrap()
}

fn put_down(visit: &Visit<'_>, filled: &Filled) -> String {
    code_of(&visit.ask(&keep(filled)))
}

fn value(got: &Got, name: &str) -> Option<String> {
    got.between(&format!("name=\"{name}\" value=\""), "\"")
}

fn with_stage(test: impl FnOnce(&Visit<'_>, &Stage)) {
    let stage = Stage::new();
    test(&Visit { door: &stage, row: "put down".to_owned() }, &stage);
}

#[test]
fn what_was_put_down_is_taken_up_as_it_was_typed_but_for_ticks() {
    with_stage(|visit, stage| {
        let code = put_down(visit, &half());
        assert!(visit.door.rows().is_empty(), "nothing was sent");
        for typed in [code.clone(), code.to_lowercase(), code.replace('-', " ")] {
            let got = visit.ask(&by_code("take-up", &typed));
            says(&got, 200, "form-taken-up");
            assert_eq!(value(&got, "shown_name").as_deref(), Some("Marcus T."));
            assert_eq!(value(&got, "consent_date-month").as_deref(), Some("April"));
            assert_eq!(value(&got, "draft").as_deref(), Some(code.as_str()));
            assert!(got.body.contains("Too short, and &lt;b&gt;odd&lt;/b&gt; &amp; &quot;so&quot;."), "{}", got.main());
            for chosen in
                ["value=\"river-bend\" selected", "id=\"languages-es\" name=\"languages\" value=\"es\" checked"]
            {
                assert!(got.body.contains(chosen), "{chosen}: {}", got.main());
            }
            for tick in ["consent_asked", "consent_knows", "consent_adult", "consent_rules"] {
                assert!(!got.body.contains(&format!("name=\"{tick}\" value=\"yes\" checked")), "{tick}");
            }
        }
        assert_eq!(stage.store.drafts().len(), 1);
    });
}

#[test]
fn it_lies_sealed_and_says_nothing_of_what_was_typed() {
    with_stage(|visit, stage| {
        let code = put_down(visit, &half());
        let [(name, sealed)] = stage.store.drafts().try_into().unwrap();
        assert!(name.strip_prefix("drafts/").is_some_and(|tag| tag.len() == 64));
        let all = [name.as_bytes(), &sealed].concat();
        for word in ["Marcus", "shown_name", "ana@example.org", "register", &code, &code.replace('-', "")] {
            assert!(!all.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "{word}");
        }
    });
}

#[test]
fn what_is_put_down_again_stays_under_its_code_and_goes_when_it_is_sent_or_deleted() {
    with_stage(|visit, stage| {
        let code = put_down(visit, &half());
        assert_eq!(put_down(visit, &half().with("shown_name", "Marco").also("draft", &code)), code);
        assert_eq!(stage.store.drafts().len(), 1);
        assert_eq!(value(&visit.ask(&by_code("take-up", &code)), "shown_name").as_deref(), Some("Marco"));
        // Sent, with a way back to the answers in between.
        let whole = registration().also("draft", &code);
        let page = visit.check(&whole);
        assert_eq!(
            value(&visit.ask(&visit.button(&page, &whole.checked()).at(&whole.path("change"))), "draft"),
            Some(code.clone())
        );
        stage.read_a_while();
        let kept = visit.send(&page, &whole.checked()).unwrap();
        assert_eq!(stage.store.drafts().len(), 1, "the copy that only the code of what was sent opens");
        visit.ask(&mine("taken-back", &kept.reference, &kept.code));
        assert!(stage.store.drafts().is_empty());
        says(&visit.ask(&by_code("take-up", &code)), 422, "take-up-unknown");
        // Deleted, and what stands on the page stays there.
        let code = put_down(visit, &half());
        let got = visit.ask(&half().also("draft", &code).checked().at("/send/register/delete"));
        says(&got, 200, "form-deleted");
        assert_eq!((value(&got, "shown_name").as_deref(), value(&got, "draft")), (Some("Marcus T."), None));
        assert!(stage.store.drafts().is_empty());
        says(&visit.ask(&by_code("delete", &code)), 200, "form-deleted");
    });
}

#[test]
fn a_wrong_code_and_one_whose_time_is_over_are_answered_alike_and_cost_turns() {
    with_stage(|visit, stage| {
        let code = put_down(visit, &half());
        let start = stage.now();
        let address = "203.0.113.50:1";
        stage.set_now(start + SignedDuration::from_hours(24 * PUT_DOWN_DAYS));
        assert_eq!(visit.ask(&by_code("take-up", &code)).status, 200, "on its last day");
        stage.pass(SignedDuration::from_hours(24));
        let never = Secret::from_random([5; 16]).to_string();
        let calls = |typed: &str| {
            stage.store.plan(|_, _| None);
            let got = visit.ask(&by_code("take-up", typed).from(address));
            says(&got, 422, "take-up-unknown");
            (got.body.replace(typed, ""), stage.store.calls())
        };
        assert_eq!(calls(&code), calls(&never));
        for typed in ["", "x", "2222-2222-2222"] {
            says(&visit.ask(&by_code("take-up", typed).from(address)), 422, "take-up-unknown");
        }
        for _ in 5..60 {
            visit.ask(&by_code("take-up", &never).from(address));
        }
        let got = visit.ask(&by_code("take-up", &never).from(address));
        says(&got, 429, "mine-limited");
        assert_eq!(got.header("retry-after"), Some("3600"));
    });
}

#[test]
fn where_the_place_fails_or_hangs_all_that_was_typed_stays_on_the_page() {
    with_stage(|visit, stage| {
        let code = put_down(visit, &half());
        for (fault, number) in [(Fault::Before, "0771001"), (Fault::Hang, "0771002")] {
            let failing = |sent: &Sent, call: &'static str| {
                stage.store.plan(move |_, name| (name == call).then_some(fault));
                let got = visit.ask(sent);
                stage.store.mend();
                got
            };
            let got = failing(&keep(&half()), "put_draft");
            says(&got, 500, "form-not-kept-text");
            assert!(
                value(&got, "shown_name").is_some()
                    && got.body.contains("name=\"consent_asked\" value=\"yes\" checked")
            );
            says(&failing(&by_code("take-up", &code), "get_draft"), 500, "mine-unavailable");
            let got = failing(&half().also("draft", &code).checked().at("/send/register/delete"), "delete_draft");
            says(&got, 500, "form-not-deleted-text");
            assert_eq!(value(&got, "draft").as_deref(), Some(code.as_str()));
            // What is stored is told of, although the form is kept still.
            let whole = registration().with("number", number).also("draft", &code);
            let page = visit.check(&whole);
            stage.read_a_while();
            assert!(visit.kept(&failing(&visit.button(&page, &whole.checked()), "delete_draft")).is_some());
        }
    });
}

#[test]
fn forms_at_a_machines_pace_are_not_kept_and_stay_on_the_page() {
    with_stage(|visit, stage| {
        let sent = keep(&half()).from("203.0.113.51:1");
        (0..200).for_each(|_| drop(code_of(&visit.ask(&sent))));
        let got = visit.ask(&sent);
        says(&got, 429, "form-not-kept-now-text");
        assert!(value(&got, "shown_name").is_some() && stage.store.drafts().len() == 200);
    });
}

#[test]
fn only_a_long_form_is_put_down_and_its_address_asks_for_a_code() {
    with_stage(|visit, _| {
        says(&visit.ask(&get("/send/register/keep")), 200, "take-up-title");
        for step in ["take-up", "delete"] {
            let got = visit.ask(&get(&format!("/send/register/{step}")));
            assert_eq!((got.status, got.header("location")), (303, Some("/send/register/keep")));
        }
        let got = visit.ask(&get("/send/register/keep").method("PUT"));
        assert_eq!((got.status, got.header("allow")), (405, Some("GET, HEAD, POST")));
        assert_eq!(visit.ask(&keep(&report())).status, 404);
        let twice = half().also("draft", "a").also("draft", "b");
        assert_eq!(visit.ask(&keep(&twice)).status, 400);
        let foreign = keep(&half()).with("sec-fetch-site", "cross-site");
        assert_eq!(visit.ask(&foreign).status, 403);
    });
}

#[test]
fn the_privacy_page_tells_for_how_long_a_form_is_kept_that_was_put_down() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let privacy = std::fs::read_to_string(repository.join("content/en/pages/privacy.md")).unwrap();
    assert!(privacy.contains(&format!("to go on with later**: {PUT_DOWN_DAYS} days.")));
}

#[test]
fn the_next_person_is_registered_with_what_the_sender_said_of_themselves_and_nothing_of_the_first() {
    with_stage(|visit, stage| {
        let filled = registration().also("relationship", "Her mother").also("note", "Only of Marcus");
        let page = visit.check(&filled);
        stage.read_a_while();
        let got = visit.ask(&visit.button(&page, &filled.checked()));
        let (_, rest) = got.body.split_once("action=\"/send/register/another\"").unwrap();
        let button = Got { body: rest.split_once("</form>").unwrap().0.to_owned(), ..got.clone() };
        let next = visit.ask(&post("/send/register/another", PAIRS, crate::body::pairs(&button.hidden())));
        assert_eq!(next.status, 200);
        for (name, given) in [("submitter_name", "Ana Torres"), ("email", "ana@example.org")] {
            assert_eq!(value(&next, name).as_deref(), Some(given));
        }
        assert!(next.body.contains("name=\"contact_by\" value=\"email\" checked"), "{}", next.main());
        for word in ["Marcus", "Her mother", "Only of", "0123456", "river-bend\" selected", "tomatoes"] {
            assert!(!next.main().contains(word), "{word}");
        }
        assert_eq!(next.main().matches("\" checked").count(), 1, "no tick and no choice but how they are told");
        // Whatever is sent there, nothing but that is taken over.
        let all = visit.ask(&filled.checked().at(&filled.path("another")));
        assert_eq!(all.main(), next.main());
    });
}
