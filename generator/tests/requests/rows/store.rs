//! Rows 95 to 109: the store fails, people come back, and what nobody may learn.

use crate::case::{Says, given};
use crate::double::Fault;
use crate::filled::{Filled, registration, report, update};
use crate::make::{fields, jpeg};
use crate::site::site;
use crate::stage::{Stage, at_once};
use crate::table::{How, Row, here, row, visit};
use crate::visit::{Kept, Visit, mine};
use crate::wire::{Got, Sent};
use jiff::SignedDuration;
use review::{Intake, Store, sweep};
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State};
use schema::submission::reference::Reference;
use std::sync::Arc;
use submit_fn::Measure;

pub(crate) fn rows() -> Vec<Row> {
    let retries = "the SDK's own retries, against a service that answers so: the cloud store's suite in review/tests";
    let rights = "that the role may do no more than it must is shown by tests/infra";
    let mail = "the function sends no mail: `inside-out tell` does, with retries; generator/tests/suite/mail.rs";
    let canary = "the running function's own log is searched by tests/function/run";
    vec![
        here(95, "the index is down at the claim", |visit, stage| down_at(visit, stage, "claim", &[])),
        row(96, "the objects are slow twice", vec![How::Here(slow_twice), How::Elsewhere(retries)]),
        row(97, "a photo cannot be stored", vec![How::Here(photo_fails), How::Here(second_photo_fails)]),
        here(98, "stored, and the answer is lost", answer_lost),
        here(99, "the last step fails", |visit, stage| down_at(visit, stage, "settle", &[State::Pending])),
        here(100, "it breaks off at any call", any_call),
        row(101, "keys or rights are missing", vec![How::Here(no_detail), How::Elsewhere(rights)]),
        row(102, "mail fails", vec![How::Elsewhere(mail)]),
        row(103, "a change to what is not there", vec![How::Visit(unknown_registration), How::Here(after_its_days)]),
        visit(104, "two changes at once", two_changes),
        here(105, "a wrong code, a hundred times", wrong_codes),
        here(106, "an old token, when its row is gone", replayed),
        row(
            107,
            "a word in every field",
            vec![
                How::Visit(crate::canary::everywhere),
                How::Here(crate::canary::when_it_breaks),
                How::Platform(canary),
            ],
        ),
        row(
            108,
            "taken back",
            vec![
                How::Visit(taken_back),
                How::Visit(report_stays_apart),
                How::Here(swept),
                How::Here(page_comes_down),
                How::Here(promoted_meanwhile),
            ],
        ),
        row(109, "changed at random", vec![How::Elsewhere("mutated.rs, beside this table: 100,000 bodies")]),
    ]
}

fn says(visit: &Visit<'_>, got: &Got, status: u16, string: &'static str) {
    assert_eq!(got.status, status, "{}: {}", visit.row, got.main());
    let words = Says::Text(string).words(site());
    assert!(got.body.contains(&words), "{}: `{words}` is missing in {}", visit.row, got.main());
}

/// A page that is ready to be sent.
fn ready(visit: &Visit<'_>, filled: &Filled) -> Sent {
    let page = visit.check(filled);
    visit.door.read_a_while();
    visit.button(&page, &filled.checked())
}

fn kept(visit: &Visit<'_>, got: &Got) -> Kept {
    visit.kept(got).unwrap_or_else(|| panic!("{}: {} {}", visit.row, got.status, got.main()))
}

