//! What still stands between a root and a public site: each thing is said with what mends it, and not once more when that is done.

use super::fresh::with_somebody;
use super::made;
use crate::site::{DAY, Root, Said, said};
use std::process::Command;

/// `check --ready`, where nothing but what is given is set.
fn ready(root: &Root, settings: &[(&str, &str)], more: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inside-out"));
    for name in ["SITE_BUCKET", "MAIL_SMTP_URL", "BACKUP_AGE", "BACKUP_GPG"] {
        command.env_remove(name);
    }
    let command = command.envs(settings.iter().copied()).arg("--root").arg(root.path());
    // Of this machine's own server nothing is read.
    let none = root.path().join("var/no.env");
    said(command.args(["check", "--date", DAY, "--ready", "--settings"]).arg(none).args(more).output().unwrap())
}

fn git(root: &Root, words: &[&str]) {
    assert!(Command::new("git").arg("-C").arg(root.path()).args(words).status().unwrap().success(), "{words:?}");
}

#[test]
fn each_thing_that_is_left_is_named_until_it_is_done() {
    let root = made();
    let left = |settings: &[(&str, &str)]| ready(&root, settings, &[]);
    let said = left(&[]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("Before it is public (3):"), "{}", said.out);
    for words in ["no repository elsewhere is known to git", "nothing publishes this site yet", "no mail server is set"]
    {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    assert_eq!(said.out.matches("    help: ").count(), 3, "{}", said.out);

    git(&root, &["init", "--quiet"]);
    assert!(left(&[]).out.contains("no repository elsewhere"), "one on this machine alone is no second place");
    git(&root, &["remote", "add", "origin", "https://host.invalid/site.git"]);
    assert!(left(&[]).out.contains("Before it is public (2):"));
    root.replace(".github/workflows/site.yml", "PROGRAM: \"\"", "PROGRAM: \"somebody/inside-out\"");
    assert!(left(&[]).out.contains("nothing publishes this site yet"), "the version is still missing");
    root.replace(".github/workflows/site.yml", "VERSION: \"\"", "VERSION: \"0123456\"");
    let said = left(&[]);
    assert!(said.out.contains("Before it is public (1):") && said.out.contains("MAIL_SMTP_URL"), "{}", said.out);
    let said = left(&[("MAIL_SMTP_URL", "smtps://user:password@host.invalid")]);
    assert_eq!((said.status, said.out.contains("Ready: ")), (0, true), "{}{}", said.out, said.err);
    assert!(!said.out.contains("password"));
    assert_eq!(left(&[("MAIL_SMTP_URL", " ")]).status, 1, "an empty setting sets nothing");
}

#[test]
fn a_server_of_ones_own_is_read_by_its_settings() {
    let root = made();
    root.write(
        "var/server.env",
        "# MAIL_SMTP_URL=smtps://old\nBACKUP_AGE=\n\n MAIL_SMTP_URL = \"smtps://host.invalid\"\n",
    );
    let file = root.path().join("var/server.env").display().to_string();
    let read = || {
        let words = ["--root", root.path().to_str().unwrap(), "check", "--date", DAY, "--ready", "--settings", &file];
        let mut command = Command::new(env!("CARGO_BIN_EXE_inside-out"));
        said(command.env_remove("MAIL_SMTP_URL").env_remove("BACKUP_AGE").args(words).output().unwrap())
    };
    let text = read().out;
    assert!(text.contains("what families sent is in no backup") && text.contains("inside-out-backup.timer"), "{text}");
    assert!(!text.contains("nothing publishes") && !text.contains("no mail server"), "{text}");
    root.write("var/server.env", "MAIL_SMTP_URL=smtps://host.invalid\nBACKUP_AGE=age1example\n");
    assert!(!read().out.contains("backup"), "{}", read().out);
}

#[test]
fn what_pages_stand_on_and_nobody_confirmed_is_named_with_its_source() {
    let root = with_somebody();
    let said = ready(&root, &[], &[]);
    assert_eq!(said.status, 1);
    let way = "the way of letters is not confirmed, and one page stands on it";
    assert!(
        said.out.contains(way) && said.out.contains("content/agencies/texas-doc.yaml: look it up at https://"),
        "{}",
        said.out
    );
    assert!(said.out.contains("one person is not compared with the agency's records"), "{}", said.out);
    assert!(!said.out.contains("federal-bop"), "nobody's page stands on it: {}", said.out);
    let profile = root.read("profiles/marcus-k7m2q.yaml");
    root.write("profiles/marcus-k7m2q.yaml", profile.replace("status: listed", "status: draft"));
    assert!(!ready(&root, &[], &[]).out.contains("the way of letters"), "a draft has no page");

    let steps: serde_json::Value = serde_json::from_str(&ready(&with_somebody(), &[], &["--json"]).out).unwrap();
    let steps = steps["ready"].as_array().unwrap();
    assert!(
        steps.len() > 4 && steps.iter().all(|step| step["what"].is_string() && step["mend"].is_string()),
        "{steps:?}"
    );
}

#[test]
fn a_sample_is_not_ready_and_broken_words_come_first() {
    let root = Root::copy();
    let said = ready(&root, &[], &[]);
    assert_eq!(said.status, 1);
    assert!(said.out.contains("every page says that people and places are invented"), "{}", said.out);
    root.replace("content/site.yaml", "sample: true", "sample: false");
    let said = ready(&root, &[], &[]);
    assert_eq!(said.status, 1);
    assert!(said.out.contains("example-address") || said.err.contains("example-address"), "{}{}", said.out, said.err);
    assert_eq!(Root::copy().run(&["check", "--settings", "x"]).status, 2, "--settings is read with --ready alone");
}
