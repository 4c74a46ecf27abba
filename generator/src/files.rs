//! All reading and writing of files: paths in every error, sorted walks, and writing aside before putting in place.

use anyhow::{Context, Result};
use fs_err as fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The bytes of a file below the root.
pub(crate) fn read(root: &Path, file: &Path) -> Result<Vec<u8>> {
    Ok(fs::read(root.join(file))?)
}

/// Files directly in a folder below the root, as paths relative to the root, sorted. An absent folder has none.
pub(crate) fn list(root: &Path, folder: &str) -> Result<Vec<PathBuf>> {
    walk(root, folder, 1)
}

fn walk(root: &Path, folder: &str, depth: usize) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !root.join(folder).exists() {
        return Ok(files);
    }
    for entry in WalkDir::new(root.join(folder)).max_depth(depth).sort_by_file_name() {
        let entry = entry.with_context(|| format!("walking through {folder}"))?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().is_file() && !hidden {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            files.push(path.to_owned());
        }
    }
    Ok(files)
}

/// All files anywhere below a folder, relative to it, sorted. An absent folder has none.
pub(crate) fn tree(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("walking through {}", folder.display()))?;
        if entry.file_type().is_file() {
            files.push(entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_owned());
        }
    }
    Ok(files)
}

/// Writes a file aside and puts it in place, making folders as needed.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut aside = path.as_os_str().to_owned();
    aside.push(".partial");
    fs::write(&aside, bytes)?;
    fs::rename(&aside, path)?;
    Ok(())
}

/// Writes a file whole where none is: of two who try at once, one fails.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(format!(".{}.partial", std::process::id()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&aside, bytes)?;
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    Ok(linked?)
}

/// The name of a file without its ending.
pub(crate) fn stem(file: &Path) -> &str {
    file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
}

/// The ending of a file's name.
pub(crate) fn ending(file: &Path) -> &str {
    file.extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}
