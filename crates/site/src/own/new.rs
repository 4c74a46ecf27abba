//! A new site root: what cannot be guessed is asked for, everything else comes from the program.

use super::kept::{copy_in, know_agencies};
use crate::source::{AGENCIES, Base, SERVICES};
use anyhow::{Result, bail};
use fs_err as fs;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::key_path::KeyPath;
use schema::ground::nearest::nearest;
use schema::ground::problem::{At, Problem, quoted};
use schema::place::catalogue::Catalogue;
use schema::record::facts::Around;
use schema::record::fields::check_file;
use schema::site::settings::{SiteFile, SiteSettings};
use schema::yaml::{guard, read};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What only its people know of a site.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What it is called.
    pub name: String,
    /// Its address.
    pub url: String,
    /// An e-mail address that its editors read.
    pub email: String,
    /// The lines of its postal address.
    pub post: Vec<String>,
    /// The languages that it speaks, the first at `/`.
    pub languages: Vec<String>,
    /// The agencies whose people it will list, by id; `all` for every one that is known.
    pub agencies: Vec<String>,
    /// The zone in which its days are counted.
    pub time_zone: String,
}

/// Something that was asked for and will not do: what, by the word that asks for it, and why.
pub struct Fault {
    /// `name`, `url`, `email`, `post`, `languages`, `agencies` or `time-zone`.
    pub of: &'static str,
    /// Why.
    pub failure: Failure,
}

/// Keys of `content/site.yaml`, each with the word that asks for it.
const KEYS: [(&[&str], &str); 6] = [
    (&["name"], "name"),
    (&["url"], "url"),
    (&["contact", "email"], "email"),
    (&["contact", "post"], "post"),
    (&["languages"], "languages"),
    (&["time_zone"], "time-zone"),
];

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

/// The ids of all agencies that are known.
///
/// # Errors
/// That this program brings none.
pub fn agencies() -> Result<Vec<&'static str>, Failure> {
    Ok(Base::brought()?.ids(AGENCIES).collect())
}

/// The languages that the program's words are there in.
///
/// # Errors
/// That this program brings none.
pub fn languages() -> Result<Vec<&'static str>, Failure> {
    let words = Base::brought()?.paths().filter(|path| path.ends_with(".ftl"));
    let languages: BTreeSet<&str> = words.filter_map(|path| path.split('/').nth(1)).collect();
    Ok(languages.into_iter().collect())
}

/// Everything that will not do of what was asked, by the very rules that `check` has.
///
/// # Errors
/// That this program brings no base.
pub fn judge(asked: &Asked, today: Date) -> Result<Vec<Fault>, Failure> {
    let base = Base::brought()?;
    let (catalogue, text) = (Catalogue::default(), settings(asked));
    let around = Around { facts: &catalogue, today };
    let problems = match guard(text.as_bytes()) {
        Err(problems) => problems,
        Ok(text) => {
            let (written, structural) = read::<SiteFile>(text);
            check_file::<SiteSettings>(&written, "site", around, structural).1
        }
    };
    let mut faults: Vec<Fault> = problems.into_iter().map(|problem| fault(problem, &text)).collect();
    faults.extend(faults_of_languages(asked)?);
    faults.extend(places_of(base, &asked.agencies).err().map(|failure| Fault { of: "agencies", failure }));
    Ok(faults)
}

/// What was asked for by the key that a problem is about, or by the line of the file where only that is known.
fn fault(problem: Problem, text: &str) -> Fault {
    let path = |keys: &[&str]| keys.iter().fold(KeyPath::root(), |path, key| path.key(key));
    let line = match problem.at {
        At::Position(line, _) => text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim_start(),
        _ => "",
    };
    let is_about = |keys: &[&str]| match problem.path() {
        Some(of) => of.is_within(&path(keys)),
        None => keys.last().is_some_and(|key| line.starts_with(&format!("{key}:"))),
    };
    let of = KEYS.iter().find(|(keys, _)| is_about(keys)).map_or("post", |(_, of)| *of);
    Fault { of, failure: Failure { what: problem.message, help: problem.help } }
}

