//! Gathers what the program brings to every site into `files.rs`. The same checkout gives the same bytes, wherever it lies: paths are
//! those in the repository, in order, and line ends are plain.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The files, by their path in the repository.
type Files = BTreeMap<String, String>;

/// Where they stand.
const FOLDERS: [&str; 3] = ["content", "templates/assets", "templates/html"];

/// Files and folders that are this site's own affair, or this repository's.
const OWN: [&str; 5] =
    ["content/README.md", "content/changed.yaml", "content/facilities", "content/promises.yaml", "content/site.yaml"];

/// The states and countries of agencies.
const STATES: &str = "content/vocabularies/jurisdictions.yaml";

fn main() -> io::Result<()> {
    let out = PathBuf::from(variable("OUT_DIR")?);
    let here = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let repository = here.ancestors().nth(2).ok_or_else(|| io::Error::other("the crate stands in crates/"))?;
    let mut files = Files::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={}", repository.join(folder).display());
        gather(repository, folder, &mut files)?;
    }
    leave_the_sample_out(&mut files);
    fs::write(out.join("files.rs"), written(&files))
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(io::Error::other)
}

fn gather(repository: &Path, folder: &str, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(repository.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{folder}/{name}");
        if OWN.contains(&path.as_str()) || is_left_behind(&name) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            gather(repository, &path, files)?;
        } else {
            files.insert(path, fs::read_to_string(entry.path())?.replace("\r\n", "\n"));
        }
    }
    Ok(())
}

/// What editors and file managers leave beside files, which `check` tells of.
fn is_left_behind(name: &str) -> bool {
    let ends = ["~", ".bak", ".orig", ".rej", ".old", ".tmp", ".partial"];
    let lower = name.to_lowercase();
    name.starts_with(['.', '#', '~']) || ends.iter().any(|end| lower.ends_with(end)) || lower == "thumbs.db"
}

/// Takes out what is made up: agencies, services and states that say so, and the block on pages which says that all is invented.
fn leave_the_sample_out(files: &mut Files) {
    files.retain(|_, text| !text.lines().any(|line| line == "invented: true"));
    if let Some(text) = files.get_mut(STATES) {
        let real = text.lines().filter(|line| !line.contains(", invented: true}"));
        *text = real.flat_map(|line| [line, "\n"]).collect();
    }
    for text in files.iter_mut().filter(|(path, _)| path.ends_with(".md")).map(|(_, text)| text) {
        *text = text.replacen("\nshows: [sample, ", "\nshows: [", 1).replacen("\nshows: [sample]\n", "\n", 1);
    }
}

/// The files as a Rust expression.
fn written(files: &Files) -> String {
    let line = |(path, text): (&String, &String)| format!("    ({path:?}, {text:?}.as_bytes()),\n");
    format!("&[\n{}]\n", files.iter().map(line).collect::<String>())
}
