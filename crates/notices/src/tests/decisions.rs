//! Whoever asked for something is told once what came of it.

use super::shaky::Shaky;
use super::{ANA, ANSWERS, Bag, Desk, Own, Shown, block_on, decision, submission};
use crate::notifier::FAILED;
use review::Store;
use schema::submission::kinds::{State, SubmissionKind};
use std::sync::atomic::AtomicUsize;

#[test]
fn they_are_told_once_wherever_the_publisher_dies() {
    let own = Own::read();
    for dies in 0..8 {
        let (desk, bag) = (Desk::new(), Bag::default());
        let id = desk.promote(SubmissionKind::Registration, "ana-k7m2q", ANSWERS);
        for round in 0..4 {
            let store = Shaky::new(desk.store(), if round == 0 { dies } else { usize::MAX });
            let _ = own.notify(&store, (&ANA, &bag), round * 20);
        }
        let name = format!("{}-live", id.key());
        // Only a death between the mail and its note repeats the mail, under the same name.
        let expected = if dies == 4 { vec![name.clone(), name] } else { vec![name] };
        assert_eq!(bag.names(), expected, "the store died at its call {dies}");
        assert_eq!(desk.row(&id).state, State::Published);
    }
}

#[test]
fn a_mail_that_does_not_go_out_is_tried_again_and_undoes_nothing() {
    let (own, desk) = (Own::read(), Desk::new());
    desk.promote(SubmissionKind::Registration, "ana-k7m2q", ANSWERS);
    let bag = Bag { refuses: AtomicUsize::new(2), ..Bag::default() };
    let round = |minutes| own.notify(&desk.store(), (&ANA, &bag), minutes).unwrap();
    assert_eq!(round(0).failed.len(), 1);
    assert_eq!(round(1).failed.len(), 1, "the failure is noted: nobody waits for the lease");
    assert_eq!(round(2).told.len(), 1);
    assert!(round(3).told.is_empty());
    let log = block_on(desk.store().log()).unwrap();
    assert_eq!(log.iter().filter(|line| line.reason.as_deref() == Some(FAILED)).count(), 1, "it is noted once");
    assert_eq!(bag.names().len(), 1);
}

#[test]
fn nobody_is_told_of_a_page_that_is_not_there() {
    let (own, desk, bag) = (Own::read(), Desk::new(), Bag::default());
    let id = desk.promote(SubmissionKind::Registration, "ana-k7m2q", ANSWERS);
    own.notify(&desk.store(), (&Shown { person: "someone-k7m3q", gone: "" }, &bag), 0).unwrap();
    assert!(bag.names().is_empty());
    assert_eq!(desk.row(&id).state, State::Promoted);
}

#[test]
fn nobody_is_told_of_a_page_without_a_name() {
    let (own, desk, bag) = (Own::read(), Desk::new(), Bag::default());
    desk.promote(SubmissionKind::Registration, "ana-k7m2q", &ANSWERS[1..]);
    assert_eq!(own.notify(&desk.store(), (&ANA, &bag), 0).unwrap().failed.len(), 1);
    assert!(bag.names().is_empty());
}

#[test]
fn whoever_is_declined_is_told_why_unless_the_editor_says_not_to() {
    let own = Own::read();
    for untold in [false, true] {
        let desk = Desk::new();
        let registration = submission(SubmissionKind::Registration, 1, ANSWERS);
        desk.accept(&registration, Vec::new());
        let id = &registration.0.id;
        let why = "Their agency forbids pen-pal pages.";
        desk.decide(&decision(id, (State::Received, State::Rejected), Some(why)));
        if untold {
            desk.decide(&decision(id, (State::Rejected, State::Rejected), Some("not told")));
        }
        let post = desk.post();
        let round = |_| own.notify(&desk.store(), (&ANA, &post), 0).unwrap().told.len();
        assert_eq!([0, 1].map(round), [usize::from(!untold), 0]);
        let email = desk.letter(id, "declined.eml");
        assert_eq!(email.is_some_and(|email| email.contains(why)), !untold);
    }
}

#[test]
fn an_email_has_no_header_of_its_submitters_making() {
    let (own, desk) = (Own::read(), Desk::new());
    let id = desk.promote(SubmissionKind::Registration, "ana-k7m2q", ANSWERS);
    let told = own.notify(&desk.store(), (&ANA, &desk.post()), 0).unwrap();
    assert_eq!(told.told, [(id.clone(), "told by an e-mail in var/mail")]);
    let email = desk.letter(&id, "live.eml").unwrap();
    let (headers, body) = email.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> = headers.lines().filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
    for name in ["From", "To", "Subject", "Message-ID", "Auto-Submitted"] {
        assert_eq!(names.iter().filter(|known| **known == name).count(), 1, "{name}: {headers}");
    }
    assert!(!headers.contains("Bcc") && !headers.contains("Ana") && !headers.contains("Maria"), "{headers}");
    assert!(headers.contains("To: maria@example.org"), "{headers}");
    assert!(body.contains("/people/ana-k7m2q/") && body.contains(&id.to_string()), "{body}");
}

#[test]
fn whoever_chose_post_gets_a_letter_to_print() {
    let (own, desk) = (Own::read(), Desk::new());
    let answers = [("contact_by", "post"), ("submitter_name", "Ana <b>"), ("postal", "1 Example Street\nExample City")];
    let id = desk.promote(SubmissionKind::Update, "ray-d8w3k", &answers);
    own.notify(&desk.store(), (&Shown { person: "someone-k7m3q", gone: "ray-d8w3k" }, &desk.post()), 0).unwrap();
    let letter = desk.letter(&id, "down.html").unwrap();
    assert!(letter.contains("Ana &lt;b&gt;<br>1 Example Street<br>Example City"), "{letter}");
    assert!(letter.contains("The page is taken down") && letter.contains("/people/ray-d8w3k/"), "{letter}");
    let strings = &own.theme.strings;
    let day = templates::dates::day(strings, "en", jiff::civil::date(2027, 2, 14));
    assert!(letter.contains(&format!("On {day}, or the day after, we delete")), "{day}: {letter}");
    assert!(own.theme.failures().is_empty() && strings.mistakes().is_empty(), "{:?}", strings.mistakes());
}
