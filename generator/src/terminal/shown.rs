//! What was found in a root, printed: the words are those of `site::report`.

use super::mouth::{is_watched, may_be_coloured, say, say_drawn};
use anyhow::Result;
use clap::ValueEnum;
use schema::due::Task;
use schema::yaml::finding::Finding;
use site::report::{self, Shown, Source, Style};
use std::path::Path;

/// How many things to look at are shown at once.
pub(crate) const MOST_TASKS: usize = 20;

/// How problems are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line, and a line of help
    Text,
    /// The same with the source line and a caret
    Full,
    /// One object: problems, and what should be looked at
    Json,
    /// Commands that GitHub shows in a pull request
    Github,
    /// A SARIF 2.1.0 log, for code scanning
    Sarif,
}

impl Format {
    /// The source line is for whoever looks; what is read by a program stays as it is.
    pub(crate) fn usual() -> Self {
        if is_watched() { Self::Full } else { Self::Text }
    }

    fn style(self) -> Style {
        match self {
            Format::Github => Style::Github,
            Format::Full => Style::Drawn { is_coloured: may_be_coloured() },
            Format::Text | Format::Json | Format::Sarif => Style::Plain,
        }
    }
}

/// The files of a root.
pub(crate) fn in_root(root: &Path) -> impl Fn(&Path) -> Option<Vec<u8>> {
    |file| disk::read(root, file).ok()
}

/// Every problem as it is usually printed, then how many.
pub(crate) fn print_findings(findings: &[Finding], source: &Source<'_>) -> Result<()> {
    print_problems(findings, Format::usual(), Path::new("."), source)
}

/// Every problem, as text of some kind, then how many.
pub(crate) fn print_problems(findings: &[Finding], format: Format, root: &Path, source: &Source<'_>) -> Result<()> {
    say_drawn(&report::problems(findings, &Shown { style: format.style(), root, source }))
}

/// What editors should look at, with the day by which: at most so many, then how many more; and how much housekeeping of each kind.
pub(crate) fn print_queue(queue: &[Task], most: usize) -> Result<()> {
    report::queue(queue, most).iter().try_for_each(|line| say(line))
}
