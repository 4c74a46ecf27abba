//! Bad input to every command: a clear error, exit 1 or 2, never a panic.

use crate::site::{Root, repository, said};
use std::process::Command;

#[test]
fn every_mistake_gets_a_clear_error() {
    let root = Root::copy();
    let empty = Root::empty();
    for (words, status, expected) in [
        (vec!["check", "--date", "2026-02-30"], 2, "a day that exists"),
        (vec!["chek"], 2, "unrecognized subcommand"),
        (vec!["build", "--port", "1"], 2, "unexpected argument"),
        (vec!["preview", "--port", "70000"], 2, "70000"),
        (vec!["review", "show", "not-a-reference"], 2, "is not a reference"),
        (vec!["review", "show", "KKKK-2222"], 2, "is not a reference"),
        (vec!["review", "show", "AB2CD3EF"], 2, "there is no submission"),
        (vec!["review", "promote", "AB2C-D3EF"], 2, "there is no submission"),
        (vec!["review", "hold", "\u{202e}é"], 2, "is not a reference"),
        (vec!["review", "reject", "AB2C-D3EF"], 2, "--reason"),
        (vec!["review", "reject", "AB2C-D3EF", "--reason", " "], 2, "a reason cannot be empty"),
        (vec!["sample", "-1", "x"], 2, "unexpected argument"),
        (vec!["sample", "10", root.path().to_str().unwrap()], 2, "is not empty"),
    ] {
        let said = root.run(&words);
        assert_eq!(said.status, status, "{words:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(expected), "{words:?}: {}", said.err);
        assert!(!said.err.contains("panicked"), "{}", said.err);
    }
    for words in
        [vec!["check"], vec!["build"], vec!["review", "list"], vec!["sample", "1", "x"], vec!["preview", "--port", "0"]]
    {
        let said = empty.run(&words);
        assert_eq!(said.status, 2, "{words:?}");
        assert!(said.err.contains("is not a site root"), "{words:?}: {}", said.err);
    }
}

#[test]
fn the_readmes_commands_run() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    assert!(readme.lines().count() <= 120, "the README is longer than 120 lines");
    let root = Root::copy();
    let place = Root::empty();
    let mut run = 0;
    for line in readme.lines().filter_map(|line| line.strip_prefix("cargo run -- ")) {
        let line = line.split('#').next().unwrap().trim().replace("/tmp/", &format!("{}/", place.path().display()));
        let words: Vec<&str> = line.split(' ').collect();
        let output =
            Command::new(env!("CARGO_BIN_EXE_inside-out")).current_dir(root.path()).args(&words).output().unwrap();
        let said = said(output);
        assert_eq!(said.status, 0, "{line}: {}{}", said.out, said.err);
        run += 1;
    }
    assert!(run >= 5, "the README names {run} commands");
    for target in ["preview", "test"] {
        assert!(readme.contains(&format!("make {target}")));
        let plan = Command::new("make").current_dir(repository()).args(["--dry-run", target]).output().unwrap();
        assert!(plan.status.success(), "make {target} is not there");
    }
}

#[test]
fn a_sample_of_the_same_seed_has_the_same_bytes_and_no_problem() {
    let (root, place) = (Root::copy(), Root::empty());
    let folders = ["a", "b", "c"].map(|name| place.path().join(name));
    for (folder, seed) in folders.iter().zip(["1", "1", "2"]) {
        root.succeeds(&["sample", "200", folder.to_str().unwrap(), "--seed", seed]);
    }
    let trees = folders.each_ref().map(|folder| crate::site::tree(folder));
    assert!(trees[0] == trees[1], "the same seed gave other bytes");
    assert!(trees[0] != trees[2], "another seed gave the same bytes");
    let mut check = Command::new(env!("CARGO_BIN_EXE_inside-out"));
    let said = said(check.arg("--root").arg(&folders[0]).args(["check", "--date", crate::site::DAY]).output().unwrap());
    assert_eq!(said.status, 0, "{}", said.out);
}

#[test]
fn a_decision_is_made_without_reading_people_or_pages() {
    let root = Root::empty();
    for words in [&["review", "log"][..], &["review", "list", "--json"], &["review", "sweep"]] {
        let said = root.run(words);
        assert_eq!(said.status, 0, "{words:?}: {}{}", said.out, said.err);
    }
    let said = root.run(&["review", "hold", "KM7P-T4RX"]);
    assert!(said.err.contains("there is no submission KM7P-T4RX"), "{}", said.err);
}