/// Rows 95 and 99: a call that fails for good says so, keeps the answers on the page, and the button works once it is back.
fn down_at(visit: &Visit<'_>, stage: &Stage, call: &'static str, leaves: &[State]) {
    let filled = report().telling(&visit.row);
    let button = ready(visit, &filled);
    let before = visit.door.rows();
    stage.store.plan(move |_, name| (name == call).then_some(Fault::Before));
    let got = visit.ask(&button);
    says(visit, &got, 500, "notice-unavailable-text");
    assert!(got.body.contains(&visit.row), "the answers are kept");
    assert!(stage.counted().contains(&Measure::StoreDown));
    let new: Vec<_> = visit.door.rows().into_iter().filter(|row| !before.contains(row)).collect();
    assert_eq!(new.iter().map(|row| row.state).collect::<Vec<_>>(), leaves);
    stage.store.mend();
    // The page that came is sent, not the one before: nobody has to go back.
    let done = kept(visit, &visit.ask(&visit.button(&got, &filled.checked())));
    assert!(new.iter().all(|row| row.id == done.row.id));
    assert_eq!(kept(visit, &visit.ask(&button)).reference, done.reference);
    assert_eq!(visit.door.rows().len(), before.len() + 1);
}

/// Row 96: a person who presses the button again.
fn slow_twice(visit: &Visit<'_>, stage: &Stage) {
    let button = ready(visit, &report().telling("row 96"));
    let mut times = 0;
    stage.store.plan(move |_, name| {
        times += usize::from(name == "put");
        (name == "put" && times <= 2).then_some(Fault::Before)
    });
    assert_eq!([visit.ask(&button).status, visit.ask(&button).status], [500, 500]);
    assert_eq!(kept(visit, &visit.ask(&button)).row.state, State::Received);
}

/// Row 97: the registration stands; the photo is tried again, or its name is taken back, at once or by the sweeper.
fn photo_fails(visit: &Visit<'_>, stage: &Stage) {
    let photo = jpeg(&fields(64, 48), 90);
    for (retried, cleared) in [(true, false), (false, false), (false, true)] {
        let own = visit.hand_in(&registration().also("note", format!("row 97 {retried} {cleared}")));
        let mut named = 0;
        stage.store.plan(move |_, name| {
            named += usize::from(name == "set_photo");
            (name == "put" || (cleared && named > 1)).then_some(Fault::Before)
        });
        says(visit, &visit.ask(&visit.photo(&own, &photo)), 500, "mine-unavailable");
        stage.store.mend();
        if retried {
            says(visit, &visit.ask(&visit.photo(&own, &photo)), 200, "status-photo-added");
        }
        stage.pass(SignedDuration::from_mins(20));
        let swept = at_once(sweep(&*stage.store.folder, stage.now())).unwrap();
        assert_eq!(swept.photos_cleared, if cleared { vec![own.row.id.clone()] } else { Vec::new() });
        let row = at_once(stage.store.folder.rows()).unwrap().into_iter().find(|row| row.id == own.row.id).unwrap();
        assert_eq!((row.state, row.photo_key().is_some()), (State::Received, retried));
        assert!(row.photo_key().is_none_or(|key| visit.door.bytes(&key).is_some()));
    }
}

/// Row 97 again: where a second photo fails, the first stays.
fn second_photo_fails(visit: &Visit<'_>, stage: &Stage) {
    let own = visit.hand_in(&registration().also("note", "row 97 second"));
    says(visit, &visit.ask(&visit.photo(&own, &jpeg(&fields(64, 48), 90))), 200, "status-photo-added");
    let row = || visit.door.rows().into_iter().find(|row| row.id == own.row.id).unwrap();
    let first = row();
    stage.store.plan(|_, name| (name == "put").then_some(Fault::Before));
    let second = visit.photo(&own, &jpeg(&fields(48, 64), 90));
    says(visit, &visit.ask(&second), 500, "mine-unavailable");
    stage.store.mend();
    assert_eq!(row().photo_hash, first.photo_hash);
    // Twice at the same moment is once.
    let got = crate::rows::once::at_the_same_time(visit, &[second.clone(), second]);
    got.iter().for_each(|got| says(visit, got, 200, "status-photo-added"));
    assert_ne!(row().photo_hash, first.photo_hash);
}

