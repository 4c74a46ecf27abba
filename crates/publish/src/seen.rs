//! The last whole publish that a root made or met, by bucket: kept in `var/`, for where no commit tells which came first.

use anyhow::Result;
use std::path::{Path, PathBuf};

fn place(root: &Path, bucket: &str) -> Result<PathBuf> {
    Ok(disk::var(root)?.join("publish/seen").join(bucket))
}

/// Its name; none where this root has met none.
///
/// # Errors
/// That of making `var/`, with the path.
pub fn seen(root: &Path, bucket: &str) -> Result<Option<String>> {
    Ok(std::fs::read_to_string(place(root, bucket)?).ok().map(|deploy| deploy.trim().to_owned()))
}

/// Notes one.
///
/// # Errors
/// That of writing, with the path.
pub fn note(root: &Path, bucket: &str, deploy: &str) -> Result<()> {
    Ok(disk::replace(&place(root, bucket)?, deploy.as_bytes())?)
}
