//! What every store must do, in the same words for each of them.

use crate::retention::{Beneath, everything_goes_on_its_day};
use crate::witness::{a_line_that_was_changed_or_taken_away_is_told, what_nobody_decided_is_kept};
use jiff::{SignedDuration, Timestamp};
use review::{Acceptance, Claim, Revision, Store, Transition, accept, add_photo, revise, sweep, was_sent};
use schema::ground::hash::content_hash;
use schema::submission::content::{Answer, Submission};
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use schema::submission::secret::Secret;

/// A report whose id is made of a number, with these words.
pub(crate) fn submission(number: u8, kind: SubmissionKind, words: &str, written_at: Timestamp) -> Submission {
    Submission {
        version: 1,
        id: Reference::from_random([number; 16]),
        kind,
        form: kind.word().into(),
        language: "en".into(),
        written_at,
        wording: None,
        answers: vec![Answer { question: "details".into(), values: vec![words.into()], ..Answer::default() }],
    }
}

/// The secret that goes with it.
pub(crate) fn secret(number: u8) -> Secret {
    Secret::from_random([number; 16])
}

pub(crate) fn decision(id: &Reference, from: State, to: State, at: Timestamp) -> Decision {
    Decision {
        at,
        editor: "ed".into(),
        id: id.clone(),
        from,
        to,
        reason: Some("because".into()),
        profile: None,
        assured: Vec::new(),
        answers: None,
    }
}

/// Runs everything against a store that is empty, at the present time.
pub(crate) async fn every_store<S: Store>(store: &S, beneath: &impl Beneath) {
    let now = Timestamp::now();
    the_same_twice_is_one_record(store, now).await;
    a_flag_that_holds_holds(store, now).await;
    what_is_urgent_has_a_note_as_long_as_it_is_there(store, now).await;
    a_photo_joins_what_waits(store, now).await;
    a_second_version_takes_the_place_of_the_first(store, now).await;
    a_second_version_and_a_decision_have_one_outcome(store, now).await;
    two_editors_have_one_outcome(store, now).await;
    a_sweep_settles_and_removes(store, now).await;
    what_is_taken_back_is_gone(store, now).await;
    everything_goes_on_its_day(store, beneath).await;
    the_log_only_grows(store, now).await;
    what_nobody_decided_is_kept(store, beneath).await;
    // From here on, the log is not what it was.
    a_line_that_was_changed_or_taken_away_is_told(store, beneath).await;
}

/// No decision, no second one about the same, and no deletion changes a line that stands or takes one away.
async fn the_log_only_grows<S: Store>(store: &S, now: Timestamp) {
    let report = submission(9, SubmissionKind::Report, "log", now);
    accept(store, &report, &secret(9), Vec::new()).await.unwrap();
    let mut stands = store.log().await.unwrap();
    for (from, to) in
        [(State::Received, State::Held), (State::Held, State::Rejected), (State::Rejected, State::Rejected)]
    {
        let turned = store.decide(&decision(&report.id, from, to, now)).await.unwrap();
        assert!(matches!(turned, Transition::Done(_)), "{turned:?}");
        stands = grown(store, &stands).await;
    }
    assert!(sweep(store, now + SignedDuration::from_hours(24 * 400)).await.unwrap().removed.contains(&report.id));
    grown(store, &stands).await;
}

/// The log, in which every line of before still stands as it did, and one more at least.
async fn grown<S: Store>(store: &S, before: &[Decision]) -> Vec<Decision> {
    let log = store.log().await.unwrap();
    assert!(log.len() > before.len() && before.iter().all(|line| log.contains(line)), "{before:?}\n{log:?}");
    log
}

async fn the_same_twice_is_one_record<S: Store>(store: &S, now: Timestamp) {
    let report = submission(1, SubmissionKind::Report, "a — ñ \u{1F54A} \"quoted\"", now);
    let first = accept(store, &report, &secret(1), vec![Flag::MixedScripts]).await.unwrap();
    let second = accept(store, &report, &secret(1), Vec::new()).await.unwrap();
    assert_eq!(first, second, "a retry gives the same row");
    let Acceptance::Stored(row) = first else { panic!("not stored") };
    assert_eq!((row.state, row.flags.as_slice()), (State::Received, [Flag::MixedScripts].as_slice()));
    assert!(row.object_key().starts_with("reports/"), "reports have a prefix of their own");
    assert_eq!(store.get(&row.object_key()).await.unwrap(), report.to_bytes().unwrap());
    assert!(store.has(&row.object_key()).await.unwrap());
    assert!(!store.has("reports/none/none.json").await.unwrap());
    assert!(store.get("reports/none/none.json").await.is_err());
    let other = submission(1, SubmissionKind::Report, "b", now);
    assert!(matches!(accept(store, &other, &secret(1), Vec::new()).await.unwrap(), Acceptance::Changed(_)));
    assert_eq!(store.rows().await.unwrap(), std::slice::from_ref(&row));
    assert_eq!(store.row(&row.id).await.unwrap(), Some(row));
    assert_eq!(store.row(&Reference::from_random([99; 16])).await.unwrap(), None);
}

