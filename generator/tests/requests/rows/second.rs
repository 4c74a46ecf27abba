//! Rows 118 to 125: what was sent is opened, mended, and sent again in its own place.

use crate::case::{Says, given};
use crate::double::Fault;
use crate::filled::{Filled, registration, report, update};
use crate::make::{fields, jpeg};
use crate::rows::once::at_the_same_time;
use crate::site::site;
use crate::stage::{Stage, at_once};
use crate::table::{How, Row, here, row, visit};
use crate::visit::{Kept, Visit, mine};
use crate::wire::{Got, Sent};
use review::Intake;
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State};
use std::sync::Arc;

pub(crate) fn rows() -> Vec<Row> {
    vec![
        visit(118, "what was sent is opened, mended, and sent in its own place", mended),
        visit(119, "a second version, sent twice", sent_twice),
        row(
            120,
            "an editor decides while it is mended",
            vec![How::Here(decided_before), How::Here(decided_meanwhile), How::Here(held_meanwhile)],
        ),
        visit(121, "a second version of what is not there", of_nothing),
        row(122, "a second version is judged anew", vec![How::Visit(judged_anew), How::Here(held_by_an_editor)]),
        here(123, "it breaks off at any call of a second version", any_call),
        visit(124, "taken back, and then sent again", taken_back),
        here(125, "corrected again and again", again_and_again),
    ]
}

fn says(visit: &Visit<'_>, got: &Got, status: u16, string: &'static str) {
    assert_eq!(got.status, status, "{}: {}", visit.row, got.main());
    let words = Says::Text(string).words(site());
    assert!(got.body.contains(&words), "{}: `{words}` is missing in {}", visit.row, got.main());
}

fn field(got: &Got, name: &str) -> Option<String> {
    got.between(&format!("name=\"{name}\" value=\""), "\"")
}

/// The page on which it is opened, and the pair that goes along with it.
fn opened(visit: &Visit<'_>, own: &Kept) -> (Got, String) {
    let got = visit.ask(&mine("correct", &own.reference, &own.code));
    says(visit, &got, 200, "form-correcting-text");
    let pair = field(&got, "second").unwrap_or_else(|| panic!("{}: {}", visit.row, got.main()));
    (got, pair)
}

/// Answers in place of those that were sent, ready to be sent.
fn ready(visit: &Visit<'_>, own: &Kept, filled: &Filled) -> (Filled, Got) {
    let second = filled.clone().also("second", opened(visit, own).1);
    let page = visit.check(&second);
    visit.door.read_a_while();
    (second, page)
}

/// A second version, sent.
fn correct(visit: &Visit<'_>, own: &Kept, filled: &Filled) -> Kept {
    let (second, page) = ready(visit, own, filled);
    let kept = visit.send(&page, &second.checked());
    kept.unwrap_or_else(|got| panic!("{}: {} {}", visit.row, got.status, got.main()))
}

fn stands(visit: &Visit<'_>, own: &Kept) -> schema::submission::row::Row {
    visit.door.rows().into_iter().find(|row| row.id == own.row.id).unwrap()
}

/// Row 118: same reference, same code, same photo; editors read the second, and can read the first.
fn mended(visit: &Visit<'_>) {
    let forms = [
        (registration().with("number", "0118001"), ["shown_name", "Marcus T.", "Marcus of the garden"]),
        (
            update().telling("row 118"),
            ["details", "row 118", "row 118 mended: he reads more than before, and grows beans by the window."],
        ),
    ];
    for (filled, [question, before, after]) in forms {
        let first = visit.hand_in(&filled);
        if question == "shown_name" {
            says(visit, &visit.ask(&visit.photo(&first, &jpeg(&fields(64, 48), 90))), 200, "status-photo-added");
        }
        let with_photo = stands(visit, &first);
        let (page, pair) = opened(visit, &first);
        assert!(page.body.contains(before) && page.body.contains("name=\"consent_asked\" value=\"yes\" checked"));
        assert!(!page.body.contains("/send/register/keep"), "put down, it would come back as something new");
        let second = filled.with(question, after).also("second", &pair);
        let check = visit.check(&second);
        assert!(check.body.contains(&first.reference) && !check.body.contains(&Says::Text("check-lead").words(site())));
        let back = visit.ask(&visit.button(&check, &second.checked()).at(&second.path("change")));
        assert_eq!(field(&back, "second"), Some(pair), "the pair travels back too: {}", back.main());
        assert_eq!(stands(visit, &first), with_photo, "nothing changes until it is sent");
        visit.door.read_a_while();
        let kept = visit.send(&check, &second.checked()).unwrap();
        assert_eq!((&kept.reference, &kept.code), (&first.reference, &first.code));
        assert_eq!(kept.row.earlier, [first.row.payload_hash]);
        assert_eq!((kept.row.photo_hash, kept.row.created_at), (with_photo.photo_hash, with_photo.created_at));
        assert_eq!(given(&visit.submission(&kept.row), question), Some(after));
        let kept_before = visit.door.bytes(&kept.row.key_of(first.row.payload_hash)).unwrap();
        assert!(String::from_utf8(kept_before).unwrap().contains(before));
        assert!(opened(visit, &kept).0.body.contains(after), "opened again, it is the second that is filled in");
    }
    // What belongs to a report stays apart: nothing opens it.
    let apart = visit.hand_in(&report().telling("row 118"));
    let got = visit.ask(&mine("correct", &apart.reference, &apart.code));
    assert!(got.status == 200 && field(&got, "second").is_none() && !got.body.contains("row 118"), "{}", got.main());
}

