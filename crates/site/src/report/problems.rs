//! Problems of content, for a person, an editor's program, or a pull request. The first line and the help are the same for all who
//! read text: whatever else is shown of a problem stands between them.

use super::github;
use super::snippet::snippet;
use schema::ground::text::{counted, harmless};
use schema::yaml::finding::Finding;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How problems are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A line, and a line of help.
    Plain,
    /// The same with the source line and a caret.
    Drawn {
        /// Whether it may have colours.
        is_coloured: bool,
    },
    /// Commands that GitHub shows in a pull request.
    Github,
}

/// What a file holds, where it can be read.
pub type Source<'a> = dyn Fn(&Path) -> Option<Vec<u8>> + 'a;

/// What problems are shown with.
pub struct Shown<'a> {
    /// How.
    pub style: Style,
    /// The site root, as it was named.
    pub root: &'a Path,
    /// The files in which they are.
    pub source: &'a Source<'a>,
}

/// Every problem, then how many: lines without an end of the last one.
pub fn problems(findings: &[Finding], shown: &Shown<'_>) -> String {
    let mut opened = Opened { source: shown.source, file: PathBuf::new(), text: None };
    let mut lines: Vec<String> = findings.iter().map(|finding| one(finding, shown, &mut opened)).collect();
    let files = findings.iter().map(|finding| &finding.file).collect::<BTreeSet<_>>().len();
    lines.push(format!("{} in {}.", counted(findings.len(), "problem"), counted(files, "file")));
    lines.join("\n")
}

fn one(finding: &Finding, shown: &Shown<'_>, opened: &mut Opened<'_>) -> String {
    match shown.style {
        Style::Github => harmless(&github::command(shown.root, finding)),
        Style::Plain => whole(finding, None),
        Style::Drawn { is_coloured } => {
            let text = opened.text_of(&finding.file);
            whole(finding, text.and_then(|text| snippet(text, finding.line, finding.column, is_coloured)))
        }
    }
}

fn whole(finding: &Finding, drawn: Option<String>) -> String {
    let help = finding.help.iter().map(|help| harmless(&format!("  help: {help}")));
    let lines = [harmless(&finding.headline())].into_iter().chain(drawn).chain(help);
    lines.collect::<Vec<_>>().join("\n")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_drawn_between_its_line_and_its_help() {
        let finding = Finding::whole(Path::new("a.yaml"), "x", "no \u{202e}".to_owned()).help("write it");
        let source = |_: &Path| Some(b"name: A".to_vec());
        let shown =
            |style| problems(std::slice::from_ref(&finding), &Shown { style, root: Path::new("."), source: &source });
        let plain = shown(Style::Plain);
        let lines: Vec<&str> = plain.lines().collect();
        assert_eq!(lines, ["a.yaml:1:1: no \u{fffd} [x]", "  help: write it", "1 problem in 1 file."]);
        let drawn = shown(Style::Drawn { is_coloured: false });
        let lines: Vec<&str> = drawn.lines().collect();
        assert!(lines[0].starts_with("a.yaml:1:1") && lines[2].ends_with("name: A"), "{drawn}");
        assert_eq!(&lines[lines.len() - 2..], ["  help: write it", "1 problem in 1 file."]);
    }
}
