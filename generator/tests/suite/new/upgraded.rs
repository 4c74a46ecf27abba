//! An upgrade brings what a newer program has, and loses no edit.

use super::{assert_clean, files, made};
use crate::site::Root;
use std::path::{Path, PathBuf};

/// Makes a file of a site, and its copy, what an older program would have brought: words that stand in the program's were others then.
fn as_of_old(root: &Root, file: &str, now: &str, then: &str) {
    for path in [format!(".inside-out/base/{file}"), file.to_owned()] {
        root.replace(&path, now, then);
    }
}

const TEXAS: &str = "content/agencies/texas-doc.yaml";
const NOW: &str = "name: Texas Department of Criminal Justice";
const THEN: &str = "name: Texas Prison Board";

#[test]
fn where_nothing_changed_an_upgrade_says_so_and_writes_nothing() {
    let root = made();
    root.run(&["override", "content/en/home.ftl"]);
    let before = files(&root);
    for words in [&["upgrade"][..], &["upgrade", "--write"]] {
        let said = root.run(words);
        assert_eq!((said.status, said.out.starts_with("Nothing to bring in: ")), (0, true), "{}{}", said.out, said.err);
    }
    assert!(files(&root) == before);
    let said = Root::copy().run(&["upgrade"]);
    assert_eq!((said.status, said.err.contains("holds all of its files itself")), (2, true), "{}", said.err);
}

#[test]
fn what_nobody_changed_here_becomes_the_programs_once_it_is_to_be_written() {
    let root = made();
    let fresh = files(&root);
    as_of_old(&root, TEXAS, NOW, THEN);
    let old = files(&root);
    let said = root.succeeds(&["upgrade"]);
    assert!(
        said.out.starts_with(&format!("{TEXAS}: will be brought up to date; nobody changed it here\n")),
        "{}",
        said.out
    );
    assert!(said.out.contains(&format!("\n-{THEN}\n+{NOW}\n")), "{}", said.out);
    assert!(files(&root) == old, "it wrote without being asked to");
    root.succeeds(&["upgrade", "--write"]);
    assert!(files(&root) == fresh);
}

#[test]
fn what_was_changed_here_stays_whatever_the_line_ends() {
    for ends in ["\n", "\r\n"] {
        let root = made();
        as_of_old(&root, TEXAS, NOW, THEN);
        let edited = root.read(TEXAS).replace("label: TDCJ number", "label: Number of the TDCJ").replace('\n', ends);
        root.write(TEXAS, &edited);
        let said = root.succeeds(&["upgrade", "--write"]);
        assert!(said.out.contains("brought up to date; what you changed stays"), "{}", said.out);
        assert_eq!(root.read(TEXAS), edited.replace(THEN, NOW));
        assert_clean(&root);
        assert!(root.run(&["upgrade"]).out.starts_with("Nothing to bring in"), "it is not done once and for all");
    }
}

#[test]
fn where_both_changed_the_same_line_both_stand_there_and_check_says_where() {
    let root = made();
    as_of_old(&root, TEXAS, NOW, THEN);
    root.replace(TEXAS, THEN, "name: Texas, as we call it");
    let said = root.run(&["upgrade", "--write"]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("1 place changed on both sides, to choose from"), "{}", said.out);
    let both = format!("<<<<<<< this site\nname: Texas, as we call it\n=======\n{NOW}\n>>>>>>> the program now\n");
    assert!(root.read(TEXAS).contains(&both), "{}", root.read(TEXAS));
    let said = root.check();
    assert!(said.out.starts_with(&format!("{TEXAS}:2:1: ")) && said.out.contains("[unfinished-merge]"), "{}", said.out);
    root.replace(TEXAS, &both, "name: Texas, as we call it\n");
    assert_clean(&root);
    assert!(root.run(&["upgrade"]).out.starts_with("Nothing to bring in"));
}

