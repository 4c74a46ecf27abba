//! `content/promises.yaml`, the register of what the site promises: each of its sentences stands in its file, word for word, each
//! promise has something that holds it, and no sentence that speaks like a promise is forgotten.

mod keeper;
mod sentence;

use crate::site::{Root, repository};
use keeper::Keeper;
use regex::{Regex, RegexBuilder};
use sentence::{Sentence, languages, sentences};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

const REGISTER: &str = "content/promises.yaml";

/// Signs of a promise, in English: who acts, what is so without exception, and for how long. Other languages are held by their
/// sentences in the same entries.
const SIGNS: &str = r"\b(?:we|editors?|volunteers?|never|always|nobody|no one|nothing|every decision|free|costs nothing|says so
    |lasts|until|within (?:a|an|one) (?:day|hour|week)|within minutes
    |(?:one|\d+|thirty|ninety|\{ \$days \}) (?:days?|weeks?|months?|year)
    |stays? (?:on|in|off|as|the same|until)|no (?:cookies?|tracking|fee|accounts?|ads|offenses)
    |(?:be|is|are|was|were) (?:\w+ )?(?:deleted|hidden|removed|recorded|gone|erased|published|taken down))\b";

/// Words that hold a sign and promise nothing: what we think or cannot do, where something is to be read, and advice to readers.
const SOFT: &str = r"\b(?:we (?:do not |also |still )?(?:know|knew|think|hope|want|cannot|could not|are|miss|may need
    |vouch|would rather)
    |we have \w+ (?:reasons|forms)|(?:how|what|why|who|where) we|how to be|than we|write to us|are volunteers|you did nothing
    |nobody can (?:check|promise)|free to|freely|may never|almost never)\b|^never\b|^how long\b.*";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Register {
    promises: Vec<Promise>,
    no_promise: Vec<NoPromise>,
    /// As it is written, for the lines.
    #[serde(skip)]
    text: String,
}

/// One promise, however often it is made.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Promise {
    id: String,
    /// Its sentences, by the file in which they stand.
    stands: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    kept_by: Vec<Keeper>,
    /// Who keeps what no program can hold, and how it would be noticed.
    kept_by_people: Option<String>,
}

/// Sentences that speak like promises and are none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoPromise {
    #[expect(dead_code, reason = "it is for whoever reads the register; that it is there is asked for by its type")]
    why: String,
    /// How they begin.
    begins: Vec<String>,
}

/// A pattern that stands above on several lines, where capitals make no difference.
fn pattern(lines: &str) -> Regex {
    let one_line: String = lines.lines().map(str::trim_start).collect();
    RegexBuilder::new(&one_line).case_insensitive(true).build().unwrap()
}

fn speaks(words: &str) -> bool {
    static WORDS: LazyLock<(Regex, Regex)> = LazyLock::new(|| (pattern(SOFT), pattern(SIGNS)));
    WORDS.1.is_match(&WORDS.0.replace_all(words, ""))
}

impl Sentence {
    fn promises(&self) -> bool {
        self.language == "en" && (speaks(&self.text) || speaks(&self.under))
    }
}

impl Register {
    fn read(root: &Path) -> Self {
        let text = std::fs::read_to_string(root.join(REGISTER)).unwrap();
        Self { text: text.clone(), ..serde_yaml::from_str(&text).unwrap() }
    }

    /// A fault of an entry, by its name, or of a beginning.
    fn told(&self, what: &str, fault: &str) -> String {
        let is_it = |line: &str| line.trim_matches([' ', '-', '"']).trim_start_matches("id: ") == what;
        let line = self.text.lines().position(is_it).map_or(1, |at| at + 1);
        format!("{REGISTER}:{line}: `{what}` {fault}")
    }

