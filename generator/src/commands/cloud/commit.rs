//! What git knows of a root: which commit holds its sources, and which came first. A root need not stand in a repository.

use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use site::made::SOURCES;
use std::path::Path;
use std::process::Command;

/// The commit that holds everything a site is made of; none where the root stands in no repository, or in one that leaves it out.
///
/// # Errors
/// That something is not committed.
pub(super) fn commit(root: &Path) -> Result<Option<String>> {
    let is_tracked = says(root, &["ls-files", "--", "content/site.yaml"]).is_some_and(|said| !said.is_empty());
    if !is_tracked {
        return Ok(None);
    }
    let mut status = vec!["status", "--porcelain", "--"];
    status.extend(SOURCES);
    let changed = says(root, &status).unwrap_or_default();
    if let Some(first) = changed.lines().next() {
        let more = match changed.lines().count() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        let what = format!("no commit holds {}{more}: nothing was changed", first.get(3..).unwrap_or(first));
        let help = "commit and push, then publish: whoever publishes next must be able to see what you did. \
                    --uncommitted publishes it all the same";
        bail!(Failure::new(what).help(help));
    }
    Ok(says(root, &["rev-parse", "HEAD"]))
}

/// Whether the commit of a root is, or comes after, another.
pub(super) fn holds(root: &Path, commit: &str) -> bool {
    says(root, &["merge-base", "--is-ancestor", commit, "HEAD"]).is_some()
}

/// What git says; none where it has nothing to say, or is not there.
fn says(root: &Path, words: &[&str]) -> Option<String> {
    let said = Command::new("git").arg("-C").arg(root).args(words).output().ok()?;
    said.status.success().then(|| String::from_utf8_lossy(&said.stdout).trim_end().to_owned())
}
