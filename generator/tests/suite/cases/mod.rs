//! `tests/check/`: each rule of `check` is a page, which editors read as their manual and this runs as a test. `BLESS=1` in the
//! environment writes what `check` says now into the pages, and their list into README.md; the diff is then read by a person.

mod page;
mod stage;

use crate::site::{Root, repository};
use page::{Case, Page, Step};
use stage::Stage;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

fn folder() -> PathBuf {
    repository().join("tests/check")
}

/// Every page but the list of them, in order.
fn pages() -> Vec<Page> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| !path.ends_with("README.md"));
    paths.iter().map(|path| page::read(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))).collect()
}

fn is_blessed() -> bool {
    std::env::var_os("BLESS").is_some()
}

#[test]
fn check_says_what_each_page_says_and_the_mended_file_is_clean() {
    let pages = pages();
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                let mut stage = Stage::new();
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = run(&mut stage, page);
                    failures.lock().unwrap().extend(found);
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}\nBLESS=1 writes what `check` says now into the pages", failures.join("\n"));
}

/// Runs the cases of a page; what is wrong with them.
fn run(stage: &mut Stage, page: &Page) -> Vec<String> {
    let (mut failures, mut blessed) = (Vec::new(), page.text.clone());
    // From the last to the first, so that the places of the others stay.
    for case in page.cases.iter().rev() {
        let place = format!("tests/check/{}.md:{}", page.rule, case.line);
        match play(stage, case, &page.rule) {
            Err(why) => failures.push(format!("{place}: {why}")),
            Ok(said) if said == case.says => {}
            Ok(said) if is_blessed() => blessed.replace_range(case.place.clone(), &said),
            Ok(said) => failures.push(format!("{place}: `check` says\n{said}")),
        }
        stage.restore();
    }
    if blessed != page.text {
        std::fs::write(folder().join(format!("{}.md", page.rule)), blessed).unwrap();
    }
    failures
}

/// Breaks, asks, mends. What `check` said.
fn play(stage: &mut Stage, case: &Case, rule: &str) -> Result<String, String> {
    if !case.slips.is_empty() {
        return slips(stage, case, rule);
    }
    case.breaking.iter().try_for_each(|step| stage.break_by(step))?;
    let said = if case.is_part { part(stage, rule) } else { ask(stage, rule)?.0 };
    case.mending.iter().try_for_each(|step| stage.mend_by(step))?;
    // What is the repository's own again is clean, as the first of all tests says.
    if case.mending.is_empty() || !stage.is_whole() && !stage.check().0.is_empty() {
        return Err(format!("the mended site is not clean:\n{}", stage.check().1));
    }
    Ok(said)
}

fn slips(stage: &mut Stage, case: &Case, rule: &str) -> Result<String, String> {
    let mut all = String::new();
    for (file, right, wrong) in &case.slips {
        stage.swap(file, right, wrong)?;
        let (said, count) = ask(stage, rule).map_err(|why| format!("{wrong:?}: {why}"))?;
        // The count would stand between them all.
        all.extend(said.lines().take(count).map(|line| format!("{line}\n")));
        stage.restore();
    }
    Ok(all)
}

/// What `check` says of a broken site, and on how many lines before the count: one cause is one rule's.
fn ask(stage: &Stage, rule: &str) -> Result<(String, usize), String> {
    let (findings, said) = stage.check();
    let others: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).filter(|other| *other != rule).collect();
    if findings.is_empty() || !others.is_empty() {
        return Err(format!("the rule is not the only one that is broken, but {others:?}:\n{said}"));
    }
    let lines = said.lines().count() - 1;
    Ok((said, lines))
}

/// What is said of one rule, where others are broken with it.
fn part(stage: &Stage, rule: &str) -> String {
    stage.check().0.iter().filter(|finding| finding.rule == rule).map(|finding| format!("{finding}\n")).collect()
}

