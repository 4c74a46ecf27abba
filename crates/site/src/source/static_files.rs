//! Files that go out as they are: `content/static/agreement.pdf` stands at `/agreement.pdf`.

use super::layers::slashed;
use anyhow::Result;
use fs_err as fs;
use schema::ground::problem::quoted;
use schema::yaml::finding::Finding;
use std::path::{Path, PathBuf};

/// Where they lie.
const FOLDER: &str = "content/static";

/// How large one may be: it is read whole, and visitors may pay for each megabyte.
const MOST_BYTES: u64 = 25_000_000;

/// One of them.
pub struct StaticFile {
    /// Relative to the root.
    pub file: PathBuf,
    /// Where it stands, with a slash before it.
    pub address: String,
}

/// Reads which there are, sorted. Rules: `static-name`, `stray-file`, `left-behind`, `too-large`.
pub(super) fn find(root: &Path, found: &mut Vec<Finding>) -> Result<Vec<StaticFile>> {
    let (mut files, mut folders) = (Vec::new(), vec![PathBuf::from(FOLDER)]);
    folders.retain(|folder| root.join(folder).is_dir());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let (name, kind) = entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?)))?;
            let file = folder.join(&name);
            let name = name.to_string_lossy();
            if name.starts_with('.') || name.ends_with(disk::PARTIAL) {
                continue;
            }
            match fault(root, &file, &name, kind.is_symlink())? {
                Some(fault) => found.push(fault),
                None if kind.is_dir() => folders.push(file),
                None => files.push(StaticFile { address: address(&file), file }),
            }
        }
    }
    files.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(files)
}

/// Where a file stands on the site.
fn address(file: &Path) -> String {
    format!("/{}", slashed(file.strip_prefix(FOLDER).unwrap_or(file)))
}

/// Why a file, or all of a folder, cannot go out.
fn fault(root: &Path, file: &Path, name: &str, is_link: bool) -> Result<Option<Finding>> {
    if is_link {
        return Ok(Some(super::stray::link(file)));
    }
    if disk::is_left_behind(name) {
        return Ok(Some(super::stray::left_behind(file)));
    }
    if !is_plain(name) {
        let message = format!("{} cannot be part of an address", quoted(name));
        let help = "give it a name of letters from a to z, digits, and `-`, `_` or `.`, such as `visitors-guide.pdf`";
        return Ok(Some(Finding::whole(file, "static-name", message).help(help)));
    }
    let about = fs::metadata(root.join(file))?;
    Ok((about.is_file() && about.len() > MOST_BYTES).then(|| {
        let message =
            format!("the file has {} bytes, more than the {MOST_BYTES} that one visitor should load", about.len());
        Finding::whole(file, "too-large", message)
            .help("make it smaller, or link to a place that is meant for such files")
    }))
}

/// Letters, digits and `-_.`, as every machine and every address can hold them.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