#[test]
fn what_waits_for_a_choice_what_is_deleted_and_what_has_no_copy_is_left_alone() {
    let root = made();
    as_of_old(&root, TEXAS, NOW, THEN);
    root.replace(TEXAS, "locator:", "<<<<<<< ours\n=======\n>>>>>>> theirs\nlocator:");
    std::fs::remove_file(root.path().join("content/agencies/federal-bop.yaml")).unwrap();
    root.write("content/en/home.ftl", "own = words\n");
    let before = root.read(TEXAS);
    let said = root.run(&["upgrade", "--write"]);
    assert_eq!(said.status, 1, "{}", said.err);
    for expected in [
        format!("{TEXAS}: marks of an earlier merge stand in it"),
        "content/agencies/federal-bop.yaml: is not here any more; its copy goes, too".to_owned(),
        "content/en/home.ftl: has no copy in .inside-out/base/".to_owned(),
    ] {
        assert!(said.out.contains(&expected), "{}", said.out);
    }
    assert_eq!((root.read(TEXAS), root.read("content/en/home.ftl").as_str()), (before, "own = words\n"));
    assert!(!root.path().join(".inside-out/base/content/agencies/federal-bop.yaml").exists());
    assert!(!root.path().join("content/agencies/federal-bop.yaml").exists(), "it came back");
}

#[test]
fn new_agencies_are_named_and_come_when_they_are_asked_for() {
    let root = made();
    root.replace(".inside-out/agencies.txt", "idaho-doc\n", "");
    let said = root.run(&["upgrade"]);
    assert!(
        said.out
            .contains("New in the program: idaho-doc. To have them: inside-out upgrade --agencies idaho-doc --write"),
        "{}",
        said.out
    );
    let place = root.path().join("content/agencies/idaho-doc.yaml");
    root.succeeds(&["upgrade", "--agencies", "idaho-doc"]);
    assert!(!place.exists(), "it wrote without being asked to");
    root.succeeds(&["upgrade", "--agencies", "idaho-doc", "--write"]);
    assert!(place.exists() && root.path().join("content/services/jpay.yaml").exists());
    assert!(root.path().join(".inside-out/base/content/agencies/idaho-doc.yaml").exists());
    assert_clean(&root);
    assert!(!root.run(&["upgrade"]).out.contains("New in the program"));
    let said = root.run(&["upgrade", "--agencies", "idaho"]);
    assert_eq!((said.status, said.err.contains("no agency `idaho` is known")), (2, true), "{}", said.err);
}

#[test]
fn an_upgrade_that_is_stopped_between_any_two_files_ends_as_one_that_was_not() {
    let old = || {
        let root = made();
        root.run(&["override", "content/en/home.ftl"]);
        as_of_old(&root, TEXAS, NOW, THEN);
        as_of_old(
            &root,
            "content/agencies/federal-bop.yaml",
            "name: Federal Bureau of Prisons",
            "name: Bureau of Prisons",
        );
        as_of_old(&root, "content/en/home.ftl", "How writing works", "How you write");
        root.replace("content/agencies/federal-bop.yaml", "name: Bureau of Prisons", "name: The Bureau");
        root.replace(TEXAS, "label: TDCJ number", "label: Number of the TDCJ");
        root
    };
    let (before, whole) = (files(&old()), old());
    assert_eq!(whole.run(&["upgrade", "--write"]).status, 1);
    let after = files(&whole);
    // In the order in which they are written: each file, then its copy.
    let changed: Vec<&PathBuf> =
        after.keys().filter(|path| !path.starts_with(".inside-out") && before[*path] != after[*path]).collect();
    let writes: Vec<PathBuf> =
        changed.iter().flat_map(|path| [(*path).clone(), Path::new(".inside-out/base").join(path)]).collect();
    assert_eq!(writes.len(), 6, "{writes:?}");
    for stopped in 0..=writes.len() {
        let root = old();
        for path in &writes[..stopped] {
            root.write(path.to_str().unwrap(), &after[path]);
        }
        let said = root.run(&["upgrade", "--write"]);
        assert_ne!(said.status, 2, "{}", said.err);
        assert!(files(&root) == after, "stopped after {stopped} of {writes:?}\n{}", said.out);
    }
}
