//! A problem with the file and place where it stands, as it is printed: `file:line:col: sentence`, then a `help:` line.

use crate::ground::problem::Problem;
use crate::yaml::place::place;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// One problem of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Relative to the root.
    pub file: PathBuf,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The rule's name.
    pub rule: &'static str,
    /// One sentence.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Finding {
    /// A problem with a whole file.
    pub fn whole(file: &Path, rule: &'static str, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 1, column: 1, rule, message: message.into(), help: None }
    }

    /// The same with help.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// `file:line:col`, on one line whatever the file is called.
    pub fn place(&self) -> String {
        let file = self.file.display().to_string().replace(['\n', '\t'], "\u{FFFD}");
        format!("{file}:{}:{}", self.line, self.column)
    }

    /// `file:line:col: sentence [rule]`
    pub fn headline(&self) -> String {
        format!("{}: {} [{}]", self.place(), self.message, self.rule)
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.headline())?;
        match &self.help {
            Some(help) => write!(out, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

/// The problems of one file, with lines and columns looked up in its text.
pub fn findings(file: &Path, text: &str, problems: Vec<Problem>) -> Vec<Finding> {
    if problems.is_empty() {
        return Vec::new();
    }
    findings_below(file, text, 0, problems)
}

/// The same for a text that begins some lines below the top of its file, as front matter does.
pub fn findings_below(file: &Path, text: &str, above: usize, problems: Vec<Problem>) -> Vec<Finding> {
    let places = place(text, &problems);
    let finding = |(problem, (line, column)): (Problem, (usize, usize))| Finding {
        file: file.to_owned(),
        line: line + above,
        column,
        rule: problem.rule,
        message: problem.message,
        help: problem.help,
    };
    problems.into_iter().zip(places).map(finding).collect()
}
