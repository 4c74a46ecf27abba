//! One mouth: who else prints, how a problem is drawn, and what pull requests are told.

use crate::site::{DAY, Root, repository};
use serde_json::Value;
use snapbox::{assert_data_eq, str};

#[test]
fn nobody_but_the_terminal_writes_to_standard_output_or_error() {
    let source = repository().join("generator/src");
    let mut others = Vec::new();
    for entry in walkdir::WalkDir::new(&source) {
        let path = entry.unwrap().into_path();
        let inner = path.strip_prefix(&source).unwrap();
        if path.extension().is_none_or(|ending| ending != "rs") || inner.starts_with("terminal") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let words = ["stdout()", "stderr()", "print!(", "println!(", "dbg!("];
        others.extend(
            words.iter().filter(|word| text.contains(**word)).map(|word| format!("{}: {word}", inner.display())),
        );
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn no_error_carries_its_help_inside() {
    let mut inside = Vec::new();
    for folder in ["crates", "generator/src", "submit-fn/src", "templates/src"] {
        for entry in walkdir::WalkDir::new(repository().join(folder)) {
            let path = entry.unwrap().into_path();
            let name = path.strip_prefix(repository()).unwrap().display().to_string();
            // These two are where a help is put on its line.
            let puts =
                ["crates/schema/src/yaml/finding.rs", "generator/src/terminal/mouth.rs"].contains(&name.as_str());
            if name.ends_with(".rs") && !puts && std::fs::read_to_string(&path).unwrap().contains("\\n  help") {
                inside.push(name);
            }
        }
    }
    assert!(inside.is_empty(), "{}", inside.join("\n"));
}

/// A root with problems in a file of lines that can be seen, in one that cannot, and in a picture.
fn broken() -> Root {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "pronouns: he/him", "pronouns: he\u{202e}him");
    root.replace("content/site.yaml", "email: hello@insideoutconnects.example", "email: hello");
    let picture = std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    root.write("profiles/photos/nobody-k7m2q.jpg", picture);
    root
}

#[test]
fn a_problem_shows_its_line_and_a_caret() {
    let said = broken().run(&["check", "--date", DAY, "--format", "full"]);
    assert_eq!(said.status, 1);
    assert_data_eq!(
        said.out,
        str![[r#"
content/site.yaml:10:10: `hello` is not an e-mail address [bad-email]
   |
10 |   email: hello
   |          ^
  help: write it like hello@example.org
profiles/marcus-k7m2q.yaml:7:13: the unseen character `U+202E` is not allowed [unwanted-character]
  |
7 | pronouns: he�him
  |             ^
  help: delete it, or type the words again
profiles/photos/nobody-k7m2q.jpg:1:1: no profile names this photo [photo-without-profile]
  help: name it like its profile, or delete the file
3 problems in 3 files.

"#]]
    );
}

#[test]
fn what_a_program_reads_is_the_same_line_and_help_in_both_formats() {
    let root = broken();
    let [usual, text, full] = [vec![], vec!["--format", "text"], vec!["--format", "full"]]
        .map(|more| root.run(&[&["check", "--date", DAY], more.as_slice()].concat()).out);
    assert_eq!(usual, text, "a pipe gets the plain text");
    let kept: Vec<&str> = full.lines().filter(|line| text.lines().any(|other| other == *line)).collect();
    assert_eq!(kept, text.lines().collect::<Vec<_>>());
}

#[test]
fn a_pull_request_is_told_of_each_problem_in_one_line() {
    let said = broken().run(&["check", "--date", DAY, "--format", "github"]);
    assert_eq!(said.status, 1);
    assert_data_eq!(
        said.out,
        str![[r#"
::error file=content/site.yaml,line=10,col=10,title=bad-email::`hello` is not an e-mail address%0Awrite it like hello@example.org
::error file=profiles/marcus-k7m2q.yaml,line=7,col=13,title=unwanted-character::the unseen character `U+202E` is not allowed%0Adelete it, or type the words again
::error file=profiles/photos/nobody-k7m2q.jpg,line=1,col=1,title=photo-without-profile::no profile names this photo%0Aname it like its profile, or delete the file
3 problems in 3 files.

"#]]
    );
}

#[test]
fn json_is_the_same_by_both_names() {
    let root = broken();
    let [old, new] = [vec!["--json"], vec!["--format", "json"]]
        .map(|more| root.run(&[&["check", "--date", DAY], more.as_slice()].concat()));
    assert_eq!((old.status, old.out.as_str()), (1, new.out.as_str()));
    assert!(!new.out.contains('\u{202e}'));
    let report: Value = serde_json::from_str(&new.out).unwrap();
    assert_eq!(report["problems"][0]["file"], "content/site.yaml");
    assert_eq!(root.run(&["check", "--json", "--format", "text"]).status, 2);
}

/// A value inside another, by its path; null where there is none.
fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    value.pointer(path).unwrap_or(&Value::Null)
}

fn all<'v>(value: &'v Value, path: &str) -> &'v [Value] {
    at(value, path).as_array().unwrap()
}

/// What the standard asks of a log, as far as code scanning relies on it.
fn assert_is_sarif(log: &Value) {
    assert_eq!(at(log, "/version"), "2.1.0");
    assert!(at(log, "/$schema").as_str().unwrap().ends_with("sarif-2.1.0.json"));
    for run in all(log, "/runs") {
        assert!(["name", "version"].iter().all(|key| at(run, &format!("/tool/driver/{key}")).is_string()), "{run}");
        let rules = all(run, "/tool/driver/rules");
        for rule in rules {
            assert!(at(rule, "/id").is_string() && at(rule, "/shortDescription/text").is_string(), "{rule}");
            assert!(at(rule, "/help").is_null() || at(rule, "/help/text").is_string(), "{rule}");
        }
        all(run, "/results").iter().for_each(|result| assert_is_result(result, rules));
    }
}

fn assert_is_result(result: &Value, rules: &[Value]) {
    let index = usize::try_from(at(result, "/ruleIndex").as_u64().unwrap()).unwrap();
    assert_eq!(at(rules.get(index).unwrap(), "/id"), at(result, "/ruleId"));
    assert!(at(result, "/message/text").is_string() && at(result, "/level") == "error", "{result}");
    let place = at(result, "/locations/0/physicalLocation");
    let address = at(place, "/artifactLocation/uri").as_str().unwrap();
    assert!(address.is_ascii() && !address.starts_with('/') && !address.contains([' ', '\\', ':']), "{address}");
    let counts = ["startLine", "startColumn"].map(|key| at(place, &format!("/region/{key}")).as_u64());
    assert!(counts.iter().all(|count| *count >= Some(1)), "{place}");
}

#[test]
fn code_scanning_gets_a_log_of_its_own_shape() {
    let root = broken();
    root.write("profiles/ana é.yml", "");
    let said = root.run(&["check", "--date", DAY, "--format", "sarif"]);
    assert_eq!(said.status, 1);
    let log: Value = serde_json::from_str(&said.out).unwrap();
    assert_is_sarif(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let of = |file: &str| {
        let named = |result: &&Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == file;
        results.iter().find(named).unwrap_or_else(|| panic!("{file} is not named in {log:#}"))
    };
    assert_eq!(of("profiles/ana%20%C3%A9.yml")["ruleId"], "stray-file");
    let site = of("content/site.yaml");
    assert_eq!(site["message"]["text"], "`hello` is not an e-mail address\nwrite it like hello@example.org");
    assert_eq!(site["locations"][0]["physicalLocation"]["region"]["startLine"], 10);

    let clean = Root::copy().run(&["check", "--date", DAY, "--format", "sarif"]);
    assert_eq!(clean.status, 0);
    let log: Value = serde_json::from_str(&clean.out).unwrap();
    assert_is_sarif(&log);
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn what_this_machine_makes_is_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let root = Root::copy();
    assert_eq!(root.build().status, 0);
    let mode = std::fs::metadata(root.path().join("var")).unwrap().permissions().mode();
    assert_eq!((mode & 0o777, root.read("var/.gitignore").as_str()), (0o700, "*\n"));
}