async fn a_flag_that_holds_holds<S: Store>(store: &S, now: Timestamp) {
    let update = submission(2, SubmissionKind::Update, "buy", now);
    let stored = accept(store, &update, &secret(2), vec![Flag::Honeypot]).await.unwrap();
    let Acceptance::Stored(row) = stored else { panic!("not stored") };
    assert_eq!(row.state, State::Held);
    let restored = store.decide(&decision(&row.id, State::Held, State::Received, now)).await.unwrap();
    assert!(matches!(restored, Transition::Done(row) if row.state == State::Received));
}

async fn what_is_urgent_has_a_note_as_long_as_it_is_there<S: Store>(store: &S, now: Timestamp) {
    let urgent = submission(8, SubmissionKind::Update, "down", now - SignedDuration::from_hours(25));
    let stored = accept(store, &urgent, &secret(8), vec![Flag::Today]).await.unwrap();
    let Acceptance::Stored(row) = stored else { panic!("not stored") };
    let note = row.note_key().unwrap();
    assert!(note.starts_with("urgent/") && store.has(&note).await.unwrap());
    assert_eq!(sweep(store, now).await.unwrap().urgent_since, Some(urgent.written_at));
    store.decide(&decision(&row.id, State::Received, State::Withdrawn, now)).await.unwrap();
    let swept = sweep(store, now + SignedDuration::from_mins(16)).await.unwrap();
    assert_eq!((swept.removed, swept.urgent_since), (vec![row.id], None));
    assert!(!store.has(&note).await.unwrap());
}

async fn a_photo_joins_what_waits<S: Store>(store: &S, now: Timestamp) {
    let registration = submission(3, SubmissionKind::Registration, "c", now);
    accept(store, &registration, &secret(3), Vec::new()).await.unwrap();
    let row = store.row(&registration.id).await.unwrap().unwrap();
    let Transition::Done(with) = add_photo(store, &row, b"one").await.unwrap() else { panic!("not added") };
    assert_eq!(store.get(&with.photo_key().unwrap()).await.unwrap(), b"one");
    assert!(matches!(add_photo(store, &row, b"two").await.unwrap(), Transition::Kept(_)), "the row has moved on");
    let Transition::Done(other) = add_photo(store, &with, b"two").await.unwrap() else { panic!("not replaced") };
    assert_eq!(other.photo_hash, Some(content_hash(b"two")));
    assert!(matches!(store.set_photo(&row.id, other.photo_hash, None).await.unwrap(), Transition::Done(_)));
    assert_eq!(store.row(&row.id).await.unwrap().unwrap().photo_hash, None);
}

async fn stored<S: Store>(store: &S, number: u8, kind: SubmissionKind, now: Timestamp) -> Row {
    let first = submission(number, kind, "first", now);
    let Acceptance::Stored(row) = accept(store, &first, &secret(number), vec![Flag::Soon]).await.unwrap() else {
        panic!("not stored")
    };
    row
}

