//! What stands beside what is read. A folder with a slip in its name, or a link, would be left out without a word, and a person
//! with it.

use anyhow::Result;
use fs_err as fs;
use schema::ground::nearest::nearest;
use schema::ground::problem::quoted;
use schema::person::forgotten::FOLDER;
use schema::yaml::finding::Finding;
use std::path::Path;

/// What a folder may hold.
enum Holds<'a> {
    /// Files of any name, which have readers and checks of their own, and these folders.
    Folders(&'static [&'static str]),
    /// These entries, and one folder for each of these languages.
    Only(&'static [&'static str], &'a [String]),
}

const CONTENT: &[&str] = &[
    "README.md",
    "agencies",
    "changed.yaml",
    "crawlers.yaml",
    "facilities",
    "forms",
    "promises.yaml",
    "services",
    "site.yaml",
    "static",
    "vocabularies",
];
const PLAIN: [&str; 5] =
    ["content/agencies", "content/facilities", "content/forms", "content/services", "content/vocabularies"];

/// Beside profiles and photos. Rules: `stray-folder`, `stray-file`, `left-behind`.
pub(super) fn find_among_people(root: &Path, found: &mut Vec<Finding>) -> Result<()> {
    strays_in(root, "profiles", &Holds::Folders(&["forgotten", "photos"]), found)?;
    strays_in(root, FOLDER, &Holds::Folders(&[]), found)?;
    strays_in(root, "profiles/photos", &Holds::Folders(&[]), found)
}

/// In content. Rules: `stray-folder`, `stray-file`, `left-behind`.
pub(super) fn find_in_content(root: &Path, languages: &[String], found: &mut Vec<Finding>) -> Result<()> {
    // Where the site's own file is broken, nobody knows which folders are languages.
    if !languages.is_empty() {
        strays_in(root, "content", &Holds::Only(CONTENT, languages), found)?;
    }
    for folder in PLAIN {
        strays_in(root, folder, &Holds::Folders(&[]), found)?;
    }
    for language in languages {
        strays_in(root, &format!("content/{language}"), &Holds::Folders(&["pages"]), found)?;
        strays_in(root, &format!("content/{language}/pages"), &Holds::Folders(&[]), found)?;
    }
    Ok(())
}

fn strays_in(root: &Path, folder: &str, holds: &Holds<'_>, found: &mut Vec<Finding>) -> Result<()> {
    if !root.join(folder).is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        let (known, is_known) = match holds {
            Holds::Folders(folders) => (*folders, kind.is_file() || kind.is_dir() && folders.contains(&name.as_str())),
            Holds::Only(names, languages) => {
                (*names, !kind.is_symlink() && (names.contains(&name.as_str()) || languages.contains(&name)))
            }
        };
        // A file manager's own, or one that is being written.
        if is_known && !disk::is_left_behind(&name)
            || name.starts_with('.')
            || kind.is_file() && name.ends_with(disk::PARTIAL)
        {
            continue;
        }
        let file = Path::new(folder).join(&name);
        if kind.is_file() && disk::is_left_behind(&name) {
            found.push(left_behind(&file));
            continue;
        }
        let near = nearest(&name, known.iter().copied());
        found.push(stray(&file, &name, kind, near));
    }
    Ok(())
}

/// Rule `left-behind`. What a copy holds is somebody's words, too: it does not stay without being seen.
pub(super) fn left_behind(file: &Path) -> Finding {
    let message = "a program left this file beside another, and it is not read";
    Finding::whole(file, "left-behind", message).help("look whether something in it is still wanted, then delete it")
}

fn stray(file: &Path, name: &str, kind: std::fs::FileType, near: Option<&str>) -> Finding {
    let help = |otherwise: &str| match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_owned(),
    };
    if kind.is_dir() {
        let message = format!("the folder {} is not read", quoted(name));
        return Finding::whole(file, "stray-folder", message)
            .help(help("move what is in it to where it belongs, or delete it"));
    }
    match kind.is_symlink() {
        true => link(file),
        false => Finding::whole(file, "stray-file", "this file is not read"),
    }
    .help(help(INSTEAD))
}

const INSTEAD: &str = "put the file itself here, or take this away";

/// Rule `stray-file`: what it leads to may not be there on another machine.
pub(super) fn link(file: &Path) -> Finding {
    Finding::whole(file, "stray-file", "a link is not followed").help(INSTEAD)
}
