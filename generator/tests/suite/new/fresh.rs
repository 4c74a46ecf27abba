//! A new site is made in a moment and clean at once, without a word of the sample.

use super::{FLAGS, assert_clean, files, made, new};
use crate::site::{DAY, Root, repository, tree};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Words by which the sample would be known: its name, its people, and whatever in it says that it is made up.
fn words_of_the_sample() -> BTreeSet<String> {
    let value = |text: &str, key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        line.map(|value| value.trim_matches('"').to_owned())
    };
    let yaml = |folder: &str| -> Vec<String> {
        let entries = std::fs::read_dir(fixture::source(folder)).unwrap().map(|entry| entry.unwrap().path());
        entries
            .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect()
    };
    let mut words = BTreeSet::from([".example", "Inside Out Connects", "Franklin", "River Bend"].map(str::to_owned));
    for text in yaml("profiles") {
        words.extend(["shown_name:", "mail_name:", "id:"].iter().filter_map(|key| value(&text, key)));
    }
    for text in yaml("content/facilities") {
        words.extend(["name:", "place:", "id:"].iter().filter_map(|key| value(&text, key)));
    }
    for text in ["content/agencies", "content/services"].into_iter().flat_map(yaml) {
        if text.lines().any(|line| line == "invented: true") {
            words.extend(["name:", "id:"].iter().filter_map(|key| value(&text, key)));
        }
    }
    let strings = std::fs::read_to_string(repository().join("content/en/site.ftl")).unwrap();
    words
        .extend(["sample-heading =", "sample-text =", "sample-banner ="].iter().filter_map(|key| value(&strings, key)));
    words
}

#[test]
fn a_new_site_is_clean_at_once_and_holds_no_word_of_the_sample() {
    let words = words_of_the_sample();
    assert!(words.len() > 80, "{words:?}");
    for agencies in ["texas-doc", "all"] {
        let root = Root::empty();
        let flags: Vec<_> =
            FLAGS.iter().map(|(flag, value)| (*flag, if *flag == "--agencies" { agencies } else { *value })).collect();
        let said = new(root.path(), &flags, &[]);
        assert_eq!(said.status, 0, "{}", said.err);
        assert!(said.out.contains("\n  3. inside-out check"), "{}", said.out);
        assert_clean(&root);
        let said = root.build();
        assert!(said.out.starts_with("0 people; "), "{}{}", said.out, said.err);
        let home = root.read("site/index.html");
        assert!(home.contains("<h2>Nobody is listed at the moment</h2>") && home.contains("Letters Home"), "{home}");
        assert!(root.read("site/people/index.html").contains("Nobody is listed here at the moment."));
        assert!(root.read("site/consent/index.html").contains("Letters Home is a website."));
        // What the function carries, in var/, has the words for any site, a sample among them, and shows those of this one.
        for (path, bytes) in tree(root.path()).into_iter().filter(|(path, _)| !path.starts_with("var")) {
            let text = String::from_utf8_lossy(&bytes);
            let found = words.iter().find(|word| text.contains(word.as_str()));
            assert_eq!(found, None, "{}", path.display());
        }
    }
}

/// A new site with the facility that its own page gives as an example.
fn with_a_facility() -> Root {
    let root = made();
    let readme = root.read("README.md");
    let example = readme.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let day = example.lines().find_map(|line| line.strip_prefix("checked: ")).unwrap();
    root.write("content/facilities/north-fork.yaml", example.replace(day, DAY));
    root
}

#[test]
fn what_a_new_site_says_of_the_next_steps_works() {
    let root = with_a_facility();
    assert_clean(&root);
    root.succeeds(&["check", "--date", DAY, "--format", "github"]);
    // Each command that the page names is one that there is.
    for line in root.read("README.md").lines().filter_map(|line| line.strip_prefix("inside-out ")) {
        let command = line.split(' ').next().unwrap();
        assert_eq!(root.run(&[command, "--help"]).status, 0, "{line}");
    }
}

/// A new site with its first person.
pub(super) fn with_somebody() -> Root {
    let root = with_a_facility();
    let profile = std::fs::read_to_string(fixture::source("profiles/marcus-k7m2q.yaml")).unwrap();
    // Without its photo, and what was compared at the sample's agency.
    let (before, rest) = profile.split_once("\nrelease: ").unwrap();
    let own = before.lines().take_while(|line| !line.starts_with("photo:")).map(str::to_owned);
    let own = own.chain([format!("release: {}", rest.lines().next().unwrap())]);
    let own = own.chain(rest.lines().skip(1).map(str::to_owned));
    let own = own.filter(|line| !line.starts_with("compared: ") && !line.starts_with("checked: "));
    let own: String = own.map(|line| line + "\n").collect();
    let text = format!("{own}rule_read: https://www.agency.gov/rules\ncleared_with: texas-doc\n")
        .replace("facility: river-bend", "facility: north-fork")
        .replace("\"0123456\"", "\"01234567\"");
    root.write("profiles/marcus-k7m2q.yaml", text);
    root
}

