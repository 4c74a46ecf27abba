//! A new site root: what cannot be guessed is asked for, everything else comes from the program.

use super::kept::{copy_in, know_agencies};
use super::options::{Fault, NewOptions, judge, settings};
use super::places::{places_of, with_services};
use crate::source::Base;
use anyhow::{Result, bail};
use fs_err as fs;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The files of every new root, beside those that depend on what was asked.
const FILES: [(&str, &str); 6] = [
    (".gitattributes", include_str!("files/gitattributes")),
    (".github/workflows/site.yml", include_str!("files/site.yml")),
    (".gitignore", include_str!("files/gitignore")),
    (".inside-out/README.md", include_str!("files/copies.md")),
    ("content/facilities/README.md", include_str!("files/facilities.md")),
    ("profiles/README.md", include_str!("files/profiles.md")),
];

/// The page for editors, with the site's name, an agency of its own and the day left open.
const README: &str = include_str!("files/editors.md");

fn readme(asked: &NewOptions, today: Date) -> String {
    let agency = asked.agencies.iter().find(|id| *id != "all").map_or("texas-doc", String::as_str);
    README.replace("{name}", &asked.name).replace("{agency}", agency).replace("{day}", &today.to_string())
}

/// Writes a new root into a folder that is empty or not there. It is made aside, and put in place whole.
///
/// # Errors
/// What of the answers will not do, that the folder holds something, or that of writing.
pub fn create(folder: &Path, asked: &NewOptions, today: Date) -> Result<()> {
    let base = Base::brought()?;
    if let Some(Fault { of, failure }) = judge(asked, today)?.into_iter().next() {
        bail!(Failure { what: format!("--{of}: {}", failure.what), ..failure })
    }
    refuse_what_is_there(folder)?;
    let place: PathBuf = if folder.exists() { fs::canonicalize(folder)? } else { folder.components().collect() };
    let aside = disk::Aside::of(&place)?;
    let made = aside.path().join("root");
    for (path, text) in FILES {
        disk::place(&made.join(path), text.as_bytes())?;
    }
    disk::place(&made.join("README.md"), readme(asked, today).as_bytes())?;
    for path in with_services(base, &places_of(base, &asked.agencies)?) {
        copy_in(&made, &path, base.needed(&path)?)?;
    }
    know_agencies(&made, base)?;
    disk::replace(&made.join("content/site.yaml"), settings(asked).as_bytes())?;
    put_in_place(&made, &place)
}

/// Whether a new root can be put into a folder: it is empty, or not there. What git keeps of itself may be in it, as in a repository that
/// was made on a host, and cloned.
///
/// # Errors
/// That something is in it, or that of reading.
pub fn refuse_what_is_there(folder: &Path) -> Result<()> {
    if folder.exists() {
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            if name != ".git" {
                let what = format!("{} is not empty: {} is in it", folder.display(), name.display());
                bail!(Failure::new(what).help("name a folder that is empty or not there yet; nothing was written"));
            }
        }
    }
    Ok(())
}

/// Of a folder that is there, `content` comes last: until then it is no site root.
fn put_in_place(made: &Path, place: &Path) -> Result<()> {
    if !place.exists() {
        return Ok(fs::rename(made, place)?);
    }
    let entries = fs::read_dir(made)?.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<BTreeSet<_>>>()?;
    let (last, first): (Vec<_>, Vec<_>) = entries.into_iter().partition(|name| name == "content");
    for name in first.into_iter().chain(last) {
        fs::rename(made.join(&name), place.join(&name))?;
    }
    Ok(())
}