/// Row 98.
fn answer_lost(visit: &Visit<'_>, stage: &Stage) {
    let button = ready(visit, &report().telling("row 98"));
    stage.store.plan(|_, name| (name == "put").then_some(Fault::After));
    says(visit, &visit.ask(&button), 500, "notice-unavailable-title");
    stage.store.mend();
    assert_eq!(kept(visit, &visit.ask(&button)).row.state, State::Received);
}

/// Row 100: each call in turn fails before or after it is done, or breaks the handler down.
fn any_call(visit: &Visit<'_>, stage: &Stage) {
    let forms = [report(), update(), registration()];
    for (form, filled) in forms.iter().enumerate() {
        for (at, fault) in (0..6).flat_map(|at| [Fault::Before, Fault::After, Fault::Panic].map(|fault| (at, fault))) {
            let own = filled
                .clone()
                .with("submitter_name", format!("Ana {form} {at} {fault:?}"))
                .telling(&format!("row 100 {at} {fault:?}"));
            let own = if form == 2 { own.without("details") } else { own };
            let button = ready(visit, &own);
            stage.store.plan(move |call, _| (call == at).then_some(fault));
            let got = visit.ask(&button);
            let called = stage.store.calls();
            stage.store.mend();
            // Where only the copy for its sender fails, what is stored is told of.
            let is_copy = called.get(at).is_some_and(|call| call == "put_draft");
            match (at < called.len() && (!is_copy || fault == Fault::Panic), fault) {
                (true, Fault::Panic) => says(visit, &got, 500, "notice-broken-title"),
                (true, _) => says(visit, &got, 500, "notice-unavailable-title"),
                _ => assert!(visit.kept(&got).is_some(), "{}", got.main()),
            }
            whole(visit);
            let done = kept(visit, &visit.ask(&button));
            assert_eq!(kept(visit, &visit.ask(&button)).reference, done.reference);
            stage.pass(SignedDuration::from_mins(1));
        }
    }
    stage.counted();
}

/// No answers without their row, no row that waits without its answers.
fn whole(visit: &Visit<'_>) {
    for row in visit.door.rows().iter().filter(|row| row.state != State::Pending) {
        assert!(visit.door.bytes(&row.object_key()).is_some(), "{}: {}", visit.row, row.id);
    }
}

/// Row 101: what the services say of it is for the log.
fn no_detail(visit: &Visit<'_>, stage: &Stage) {
    stage.store.says(": KMS AccessDenied arn:aws:kms:us-east-1:1234:key/abc");
    stage.store.plan(|_, _| Some(Fault::Before));
    let filled = report().telling("row 101");
    for got in [visit.ask(&ready(visit, &filled)), visit.ask(&mine("status", "KM7P-T4RX", "TX4R-K7MP-3DH6"))] {
        assert_eq!(got.status, 500);
        for detail in ["KMS", "AccessDenied", "arn:", "as planned"] {
            assert!(!got.body.contains(detail), "{detail}: {}", got.body);
        }
    }
    assert!(stage.counted().contains(&Measure::StoreDown), "operators are told");
    stage.store.says("");
}

/// Row 103: whoever guesses references learns nothing; an editor looks at it twice.
fn unknown_registration(visit: &Visit<'_>) {
    let own = visit.hand_in(&registration().also("note", "row 103"));
    let about = |reference: &str, code: &str, words: &str| {
        visit.hand_in(&update().telling(words).also("reference", reference).also("code", code))
    };
    let wrong = "TX4R-K7MP-3DH6";
    let kept = about(&own.reference, wrong, "row 103 wrong");
    assert_eq!((kept.row.state, kept.row.flags.contains(&Flag::Unproven)), (State::Held, true));
    // What it stood for may be deleted by now: it claims nothing, and is read in its turn.
    let kept = about("KM7P-T4RX", wrong, "row 103 not there");
    assert_eq!((kept.row.state, kept.row.flags.contains(&Flag::Unproven)), (State::Received, false));
    assert!(!kept.row.flags.contains(&Flag::Proven));
    // What came with a report proves nothing about a page, and a registration nothing about another's.
    let other = visit.hand_in(&report().telling("row 103 report"));
    let kept = about(&other.reference, &other.code, "row 103 with a report");
    assert!(!kept.row.flags.contains(&Flag::Proven), "{:?}", kept.row.flags);
    let another = update().with("about", "marcus-k7m2q").telling("row 103 another");
    let kept = visit.hand_in(&another.also("reference", &own.reference).also("code", &own.code));
    assert_eq!((kept.row.state, kept.row.flags.contains(&Flag::Unproven)), (State::Held, true));
    let proven = about(&own.reference, &own.code, "row 103 proven");
    assert_eq!((proven.row.state, proven.row.flags.contains(&Flag::Proven)), (State::Received, true));
}

