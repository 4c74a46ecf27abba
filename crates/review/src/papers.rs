//! What a machine keeps beside the store: letters and mails about submissions, papers of removals, copies of photos.

use jiff::Timestamp;
use schema::submission::reference::Reference;
use schema::submission::retention::PAPERS;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Where letters and mails are, which are named after their references.
const MAIL: &str = "var/mail";
/// Copies of photos, which are made anew where they are wanted still.
const CACHE: &str = "var/cache/photos";
/// Where words and pictures of families are.
const KEPT: [&str; 3] = [MAIL, "var/removals", CACHE];

/// Letters and mails about some submissions, from the root.
///
/// # Errors
/// That of walking, with the path.
pub fn mails_about(root: &Path, submissions: &[Reference]) -> io::Result<Vec<PathBuf>> {
    let is_about = |file: &PathBuf| submissions.iter().any(|id| disk::stem(file).starts_with(id.key()));
    Ok(disk::list(root, MAIL)?.into_iter().filter(is_about).collect())
}

/// Deletes what is about submissions that were just removed, and what is older than [`PAPERS`]. Returns it, from the root.
///
/// # Errors
/// That of walking or removing, with the path.
pub fn sweep_papers(root: &Path, now: Timestamp, removed: &[Reference]) -> io::Result<Vec<PathBuf>> {
    let mut deleted = mails_about(root, removed)?;
    deleted.iter().try_for_each(|file| disk::remove(&root.join(file)))?;
    let oldest = u64::try_from((now - PAPERS).as_second()).unwrap_or_default();
    for folder in KEPT {
        let older = disk::remove_older(&root.join(folder), SystemTime::UNIX_EPOCH + Duration::from_secs(oldest))?;
        let told = older.into_iter().filter(|_| folder != CACHE).map(|file| Path::new(folder).join(file));
        deleted.extend(told);
    }
    Ok(deleted)
}
