//! An editor has read a page, and all that is quoted from it for still holds: the day is written behind each source that cites it. Only
//! that line of a file changes, so that remarks and order stay.

use anyhow::{Result, bail};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::place::agency::AgencyFile;
use schema::place::catalogue::Catalogue;
use schema::place::service::ServiceFile;
use schema::place::source::{Source, SourceFile};
use schema::yaml::{Text, read};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// What was done, and what is left to do.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The files in which the day stands now.
    pub files: Vec<PathBuf>,
    /// Quotations that the page did not hold when it was last looked at: the next run tells of them again when the page changes once more,
    /// and `check` asks for the page's own words.
    pub left: Vec<String>,
}

/// Writes a day behind every source of an address.
///
/// # Errors
/// That nobody cites it, that a file is set in a way that lines do not show, or that of writing.
pub fn seen(root: &Path, catalogue: &Catalogue, (url, day): (&str, Date)) -> Result<Seen> {
    let cites = |sources: &[Source]| sources.iter().any(|source| source.url == url);
    let mut written = Vec::new();
    for agency in catalogue.agencies.values().filter(|agency| cites(&agency.sources)) {
        let path = PathBuf::from(format!("content/agencies/{}.yaml", agency.id));
        written.push((rewritten::<AgencyFile>(root, &path, (url, day))?, path));
    }
    for service in catalogue.services.values().filter(|service| cites(&service.sources)) {
        let path = PathBuf::from(format!("content/services/{}.yaml", service.id));
        written.push((rewritten::<ServiceFile>(root, &path, (url, day))?, path));
    }
    if written.is_empty() {
        let failure = Failure::new(format!("no agency or service cites {url}"));
        bail!(failure.help("write the address as `sources` have it; `inside-out check` names it"));
    }
    for (text, path) in &written {
        disk::replace(&root.join(path), text.as_bytes())?;
    }
    let of_page = catalogue.changed.changes.iter().filter(|change| change.url == url);
    let left = of_page.filter_map(|change| change.was.clone()).collect();
    Ok(Seen { files: written.into_iter().map(|(_, path)| path).collect(), left })
}

/// A file that cites pages.
trait Cites: DeserializeOwned + Default + PartialEq {
    fn sources(&mut self) -> &mut Option<Vec<SourceFile>>;
}

impl Cites for AgencyFile {
    fn sources(&mut self) -> &mut Option<Vec<SourceFile>> {
        &mut self.sources
    }
}

impl Cites for ServiceFile {
    fn sources(&mut self) -> &mut Option<Vec<SourceFile>> {
        &mut self.sources
    }
}

/// The text of a file with the day behind every source of an address, and nothing else changed.
fn rewritten<F: Cites>(root: &Path, path: &Path, (url, day): (&str, Date)) -> Result<String> {
    let text = fs_err::read_to_string(root.join(path))?;
    let new = with_day(&text, url, day);
    let (mut wanted, _) = read::<F>(&text);
    for source in wanted.sources().iter_mut().flatten() {
        if source.url.as_ref().is_some_and(|written| written.as_str() == url) {
            source.read = Some(Text(day.to_string()));
        }
    }
    if read::<F>(&new).0 != wanted {
        let failure = Failure::new(format!("{} is set in a way that cannot be changed line by line", path.display()));
        bail!(failure.help(format!("write `read: {day}` there yourself, beside `url: {url}`; nothing was written")));
    }
    Ok(new)
}

/// The lines of a text, with another day where an item of a list has an address.
fn with_day(text: &str, url: &str, day: Date) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut new: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    for (at, _) in lines.iter().enumerate().filter(|(_, line)| value_of(line, "url") == Some(url)) {
        let begin = (0..=at).rev().find(|row| lines.get(*row).is_some_and(|line| line.trim_start().starts_with("- ")));
        let begin = begin.unwrap_or(at);
        let own = lines.get(begin).map_or(0, |line| indent(line));
        let ends = |line: &&str| !line.trim().is_empty() && indent(line) <= own;
        let end = lines.iter().skip(begin + 1).position(ends).map_or(lines.len(), |count| begin + 1 + count);
        for row in begin..end {
            if let (Some(line), Some(old)) = (new.get_mut(row), lines.get(row).and_then(|line| value_of(line, "read")))
            {
                *line = line.replacen(old, &day.to_string(), 1);
            }
        }
    }
    new.concat()
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|character| *character == ' ').count()
}

/// What a line sets a key to, without quotes and remarks; the first of an item stands behind a hyphen.
fn value_of<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let bare = line.trim_start().trim_start_matches("- ").trim_start();
    let value = bare.strip_prefix(key)?.strip_prefix(':')?;
    Some(value.split(" #").next()?.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn only_the_day_of_that_source_changes() {
        let text = "id: x\nsources:\n  # first\n  - url: https://a.example/x\n    kind: agency\n    read: 2026-01-01 # by hand\n    quotes:\n      \
                    - of: [number]\n        words: \"read: 2026-01-01\"\n\n  - kind: agency\n    read: \"2026-02-02\"\n    url: https://b.example/x\n\
                    invented: true\n";
        let first = with_day(text, "https://a.example/x", date(2026, 11, 12));
        assert_eq!(first, text.replace("2026-01-01 # by hand", "2026-11-12 # by hand"));
        let second = with_day(text, "https://b.example/x", date(2026, 11, 12));
        assert_eq!(second, text.replace("2026-02-02", "2026-11-12"));
        assert_eq!(with_day(text, "https://c.example/x", date(2026, 11, 12)), text);
    }
}
