//! `content/README.md` tells editors what each file holds; here it is held against the code.

use crate::site::{Root, repository};
use schema::form::Form;
use schema::person::profile::Profile;
use schema::place::agency::Agency;
use schema::place::changed::Changed;
use schema::place::facility::Facility;
use schema::place::service::Service;
use schema::record::fields::{Field, Record, reference};
use schema::site::crawlers::Crawlers;
use schema::site::front_matter::FrontMatter;
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
            assert!(fixture::source(&file).exists(), "{file} is an example of a file that is not there");
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
        let file = fs::read_to_string(fixture::source(place(heading, ""))).unwrap();
        for line in example.lines() {
            assert!(file.lines().any(|kept| kept == line), "{heading}: {line}");
        }
    }
}

/// The sections with a table of keys, and the records they tell of.
const TABLES: [(&str, &[Field]); 8] = [
    ("A profile", Profile::FIELDS),
    ("An agency", Agency::FIELDS),
    ("A facility", Facility::FIELDS),
    ("A messaging service", Service::FIELDS),
    ("A form", Form::FIELDS),
    ("Crawlers", Crawlers::FIELDS),
    ("Changed pages", Changed::FIELDS),
    ("A page", FrontMatter::FIELDS),
];

/// The page with its tables as the code has them.
fn told(page: &str) -> String {
    let (mut fields, mut in_table) = (None, false);
    let mut lines = Vec::new();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            fields = TABLES.iter().find(|(known, _)| heading.starts_with(known)).map(|(_, fields)| *fields);
        }
        let is_row = line.starts_with('|');
        if !in_table || !is_row {
            lines.push(line.to_owned());
        }
        in_table = is_row && fields.is_some();
        if line.starts_with("| key ") {
            lines.push("|---|---|---|---|".to_owned());
            lines.extend(reference(fields.unwrap(), ""));
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_tables_of_keys_are_the_codes() {
    let (page, told) = (page(), told(&page()));
    assert_eq!(page.matches("\n| key ").count(), TABLES.len(), "each table of keys is one of the code's");
    if std::env::var_os("BLESS").is_some() {
        fs::write(repository().join("content/README.md"), &told).unwrap();
    } else {
        assert!(page == told, "BLESS=1 writes the tables as the code has them");
    }
}

#[test]
fn a_key_is_needed_where_the_table_says_so() {
    let page = page();
    let example = examples(&page)[0].1;
    for Field { key, is_needed, .. } in Profile::FIELDS {
        let root = Root::copy();
        let without: String = lines_without(example, key);
        let other = if *is_needed { without.clone() } else { format!("{without}{key}: [[]]\n") };
        root.write("profiles/marcus-k7m2q.yaml", other);
        let said = root.check().out;
        assert!(!said.contains("[unknown-key]"), "{key}: {said}");
        let missing = format!("the key `{key}` is missing");
        assert_eq!(said.contains(&missing), *is_needed, "{key}: {said}");
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