#[test]
fn the_first_person_has_a_page_with_what_the_agency_asks_for() {
    let root = with_somebody();
    assert_clean(&root);
    assert!(root.build().out.starts_with("1 person; "));
    let page = root.read("site/people/marcus-k7m2q/index.html");
    assert!(page.contains("Marcus Thompson 01234567") && page.contains("PO Box 660400"), "{page}");
    assert!(!root.read("site/index.html").contains("Nobody is listed"));
}

#[test]
fn the_workflow_takes_nothing_that_can_be_moved_to_other_code() {
    let root = made();
    let text = root.read(".github/workflows/site.yml");
    let workflow: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    let jobs = workflow["jobs"].as_mapping().unwrap();
    let steps: Vec<&serde_yaml::Value> = jobs.values().flat_map(|job| job["steps"].as_sequence().unwrap()).collect();
    let used: Vec<&str> = steps.iter().filter_map(|step| step["uses"].as_str()).collect();
    let is_pinned = |name: &&str| name.split_once('@').is_some_and(|(_, commit)| commit.len() == 40);
    assert!(used.len() > 4 && used.iter().all(is_pinned), "{used:?}");
    for line in text.lines().filter_map(|line| line.split("run: inside-out ").nth(1)) {
        let words: Vec<&str> = line.split(' ').chain(["--help"]).collect();
        assert_eq!(root.run(&words).status, 0, "{line}");
    }
}

#[test]
fn each_answer_that_is_missing_or_will_not_do_is_one_clear_error() {
    for (missing, _) in FLAGS {
        let root = Root::empty();
        let flags: Vec<_> = FLAGS.into_iter().filter(|(flag, _)| *flag != missing).collect();
        let said = new(root.path(), &flags, &[]);
        assert_eq!(said.status, 2, "{}", said.out);
        assert!(
            said.err.starts_with(&format!("error: a new site needs {missing}\n  help: give each as a flag")),
            "{}",
            said.err
        );
        assert!(files(&root).is_empty(), "{missing}");
    }
    for (flag, value, expected) in [
        ("--url", "letters-home.org", "error: --url: `url` is not a web address: `letters-home.org`\n  help: "),
        ("--url", "https://letters.example", "error: --url: `https://letters.example` is the sample's"),
        ("--email", "hello", "error: --email: `hello` is not an e-mail address\n  help: "),
        ("--name", "a\u{202e}b", "error: --name: "),
        ("--time-zone", "Texas", "error: --time-zone: there is no time zone `Texas`"),
        (
            "--agencies",
            "texas-dco",
            "error: --agencies: no agency `texas-dco` is known\n  help: did you mean texas-doc?",
        ),
        ("--agencies", "texas", "error: --agencies: no agency `texas` is known\n  help: did you mean texas-doc?"),
        ("--agencies", "franklin-doc", "error: --agencies: no agency `franklin-doc` is known"),
    ] {
        let root = Root::empty();
        let flags: Vec<_> = FLAGS.iter().map(|(of, given)| (*of, if *of == flag { value } else { *given })).collect();
        let said = new(root.path(), &flags, &[]);
        assert_eq!((said.status, said.err.starts_with(expected)), (2, true), "{}", said.err);
        assert!(files(&root).is_empty(), "{flag} {value}");
    }
    let root = Root::empty();
    let said = new(root.path(), &FLAGS, &["--languages", "en,es"]);
    assert!(
        said.err.starts_with("error: --languages: the program has no words in `es`\n  help: it has: en."),
        "{}",
        said.err
    );
}

#[test]
fn a_folder_that_holds_something_is_left_alone_and_a_cloned_one_is_taken() {
    let root = Root::empty();
    root.write("letter.txt", "dear");
    let said = new(root.path(), &FLAGS, &[]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("is not empty: letter.txt is in it\n  help: name a folder"), "{}", said.err);
    assert_eq!(files(&root).len(), 1);

    let cloned = Root::empty();
    cloned.write(".git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(new(cloned.path(), &FLAGS, &["--git"]).status, 0);
    assert_eq!(cloned.read(".git/HEAD"), "ref: refs/heads/main\n");
    assert_clean(&cloned);

    let place = Root::empty();
    let folder = place.path().join("deep/mine/");
    assert_eq!(new(&folder, &FLAGS, &["--git"]).status, 0);
    assert!(folder.join(".git/HEAD").exists() && folder.join("content/site.yaml").exists());
    let beside: Vec<PathBuf> =
        std::fs::read_dir(place.path().join("deep")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(beside, [place.path().join("deep/mine")], "something was left beside it");
}
