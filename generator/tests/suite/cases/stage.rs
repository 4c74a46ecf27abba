//! One copy of the tests' site, broken and made whole again case by case.

use super::page::Step;
use crate::site::{DAY, Root};
use jiff::Timestamp;
use schema::ground::text::counted;
use schema::yaml::finding::Finding;
use site::Host;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use submit_fn::{Front, Handler, Keys, Tools};
use templates::Theme;
use templates::bundle::Bundle;
use templates::trial::Trial;

/// The function, so that its pages are tried too.
struct Function;

impl Host for Function {
    fn try_function(&self, bundle: Bundle) -> Trial {
        let Ok(theme) = Theme::open(&bundle.theme) else { return Trial::default() };
        let (keys, front) = (Keys::new([0; 32], Vec::new()), Front::Loopback);
        let sleep: fn(std::time::Duration) -> submit_fn::Sleep = |_| Box::pin(std::future::pending());
        let tools = Tools { keys, front, clock: Timestamp::now, random: || [0; 16], sleep, measure: |_| {} };
        Handler::new(bundle, theme, ((), (), (), ()), tools).try_pages()
    }
}

/// A copy with what was changed in it.
pub(super) struct Stage {
    root: Root,
    touched: BTreeSet<PathBuf>,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self { root: Root::copy(), touched: BTreeSet::new() }
    }

    /// What `check` finds, as it prints it.
    pub(super) fn check(&self) -> (Vec<Finding>, String) {
        let site = site::build::check(self.root.path(), DAY.parse().unwrap(), &Function).unwrap();
        let mut said: String = site.findings.iter().map(|finding| format!("{finding}\n")).collect();
        let files = site.findings.iter().map(|finding| &finding.file).collect::<BTreeSet<_>>().len();
        let all = site.findings.len();
        said.push_str(&format!("{} in {}.\n", counted(all, "problem"), counted(files, "file")));
        (site.findings, said)
    }

    /// Whether every file is as it was, so that nothing need be checked.
    pub(super) fn is_whole(&self) -> bool {
        let bytes = |path: PathBuf| std::fs::read(path).ok();
        self.touched.iter().all(|file| bytes(self.root.path().join(file)) == bytes(fixture::source(file)))
    }

    /// The tests' site again.
    pub(super) fn restore(&mut self) {
        for file in std::mem::take(&mut self.touched) {
            let (path, source) = (self.root.path().join(&file), fixture::source(&file));
            let _ = std::fs::remove_file(&path);
            if source.exists() {
                std::fs::copy(source, &path).unwrap();
            }
            // A folder that a case made goes with its last file.
            for folder in file.ancestors().skip(1).filter(|folder| !fixture::source(folder).exists()) {
                let _ = std::fs::remove_dir(self.root.path().join(folder));
            }
        }
    }

    /// Breaks the site.
    pub(super) fn break_by(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Piece { file, wrong, right } => self.swap(file, right, wrong),
            other => self.take(other),
        }
    }

    /// Mends it.
    pub(super) fn mend_by(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Piece { file, wrong, right } => self.swap(file, wrong, right),
            other => self.take(other),
        }
    }

    /// Replaces words of a file; they must stand there.
    pub(super) fn swap(&mut self, file: &str, from: &str, to: &str) -> Result<(), String> {
        let text = std::fs::read_to_string(self.root.path().join(file)).map_err(|error| format!("{file}: {error}"))?;
        if from.is_empty() || !text.contains(from) {
            return Err(format!("{file} does not hold {from:?}"));
        }
        self.write(file, text.replacen(from, to, 1).as_bytes());
        Ok(())
    }

    fn take(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Piece { .. } => {}
            Step::File { file, text } => self.write(file, text.as_bytes()),
            Step::Bytes { file, recipe } => {
                let bytes = self.mix(recipe)?;
                self.write(file, &bytes);
            }
            Step::Move(words) => self.carry_out(&words.iter().map(String::as_str).collect::<Vec<_>>())?,
        }
        Ok(())
    }

    fn carry_out(&mut self, words: &[&str]) -> Result<(), String> {
        let path = |file: &str| self.root.path().join(file);
        let done = match *words {
            ["copy", from, to] => std::fs::copy(path(from), path(to)).map(drop),
            ["rename", from, to] => std::fs::rename(path(from), path(to)),
            ["link", from, to] => std::os::unix::fs::symlink(path(from), path(to)),
            ["restore", file] => std::fs::copy(fixture::source(file), path(file)).map(drop),
            ["delete", file] => std::fs::remove_file(path(file)),
            _ => return Err(format!("nobody knows the step {words:?}")),
        };
        done.map_err(|error| format!("{words:?}: {error}"))?;
        self.touched.extend(words.iter().skip(1).map(PathBuf::from));
        Ok(())
    }

    fn write(&mut self, file: &str, bytes: &[u8]) {
        self.root.write(file, bytes);
        self.touched.insert(Path::new(file).to_owned());
    }

    /// Bytes from a recipe, line by line: `FF D8`, `"text"`, `×20` for twenty times the line, `FILE 0..2` for bytes of a file.
    fn mix(&self, recipe: &str) -> Result<Vec<u8>, String> {
        let part = regex::Regex::new(r#""([^"]*)"|×(\d+)|([0-9A-F]{2})\b"#).unwrap();
        let mut bytes = Vec::new();
        for line in recipe.lines() {
            if let Some((file, range)) = line.split_once(' ').filter(|(_, range)| range.contains("..")) {
                let whole = std::fs::read(self.root.path().join(file)).map_err(|error| error.to_string())?;
                let (from, to) = range.split_once("..").unwrap();
                let (from, to) = (from.parse().unwrap_or(0), to.parse().unwrap_or(whole.len()));
                bytes.extend(&whole[from..to]);
                continue;
            }
            let (mut mixed, mut times) = (Vec::new(), 1);
            for found in part.captures_iter(line) {
                match (found.get(1), found.get(2)) {
                    (Some(text), _) => mixed.extend(text.as_str().bytes()),
                    (_, Some(count)) => times = count.as_str().parse().unwrap(),
                    _ => mixed.push(u8::from_str_radix(&found[3], 16).unwrap()),
                }
            }
            bytes.extend(mixed.repeat(times));
        }
        Ok(bytes)
    }
}
