//! What is promoted is what the editor read, and as far as they compared it.

use super::{block_on, log, registered, row, state, store};
use crate::site::{Root, Said};
use jiff::Timestamp;
use review::{Intake, Revision, Store, Transition, accept, revise};
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use schema::submission::reference::Reference;
use schema::submission::secret::Secret;

#[test]
fn who_read_the_first_version_does_not_promote_it_after_the_second_came() {
    let root = Root::copy();
    let submission = registered(&root, "0777008", Vec::new());
    let id = submission.id.to_string();
    let read = root.run(&["review", "show", &id]);
    assert!(!read.out.contains("corrected"), "{}", read.out);
    let planned = row(&root, &submission);
    let mut second = submission.clone();
    let words = "I mend clocks, and I would like to hear from people who know what makes them stop at night.";
    let told = second.answers.iter_mut().find(|answer| answer.question == "introduction").unwrap();
    let before = std::mem::replace(&mut told.values, vec![words.to_owned()]).remove(0);
    second.written_at = Timestamp::now();
    let revised = block_on(revise(&store(&root), &planned, &second, &[])).unwrap();
    assert!(matches!(revised, Revision::Stored(_)), "{revised:?}");

    // Whoever decides about the first says which one they read.
    let (at, editor, from, to) = (Timestamp::now(), "ann".to_owned(), State::Received, State::Promoted);
    let (reason, profile, answers) = (None, Some("first-k7m2q".to_owned()), Some(planned.payload_hash));
    let stale =
        Decision { at, editor, id: submission.id.clone(), from, to, reason, profile, assured: Vec::new(), answers };
    assert!(matches!(block_on(store(&root).decide(&stale)).unwrap(), Transition::Kept(_)));
    assert_eq!(state(&root, &submission), (State::Received, None));

    let shown = root.run(&["review", "show", &id]);
    assert!(shown.out.contains("corrected by its sender once, last on"), "{}", shown.out);
    assert!(shown.out.contains(words) && !shown.out.contains(&before), "{}", shown.out);
    let earlier = root.run(&["review", "show", &id, "--earlier"]);
    let (first, last) = earlier.out.split_once("corrected by its sender once").unwrap();
    assert!(first.contains(&before) && last.contains(words), "{}", earlier.out);
    assert!(root.run(&["review", "list"]).out.contains("corrected once"));

    let said = root.succeeds(&["review", "promote", &id, "--yes"]);
    assert!(said.out.contains(words) && said.out.contains("had corrected it once"), "{}", said.out);
    let log = block_on(store(&root).log()).unwrap();
    let line = log.iter().find(|line| line.to == State::Promoted).unwrap();
    assert_eq!(line.answers, Some(row(&root, &submission).payload_hash));
}

#[test]
fn a_page_is_checked_only_by_the_word_of_whoever_compared_it_with_the_agency_s_records() {
    let root = Root::copy();
    let [unchecked, checked] = ["0777041", "0777042"].map(|number| registered(&root, number, Vec::new()));
    let said = root.succeeds(&["review", "promote", &unchecked.id.to_string(), "--yes"]);
    let shown = "compare with the agency's own records, at https://doc.franklin.example/find:\n  name      Quentin Example\n  \
                 number    0777041 DOC number\n  facility  River Bend Correctional Facility\n  adult     born in 1980\n\
                 not yet checked, and the page says so: promote with --checked";
    assert!(said.out.contains(shown), "{}", said.out);
    root.succeeds(&["review", "promote", &checked.id.to_string(), "--yes", "--checked"]);
    let log = log(&root);
    assert_eq!((&log[0]["assured"], &log[1]["assured"]), (&serde_json::Value::Null, &serde_json::json!(["compared"])));

    let [unchecked, checked] = [unchecked, checked].map(|submission| state(&root, &submission).1.unwrap());
    let today = jiff::ZonedDateTime::now().date();
    assert!(!root.read(&format!("profiles/{unchecked}.yaml")).contains("checked:"));
    assert!(root.read(&format!("profiles/{checked}.yaml")).contains(&format!("\nchecked: {today}\n")));
    root.succeeds(&["build"]);
    let page = |person: &str| root.read(&format!("site/people/{person}/index.html"));
    assert!(page(&unchecked).contains("Not yet checked") && !page(&unchecked).contains("Profile checked on"));
    assert!(page(&checked).contains("Profile checked on") && !page(&checked).contains("Not yet checked"));
    // Whatever was compared, and is changed since: nobody has compared what stands there now.
    for (was, is) in [("birth_year: '1980'", "birth_year: '1981'"), ("Quentin Example\n", "Quentin Sample\n")] {
        let file = format!("profiles/{checked}.yaml");
        let as_compared = root.read(&file);
        root.replace(&file, was, is);
        assert_eq!(root.run(&["build"]).status, 0, "{is}");
        assert!(page(&checked).contains("Not yet checked"), "{is}");
        root.write(&file, &as_compared);
    }
}

/// What a promotion of a registration says, some of its answers given otherwise.
fn promoted_with(root: &Root, id: u8, otherwise: &[(&str, &str)]) -> Said {
    let mut submission = registered(root, "0777051", Vec::new());
    submission.id = Reference::from_random([id; 16]);
    for answer in &mut submission.answers {
        if let Some((_, value)) = otherwise.iter().find(|(question, _)| *question == answer.question) {
            answer.values = vec![(*value).to_owned()];
        }
    }
    block_on(accept(&store(root), &submission, &Secret::from_random([1; 16]), Vec::new())).unwrap();
    root.run(&["review", "promote", &submission.id.to_string(), "--yes"])
}

#[test]
fn a_page_without_an_envelope_and_a_number_that_another_has_are_problems() {
    let root = Root::copy();
    for (id, name) in [(201, "Thompson, Marcus V"), (202, "Marcus Thompson, MD"), (203, "王秀英")] {
        let said = promoted_with(&root, id, &[("mail_name", name)]);
        assert!(said.out.contains("[no-envelope]"), "{name}: {}{}", said.out, said.err);
        assert_ne!(said.status, 0, "{name}");
    }
    // Marcus has 0123456.
    let said = promoted_with(&root, 204, &[("number", "0123-456")]);
    assert!(said.out.contains("profiles/marcus-k7m2q.yaml has this number already"), "{}{}", said.out, said.err);
}