async fn a_second_version_takes_the_place_of_the_first<S: Store>(store: &S, now: Timestamp) {
    let row = stored(store, 40, SubmissionKind::Registration, now).await;
    let Transition::Done(with) = add_photo(store, &row, b"face").await.unwrap() else { panic!("not added") };
    let second = submission(40, SubmissionKind::Registration, "second", now);
    // The row is as it was before the photo came: that stays.
    let Revision::Stored(once) = revise(store, &row, &second, &[Flag::Today]).await.unwrap() else {
        panic!("not stored")
    };
    assert_eq!(once, Row { changed_at: once.changed_at, ..with.revised(once.payload_hash, &[Flag::Today]) });
    assert_eq!(store.get(&once.object_key()).await.unwrap(), second.to_bytes().unwrap());
    assert!(store.has(&row.object_key()).await.unwrap() && store.has(&once.note_key().unwrap()).await.unwrap());
    for known in [&row, &once] {
        let again = revise(store, known, &second, &[Flag::Today]).await.unwrap();
        assert_eq!(again, Revision::Stored(once.clone()), "sent twice, it is stored once");
    }
    // Two at once: the one that comes last stands, and the other is kept beneath it.
    let [third, fourth] = ["third", "fourth"].map(|words| submission(40, SubmissionKind::Registration, words, now));
    let both = tokio::join!(revise(store, &once, &third, &[]), revise(store, &once, &fourth, &[]));
    assert!(matches!(both, (Ok(Revision::Stored(_)), Ok(Revision::Stored(_)))), "{both:?}");
    let stands = store.row(&row.id).await.unwrap().unwrap();
    assert_eq!((stands.earlier.len(), stands.note_key()), (3, None));
    assert!(was_sent(&stands, &third).unwrap() && was_sent(&stands, &fourth).unwrap());
    let overtaken = revise(store, &stands, &second, &[]).await.unwrap();
    assert_eq!(overtaken, Revision::Overtaken(stands.clone()), "what was sent before does not come back");
    // What becomes urgent once more rings once more: a note that lies there already would ring nobody.
    let again = submission(40, SubmissionKind::Registration, "again", now);
    let Revision::Stored(again) = revise(store, &stands, &again, &[Flag::Today]).await.unwrap() else {
        panic!("not stored")
    };
    let (first, second) = (once.note_key().unwrap(), again.note_key().unwrap());
    assert!(first != second && store.has(&first).await.unwrap() && store.has(&second).await.unwrap());
    // Nothing of any version is left once it is taken back.
    store.decide(&decision(&row.id, State::Received, State::Withdrawn, now)).await.unwrap();
    let over = revise(store, &stands, &submission(40, SubmissionKind::Registration, "fifth", now), &[]).await.unwrap();
    assert!(matches!(over, Revision::Over(row) if row.state == State::Withdrawn));
    let swept = sweep(store, now + SignedDuration::from_mins(16)).await.unwrap();
    assert!(swept.removed.contains(&row.id) && swept.failed.is_empty());
    let mut keys: Vec<String> = again.earlier.iter().map(|answers| again.key_of(*answers)).collect();
    keys.extend([again.object_key(), first, second, again.photo_key().unwrap()]);
    for key in keys {
        assert!(!store.has(&key).await.unwrap(), "{key} is still there");
    }
}

/// An editor who read the first version decides about the first version, or not at all.
async fn a_second_version_and_a_decision_have_one_outcome<S: Store>(store: &S, now: Timestamp) {
    for number in 41..44 {
        let row = stored(store, number, SubmissionKind::Update, now).await;
        let second = submission(number, SubmissionKind::Update, "second", now);
        let promote =
            Decision { answers: Some(row.payload_hash), ..decision(&row.id, State::Received, State::Promoted, now) };
        let both = tokio::join!(revise(store, &row, &second, &[]), store.decide(&promote));
        let (revision, turn) = (both.0.unwrap(), both.1.unwrap());
        let stands = store.row(&row.id).await.unwrap().unwrap();
        match (revision, turn) {
            (Revision::Stored(_), Transition::Kept(_)) => {
                assert_eq!((stands.state, stands.earlier.as_slice()), (State::Received, [row.payload_hash].as_slice()));
                // Read again, it is decided.
                let promote = Decision { answers: Some(stands.payload_hash), ..promote };
                assert!(matches!(store.decide(&promote).await.unwrap(), Transition::Done(_)));
            }
            (Revision::Over(over), Transition::Done(done)) => {
                assert_eq!((&over, &done, stands.payload_hash), (&stands, &stands, row.payload_hash));
            }
            other => panic!("{other:?}"),
        }
        assert!(store.log().await.unwrap().iter().any(|line| line.id == row.id && line.answers.is_some()));
    }
    // What is decided without a word of what was read holds for whatever stands there; held by an editor, it stays held.
    let row = stored(store, 44, SubmissionKind::Update, now).await;
    let Transition::Done(held) = store.decide(&decision(&row.id, State::Received, State::Held, now)).await.unwrap()
    else {
        panic!("not held")
    };
    let second = submission(44, SubmissionKind::Update, "second", now);
    let revised = revise(store, &held, &second, &[]).await.unwrap();
    assert!(matches!(revised, Revision::Stored(row) if row.state == State::Held));
    let unknown = Row { id: Reference::from_random([99; 16]), ..row };
    let second = submission(99, SubmissionKind::Update, "second", now);
    assert_eq!(revise(store, &unknown, &second, &[]).await.unwrap(), Revision::Unknown);
}

