//! Who holds a promise: a test that is there, and that a run of all tests runs. What only helps a test, or stands in a comment, holds
//! nothing.

use regex::Regex;
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// A test by its file and its name, or a page of `tests/check`, which is one.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) enum Keeper {
    Rust {
        file: String,
        name: String,
    },
    Python {
        file: String,
        name: String,
    },
    /// `name` is the title, or how it begins where a title is made for several tests.
    Node {
        file: String,
        name: String,
    },
    Page {
        file: String,
    },
}

impl TryFrom<String> for Keeper {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        let unknown = format!("`{words}` names no test: write `file::name`, or a page of tests/check");
        let Some((file, name)) = words.split_once("::") else {
            let is_page = words.starts_with("tests/check/") && words.ends_with(".md");
            return if is_page { Ok(Keeper::Page { file: words }) } else { Err(unknown) };
        };
        let (file, name) = (file.to_owned(), name.to_owned());
        match Path::new(&file).extension().and_then(|ending| ending.to_str()) {
            Some("rs") => Ok(Keeper::Rust { file, name }),
            Some("py") => Ok(Keeper::Python { file, name }),
            Some("mjs") => Ok(Keeper::Node { file, name }),
            _ => Err(unknown),
        }
    }
}

impl Keeper {
    /// Why it holds nothing; none where it does.
    pub(super) fn fault(&self, root: &Path) -> Option<String> {
        let (Keeper::Rust { file, .. }
        | Keeper::Python { file, .. }
        | Keeper::Node { file, .. }
        | Keeper::Page { file }) = self;
        let Ok(text) = fs::read_to_string(root.join(file)) else { return Some(format!("there is no {file}")) };
        match self {
            Keeper::Page { .. } => None,
            Keeper::Rust { name, .. } => rust(root, file, name, &text),
            Keeper::Python { name, .. } if !is_unit_test(name, &text) => Some(format!("{file} has no test `{name}`")),
            Keeper::Node { name, .. } if !text.lines().any(|line| opens(line, name)) => {
                Some(format!("{file} has no `test(\"{name}\"`"))
            }
            Keeper::Python { .. } | Keeper::Node { .. } => {
                (!is_run(root, file)).then(|| format!("no tests/*/run runs {file}"))
            }
        }
    }
}

/// Whether a line of node calls a test: by a whole title in quotes, or by the first words of one that is made.
fn opens(line: &str, name: &str) -> bool {
    let line = line.trim_start();
    let call = line.strip_prefix("await ").unwrap_or(line).strip_prefix("test(");
    call.is_some_and(|title| title.starts_with(&format!("\"{name}\"")) || title.starts_with(&format!("`{name}")))
}

/// Whether Python's own runner finds a method: one of a case, whose name says that it is a test.
fn is_unit_test(name: &str, text: &str) -> bool {
    let method = format!("    def {name}(self):");
    let above = || text.lines().take_while(|line| *line != method);
    let class = above().filter(|line| line.starts_with("class ")).last();
    name.starts_with("test_")
        && text.lines().any(|line| line == method)
        && class.is_some_and(|class| class.ends_with("(unittest.TestCase):"))
}

fn rust(root: &Path, file: &str, name: &str, text: &str) -> Option<String> {
    let declared = Regex::new(&format!(r"^(?:pub(?:\([a-z]+\))? )?(?:async )?fn {}\b", regex::escape(name))).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let Some(at) = lines.iter().position(|line| declared.is_match(line)) else {
        return Some(format!("{file} has no `fn {name}`"));
    };
    let above = || lines[..at].iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
    let is_test = above().any(|line| *line == "#[test]" || line.starts_with("#[tokio::test"));
    if !is_test && !is_row(name, text) {
        return Some(format!("`fn {name}` of {file} is no test"));
    }
    let is_ignored = above().any(|line| line.starts_with("#[ignore"));
    (is_ignored && !is_run_although_ignored(root, file, name))
        .then(|| format!("`fn {name}` of {file} is ignored, and no tests/*/run runs it"))
}

/// Whether a file's own table names it: one test runs every row of every table.
fn is_row(name: &str, text: &str) -> bool {
    let table = text.split_once("fn rows() -> Vec<Row> {\n").and_then(|(_, rest)| rest.split_once("\n}\n"));
    let named = Regex::new(&format!(r"\b{}\b", regex::escape(name))).unwrap();
    table.is_some_and(|(rows, _)| rows.lines().any(|line| !line.trim_start().starts_with("//") && named.is_match(line)))
}

/// The scripts that a run of all tests runs, with the folder of each.
fn runs(root: &Path) -> Vec<(String, String)> {
    let folders = fs::read_dir(root.join("tests")).unwrap().map(|entry| entry.unwrap().path());
    let read = |folder: std::path::PathBuf| {
        let script = fs::read_to_string(folder.join("run")).ok()?;
        Some((folder.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), script))
    };
    folders.filter_map(read).collect()
}

/// Whether a script names a file, by itself or as a word of a loop, or has node run all of its folder.
fn is_run(root: &Path, file: &str) -> bool {
    let whole = |folder: &str, script: &str| {
        let is_whole = |line: &str| line.ends_with(" .") || line.contains("*.test.mjs");
        let runs_all = script.lines().any(|line| line.starts_with("node --test ") && is_whole(line));
        runs_all && file.starts_with(&format!("{folder}/")) && file.ends_with(".test.mjs")
    };
    runs(root).iter().any(|(folder, script)| script.contains(file) || whole(folder, script) || in_turn(script, file))
}

/// Whether `for file in a b; do` stands above `folder/$file.py`.
fn in_turn(script: &str, file: &str) -> bool {
    static LOOP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^ *for (\w+) in (.+); do$").unwrap());
    let stem = Path::new(file).file_stem().unwrap().to_str().unwrap();
    let names = |variable: &str| script.contains(&file.replace(&format!("/{stem}."), &format!("/${variable}.")));
    LOOP.captures_iter(script).any(|each| each[2].split(' ').any(|word| word == stem) && names(&each[1]))
}

/// Whether a script asks for ignored tests by a word that fits this one, as cargo does: a part of `module::name`.
fn is_run_although_ignored(root: &Path, file: &str, name: &str) -> bool {
    let path = format!("{}::{name}", Path::new(file).file_stem().unwrap().to_str().unwrap());
    let asks = |line: &str| {
        let words = line.split_once(" --ignored ").map(|(_, words)| words.trim_end_matches(')'));
        words.is_some_and(|words| words.split_whitespace().any(|word| path.contains(word)))
    };
    runs(root).iter().any(|(_, script)| script.lines().any(asks))
}
