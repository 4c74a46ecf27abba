//! Whoever sent something has a receipt, once; so has whoever left.

use super::{ANA, ANSWERS, Bag, Desk, Own, block_on, decision, now, submission};
use crate::receipt::{self, Receipt};
use review::{Acceptance, Revision, accept, revise};
use schema::submission::kinds::{Flag, State, SubmissionKind};

#[test]
fn whoever_gave_an_email_has_one_receipt_while_it_waits_and_is_told_the_decision_all_the_same() {
    let own = Own::read();
    let by_post: &[(&str, &str)] = &[("contact_by", "post"), ("postal", "1 Example Street")];
    let cases = [
        (SubmissionKind::Registration, ANSWERS, vec![], 1),
        (SubmissionKind::Update, ANSWERS, vec![], 1),
        (SubmissionKind::Registration, ANSWERS, vec![Flag::ListingRule], 1),
        // Held by a program: the address may be a stranger's.
        (SubmissionKind::Registration, ANSWERS, vec![Flag::Crowd], 0),
        (SubmissionKind::Registration, by_post, vec![], 0),
        (SubmissionKind::Report, ANSWERS, vec![], 0),
    ];
    for (kind, answers, flags, receipts) in cases {
        let desk = Desk::new();
        let sent = submission(kind, 3, answers);
        desk.accept(&sent, flags);
        let (id, post) = (&sent.0.id, desk.post());
        let round = |_| own.notify(&desk.store(), (&ANA, &post), 0).unwrap().told.len();
        assert_eq!([0, 1].map(round), [receipts, 0], "{kind:?} {answers:?}");
        let waits = desk.row(id);
        assert!(waits.waits(), "a receipt decides nothing");
        let Some(email) = desk.letter(id, "received.eml") else { continue };
        assert!(email.contains(&id.to_string()) && email.contains("/send/mine"), "{email}");
        assert!(!email.contains(&sent.1.to_string()), "a mail is read by others: {email}");
        desk.decide(&decision(id, (waits.state, State::Rejected), Some("Their agency forbids it.")));
        assert_eq!([0, 1].map(round), [1, 0], "{kind:?}");
    }
}

#[test]
fn whoever_corrects_their_email_has_a_receipt_there_too_and_nobody_has_two() {
    let (own, desk, bag) = (Own::read(), Desk::new(), Bag::default());
    let round = |_| own.notify(&desk.store(), (&ANA, &bag), 0).unwrap().told.len();
    let answers = |email: &'static str, name: &'static str| {
        submission(SubmissionKind::Registration, 3, &[("shown_name", name), ("contact_by", "email"), ("email", email)])
    };
    let (first, secret) = answers("maria@exmaple.org", "Ana");
    let sent = block_on(accept(&desk.store(), &first, &secret, Vec::new())).unwrap();
    let Acceptance::Stored(mut row) = sent else { panic!("{sent:?}") };
    assert_eq!([0, 1].map(round), [1, 0]);
    for (corrected, receipts) in [
        // Another word, the address as it was; then the address; then another word again.
        (answers("maria@exmaple.org", "Anna"), [0, 0]),
        (answers("maria@example.org", "Anna"), [1, 0]),
        (answers("maria@example.org", "Anna M."), [0, 0]),
    ] {
        let revision = block_on(revise(&desk.store(), &row, &corrected.0, &[]));
        let Ok(Revision::Stored(revised)) = revision else { panic!("{revision:?}") };
        row = revised;
        assert_eq!([0, 1].map(round), receipts, "{row:?}");
    }
    let id = row.id.key().to_owned();
    assert_eq!(bag.names(), [format!("{id}-received"), format!("{id}-received-3")]);
}

#[test]
fn a_receipt_says_until_when_the_profile_is_kept_and_no_more_than_was_done() {
    let own = Own::read();
    let root = tempfile::tempdir().unwrap();
    let said = |kept_until| {
        let receipt = Receipt {
            person: "ana-k7m2q",
            addresses: vec!["/people/ana-k7m2q/".into()],
            reference: None,
            marked: Some(now()),
            erased: Some(now()),
            photo_stays: false,
            purged: None,
            forgotten: None,
            kept_until,
        };
        let papers = receipt::write(root.path(), &own.words(), "en", &receipt, jiff::civil::date(2027, 1, 15)).unwrap();
        std::fs::read_to_string(root.path().join(papers.receipt.with_extension("txt"))).unwrap()
    };
    let day = jiff::civil::date(2027, 2, 14);
    let kept = said(Some(day));
    let day = templates::dates::day(&own.theme.strings, "en", day);
    assert!(
        kept.contains(&format!("From {day} on they delete it")) && kept.contains("a mark without a name"),
        "{kept}"
    );
    assert!(kept.contains("where our site is kept for visitors"), "{kept}");
    assert!(!said(None).contains("they delete it"), "where no profile is kept, nothing is said of one");
}