/// Row 103, of a page that stands when what was sent is long deleted: the pair goes on to prove whose it is.
fn after_its_days(visit: &Visit<'_>, stage: &Stage) {
    let start = stage.now();
    let own = visit.hand_in(&registration().also("note", "row 103 days"));
    stage.promote(&own.row.id, "marcus-k7m2q");
    stage.decide(&own.row.id, State::Published);
    stage.pass(SignedDuration::from_hours(24 * 31));
    at_once(sweep(&*stage.store.folder, stage.now())).unwrap();
    assert!(visit.door.bytes(&own.row.object_key()).is_none());
    let asked = update().with("change", "take_down").telling("row 103 days");
    let kept = visit.hand_in(&asked.also("reference", &own.reference).also("code", &own.code));
    assert_eq!((kept.row.state, kept.row.flags.contains(&Flag::Proven)), (State::Received, true));
    let wrong = update().telling("row 103 days wrong").also("reference", &own.reference).also("code", "TX4R-K7MP-3DH6");
    assert!(visit.hand_in(&wrong).row.flags.contains(&Flag::Unproven));
    stage.set_now(start);
}

/// Row 104.
fn two_changes(visit: &Visit<'_>) {
    let own = visit.hand_in(&registration().also("note", "row 104"));
    let change =
        |words: &str| ready(visit, &update().telling(words).also("reference", &own.reference).also("code", &own.code));
    let changes = ["row 104 one", "row 104 two"].map(change);
    let door = visit.door;
    let [one, two] = std::thread::scope(|scope| {
        let asked = changes.each_ref().map(|sent| scope.spawn(move || door.ask(sent)));
        asked.map(|asked| kept(visit, &asked.join().unwrap()))
    });
    assert_ne!(one.reference, two.reference);
    for (kept, words) in [(one, "row 104 one"), (two, "row 104 two")] {
        let submission = visit.submission(&kept.row);
        assert!(given(&submission, "details").is_some_and(|details| details.starts_with(words)), "{words}");
        // Neither holds the other up, or stands in its place: an editor reads both, and knows whose page it is.
        let row = visit.door.rows().into_iter().find(|row| row.id == kept.row.id).unwrap();
        assert!(row.state == State::Received && row.flags.contains(&Flag::Proven), "{words}: {row:?}");
    }
}

/// Row 105: a wrong code and a reference that is not there give the same page, byte for byte, by the same calls.
fn wrong_codes(visit: &Visit<'_>, stage: &Stage) {
    let own = visit.hand_in(&report().telling("row 105"));
    let code = "TX4R-K7MP-3DH6";
    let ask = |reference: &str, code: &str| {
        stage.store.plan(|_, _| None);
        let got = visit.ask(&mine("status", reference, code));
        says(visit, &got, 422, "mine-unknown");
        (got.body.replace(reference, "REFERENCE").replace(code, "CODE"), stage.store.calls())
    };
    let there = ask(&own.reference, code);
    assert_eq!(there.1, ["row"]);
    assert_eq!(ask("KM7P-T4RX", code), there);
    assert_eq!(ask("no reference", code), there);
    assert_eq!(ask(&own.reference, "no code"), there);
    assert!(visit.ask(&mine("status", &own.reference, &own.code)).body.contains(&site().text("status-received")));
    let hundred = (0..100).map(|_| visit.ask(&mine("status", &own.reference, code).from("203.0.113.105:1")).status);
    assert_eq!(hundred.filter(|status| *status == 429).count(), 40);
}

