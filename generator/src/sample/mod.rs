//! A whole site root with made-up people.

use anyhow::{Result, bail};
use std::path::Path;

/// Writes a site root of N made-up people into an empty folder.
pub(crate) fn sample(_root: &Path, _folder: &Path, _people: u32, _seed: u64) -> Result<()> {
    bail!("`sample` is not built yet")
}