    /// What speaks like a promise, and stands in no entry.
    fn unclaimed<'s>(&self, said: &'s [Sentence]) -> Vec<&'s Sentence> {
        said.iter().filter(|sentence| sentence.promises() && !self.promises.iter().any(|it| it.has(sentence))).collect()
    }

    fn beginnings(&self) -> impl Iterator<Item = &String> {
        self.no_promise.iter().flat_map(|group| &group.begins)
    }

    /// What is wrong with it, given what a site says, and where what holds it lies.
    fn faults(&self, said: &[Sentence], root: &Path) -> Vec<String> {
        let unclaimed = self.unclaimed(said);
        let of_promises = self
            .promises
            .iter()
            .flat_map(|promise| promise.faults(root, said).into_iter().map(|fault| self.told(&promise.id, &fault)));
        of_promises.chain(self.twice()).chain(self.forgotten(&unclaimed)).chain(self.idle(&unclaimed)).collect()
    }

    fn twice(&self) -> Vec<String> {
        let mut ids = BTreeSet::new();
        let twice = self.promises.iter().filter(|promise| !ids.insert(&promise.id));
        twice.map(|promise| self.told(&promise.id, "is the name of two entries")).collect()
    }

    fn forgotten(&self, unclaimed: &[&Sentence]) -> Vec<String> {
        let told = |Sentence { file, line, text, .. }: &Sentence| {
            format!(
                "{file}:{line}: `{text}` speaks like a promise, and no entry of {REGISTER} has it\n  help: write it there \
                 word for word, with the test that holds it; or, where it promises nothing, how it begins below `no_promise`"
            )
        };
        let is_known = |sentence: &Sentence| self.beginnings().any(|begin| sentence.text.starts_with(begin));
        unclaimed.iter().filter(|sentence| !is_known(sentence)).map(|sentence| told(sentence)).collect()
    }

    fn idle(&self, unclaimed: &[&Sentence]) -> Vec<String> {
        let is_idle = |begin: &&String| !unclaimed.iter().any(|sentence| sentence.text.starts_with(begin.as_str()));
        let told = |begin: &String| self.told(begin, "is the beginning of no sentence: take it out of `no_promise`");
        self.beginnings().filter(is_idle).map(told).collect()
    }
}

impl Promise {
    fn has(&self, sentence: &Sentence) -> bool {
        self.stands.get(&sentence.file).is_some_and(|all| all.contains(&sentence.text))
    }

    fn faults(&self, root: &Path, said: &[Sentence]) -> Vec<String> {
        let held = self.kept_by.iter().filter_map(|keeper| keeper.fault(root));
        let people = self.kept_by_people.as_ref().is_some_and(|people| !people.trim().is_empty());
        let alone = (self.kept_by.is_empty() && !people).then(|| {
            let how = "name a test in `kept_by`, or in `kept_by_people` who keeps it and how a slip is noticed";
            format!("is kept by nobody: {how}")
        });
        held.chain(alone).chain(self.changed(said)).chain(self.untranslated(root, said)).collect()
    }

    fn changed(&self, said: &[Sentence]) -> Vec<String> {
        let all = self.stands.iter().flat_map(|(file, sentences)| sentences.iter().map(move |text| (file, text)));
        let gone = all.filter(|(file, text)| !said.iter().any(|it| it.file == **file && it.text == **text));
        let told = |(file, text)| {
            format!(
                "says `{text}`, which no longer stands in {file}\n  help: if it says something else now, look whether \
                 that is held, and write it here as it stands there; if it is gone, take it out"
            )
        };
        gone.map(told).collect()
    }

    /// What is promised in one language is promised in all of them.
    fn untranslated(&self, root: &Path, said: &[Sentence]) -> Vec<String> {
        let languages = languages(root);
        let page = |it: &Sentence| it.file.replacen(&format!("content/{}/", it.language), "content/LANGUAGE/", 1);
        let mut pages: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for sentence in said.iter().filter(|sentence| self.has(sentence)) {
            pages.entry(page(sentence)).or_default().insert(&sentence.language);
        }
        let mut missing = Vec::new();
        for (page, known) in pages {
            let lacks = languages.iter().filter(|language| !known.contains(language.as_str()));
            let told = |language: &String| {
                format!("has no sentence of {} in `{language}`", page.replace("LANGUAGE", language))
            };
            missing.extend(lacks.map(told));
        }
        missing
    }
}