/// Row 106: the token's own day is over, whatever became of the row. As long as that is known, the page says so.
fn replayed(visit: &Visit<'_>, stage: &Stage) {
    let filled = report().telling("row 106");
    let button = ready(visit, &filled);
    let own = kept(visit, &visit.ask(&button));
    stage.pass(SignedDuration::from_hours(24));
    let got = visit.ask(&button);
    says(visit, &got, 409, "notice-already-sent-title");
    assert!(got.body.contains(&own.reference));
    stage.pass(SignedDuration::from_hours(24 * 91));
    at_once(sweep(&*stage.store.folder, stage.now())).unwrap();
    assert!(visit.door.rows().iter().all(|row| row.id != own.row.id));
    says(visit, &visit.ask(&button), 422, "notice-expired-title");
    assert!(visit.door.rows().iter().all(|row| row.id != own.row.id));
}

/// Row 108. What is still pending was never confirmed to anybody, so nobody holds its code: it is gone after a day.
fn taken_back(visit: &Visit<'_>) {
    let held = report().telling("row 108 held").also("website", "https://example.org");
    for own in [visit.hand_in(&report().telling("row 108")), visit.hand_in(&held)] {
        says(visit, &visit.ask(&mine("take-back", &own.reference, &own.code)), 200, "take-back-text");
        says(visit, &visit.ask(&mine("taken-back", &own.reference, &own.code)), 200, "notice-taken-back-title");
        // Whoever looks again is told what became of it, and whoever guesses is told nothing.
        for step in ["status", "take-back", "correct"] {
            let got = visit.ask(&mine(step, &own.reference, &own.code));
            says(visit, &got, 200, "status-withdrawn-text");
            assert!(got.action().is_none(), "{step}: nothing more can be done: {}", got.main());
        }
        says(visit, &visit.ask(&mine("status", &own.reference, "TX4R-K7MP-3DH6")), 422, "mine-unknown");
        let row = visit.door.rows().into_iter().find(|row| row.id == own.row.id).unwrap();
        assert_eq!(row.state, State::Withdrawn);
        // The button again, or the page loaded again.
        says(visit, &visit.ask(&mine("taken-back", &own.reference, &own.code)), 200, "notice-taken-back-title");
    }
}

/// Row 108 for what an editor has made a page of: the page is asked down today; and once more, if an editor said no.
fn page_comes_down(visit: &Visit<'_>, stage: &Stage) {
    let own = visit.hand_in(&registration().also("note", "row 108 page"));
    let decide = |id: &Reference, from, to, profile: Option<&str>| {
        let (at, reason) = (stage.now(), None);
        let profile = profile.map(str::to_owned);
        let decision = Decision {
            at,
            editor: "ed".into(),
            id: id.clone(),
            from,
            to,
            reason,
            profile,
            assured: Vec::new(),
            answers: None,
        };
        at_once(stage.store.folder.decide(&decision)).unwrap();
    };
    decide(&own.row.id, own.row.state, State::Promoted, Some("row-a2222"));
    let asked = || -> Vec<_> {
        let before: Vec<_> = visit.door.rows().into_iter().map(|row| row.id).collect();
        says(visit, &visit.ask(&mine("taken-back", &own.reference, &own.code)), 200, "notice-coming-down-title");
        visit.door.rows().into_iter().filter(|row| !before.contains(&row.id)).collect()
    };
    stage.pass(SignedDuration::from_hours(5));
    let first = asked();
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].created_at, stage.now(), "it waits since it was asked, not since they registered");
    assert!(first[0].flags.contains(&Flag::Today) && first[0].flags.contains(&Flag::Proven));
    assert!(asked().is_empty(), "asked again while it waits, it is the same");
    decide(&first[0].id, first[0].state, State::Rejected, None);
    assert_eq!(asked().len(), 1, "asked again after a no, it is asked anew");
    assert!(asked().is_empty());
}