/// Row 119: stored once however often it is pressed; what came before it does not come back.
fn sent_twice(visit: &Visit<'_>) {
    let filled = update().telling("row 119");
    let page = visit.check(&filled);
    visit.door.read_a_while();
    let button = visit.button(&page, &filled.checked());
    let first = visit.kept(&visit.ask(&button)).unwrap();
    let (second, page) = ready(visit, &first, &filled.clone().telling("row 119 second"));
    let again = visit.button(&page, &second.checked());
    let all = at_the_same_time(visit, &vec![again.clone(); 4]);
    for got in &all {
        says(visit, got, 200, "sent-second");
        assert_eq!(visit.kept(got).unwrap().reference, first.reference);
    }
    assert_eq!(stands(visit, &first).earlier.len(), 1);
    says(visit, &visit.ask(&button), 409, "notice-already-sent-text");
    let third = correct(visit, &first, &filled.telling("row 119 third"));
    says(visit, &visit.ask(&again), 409, "notice-already-sent-text");
    assert_eq!(stands(visit, &first), third.row);
    let other_words =
        Sent { body: String::from_utf8(again.body.clone()).unwrap().replace("second%3A", "other%3A").into(), ..again };
    says(visit, &visit.ask(&other_words), 422, "notice-changed-text");
}

fn decided_before(visit: &Visit<'_>, stage: &Stage) {
    for (number, to) in [State::Rejected, State::Promoted, State::Published].into_iter().enumerate() {
        let filled = registration().with("number", format!("01200{number:02}"));
        let first = visit.hand_in(&filled);
        let (second, page) = ready(visit, &first, &filled.with("shown_name", "Marcus in other words"));
        match to {
            State::Rejected => stage.decide(&first.row.id, to),
            _ => stage.promote(&first.row.id, ["row-k2222", "row-k2222", "row-m2222"][number]),
        }
        if to == State::Published {
            stage.decide(&first.row.id, to);
        }
        too_late(visit, &first, &visit.ask(&visit.button(&page, &second.checked())), to);
        let got = visit.ask(&mine("correct", &first.reference, &first.code));
        assert!(got.status == 200 && field(&got, "second").is_none(), "a page is changed by the form for changes");
    }
}

fn too_late(visit: &Visit<'_>, first: &Kept, got: &Got, to: State) {
    says(visit, got, 409, "status-second-too-late-text");
    assert!(got.body.contains("Marcus in other words"), "nothing typed is lost: {}", got.main());
    let row = stands(visit, first);
    assert_eq!((row.state, row.payload_hash, row.earlier.len()), (to, first.row.payload_hash, 0));
}

/// What an editor does in the very moment in which a second version is to be named.
fn at_the_moment(stage: &Stage, own: &Kept, to: State) {
    let (folder, now, row) = (Arc::clone(&stage.store.folder), stage.now(), own.row.clone());
    let mut done = false;
    stage.store.plan(move |_, name| {
        if name == "revise" && !std::mem::replace(&mut done, true) {
            let (editor, id, from) = ("ed".to_owned(), row.id.clone(), row.state);
            let (reason, profile, assured) = (None, None, Vec::new());
            let decision = Decision { at: now, editor, id, from, to, reason, profile, assured, answers: None };
            at_once(folder.decide(&decision)).unwrap();
        }
        None
    });
}

