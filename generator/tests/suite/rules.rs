//! The rest of `check`'s rules, each broken once, with the exact words; and the promise that no rule goes without such a case.

use crate::site::{Root, repository};
use snapbox::{assert_data_eq, str};
use std::collections::BTreeSet;
use std::path::Path;

/// What `check` says of the repository's own site after one change.
fn after(file: &str, from: &str, to: &str) -> String {
    let root = Root::copy();
    root.replace(file, from, to);
    said(&root)
}

fn said(root: &Root) -> String {
    let said = root.check();
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    said.out
}

const MARCUS: &str = "profiles/marcus-k7m2q.yaml";
const FRANKLIN: &str = "content/agencies/franklin-doc.yaml";

#[test]
fn too_many_of_a_list_are_counted() {
    assert_data_eq!(
        after(MARCUS, "languages: [en]", "languages: []"),
        str![[r#"
profiles/marcus-k7m2q.yaml:8:12: `languages` must have 1 to 6 entries, and has 0 [wrong-count]
1 problem in 1 file.

"#]]
    );
}

#[test]
fn what_is_named_twice_is_rejected() {
    assert_data_eq!(
        after(MARCUS, "[radio, jazz, chess]", "[radio, jazz, radio]"),
        str![[r#"
profiles/marcus-k7m2q.yaml:9:26: `radio` is named twice [named-twice]
  help: keep one of them
1 problem in 1 file.

"#]]
    );
}

#[test]
fn two_questions_of_one_name_are_rejected() {
    assert_data_eq!(
        after("content/forms/report.yaml", "name: details", "name: about"),
        str![[r#"
content/forms/report.yaml:12:3: the form lacks the question `details`, which the program needs [missing-question]
content/forms/report.yaml:73:15: there are two questions `about` [named-twice]
2 problems in 1 file.

"#]]
    );
}

#[test]
fn a_condition_on_a_question_that_does_not_come_before_is_rejected() {
    assert_data_eq!(
        after("content/forms/register.yaml", "{question: facility, is: other}", "{question: facilty, is: other}"),
        str![[r#"
content/forms/register.yaml:38:31: no question `facilty` comes before this one [unknown-question]
  help: did you mean `facility`?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_crawlers_name_that_is_none_is_rejected() {
    assert_data_eq!(
        after("content/crawlers.yaml", "  CCBot:", "  \"C C/Bot\":"),
        str![[r#"
content/crawlers.yaml:8:3: `C C/Bot` cannot be a crawler's name [bad-crawler]
  help: write the name that it gives itself in robots.txt, like GPTBot
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_request_for_money_is_rejected() {
    assert_data_eq!(
        after(MARCUS, "  If you write, tell me", "  Please send me some money. Tell me"),
        str![[r#"
profiles/marcus-k7m2q.yaml:19:3: an introduction cannot hold a request for money: `Please send me some money` [money-request]
  help: take it out: the page shows one safe way to write
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_second_document_is_rejected() {
    assert_data_eq!(
        after(MARCUS, "status: listed", "status: listed\n---\nstatus: paused"),
        str![[r#"
profiles/marcus-k7m2q.yaml:34:1: the file holds a second document after `---` [second-document]
  help: keep one document in a file
1 problem in 1 file.

"#]]
    );
}

#[test]
fn one_line_stays_one_line() {
    assert_data_eq!(
        after(MARCUS, "shown_name: Marcus T.", "shown_name: \"Marcus\\nT.\""),
        str![[r#"
profiles/marcus-k7m2q.yaml:2:13: `shown_name` must be one line [not-one-line]
1 problem in 1 file.

"#]]
    );
}

#[test]
fn an_address_without_its_beginning_is_rejected() {
    assert_data_eq!(
        after(FRANKLIN, "locator: https://", "locator: "),
        str![[r#"
content/agencies/franklin-doc.yaml:8:10: `locator` is not a web address: `doc.franklin.example/find` [not-an-address]
  help: write it whole, beginning with https://
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_question_with_nothing_to_choose_from_is_rejected() {
    let root = Root::copy();
    root.replace(
        "content/forms/report.yaml",
        "name: seen_on\n        kind: past_date",
        "name: seen_on\n        kind: choice",
    );
    assert_data_eq!(
        said(&root),
        str![[r#"
content/forms/report.yaml:79:15: this kind of question needs options [no-options]
  help: give it `options`, or `options_from`
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_page_without_front_matter_is_rejected() {
    assert_data_eq!(
        after("content/en/pages/about.md", "---\ntitle", "title"),
        str![[r#"
content/en/pages/about.md:1:1: the page has no front matter [no-front-matter]
  help: begin the file with `---`, `title: …`, `summary: …`, `---`
content/en/pages/contact.md:7:177: there is no page `/about/` [dead-link]
content/en/pages/order.md:89:76: there is no page `/about/` [dead-link]
3 problems in 3 files.

"#]]
    );
}

#[test]
fn html_and_pictures_in_a_page_are_rejected() {
    let root = Root::copy();
    root.replace("content/en/pages/about.md", "## Who we are", "<b>We</b>\n\n![us](/us.jpg)\n\n## Who we are");
    assert_data_eq!(
        said(&root),
        str![[r#"
content/en/pages/about.md:17:1: a page cannot hold `<b>` [page-markup]
  help: headings begin at ##; no HTML, no pictures
content/en/pages/about.md:17:6: a page cannot hold `</b>` [page-markup]
  help: headings begin at ##; no HTML, no pictures
content/en/pages/about.md:19:1: a page cannot hold `![us](/us.jpg)` [page-markup]
  help: headings begin at ##; no HTML, no pictures
3 problems in 1 file.

"#]]
    );
}

#[test]
fn an_envelope_without_a_number_is_rejected() {
    assert_data_eq!(
        after(FRANKLIN, "\"{mail_name} {number}\"", "\"{mail_name}\""),
        str![[r#"
content/agencies/franklin-doc.yaml:17:7: an envelope needs the person's name and number [incomplete-lines]
  help: write {mail_name} or {last_first}, and {number}, where the agency wants them
1 problem in 1 file.

"#]]
    );
}

#[test]
fn an_example_that_does_not_match_is_rejected() {
    assert_data_eq!(
        after(FRANKLIN, "example: \"0123456\"", "example: \"12\""),
        str![[r#"
content/agencies/franklin-doc.yaml:7:12: the example `12` does not match the pattern `[0-9]{7}` [example-does-not-match]
  help: write a number that the agency could have given, or mend the pattern
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_line_that_is_too_long_for_an_envelope_is_rejected() {
    let root = Root::copy();
    root.replace("content/facilities/river-bend.yaml", "1200 Mill Road", &"Mill Road ".repeat(9));
    assert_data_eq!(
        said(&root),
        str![[r#"
content/facilities/river-bend.yaml:6:5: a line of `address` must have 1 to 80 characters on one line: `Mill Road Mill Road Mill Road Mill Road Mill Road Mill Road …` [bad-line]
  help: shorten it, or part it in two lines
1 problem in 1 file.

"#]]
    );
}

#[test]
fn an_empty_vocabulary_is_rejected() {
    let root = Root::copy();
    root.write("content/vocabularies/looking-for.yaml", "{}\n");
    assert_data_eq!(
        said(&root),
        str![[r#"
content/vocabularies/looking-for.yaml:1:1: this file names no words [empty-vocabulary]
  help: write one line per word: its id, and its name in each language
1 problem in 1 file.

"#]]
    );
}

#[test]
fn missing_files_are_named() {
    let root = Root::copy();
    std::fs::remove_file(root.path().join("content/vocabularies/languages.yaml")).unwrap();
    assert_data_eq!(
        said(&root),
        str![[r#"
content/vocabularies/languages.yaml:1:1: the file is missing [missing-file]
1 problem in 1 file.

"#]]
    );
    let root = Root::copy();
    std::fs::remove_file(root.path().join("templates/assets/site.js")).unwrap();
    assert_data_eq!(
        said(&root),
        str![[r#"
templates/assets/site.js:1:1: the file is missing [missing-file]
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_page_missing_in_a_language_is_named() {
    let root = Root::copy();
    root.write("content/es/pages/nada.md", "---\ntitle: Nada\nsummary: Nada de nada.\n---\n\nNada.\n");
    let text = said_with_spanish(&root);
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("[missing-page]")).take(2).collect();
    assert_data_eq!(
        lines.join("\n"),
        str![[r#"
content/en/pages/nada.md:1:1: the page `nada` is missing in `en` [missing-page]
content/es/pages/about.md:1:1: the page `about` is missing in `es` [missing-page]
"#]]
    );
}

/// The site in Spanish too, of which only what the root holds is there.
fn said_with_spanish(root: &Root) -> String {
    root.replace("content/site.yaml", "languages: [en]", "languages: [en, es]");
    said(root)
}

#[test]
fn a_link_in_a_template_that_leads_nowhere_is_found() {
    assert_data_eq!(
        after("templates/html/home.html", "{{ page.prefix }}/questions/", "{{ page.prefix }}/answers/"),
        str![[r#"
templates/html/home.html:43:1: the page `/` has a link to `/answers/`, which does not exist [dead-link]
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_template_that_asks_for_what_no_page_gives_is_placed() {
    assert_data_eq!(
        after("templates/html/person.html", "{{ age }}", "{{ agee }}"),
        str![[r#"
templates/html/person.html:10:44: Variable `agee` is not defined [bad-template]
  help: did you mean `age`?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_template_of_the_function_that_fails_is_placed() {
    assert_data_eq!(
        after("templates/html/sent.html", "{{ pair.reference }}", "{{ piar.reference }}"),
        str![[r#"
templates/html/sent.html:7:93: Variable `piar` is not defined [bad-template]
  help: did you mean `pair`?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_string_that_names_what_the_page_does_not_give_is_placed() {
    assert_data_eq!(
        after("content/en/people.ftl", "Write to { $name }\nperson-desc", "Write to { $nane }\nperson-desc"),
        str![[r#"
content/en/people.ftl:26:1: the string `person-title` cannot be set: Resolver error: Unknown variable: $nane [bad-string]
  help: it can name only what the page gives it; see the other strings of this file
1 problem in 1 file.

"#]]
    );
}

#[test]
fn what_cannot_be_seen_in_a_string_or_template_is_found() {
    assert_data_eq!(
        after("content/en/site.ftl", "Skip to", "Skip\u{202E} to"),
        str![[r#"
content/en/site.ftl:2:12: a character that cannot be seen stands here: U+202E [unwanted-character]
  help: delete it
1 problem in 1 file.

"#]]
    );
}

/// Rules that no file can break by itself: each is held by the test that is named here.
const ELSEWHERE: &[&str] = &[
    // A registration that cannot become a profile: `commands::`, `loop.test.mjs`.
    "listing-banned",
    // The same, where consent has ended or the release year is over.
    "never-shown",
    // The preview's own, where a build cannot be made at all: `preview.test.mjs`.
    "could-not-build",
];

#[test]
fn every_rule_has_a_case_that_breaks_it() {
    let mut sources = String::new();
    for part in ["crates", "templates/src", "generator/src"] {
        read(&repository().join(part), &mut sources);
    }
    let mut cases = String::new();
    read(&repository().join("generator/tests/suite"), &mut cases);
    let made = [
        r#"Problem::new\([^;"]*"([a-z]+(?:-[a-z0-9]+)+)""#,
        r#"Finding::whole\([^;]*?"([a-z]+(?:-[a-z0-9]+)+)""#,
        r#"\.wrong\(\s*(?:"[a-z_]+"|[a-z_]+),\s*"([a-z]+(?:-[a-z0-9]+)+)""#,
        r#"rule: "([a-z]+(?:-[a-z0-9]+)+)""#,
    ];
    let rules: BTreeSet<&str> = made
        .iter()
        .flat_map(|pattern| {
            let pattern = regex::Regex::new(pattern).unwrap();
            pattern.captures_iter(&sources).filter_map(|found| Some(found.get(1)?.as_str())).collect::<Vec<_>>()
        })
        .collect();
    assert!(rules.len() > 40, "the rules are not found in the sources: {rules:?}");
    let uncovered: Vec<&&str> =
        rules.iter().filter(|rule| !ELSEWHERE.contains(rule) && !cases.contains(&format!("[{rule}]"))).collect();
    assert!(uncovered.is_empty(), "no case breaks {uncovered:?}");
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
