//! `content/crawlers.yaml`: programs that collect pages to train or feed language models, and are asked to stay out.

use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::yaml::{Entries, Text, as_written};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where the file stands in a site root.
pub const FILE: &str = "content/crawlers.yaml";

as_written! {
    /// The file as written.
    pub struct CrawlersFile {
        /// When somebody last looked the names up.
        checked: Text,
        /// The name that each gives itself, with whose it is.
        crawlers: Entries<Text>,
    }
}

/// The crawlers that are asked to stay out, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crawlers {
    /// When somebody last looked the names up.
    pub checked: Option<Date>,
    /// The names, in the order of the file.
    pub names: Vec<String>,
}

/// Checks the list of crawlers. Rules: those of dates and texts, `bad-crawler`.
pub fn check_crawlers(file: &CrawlersFile, today: Date, structural: Vec<Problem>) -> (Crawlers, Vec<Problem>) {
    let mut checker = Checker::new(structural);
    let checked = checker.date("checked", file.checked.as_ref());
    checker.not_after("checked", checked, today);
    let entries = checker.required("crawlers", file.crawlers.as_ref()).cloned().unwrap_or_default();
    let mut names = Vec::new();
    checker.within("crawlers", |checker| {
        for (name, whose) in entries.iter() {
            if is_crawler_name(name) {
                checker.line(name, Some(whose), 2..=120);
                names.push(name.to_owned());
            } else {
                let at = At::Key(checker.path(name), 0);
                let problem = Problem::new(at, "bad-crawler", format!("{} cannot be a crawler's name", quoted(name)));
                checker.note(problem.help("write the name that it gives itself in robots.txt, like GPTBot"));
            }
        }
    });
    (Crawlers { checked, names }, checker.finish())
}

/// Letters, digits and `-_.`, as robots.txt can hold them.
fn is_crawler_name(name: &str) -> bool {
    (2..=60).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}
