//! The sentences of a site, as its readers see them: of pages, of strings, and of every text that a YAML file has per language.

use regex::Regex;
use serde_yaml::Value;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// One sentence, and where it stands.
#[derive(Debug)]
pub(super) struct Sentence {
    /// From the root, with `/`.
    pub(super) file: String,
    /// From 1: where its paragraph begins.
    pub(super) line: usize,
    /// Without marks; a link is its words.
    pub(super) text: String,
    /// Whose words it is in.
    pub(super) language: String,
    /// The heading or paragraph before, where it opens an item of a list; else empty.
    pub(super) under: String,
}

/// Every sentence below `content/`.
pub(super) fn sentences(root: &Path) -> Vec<Sentence> {
    let languages = languages(root);
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(root.join("content")).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let file = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let language = languages.iter().find(|language| file.starts_with(&format!("content/{language}/")));
        let read = || fs::read_to_string(&path).unwrap();
        match (path.extension().and_then(|ending| ending.to_str()), language) {
            (Some("md"), Some(language)) => Reader::of(&file, language, &mut found).page(&read()),
            (Some("ftl"), Some(language)) => Reader::of(&file, language, &mut found).strings(&read()),
            (Some("yaml"), None) if file != super::REGISTER => {
                let (text, mut all) = (read(), Vec::new());
                per_language(&serde_yaml::from_str(&text).unwrap(), &languages, &mut all);
                for (language, words) in all {
                    let line = text.lines().position(|line| line.contains(&words)).map_or(1, |at| at + 1);
                    Reader::of(&file, &language, &mut found).take(line, &words, "");
                }
            }
            _ => {}
        }
    }
    found
}

/// The languages of the site.
pub(super) fn languages(root: &Path) -> Vec<String> {
    let site: Value = serde_yaml::from_str(&fs::read_to_string(root.join("content/site.yaml")).unwrap()).unwrap();
    site["languages"].as_sequence().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

/// Each text that stands behind the name of a language, with that name.
fn per_language(value: &Value, languages: &[String], found: &mut Vec<(String, String)>) {
    match value {
        Value::Mapping(map) => {
            for (key, value) in map {
                match (key.as_str(), value.as_str()) {
                    (Some(key), Some(text)) if languages.iter().any(|language| language == key) => {
                        found.push((key.to_owned(), text.to_owned()));
                    }
                    _ => per_language(value, languages, found),
                }
            }
        }
        Value::Sequence(list) => list.iter().for_each(|value| per_language(value, languages, found)),
        _ => {}
    }
}

/// Takes one file apart.
struct Reader<'a> {
    file: &'a str,
    language: &'a str,
    found: &'a mut Vec<Sentence>,
}

impl<'a> Reader<'a> {
    fn of(file: &'a str, language: &'a str, found: &'a mut Vec<Sentence>) -> Self {
        Self { file, language, found }
    }

    fn take(&mut self, line: usize, words: &str, under: &str) {
        for (at, text) in split(&plain(words)).into_iter().enumerate() {
            let under = if at == 0 { under.to_owned() } else { String::new() };
            let (file, language) = (self.file.to_owned(), self.language.to_owned());
            self.found.push(Sentence { file, line, text, language, under });
        }
    }

    /// Title and summary, headings, items of lists, and paragraphs, which may go over several lines.
    fn page(&mut self, text: &str) {
        let (mut before, mut paragraph) = (String::new(), None::<(usize, String)>);
        let (front, _) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap_or_default();
        let body_from = if front.is_empty() { 0 } else { front.lines().count() + 2 };
        for (at, line) in text.lines().chain([""]).enumerate() {
            let block = if at < body_from { Block::of_front_matter(line) } else { Block::of(line) };
            if let Block::More(words) = block {
                paragraph.get_or_insert((at + 1, String::new())).1 += &format!("{words} ");
                continue;
            }
            if let Some((from, words)) = paragraph.take() {
                self.take(from, &words, "");
                before = words;
            }
            match block {
                Block::Heading(words) => {
                    self.take(at + 1, words, "");
                    words.clone_into(&mut before);
                }
                Block::Item(words) => self.take(at + 1, words, &before),
                Block::More(_) | Block::Gap => {}
            }
        }
    }

    /// Messages and the variants of a message, a line each.
    fn strings(&mut self, text: &str) {
        static VALUE: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"^(?:[a-z0-9-]+ =|\s+\*?\[\w+\]|\s+) *([^}\s].*)$").unwrap());
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.ends_with("->")) {
            if let Some(words) = VALUE.captures(line) {
                self.take(at + 1, &words[1], "");
            }
        }
    }
}

/// What a line of a page is.
enum Block<'a> {
    Heading(&'a str),
    Item(&'a str),
    More(&'a str),
    Gap,
}

impl<'a> Block<'a> {
    fn of(line: &'a str) -> Self {
        static ITEM: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:[-*]|\d+\.) (.*)$").unwrap());
        match line.trim_start_matches('#') {
            "" => Block::Gap,
            words if words.len() < line.len() => Block::Heading(words),
            _ => ITEM.captures(line).map_or(Block::More(line), |item| Block::Item(item.get(1).unwrap().as_str())),
        }
    }

    fn of_front_matter(line: &'a str) -> Self {
        let words = ["title: ", "summary: "].iter().find_map(|key| line.strip_prefix(key));
        words.map_or(Block::Gap, Block::Heading)
    }
}

/// Without marks of emphasis and code; of a link only its words.
fn plain(words: &str) -> String {
    static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([^\]]*)\]\([^)]*\)").unwrap());
    let words = LINK.replace_all(words, "$1").replace("**", "").replace('`', "");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// After each full stop, question or exclamation mark behind which another sentence begins.
fn split(text: &str) -> Vec<String> {
    static END: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"([.!?…][”’")]*) ([“‘"(]?[\p{Lu}0-9{])"#).unwrap());
    END.replace_all(text, "$1\n$2").lines().map(str::to_owned).collect()
}