async fn two_editors_have_one_outcome<S: Store>(store: &S, now: Timestamp) {
    let id = Reference::from_random([1; 16]);
    let before = store.log().await.unwrap().len();
    let (hold, reject) =
        (decision(&id, State::Received, State::Held, now), decision(&id, State::Received, State::Rejected, now));
    let both = tokio::join!(store.decide(&hold), store.decide(&reject));
    let turned = [&both.0, &both.1].map(|turn| matches!(turn, Ok(Transition::Done(_))));
    assert_ne!(turned[0], turned[1], "exactly one is carried out: {both:?}");
    let log = store.log().await.unwrap();
    assert_eq!(log.len(), before + 1);
    let done = if turned[0] { &hold } else { &reject };
    // A store may say more of the editor than they themselves did.
    let is_done = |line: &&Decision| {
        line.editor.starts_with("ed") && Decision { editor: "ed".into(), ..(*line).clone() } == *done
    };
    assert_eq!(log.iter().filter(is_done).count(), 1);
    let unknown = decision(&Reference::from_random([99; 16]), State::Received, State::Held, now);
    assert!(matches!(store.decide(&unknown).await.unwrap(), Transition::Unknown));
}

async fn a_sweep_settles_and_removes<S: Store>(store: &S, now: Timestamp) {
    let late = now - SignedDuration::from_mins(20);
    let (whole, half) =
        (submission(5, SubmissionKind::Update, "whole", late), submission(6, SubmissionKind::Update, "half", late));
    for (number, each) in [(5, &whole), (6, &half)] {
        let row = pending(number, each);
        assert_eq!(store.claim(&row).await.unwrap(), Claim::New);
        if number == 5 {
            store.put(&row.object_key(), &each.to_bytes().unwrap()).await.unwrap();
        }
    }
    let swept = sweep(store, now).await.unwrap();
    assert_eq!((swept.settled, swept.removed.len(), swept.failed.len()), (vec![whole.id.clone()], 0, 0));
    let swept = sweep(store, now + SignedDuration::from_hours(24)).await.unwrap();
    assert_eq!((swept.settled.len(), swept.removed, swept.failed.len()), (0, vec![half.id.clone()], 0));
    assert_eq!(store.row(&half.id).await.unwrap(), None);
    assert!(store.log().await.unwrap().iter().any(|line| line.id == half.id && line.to == State::Removed));
}

async fn what_is_taken_back_is_gone<S: Store>(store: &S, now: Timestamp) {
    let registration = submission(7, SubmissionKind::Registration, "mine", now);
    accept(store, &registration, &secret(7), Vec::new()).await.unwrap();
    let row = store.row(&registration.id).await.unwrap().unwrap();
    let Transition::Done(row) = add_photo(store, &row, b"face").await.unwrap() else { panic!("not added") };
    assert!(store.erase(&row).await.is_err(), "what waits is not erased");
    store.decide(&decision(&row.id, State::Received, State::Withdrawn, now)).await.unwrap();
    assert!(matches!(accept(store, &registration, &secret(7), Vec::new()).await.unwrap(), Acceptance::Gone));
    let swept = sweep(store, now + SignedDuration::from_mins(14)).await.unwrap();
    assert!(swept.removed.is_empty(), "a photo may be on its way");
    let swept = sweep(store, now + SignedDuration::from_mins(16)).await.unwrap();
    assert_eq!(swept.removed, vec![row.id.clone()]);
    for key in [row.object_key(), row.photo_key().unwrap()] {
        assert!(!store.has(&key).await.unwrap(), "{key} is still there");
    }
    let again = accept(store, &registration, &secret(7), Vec::new()).await.unwrap();
    assert!(matches!(again, Acceptance::Gone), "a page that is sent once more does not bring it back");
    assert!(!store.has(&row.object_key()).await.unwrap());
    let again = sweep(store, now + SignedDuration::from_hours(25)).await.unwrap();
    assert!(again.removed.is_empty() && again.failed.is_empty());
    assert_eq!(store.row(&row.id).await.unwrap(), None);
}

/// The row of a submission that was claimed and no further.
pub(crate) fn pending(number: u8, submission: &Submission) -> Row {
    Row {
        id: submission.id.clone(),
        kind: submission.kind,
        state: State::Pending,
        payload_hash: content_hash(&submission.to_bytes().unwrap()),
        earlier: Vec::new(),
        secret_hash: secret(number).hash(),
        photo_hash: None,
        flags: Vec::new(),
        created_at: submission.written_at,
        changed_at: submission.written_at,
        decided_at: None,
        profile: None,
    }
}