fn decided_meanwhile(visit: &Visit<'_>, stage: &Stage) {
    let filled = registration().with("number", "0120010");
    let first = visit.hand_in(&filled);
    let (second, page) = ready(visit, &first, &filled.with("shown_name", "Marcus in other words"));
    at_the_moment(stage, &first, State::Rejected);
    too_late(visit, &first, &visit.ask(&visit.button(&page, &second.checked())), State::Rejected);
    stage.store.mend();
}

/// An editor sets it aside in that moment: the second version is taken, and what was set aside stays so.
fn held_meanwhile(visit: &Visit<'_>, stage: &Stage) {
    let first = visit.hand_in(&update().telling("row 120"));
    let (second, page) = ready(visit, &first, &update().telling("row 120 held"));
    at_the_moment(stage, &first, State::Held);
    let kept = visit.send(&page, &second.checked()).unwrap();
    stage.store.mend();
    assert_eq!((kept.row.state, kept.row.earlier.len()), (State::Held, 1));
}

/// Row 121: whichever half is wrong, the page is the same; the answers stay on it, and can be sent as something new.
fn of_nothing(visit: &Visit<'_>) {
    let filled = registration().with("number", "0121001");
    let first = visit.hand_in(&filled);
    let (apart, change) = (visit.hand_in(&report().telling("row 121")), visit.hand_in(&update().telling("row 121")));
    let wrong = "TX4R-K7MP-3DH6";
    let pairs = [
        format!("KM7P-T4RX/{wrong}"),
        format!("{}/{wrong}", first.reference),
        format!("KM7P-T4RX/{}", first.code),
        first.reference.clone(),
        "/".to_owned(),
        "no pair".to_owned(),
        format!("{}/{}", apart.reference, apart.code),
        format!("{}/{}", change.reference, change.code),
    ];
    let before = visit.door.rows();
    let pages = pairs.map(|pair| {
        let second = filled.clone().also("second", &pair);
        let page = visit.check(&second);
        visit.door.read_a_while();
        let got = visit.ask(&visit.button(&page, &second.checked()));
        says(visit, &got, 422, "notice-of-nothing-text");
        assert!(got.body.contains("Marcus T.") && field(&got, "second").is_none(), "{}", got.main());
        got
    });
    let main = |got: &Got| {
        let token = field(got, "token").unwrap();
        got.main().replace(&token, "")
    };
    assert!(pages.iter().all(|got| main(got) == main(&pages[0])), "{}", visit.row);
    assert_eq!(visit.door.rows(), before);
    visit.door.read_a_while();
    let new = visit.send(&pages[0], &filled.checked()).unwrap();
    assert_ne!(new.reference, first.reference);
    let twice = filled.also("second", "a/b").also("second", "a/b");
    assert_eq!(visit.ask(&twice.checked()).status, 400);
}

/// Row 122: what was suspicious and is no longer, what becomes urgent, and what a pair no longer proves.
fn judged_anew(visit: &Visit<'_>) {
    let trapped = visit.hand_in(&update().telling("row 122 trap").also("website", "https://example.org"));
    assert_eq!(trapped.row.state, State::Held);
    let mended = correct(visit, &trapped, &update().telling("row 122 mended"));
    assert_eq!((mended.row.state, mended.row.flags.contains(&Flag::Honeypot)), (State::Received, false));
    // It becomes urgent, and rings.
    let rings = |row: &schema::submission::row::Row| row.note_key().is_some_and(|key| visit.door.bytes(&key).is_some());
    assert!(!rings(&mended.row));
    let own = visit.hand_in(&registration().with("number", "0122001"));
    let proving = |filled: Filled| filled.also("reference", &own.reference).also("code", &own.code);
    let urgent = correct(visit, &mended, &proving(update().with("change", "take_down").telling("row 122 down")));
    assert!(urgent.row.flags.contains(&Flag::Today) && rings(&urgent.row), "{:?}", urgent.row);
    let calm = correct(visit, &urgent, &update().telling("row 122 after all"));
    assert!(!calm.row.flags.contains(&Flag::Today), "{:?}", calm.row.flags);
    // Urgent once more, it rings once more: by another key, for the first one rings nobody.
    let down = correct(visit, &calm, &proving(update().with("change", "take_down").telling("row 122 down, yes")));
    assert!(rings(&down.row) && down.row.note_key() != urgent.row.note_key(), "{:?}", down.row);
    // What the first version proved is no proof for the second.
    let with_pair = proving(update().telling("row 122 pair"));
    let proven = visit.hand_in(&with_pair);
    assert!(proven.row.flags.contains(&Flag::Proven));
    assert!(correct(visit, &proven, &with_pair.clone().telling("row 122 still")).row.flags.contains(&Flag::Proven));
    let without = correct(visit, &proven, &update().with("about", "somebody-k7m2q").telling("row 122 without"));
    assert!(!without.row.flags.contains(&Flag::Proven), "{:?}", without.row.flags);
    let wrong = correct(visit, &proven, &with_pair.with("code", "TX4R-K7MP-3DH6").telling("row 122 wrong"));
    assert_eq!((wrong.row.state, wrong.row.flags.contains(&Flag::Unproven)), (State::Held, true));
}

