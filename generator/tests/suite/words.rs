//! The words of the site themselves: how hard they are to read, how they are spelled, and where its facts were read.

use crate::site::repository;
use regex::Regex;
use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

/// Nobody should need more years of school than this to read a page.
const GRADE: f64 = 8.0;

/// The pages of words, by name.
fn pages() -> BTreeMap<String, String> {
    let folder = repository().join("content/en/pages");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|file| (file.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(file).unwrap()))
        .collect()
}

fn page(name: &str) -> String {
    pages().remove(name).unwrap_or_default()
}

/// Below the front matter, without marks, addresses of links and lines to fill in.
fn prose(page: &str) -> String {
    static MARKS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\]\([^)]*\)|[\[*`]|_{3,}").unwrap());
    let (_, body) = page.split_once("\n---\n").unwrap();
    MARKS.replace_all(body, "").into_owned()
}

/// The words of a text.
fn words(text: &str) -> Vec<&str> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*").unwrap());
    WORD.find_iter(text).map(|word| word.as_str()).collect()
}

/// Vowels that stand together are one syllable; an `e` at the end is silent.
fn syllables(word: &str) -> usize {
    static VOWELS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[aeiouy]+").unwrap());
    let word = word.to_lowercase();
    let is_silent = word.ends_with('e') && !word.ends_with("le");
    VOWELS.find_iter(&word).count().saturating_sub(usize::from(is_silent)).max(1)
}

/// The grade of school by Flesch and Kincaid. A heading, and an item of a list, is a sentence.
fn grade(text: &str) -> f64 {
    static END: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[.!?…:][”’)]*\s|\n").unwrap());
    let sentences = END.split(text).filter(|sentence| !words(sentence).is_empty()).count();
    let (words, sentences) = (words(text), f64::from(u32::try_from(sentences).unwrap()));
    let count = f64::from(u32::try_from(words.len()).unwrap());
    let all: usize = words.iter().map(|word| syllables(word)).sum();
    0.39 * count / sentences + 11.8 * f64::from(u32::try_from(all).unwrap()) / count - 15.59
}

#[test]
fn whoever_went_to_school_for_eight_years_reads_every_page() {
    let statute = "Notwithstanding any regulation to the contrary, correspondence determined by institutional \
        administrators to constitute unauthorized communication may be confiscated without notification.";
    assert!(grade(statute) > 15.0, "{}", grade(statute));
    assert!(grade("We read each letter. Then we write to you.") < 2.0);
    let hard = pages().into_iter().map(|(name, page)| (name, grade(&prose(&page)))).filter(|(_, grade)| *grade > GRADE);
    assert_eq!(hard.collect::<Vec<_>>(), Vec::new());
}

#[test]
fn words_are_spelled_as_in_the_united_states() {
    let british = Regex::new(
        r"(?xi) \b(?: centres? | \w*(?:neighbo|favo|colo|hono|behavio|labo|rumo|humo|harbo)ur\w* | grey\w*
        | (?:organ|recogn|apolog|real|critic|summar|memor|author)is(?:e|ed|es|ing|ation)\b | programmes? | cheques?
        | licences? | offences? | defences? | metres? | travell\w+ | cancelled | learnt | spelt | whilst | amongst | towards
        | practis\w+ | judgement | number\ plates? )\b",
    )
    .unwrap();
    let quoted = Regex::new(r#"(?m)^ +words: ".*"$"#).unwrap();
    let spanish = Regex::new(r#"es: "[^"]*""#).unwrap();
    let files = walkdir::WalkDir::new(repository().join("content")).into_iter().map(|entry| entry.unwrap().into_path());
    let is_ours = |file: &std::path::PathBuf| {
        file.extension().is_some_and(|end| ["md", "ftl", "yaml"].iter().any(|known| end == *known))
    };
    let found = files.filter(is_ours).flat_map(|file| {
        let text = fs::read_to_string(&file).unwrap();
        let text = spanish.replace_all(&text, "");
        // What others said stands as they wrote it.
        let text = quoted.replace_all(&text, "");
        british.find_iter(&text).map(|word| format!("{}: {}", file.display(), word.as_str())).collect::<Vec<_>>()
    });
    assert_eq!(found.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn what_a_page_read_elsewhere_says_on_which_day() {
    let day =
        Regex::new(r"Read on \d{1,2} [A-Z][a-z]+ 20\d\d in (?:a stored copy|stored copies), and not yet confirmed\.")
            .unwrap();
    let silent = pages().into_iter().filter(|(_, page)| page.contains("](http") && !day.is_match(page));
    assert_eq!(silent.map(|(name, _)| name).collect::<Vec<_>>(), Vec::<String>::new());
    let with_facts = pages().into_values().filter(|page| page.contains("](http")).count();
    assert!(with_facts >= 4, "{with_facts} pages name a source");
}

#[test]
fn the_short_form_of_the_consent_is_of_the_same_day_and_short() {
    let form = fs::read_to_string(repository().join("content/forms/register.yaml")).unwrap();
    let day = form.lines().find_map(|line| line.strip_prefix("wording: ")).unwrap();
    for name in ["consent", "consent-letter", "contact"] {
        assert!(page(name).contains(day), "{name} is not of {day}");
    }
    let short = prose(&page("consent-letter"));
    let count = words(&short).len();
    assert!((150..=250).contains(&count), "{count} words");
    for said in ["Anyone can read", "never shows", "risk", "one year", "take my page down", "YES / NO", "signature"] {
        assert!(short.contains(said), "the short form does not say `{said}`");
    }
}

#[test]
fn what_is_asked_in_hard_times_has_a_place() {
    let asked = [
        ("safety", "## Being outed"),
        ("safety", "**988**, day or night"),
        ("safety", "### Services that take in your mail"),
        ("jail", "## Before a trial or a sentence"),
        ("jail", "A-number"),
        ("changes", "## Lockdown"),
        ("changes", "## Illness"),
        ("changes", "## When someone dies"),
        ("changes", "## Coming home"),
        ("questions", "## Can I pay for their reply?"),
        ("questions", "## Can a child’s drawing arrive?"),
        ("how-it-works", "### What not to promise"),
        ("how-it-works", "### Faith"),
        ("came-back", "## No answer yet"),
    ];
    let missing = asked.into_iter().filter(|(name, words)| !page(name).contains(words));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::new());
}
