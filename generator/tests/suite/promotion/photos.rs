//! A photo is shown, left out or taken over by the editor's own word.

use super::{block_on, registered, row, state, store, with_photo, written};
use crate::site::{Root, tree};
use review::accept;
use schema::submission::content::{Answer, Submission};
use schema::submission::kinds::{Flag, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::role::Role;
use schema::submission::secret::Secret;

#[test]
fn a_photo_is_shown_or_left_out_by_the_editor_s_own_word() {
    let root = Root::copy();
    let submission = registered(&root, "0777001", Vec::new());
    let (id, photo) = (submission.id.to_string(), with_photo(&root, &submission));
    let said = root.run(&["review", "promote", &id, "--yes"]);
    assert_eq!(said.status, 2, "{}", said.out);
    assert!(said.err.contains("a photo came with") && said.err.contains("--without-photo"), "{}", said.err);

    let seen = root.path().join("seen.jpg");
    assert!(root.run(&["review", "show", &id]).out.contains("A photo of"));
    root.succeeds(&["review", "show", &id, "--photo", seen.to_str().unwrap()]);
    assert!(std::fs::read(&seen).unwrap() == photo);
    assert_eq!(
        root.run(&["review", "show", &id, "--photo", seen.to_str().unwrap()]).status,
        2,
        "nothing is written over"
    );

    let said =
        root.succeeds(&["review", "promote", &id, "--yes", "--photo-shows", "A radio on a shelf, and a chess rook"]);
    let file = written(&said);
    assert!(root.read(&format!("profiles/{file}.yaml")).contains("A radio on a shelf"));
    assert!(std::fs::read(root.path().join(format!("profiles/photos/{file}.jpg"))).unwrap() == photo);
    root.succeeds(&["check"]);
}

#[test]
fn a_photo_that_never_arrived_keeps_no_editor_from_deciding() {
    let root = Root::copy();
    let submission = registered(&root, "0777011", Vec::new());
    with_photo(&root, &submission);
    let id = submission.id.to_string();
    let row = row(&root, &submission);
    std::fs::remove_file(root.path().join("var/review").join(row.photo_key().unwrap())).unwrap();
    let said = root.run(&["review", "show", &id]);
    assert!(said.status == 0 && said.out.contains("Quentin") && said.out.contains("has not arrived"), "{}", said.out);
    let said = root.run(&["review", "promote", &id, "--yes"]);
    assert!(said.status == 2 && said.err.contains("--without-photo promotes without it"), "{}", said.err);
    root.succeeds(&["review", "promote", &id, "--yes", "--without-photo"]);
}

#[test]
fn a_photo_for_a_page_that_is_up_is_looked_at_and_put_into_the_profile_by_hand() {
    let root = Root::copy();
    let answer = |role: Role, question: &str, value: &str| Answer {
        question: question.into(),
        role: Some(role),
        values: vec![value.into()],
        ..Answer::default()
    };
    let update = Submission {
        id: Reference::from_random([250; 16]),
        kind: SubmissionKind::Update,
        form: "update".into(),
        wording: None,
        answers: vec![
            answer(Role::About, "about", "https://site.example/people/marcus-k7m2q/"),
            answer(Role::Change, "change", "photo"),
            answer(Role::PhotoChange, "photo_change", "another"),
        ],
        ..registered(&root, "0777013", Vec::new())
    };
    block_on(accept(&store(&root), &update, &Secret::from_random([3; 16]), vec![Flag::PhotoToCome])).unwrap();
    let id = update.id.to_string();
    let shown = root.run(&["review", "show", &id]).out;
    assert!(shown.contains("has another photo") && shown.contains("The new photo has not come yet"), "{shown}");
    let photo = with_photo(&root, &update);
    let shown = root.run(&["review", "show", &id]).out;
    for words in
        ["A photo of", "move that to profiles/photos/marcus-k7m2q.jpg", "profiles/marcus-k7m2q.yaml", "`review done"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let seen = root.path().join("seen.jpg");
    root.succeeds(&["review", "show", &id, "--photo", seen.to_str().unwrap()]);
    std::fs::rename(&seen, root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    assert!(std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap() == photo);
    root.succeeds(&["check"]);
    root.succeeds(&["review", "done", &id]);
}

#[test]
fn without_its_photo_a_profile_names_none() {
    let root = Root::copy();
    let submission = registered(&root, "0777002", Vec::new());
    let id = submission.id.to_string();
    let said = root.run(&["review", "promote", &id, "--yes", "--photo-shows", "Nothing"]);
    assert!(said.status == 2 && said.err.contains("no photo came with"), "{}", said.err);
    with_photo(&root, &submission);
    let photos = || tree(&root.path().join("profiles/photos"));
    let before = photos();
    let said = root.succeeds(&["review", "promote", &id, "--yes", "--without-photo"]);
    let person = state(&root, &submission).1.unwrap();
    assert!(!root.read(&format!("profiles/{person}.yaml")).contains("photo:"));
    assert!(photos() == before && !said.out.contains("profiles/photos/"), "{}", said.out);
    root.succeeds(&["build"]);
    let page = root.read(&format!("site/people/{person}/index.html"));
    assert!(!page.contains("/photos/"), "{page}");
}