fn held_by_an_editor(visit: &Visit<'_>, stage: &Stage) {
    let first = visit.hand_in(&update().telling("row 122 held"));
    stage.decide(&first.row.id, State::Held);
    assert_eq!(correct(visit, &first, &update().telling("row 122 held still")).row.state, State::Held);
}

/// Row 123: whichever call fails, before or after it is done, one of the two versions stands whole, the answers stay on the page,
/// and its button ends in one second version.
fn any_call(visit: &Visit<'_>, stage: &Stage) {
    let urgent = update().with("change", "take_down");
    for (at, fault) in
        (0..7).flat_map(|at| [Fault::Before, Fault::After, Fault::Panic, Fault::Hang].map(|fault| (at, fault)))
    {
        let words = format!("row 123 {at} {fault:?}");
        let first = visit.hand_in(&update().telling(&words));
        let (second, page) = ready(visit, &first, &urgent.clone().telling(&format!("{words} second")));
        let button = visit.button(&page, &second.checked());
        stage.store.plan(move |call, _| (call == at).then_some(fault));
        let got = visit.ask(&button);
        let called = stage.store.calls();
        stage.store.mend();
        match (called.get(at).map(String::as_str), fault) {
            (None, _) | (Some("put_draft"), Fault::Before | Fault::After | Fault::Hang) => {
                says(visit, &got, 200, "sent-second");
            }
            (Some(_), Fault::Panic) => says(visit, &got, 500, "notice-broken-title"),
            (Some(_), _) => {
                says(visit, &got, 500, "notice-unavailable-title");
                assert!(got.body.contains(&words), "{}", got.main());
            }
        }
        let row = stands(visit, &first);
        assert!(visit.door.bytes(&row.object_key()).is_some() && row.waits(), "{row:?}");
        assert!(
            row.note_key().is_none() || row.note_keys().any(|key| visit.door.bytes(&key).is_some()),
            "urgent, and not announced: {row:?}"
        );
        says(visit, &visit.ask(&button), 200, "sent-second");
        let row = stands(visit, &first);
        assert_eq!((row.earlier.len(), row.flags.contains(&Flag::Today)), (1, true), "{words}");
        assert!(opened(visit, &first).0.body.contains(&words));
        stage.pass(jiff::SignedDuration::from_hours(1));
    }
    stage.counted();
}

/// Row 124: what was taken back is not brought back; the answers can be sent as something new.
fn taken_back(visit: &Visit<'_>) {
    let first = visit.hand_in(&update().telling("row 124"));
    let (second, page) = ready(visit, &first, &update().telling("row 124 second"));
    visit.ask(&mine("taken-back", &first.reference, &first.code));
    let got = visit.ask(&visit.button(&page, &second.checked()));
    says(visit, &got, 422, "notice-taken-back-before-text");
    assert_eq!(stands(visit, &first).state, State::Withdrawn);
    visit.door.read_a_while();
    let new = visit.send(&got, &second.checked()).unwrap();
    assert_ne!((&new.reference, &new.code), (&first.reference, &first.code));
    assert!(given(&visit.submission(&new.row), "details").is_some_and(|words| words.starts_with("row 124 second")));
}

/// Row 125: nobody is kept from mending, and nobody piles up versions without end. The turns are those of the pair alone.
fn again_and_again(visit: &Visit<'_>, stage: &Stage) {
    let hour = stage.now();
    let first = visit.hand_in(&update().telling("row 125"));
    for number in 0..50 {
        stage.set_now(hour);
        let kept = correct(visit, &first, &update().telling(&format!("row 125 {number}")));
        assert_eq!(kept.row.flags.contains(&Flag::Crowd), number >= 40, "{number}");
    }
    let (second, page) = ready(visit, &first, &update().telling("row 125, one more"));
    let got = visit.ask(&visit.button(&page, &second.checked()));
    says(visit, &got, 429, "notice-limited-text");
    assert!(got.body.contains("row 125, one more"), "the answers are kept");
    assert_eq!(stands(visit, &first).earlier.len(), 50);
}
