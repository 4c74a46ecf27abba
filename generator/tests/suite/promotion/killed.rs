//! A promotion that was killed is repeated, and touches nothing that is not its own.

use super::{promote, registered, state, with_photo, written};
use crate::site::{Root, tree};
use schema::submission::kinds::State;

/// What a promotion leaves that is killed before its decision: the store as it was, the files as they would be.
fn killed_before_its_decision(root: &Root, id: &str, words: &[&str]) -> String {
    let store = root.path().join("var/review");
    let before = tree(&store);
    let said = root.succeeds(&promote(id, words));
    std::fs::remove_dir_all(&store).unwrap();
    for (file, bytes) in before {
        root.write(&format!("var/review/{}", file.display()), bytes);
    }
    written(&said)
}

#[test]
fn a_promotion_that_was_killed_is_repeated_and_takes_its_own_files_over() {
    let root = Root::copy();
    let submission = registered(&root, "0777021", Vec::new());
    let (id, photo) = (submission.id.to_string(), with_photo(&root, &submission));
    let words = ["--photo-shows", "A chess rook"];
    let person = killed_before_its_decision(&root, &id, &words);
    let file = root.read(&format!("profiles/{person}.yaml"));
    assert_eq!(state(&root, &submission), (State::Received, None));

    let said = root.succeeds(&promote(&id, &words));
    assert!(said.out.contains("is there already, as a promotion that broke off wrote it"), "{}", said.out);
    assert_eq!(state(&root, &submission), (State::Promoted, Some(person.clone())));
    assert_eq!(root.read(&format!("profiles/{person}.yaml")), file);
    assert!(std::fs::read(root.path().join(format!("profiles/photos/{person}.jpg"))).unwrap() == photo);
    root.succeeds(&["check"]);
}

#[test]
fn a_promotion_that_was_killed_on_an_earlier_day_is_repeated_too() {
    let root = Root::copy();
    let submission = registered(&root, "0777022", Vec::new());
    let id = submission.id.to_string();
    let person = killed_before_its_decision(&root, &id, &[]);
    let name = format!("profiles/{person}.yaml");
    let today = jiff::ZonedDateTime::now().date();
    let earlier = root.read(&name).replace(&today.to_string(), &today.yesterday().unwrap().to_string());
    root.write(&name, &earlier);
    root.succeeds(&["review", "promote", &id, "--yes"]);
    assert_eq!(state(&root, &submission), (State::Promoted, Some(person)));
    assert_eq!(root.read(&name), earlier);
}

#[test]
fn a_promotion_that_was_killed_between_photo_and_profile_is_repeated_with_its_photo_only() {
    let root = Root::copy();
    let submission = registered(&root, "0777023", Vec::new());
    let (id, photo) = (submission.id.to_string(), with_photo(&root, &submission));
    let words = ["--photo-shows", "A chess rook"];
    let person = killed_before_its_decision(&root, &id, &words);
    std::fs::remove_file(root.path().join(format!("profiles/{person}.yaml"))).unwrap();

    let said = root.run(&["review", "promote", &id, "--yes", "--without-photo"]);
    assert!(said.status == 1 && said.out.contains("photo-without-profile"), "{}{}", said.out, said.err);
    let picture = format!("profiles/photos/{person}.jpg");
    let other = std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    root.write(&picture, other);
    let again = promote(&id, &words);
    let said = root.run(&again);
    assert!(said.status == 2 && said.err.contains("is there already: somebody else"), "{}{}", said.out, said.err);
    assert_eq!(state(&root, &submission), (State::Received, None));

    root.write(&picture, &photo);
    root.succeeds(&again);
    assert_eq!(state(&root, &submission), (State::Promoted, Some(person)));
    root.succeeds(&["check"]);
}

#[test]
fn a_file_that_is_not_the_promotion_s_own_is_left_alone() {
    let root = Root::copy();
    let submission = registered(&root, "0777024", Vec::new());
    let id = submission.id.to_string();
    let person = killed_before_its_decision(&root, &id, &[]);
    let name = format!("profiles/{person}.yaml");
    let changed = root.read(&name).replace("Quentin Example", "Quentin Sample");
    root.write(&name, &changed);
    let said = root.run(&["review", "promote", &id, "--yes"]);
    assert!(said.status == 1 && said.out.contains("number-taken-twice"), "{}{}", said.out, said.err);
    assert_eq!(state(&root, &submission), (State::Received, None));
    assert_eq!(root.read(&name), changed);
}

#[test]
fn what_a_killed_writer_left_stops_nobody() {
    let root = Root::copy();
    let submission = registered(&root, "0777025", Vec::new());
    for left in ["profiles/x.yaml.1234.partial", "profiles/.abc.partial", "profiles/photos/x.jpg.77.partial"] {
        root.write(left, "id: x\nshown_na");
    }
    for words in [vec!["check"], vec!["build"], vec!["review", "promote", &submission.id.to_string(), "--yes"]] {
        let said = root.run(&words);
        assert_eq!(said.status, 0, "{words:?}: {}{}", said.out, said.err);
    }
}