#[test]
fn every_promise_is_held_and_none_is_forgotten() {
    let faults = Register::read(&repository()).faults(&sentences(Root::copy().path()), &repository());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// How a script runs an ignored test, all of a folder, a file, and one file after the other.
const SCRIPT: &str = "cargo test -- --ignored cloud::)\nnode --test --test-reporter=spec .\npython tests/cloud/drive.py\n\
    for file in a turn; do\n  python tests/cloud/$file.py\ndone\n";

/// A test of Python, and what only looks like one.
const UNIT: &str = "class Helper:\n    def test_helper(self):\n        pass\n\nclass Years(unittest.TestCase):\n    \
    def helps(self):\n        pass\n\n    # def test_said(self):\n    def test_years(self):\n        pass\n";

/// The same for node.
const NODE: &str = "test(\"a year\", () => {});\ntest(`a year ${how}`, () => {});\n// test(\"a day\")\n";

/// A table, and a function that is in none.
const ROWS: &str =
    "fn rows() -> Vec<Row> {\n    vec![row(\"a year\", a_row)]\n    // helps\n}\n\nfn a_row() {}\n\nfn helps() {}\n";

/// A site of one promise, which a test holds.
fn sound() -> Root {
    let root = Root::empty();
    root.write("content/site.yaml", "languages: [en]\n")
        .write("content/en/pages/about.md", "---\ntitle: About\n---\n\n## Time\n\nA [yes](/yes/) lasts a year.\nWe **hope** so.\n")
        .write("content/en/site.ftl", "# Nobody reads this.\nmenu = The menu\n")
        .write("content/forms/report.yaml", "title: {en: \"Tell us\"}\n")
        .write("tests/cloud/run", SCRIPT)
        .write("tests/cloud/drive.py", UNIT)
        .write("tests/cloud/turn.py", UNIT)
        .write("tests/cloud/walk.py", UNIT)
        .write("tests/cloud/years.test.mjs", NODE)
        .write("crates/x/src/years.rs", "#[test]\nfn a_yes_lasts_a_year() {}\n\nfn helps() {}\n// fn is_said() {}\n")
        .write("crates/x/tests/helps.rs", "fn helps() {}\n\n#[test]\nfn asks() {\n    helps();\n}\n")
        .write("crates/x/tests/rows.rs", ROWS)
        .write("crates/x/tests/cloud.rs", "#[test]\n#[ignore = \"later\"]\nfn a_year_in_the_cloud() {}\n")
        .write(
            REGISTER,
            "promises:\n  - id: years\n    stands:\n      content/en/pages/about.md: [A yes lasts a year.]\n    kept_by:\n      \
             - crates/x/src/years.rs::a_yes_lasts_a_year\nno_promise: []\n",
        );
    root
}

fn told_of(root: &Root) -> String {
    Register::read(root.path()).faults(&sentences(root.path()), root.path()).join("\n")
}

/// What the register says once something of a sound site is changed.
fn once_changed(file: &str, from: &str, to: &str) -> String {
    let root = sound();
    root.replace(file, from, to);
    told_of(&root)
}

#[test]
fn what_changes_without_its_entry_is_told() {
    let page = "content/en/pages/about.md";
    for (file, from, to, fault) in [
        (
            page,
            "lasts a year",
            "lasts two years",
            "promises.yaml:2: `years` says `A yes lasts a year.`, which no longer stands in content/en/pages/about.md",
        ),
        (page, "We **hope** so.", "We ask again.", "about.md:7: `We ask again.` speaks like a promise"),
        (page, "## Time", "## What we never do\n\n- shouting\n", "about.md:7: `shouting` speaks like a promise"),
        ("content/en/site.ftl", "The menu", "Nothing is kept", "site.ftl:2: `Nothing is kept` speaks like a promise"),
        ("content/forms/report.yaml", "Tell us", "We keep it.", "report.yaml:1: `We keep it.` speaks like a promise"),
        ("content/site.yaml", "[en]", "[en, es]", "`years` has no sentence of content/es/pages/about.md in `es`"),
        (
            REGISTER,
            "no_promise: []",
            "no_promise: [{why: so, begins: [Nobody]}]",
            "`Nobody` is the beginning of no sentence",
        ),
    ] {
        let told = once_changed(file, from, to);
        assert!(told.contains(fault), "{file}: {to}: {told}");
    }
    assert_eq!(once_changed(REGISTER, "years\n", "yes\n"), "", "nothing else is told");
}

#[test]
fn a_promise_that_no_test_holds_is_told() {
    let keeper = "- crates/x/src/years.rs::a_yes_lasts_a_year";
    for (other, fault) in [
        ("[]", "`years` is kept by nobody"),
        ("- crates/x/src/years.rs::a_yes_lasts", "crates/x/src/years.rs has no `fn a_yes_lasts`"),
        ("- crates/x/src/years.rs::helps", "`fn helps` of crates/x/src/years.rs is no test"),
        ("- crates/x/src/gone.rs::a_yes_lasts_a_year", "there is no crates/x/src/gone.rs"),
        ("- crates/x/src/years.rs::is_said", "crates/x/src/years.rs has no `fn is_said`"),
        ("- crates/x/tests/helps.rs::helps", "`fn helps` of crates/x/tests/helps.rs is no test"),
        ("- crates/x/tests/rows.rs::helps", "`fn helps` of crates/x/tests/rows.rs is no test"),
        ("- tests/cloud/walk.py::test_months", "tests/cloud/walk.py has no test `test_months`"),
        ("- tests/cloud/drive.py::test_helper", "tests/cloud/drive.py has no test `test_helper`"),
        ("- tests/cloud/drive.py::test_said", "tests/cloud/drive.py has no test `test_said`"),
        ("- tests/cloud/drive.py::helps", "tests/cloud/drive.py has no test `helps`"),
        ("- tests/cloud/years.test.mjs::a day", "tests/cloud/years.test.mjs has no `test(\"a day\"`"),
        ("- tests/cloud/walk.py::test_years", "no tests/*/run runs tests/cloud/walk.py"),
        ("- tests/cloud/years.test.mjs::a month", "tests/cloud/years.test.mjs has no `test(\"a month\"`"),
        ("- tests/check/gone.md", "there is no tests/check/gone.md"),
    ] {
        let told = once_changed(REGISTER, keeper, other);
        assert!(told.contains(fault), "{other}: {told}");
    }
    for other in [
        "tests/cloud/years.test.mjs::a year",
        "tests/cloud/years.test.mjs::a year ${how}",
        "tests/cloud/drive.py::test_years",
        "tests/cloud/turn.py::test_years",
        "crates/x/tests/rows.rs::a_row",
    ] {
        assert_eq!(once_changed(REGISTER, keeper, &format!("- {other}")), "");
    }
}

#[test]
fn an_ignored_test_holds_only_where_a_script_runs_it() {
    let keeper = ("- crates/x/src/years.rs::a_yes_lasts_a_year", "- crates/x/tests/cloud.rs::a_year_in_the_cloud");
    assert_eq!(once_changed(REGISTER, keeper.0, keeper.1), "");
    let root = sound();
    root.replace(REGISTER, keeper.0, keeper.1).replace("tests/cloud/run", "cloud::", "folder::");
    let told = told_of(&root);
    assert!(told.contains("is ignored, and no tests/*/run runs it"), "{told}");
}
