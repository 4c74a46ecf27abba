//! What is kept goes on its day and not a second before, in every store, with all that the store itself kept of it. Nothing is
//! left to a service's own clock, which may come days late.

use crate::common::{decision, pending, secret, submission};
use jiff::{SignedDuration, Timestamp};
use review::desk::decide::Editor;
use review::desk::forget::{about, let_go};
use review::{Claim, Store, Transition, accept, add_photo, sweep};
use schema::person::profile::ProfileId;
use schema::submission::content::Answer;
use schema::submission::decision::Decision;
use schema::submission::kinds::{State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::role::Role;

/// What lies beneath a store, where its interface does not show it.
pub(crate) trait Beneath {
    /// How many versions and marks of deletion there are below a prefix.
    async fn versions(&self, prefix: &str) -> usize;

    /// Makes one more version of an object, where the store keeps versions, and a mark of deletion.
    async fn meddle(&self, key: &str, bytes: &[u8]);

    /// Writes a state into a row, and no line into the log: as whoever may change a row could.
    async fn restate(&self, id: &Reference, state: State);

    /// Puts a text over a line of the log, or takes the line away: as whoever has a tool of their own could.
    async fn forge(&self, key: &str, text: Option<&str>);
}

const DAY: SignedDuration = SignedDuration::from_hours(24);
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// What was sent, what was decided about it, and how many days it then stays.
struct Kept {
    number: u8,
    kind: SubmissionKind,
    decided: &'static [State],
    days: i32,
}

const ALL: [Kept; 6] = [
    Kept { number: 31, kind: SubmissionKind::Registration, decided: &[State::Rejected], days: 30 },
    Kept { number: 32, kind: SubmissionKind::Registration, decided: &[State::Promoted, State::Published], days: 30 },
    Kept { number: 37, kind: SubmissionKind::Registration, decided: &[State::Promoted], days: 30 },
    Kept { number: 33, kind: SubmissionKind::Update, decided: &[State::Done], days: 30 },
    Kept { number: 34, kind: SubmissionKind::Report, decided: &[State::Done], days: 90 },
    Kept { number: 35, kind: SubmissionKind::Report, decided: &[], days: 90 },
];

pub(crate) async fn everything_goes_on_its_day<S: Store>(store: &S, beneath: &impl Beneath) {
    let now = Timestamp::now();
    a_draft_stays_a_day(store, now).await;
    let waiting = Kept { number: 36, kind: SubmissionKind::Registration, decided: &[], days: 0 };
    let waiting = put(store, beneath, &waiting, now).await;
    for kept in ALL {
        let id = put(store, beneath, &kept, now).await;
        goes_on_its_day(store, beneath, &id, kept.days).await;
    }
    assert!(store.row(&waiting).await.unwrap().is_some(), "what nobody has decided waits, however long");
    for decided in [&[State::Promoted, State::Published][..], &[State::Promoted]] {
        its_pair_stays_with_the_page(store, beneath, decided, now).await;
    }
}

/// Of a registration that became a page goes all that was sent, on its day; its pair goes when its person is forgotten.
async fn its_pair_stays_with_the_page<S: Store>(
    store: &S,
    beneath: &impl Beneath,
    decided: &'static [State],
    now: Timestamp,
) {
    let number = 37 + u8::try_from(decided.len()).unwrap();
    let kept = Kept { number, kind: SubmissionKind::Registration, decided: &[], days: 30 };
    let id = put(store, beneath, &kept, now).await;
    let mut from = State::Received;
    for to in decided {
        let profile = Some("jo-2abcd".to_owned());
        store.decide(&Decision { profile, ..decision(&id, from, *to, now) }).await.unwrap();
        from = *to;
    }
    let row = store.row(&id).await.unwrap().unwrap();
    let last = row.decided_at.unwrap() + DAY * 30;
    assert!(sweep(store, last).await.unwrap().removed.contains(&id));
    let left = store.row(&id).await.unwrap().unwrap();
    assert_eq!(beneath.versions(&row.prefix()).await, 0);
    assert_eq!((left.state, left.is_bare(), left.secret_hash), (State::Cleared, true, row.secret_hash));
    assert!(left.photo_hash.is_none() && left.payload_hash != row.payload_hash && left.profile == row.profile);
    assert!(sweep(store, last + DAY * 400).await.unwrap().removed.is_empty());
    assert_eq!(store.row(&id).await.unwrap(), Some(left.clone()), "a sweep has nothing more to do with it");
    let person = ProfileId::parse("jo-2abcd").unwrap();
    assert_eq!(about(store, &person).await.unwrap(), std::slice::from_ref(&left));
    // Nor is an update forgotten that came with its pair, nor one that names the page; another's is.
    let said = [(Role::Reference, id.to_string()), (Role::About, "https://us.example/people/jo-2abcd/".to_owned())];
    for (at, (role, value)) in said.into_iter().chain([(Role::About, "jo-2abce".to_owned())]).enumerate() {
        let mut update = submission(number + 10 * (1 + u8::try_from(at).unwrap()), SubmissionKind::Update, "x", last);
        update.answers.push(Answer { role: Some(role), values: vec![value], ..Answer::default() });
        accept(store, &update, &secret(number), Vec::new()).await.unwrap();
        let is_theirs = at < 2;
        let found = about(store, &person).await.unwrap().into_iter().find(|row| row.id == update.id);
        assert_eq!(found.is_some(), is_theirs, "{at}");
        let row = store.row(&update.id).await.unwrap().unwrap();
        let_go(store, &row, &person, Editor { name: "ed", now: last }).await.unwrap();
    }
    let gone = let_go(store, &left, &person, Editor { name: "ed", now: last }).await.unwrap();
    assert_eq!((gone.state, gone.profile), (State::Withdrawn, left.profile.clone()));
    assert!(sweep(store, last + DAY * 400).await.unwrap().removed.contains(&id));
    assert_eq!(store.row(&id).await.unwrap(), None);
}

/// A draft was never stored whole, so that no editor will ever see it.
async fn a_draft_stays_a_day<S: Store>(store: &S, now: Timestamp) {
    let draft = pending(30, &submission(30, SubmissionKind::Registration, "draft", now));
    assert_eq!(store.claim(&draft).await.unwrap(), Claim::New);
    for (at, stands) in [(now + DAY - SECOND, true), (now + DAY, false)] {
        assert!(sweep(store, at).await.unwrap().failed.is_empty());
        assert_eq!(store.row(&draft.id).await.unwrap().is_some(), stands, "at {at}");
    }
    // What came whole is no draft, though nobody swept for days: it waits for an editor.
    let sent = submission(29, SubmissionKind::Registration, "whole", now);
    let whole = pending(29, &sent);
    assert_eq!(store.claim(&whole).await.unwrap(), Claim::New);
    store.put(&whole.object_key(), &sent.to_bytes().unwrap()).await.unwrap();
    assert_eq!(sweep(store, now + DAY * 3).await.unwrap().settled, std::slice::from_ref(&whole.id));
    assert_eq!(store.row(&whole.id).await.unwrap().unwrap().state, State::Received);
}

/// Sends it, with a photo that takes another's place where it may have one, and decides it.
async fn put<S: Store>(store: &S, beneath: &impl Beneath, kept: &Kept, now: Timestamp) -> Reference {
    let sent = submission(kept.number, kept.kind, "kept for its time", now);
    accept(store, &sent, &secret(kept.number), Vec::new()).await.unwrap();
    if kept.kind == SubmissionKind::Registration {
        for photo in [b"one", b"two"] {
            let row = store.row(&sent.id).await.unwrap().unwrap();
            assert!(matches!(add_photo(store, &row, photo).await.unwrap(), Transition::Done(_)));
        }
    }
    let row = store.row(&sent.id).await.unwrap().unwrap();
    beneath.meddle(&row.object_key(), &sent.to_bytes().unwrap()).await;
    let mut from = State::Received;
    for to in kept.decided {
        let turned = store.decide(&decision(&sent.id, from, *to, now)).await.unwrap();
        assert!(matches!(turned, Transition::Done(_)), "{turned:?}");
        from = *to;
    }
    sent.id
}

async fn goes_on_its_day<S: Store>(store: &S, beneath: &impl Beneath, id: &Reference, days: i32) {
    let row = store.row(id).await.unwrap().unwrap();
    let last = row.decided_at.filter(|_| row.kind != SubmissionKind::Report).unwrap_or(row.changed_at) + DAY * days;
    let swept = sweep(store, last - SECOND).await.unwrap();
    assert!(!swept.removed.contains(id) && swept.failed.is_empty(), "a second before its day: {swept:?}");
    assert_eq!(store.row(id).await.unwrap().as_ref(), Some(&row));
    assert!(beneath.versions(&row.prefix()).await > 0);
    let swept = sweep(store, last).await.unwrap();
    assert!(swept.removed.contains(id) && swept.failed.is_empty(), "on its day: {swept:?}");
    assert_eq!(store.row(id).await.unwrap(), None);
    assert_eq!(beneath.versions(&row.prefix()).await, 0, "versions and marks of {} are left", row.prefix());
    let log = store.log().await.unwrap();
    let gone = log.iter().find(|line| line.id == *id && line.to == State::Removed);
    let gone = gone.expect("that it is gone is in the log");
    let is_untold = gone.reason.as_ref().is_some_and(|reason| reason.contains("its sender is not told"));
    assert_eq!(is_untold, row.state == State::Promoted, "that nobody was told is in the log, too");
}