fn faults_of_languages(asked: &Asked) -> Result<Option<Fault>, Failure> {
    let known = languages()?;
    let missing = asked.languages.iter().find(|language| !known.contains(&language.as_str()));
    Ok(missing.map(|language| {
        let failure = Failure::new(format!("the program has no words in {}", quoted(language)));
        let help = format!(
            "it has: {}. Begin with these; a further one is a folder content/{language} with every file translated, and its code in \
             content/site.yaml",
            known.join(", ")
        );
        Fault { of: "languages", failure: failure.help(help) }
    }))
}

/// The files of agencies.
///
/// # Errors
/// That one of them is not known, or that none is named.
pub(super) fn places_of(base: Base, agencies: &[String]) -> Result<Vec<String>, Failure> {
    let place = |id: &str| format!("{AGENCIES}/{id}.yaml");
    if agencies.iter().any(|id| id == "all") {
        return Ok(base.ids(AGENCIES).map(place).collect());
    }
    if let Some(unknown) = agencies.iter().find(|id| base.get(&place(id)).is_none()) {
        let failure = Failure::new(format!("no agency {} is known", quoted(unknown)));
        let known = base.ids(AGENCIES).collect::<Vec<_>>().join(", ");
        return Err(match nearest(unknown, base.ids(AGENCIES)) {
            Some(near) => failure.help(format!("did you mean {near}?")),
            None => failure.help(format!(
                "known: {known}. One that is not among them is a file of your own, as content/README.md of the software tells"
            )),
        });
    }
    Ok(agencies.iter().map(|id| place(id)).collect())
}

#[derive(Deserialize)]
struct WithServices {
    #[serde(default)]
    services: Vec<String>,
}

/// The files of agencies, and of the services that they name.
pub(super) fn with_services(base: Base, places: &[String]) -> BTreeSet<String> {
    let services = |place: &String| {
        let file = base.get(place).and_then(|bytes| serde_yaml::from_slice::<WithServices>(bytes).ok());
        file.map_or_else(Vec::new, |file| file.services)
    };
    let of_services = places.iter().flat_map(services).map(|id| format!("{SERVICES}/{id}.yaml"));
    places.iter().cloned().chain(of_services).filter(|path| base.get(path).is_some()).collect()
}

/// `content/site.yaml`.
fn settings(asked: &Asked) -> String {
    let post: String = asked.post.iter().map(|line| format!("    - {}\n", scalar(line))).collect();
    let languages: Vec<String> = asked.languages.iter().map(|language| scalar(language)).collect();
    format!(
        "name: {}\nurl: {}\nsample: false\n\
         # The words, pages, forms, lists and looks that are not in this folder are the program's own.\nbase: true\n\
         languages: [{}]\ncontact:\n  post:\n{post}  email: {}\npeople_per_page: 24\ntime_zone: {}\n",
        scalar(&asked.name),
        scalar(&asked.url),
        languages.join(", "),
        scalar(&asked.email),
        scalar(&asked.time_zone),
    )
}

/// A text between quotes, so that nothing in it means anything to YAML; bare where it is plain words.
fn scalar(text: &str) -> String {
    let text_of_address = text.strip_prefix("https://").unwrap_or(text);
    let is_plain = text_of_address.chars().all(|c| c.is_alphanumeric() || " /.@".contains(c) || c == '-')
        && text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// Writes a new root into a folder that is empty or not there. It is made aside, and put in place whole.
///
/// # Errors
/// What of the answers will not do, that the folder holds something, or that of writing.
pub fn create(folder: &Path, asked: &Asked, today: Date) -> Result<()> {
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
        copy_in(&made, &path, base.get(&path).unwrap_or_default())?;
    }
    know_agencies(&made, base)?;
    disk::replace(&made.join("content/site.yaml"), settings(asked).as_bytes())?;
    put_in_place(&made, &place)
}

fn readme(asked: &Asked, today: Date) -> String {
    let agency = asked.agencies.iter().find(|id| *id != "all").map_or("texas-doc", String::as_str);
    README.replace("{name}", &asked.name).replace("{agency}", agency).replace("{day}", &today.to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_written_as_it_was_typed() {
        let odd = ["Letters Home", "A: b # c", "\"Hi\"", "no", "- x", "Ünï 12", "12", "back\\slash", " x"];
        for name in odd {
            let asked = Asked { name: name.to_owned(), languages: vec!["en".to_owned()], ..Asked::default() };
            let written = read::<SiteFile>(&settings(&asked)).0;
            assert_eq!(written.name.map(|text| text.0).as_deref(), Some(name));
        }
    }
}
