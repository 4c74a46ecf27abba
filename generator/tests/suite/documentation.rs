//! `content/README.md` tells editors what each file holds; here it is held against the code.

use crate::site::{Root, repository};
use std::fs;

fn page() -> String {
    fs::read_to_string(repository().join("content/README.md")).unwrap()
}

/// The YAML examples of the page, each with the heading it stands under.
fn examples(page: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for section in page.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap();
        let blocks = section.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        found.extend(blocks.map(|block| (heading, block)));
    }
    found
}

/// `A profile: `profiles/ID.yaml`` with its id: `profiles/marcus-k7m2q.yaml`
fn place(heading: &str, id: &str) -> String {
    heading.split('`').nth(1).unwrap().replace("ID", id)
}

#[test]
fn every_whole_example_passes_check() {
    let root = Root::copy();
    fs::remove_file(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    let page = page();
    let mut written = 0;
    for (heading, example) in examples(&page) {
        if let Some(id) = example.strip_prefix("id: ").and_then(|rest| rest.lines().next()) {
            let file = place(heading, id);
            assert!(repository().join(&file).exists(), "{file} is an example of a file that is not there");
            root.write(&file, example);
            written += 1;
        }
    }
    assert_eq!(written, 4, "profile, agency, facility and service have an example");
    let said = root.check();
    assert_eq!(said.status, 0, "{}", said.out);
}

#[test]
fn every_line_of_a_piece_stands_in_its_file() {
    let page = page();
    for (heading, example) in examples(&page).into_iter().filter(|(_, example)| !example.starts_with("id: ")) {
        let file = fs::read_to_string(repository().join(place(heading, ""))).unwrap();
        for line in example.lines() {
            assert!(file.lines().any(|kept| kept == line), "{heading}: {line}");
        }
    }
}

#[test]
fn the_table_of_profile_keys_is_the_code_s() {
    let page = page();
    let section = page.split("\n## ").find(|section| section.starts_with("A profile")).unwrap();
    let example = examples(&page)[0].1;
    for row in section.lines().filter(|line| line.starts_with("| `")) {
        let key = row.split('`').nth(1).unwrap();
        let needed = row.split('|').nth(2).unwrap().trim() == "yes";
        let root = Root::copy();
        let without: String = lines_without(example, key);
        let other = if needed { without.clone() } else { format!("{without}{key}: [[]]\n") };
        root.write("profiles/marcus-k7m2q.yaml", other);
        let said = root.check().out;
        assert!(!said.contains("[unknown-key]"), "{key}: {said}");
        let missing = format!("the key `{key}` is missing");
        assert_eq!(said.contains(&missing), needed, "{key}: {said}");
    }
}

/// The example without a key and the indented lines below it.
fn lines_without(example: &str, key: &str) -> String {
    let mut dropping = false;
    let mut kept = String::new();
    for line in example.lines() {
        if !line.starts_with(' ') && !line.is_empty() {
            dropping = line.starts_with(&format!("{key}:"));
        }
        if !dropping {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}