#[test]
fn the_command_says_what_the_pages_say() {
    assert_eq!(Root::copy().check().status, 0, "the repository's own site is clean");
    let page = page::read(&folder().join("unknown-key.md")).unwrap();
    let Some(Case { says, breaking, .. }) = page.cases.first() else { panic!("the page has a case") };
    let root = Root::copy();
    for step in breaking {
        let Step::Piece { file, wrong, right } = step else { panic!("the first case changes lines") };
        root.replace(file, right, wrong);
    }
    let said = root.check();
    assert_eq!((said.status, &said.out), (1, says));
}

#[test]
fn the_list_of_pages_is_whole() {
    let path = folder().join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, _) = text.split_once("| rule |").expect("README.md has a table of rules");
    let mut listed = format!("{before}| rule | what it is about |\n|---|---|\n");
    for page in pages() {
        listed.push_str(&format!("| [{0}]({0}.md) | {1} |\n", page.rule, page.why));
    }
    if is_blessed() && listed != text {
        std::fs::write(path, &listed).unwrap();
    }
    assert!(
        is_blessed() || listed == text,
        "tests/check/README.md lists other pages than there are: BLESS=1 writes it"
    );
}

/// Rules that no file can break by itself: each is held by the test that is named here.
const ELSEWHERE: &[&str] = &[
    // A registration that cannot become a profile: `commands::`, `loop.test.mjs`.
    "listing-banned",
    // The same, where the editor has not given their word: `promotion::`.
    "rule-not-read",
    "permission-not-seen",
    // The same, where consent has ended or the release year is over.
    "never-shown",
    "no-envelope",
    // The preview's own, where a build cannot be made at all: `preview.test.mjs`.
    "could-not-build",
];

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let mut sources = String::new();
    for part in ["crates/schema/src", "crates/review/src", "crates/site/src", "templates/src", "generator/src"] {
        read(&repository().join(part), &mut sources);
    }
    let rule = r#""([a-z]+(?:-[a-z0-9]+)+)""#;
    let made = [
        format!(r"Problem::new\([^;]*?\s{rule},"),
        format!(r#"Problem::new\([^;"]*{rule}"#),
        format!(r"Finding::whole\([^;]*?{rule}"),
        format!(r#"\.wrong\(\s*(?:"[a-z_]+"|[a-z_]+),\s*{rule}"#),
        format!(r"rule: {rule}"),
        format!(r"rule = {rule}"),
        format!(r"refuse\({rule}"),
        r#"=> "(unknown-[a-z-]+)","#.to_owned(),
        format!(r"\(\s*{rule},\s*format!"),
    ];
    let mut rules: BTreeSet<&str> = BTreeSet::new();
    for pattern in &made {
        let pattern = regex::Regex::new(pattern).unwrap();
        rules.extend(pattern.captures_iter(&sources).filter_map(|found| Some(found.get(1)?.as_str())));
    }
    let pages = pages();
    let paged: BTreeSet<&str> = pages.iter().map(|page| page.rule.as_str()).collect();
    let bare: Vec<&&str> = rules.iter().filter(|rule| !ELSEWHERE.contains(rule) && !paged.contains(**rule)).collect();
    assert!(bare.is_empty(), "no page tells of {bare:?}");
    let gone: Vec<&&str> = paged.iter().filter(|rule| !sources.contains(&format!("\"{rule}\""))).collect();
    assert!(gone.is_empty(), "no rule is named {gone:?}");
}

#[test]
fn every_declared_string_is_asked_for_by_code() {
    let table = std::fs::read_to_string(repository().join("templates/src/texts.rs")).unwrap();
    let mut sources = String::new();
    for part in ["crates/site/src", "crates/notices/src", "templates/src", "submit-fn/src"] {
        read(&repository().join(part), &mut sources);
    }
    let declared = regex::Regex::new(r#"\b([A-Z0-9_]+) = ""#).unwrap();
    let word = regex::Regex::new(r"\btexts::([A-Z0-9_]+)").unwrap();
    let used: BTreeSet<&str> = word.captures_iter(&sources).map(|found| found.get(1).unwrap().as_str()).collect();
    let declared: BTreeSet<&str> = declared.captures_iter(&table).map(|found| found.get(1).unwrap().as_str()).collect();
    assert!(declared.len() > 100 && declared.is_subset(&used), "{:?}", declared.difference(&used));
}

fn read(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}
