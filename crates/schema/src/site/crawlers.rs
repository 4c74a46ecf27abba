//! `content/crawlers.yaml`: programs that collect pages to train or feed language models, and are asked to stay out.

use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::record::fields::record;
use crate::record::rule::{PastDay, rule};
use crate::yaml::{Entries, Text};
use jiff::civil::Date;

/// Where the file stands in a site root.
pub const FILE: &str = "content/crawlers.yaml";

record! {
    /// The crawlers that are asked to stay out, checked.
    pub struct Crawlers from CrawlersFile {
        /// When somebody last looked the names up.
        checked: Date = PastDay,
        /// The name that each gives itself, and behind it, for editors, whose it is.
        crawlers: Vec<String> = CrawlerNames,
    }
}

rule!(
    /// Names of crawlers, in the order of the file: rule `bad-crawler`.
    CrawlerNames: Entries<Text> => Vec<String>,
    "each name with whose it is".to_owned(),
    |checker, key, written| {
        let entries = checker.required(key, written)?;
        checker.within(key, |checker| entries.iter().for_each(|(name, whose)| check_name(checker, name, whose)));
        Some(entries.keys().map(str::to_owned).collect())
    }
);

fn check_name(checker: &mut Checker<'_>, name: &str, whose: &Text) {
    if is_crawler_name(name) {
        checker.line(name, Some(whose), 2..=120);
    } else {
        let at = At::Key(checker.path(name), 0);
        let problem = Problem::new(at, "bad-crawler", format!("{} cannot be a crawler's name", quoted(name)));
        checker.note(problem.help("write the name that it gives itself in robots.txt, like GPTBot"));
    }
}

/// Letters, digits and `-_.`, as robots.txt can hold them.
fn is_crawler_name(name: &str) -> bool {
    (2..=60).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}