/// An editor decides between the look and the taking back: the page is asked down all the same.
fn promoted_meanwhile(visit: &Visit<'_>, stage: &Stage) {
    let own = visit.hand_in(&registration().also("note", "row 108 meanwhile"));
    let (folder, now, row) = (Arc::clone(&stage.store.folder), stage.now(), own.row.clone());
    let mut done = false;
    stage.store.plan(move |_, name| {
        if name == "decide" && !std::mem::replace(&mut done, true) {
            let decision = Decision {
                at: now,
                editor: "ed".into(),
                id: row.id.clone(),
                from: row.state,
                to: State::Promoted,
                reason: None,
                profile: Some("row-b2222".into()),
                assured: Vec::new(),
                answers: None,
            };
            at_once(folder.decide(&decision)).unwrap();
        }
        None
    });
    says(visit, &visit.ask(&mine("taken-back", &own.reference, &own.code)), 200, "notice-coming-down-title");
    stage.store.mend();
}

/// What belongs to a report stays with reports: nothing leads from it to another form, and every page has a way out.
fn report_stays_apart(visit: &Visit<'_>) {
    let own = visit.hand_in(&report().telling("row 108 apart"));
    let status = visit.ask(&mine("status", &own.reference, &own.code));
    assert!(!status.body.contains("/send/mine/correct"), "{}", status.main());
    says(visit, &visit.ask(&mine("correct", &own.reference, &own.code)), 200, "status-title");
    for step in ["status", "take-back", "taken-back"] {
        let got = visit.ask(&mine(step, &own.reference, &own.code));
        assert!(got.status == 200 && got.body.contains("class=\"leave screen\""), "{step}: {}", got.main());
    }
}

/// Row 108, to the end: row, answers and photo are gone; the log says that it was, and nothing of what it said.
fn swept(visit: &Visit<'_>, stage: &Stage) {
    let own = visit.hand_in(&registration().also("note", "row 108 swept"));
    says(visit, &visit.ask(&visit.photo(&own, &jpeg(&fields(64, 48), 90))), 200, "status-photo-added");
    let row = visit.door.rows().into_iter().find(|row| row.id == own.row.id).unwrap();
    assert_eq!(visit.ask(&mine("taken-back", &own.reference, &own.code)).status, 200);
    stage.pass(SignedDuration::from_mins(16));
    at_once(sweep(&*stage.store.folder, stage.now())).unwrap();
    // The row stays, empty, as long as the page could be sent once more.
    let left = |visit: &Visit<'_>| visit.door.rows().into_iter().find(|row| row.id == own.row.id).map(|row| row.state);
    assert_eq!(left(visit), Some(State::Removed));
    says(visit, &visit.ask(&mine("taken-back", &own.reference, &own.code)), 200, "status-removed-text");
    stage.pass(SignedDuration::from_hours(24));
    at_once(sweep(&*stage.store.folder, stage.now())).unwrap();
    assert_eq!(left(visit), None);
    says(visit, &visit.ask(&mine("status", &own.reference, &own.code)), 422, "mine-unknown");
    for key in [row.object_key(), row.photo_key().unwrap()] {
        assert!(visit.door.bytes(&key).is_none(), "{key} is still there");
    }
    let log = at_once(stage.store.folder.log()).unwrap();
    let lines: Vec<String> = log.iter().filter(|line| line.id == row.id).map(|line| format!("{line:?}")).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines.iter().all(|line| !line.contains("Marcus") && !line.contains("Ana")));
}
