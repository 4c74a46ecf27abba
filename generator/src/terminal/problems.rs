//! Problems of content, printed for a person, an editor's program, or a pull request. The first line and the help are the same for
//! all who read text: whatever else is shown of a problem stands between them.

use super::github;
use super::mouth::{is_watched, may_be_coloured, say, say_drawn};
use super::snippet::snippet;
use anyhow::Result;
use clap::ValueEnum;
use schema::ground::text::counted;
use schema::yaml::finding::Finding;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
}

/// What a file holds, where it can be read.
pub(crate) type Source<'a> = dyn Fn(&Path) -> Option<Vec<u8>> + 'a;

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
    let mut opened = Opened { source, file: PathBuf::new(), text: None };
    for finding in findings {
        match format {
            Format::Github => say(&github::command(root, finding))?,
            Format::Full => print_whole(finding, opened.text_of(&finding.file))?,
            Format::Text | Format::Json | Format::Sarif => print_whole(finding, None)?,
        }
    }
    let files = findings.iter().map(|finding| &finding.file).collect::<BTreeSet<_>>().len();
    say(&format!("{} in {}.", counted(findings.len(), "problem"), counted(files, "file")))
}

fn print_whole(finding: &Finding, text: Option<&str>) -> Result<()> {
    say(&finding.headline())?;
    if let Some(drawn) = text.and_then(|text| snippet(text, finding.line, finding.column, may_be_coloured())) {
        say_drawn(&drawn)?;
    }
    finding.help.iter().try_for_each(|help| say(&format!("  help: {help}")))
}

/// The file that was read last: problems come sorted by file.
struct Opened<'a> {
    source: &'a Source<'a>,
    file: PathBuf,
    text: Option<String>,
}

impl Opened<'_> {
    fn text_of(&mut self, file: &Path) -> Option<&str> {
        if self.file != file {
            self.file = file.to_owned();
            // A picture has no lines.
            let bytes = (self.source)(file).filter(|bytes| !bytes.contains(&0));
            self.text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        }
        self.text.as_deref()
    }
}
