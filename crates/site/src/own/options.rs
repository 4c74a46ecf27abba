//! What only its people know of a site: asked for, judged by the rules of `check`, and written.

use super::places::places_of;
use crate::source::Base;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::key_path::KeyPath;
use schema::ground::problem::{At, Problem, quoted};
use schema::place::catalogue::Catalogue;
use schema::record::facts::Around;
use schema::record::fields::check_file;
use schema::site::settings::{SiteFile, SiteSettings};
use schema::yaml::{guard, read};
use std::collections::BTreeSet;

/// What only its people know of a site.
#[derive(Clone, Debug, Default)]
pub struct NewOptions {
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
pub fn judge(asked: &NewOptions, today: Date) -> Result<Vec<Fault>, Failure> {
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

fn faults_of_languages(asked: &NewOptions) -> Result<Option<Fault>, Failure> {
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

/// `content/site.yaml`.
pub(super) fn settings(asked: &NewOptions) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_written_as_it_was_typed() {
        let odd = ["Letters Home", "A: b # c", "\"Hi\"", "no", "- x", "Ünï 12", "12", "back\\slash", " x"];
        for name in odd {
            let asked = NewOptions { name: name.to_owned(), languages: vec!["en".to_owned()], ..NewOptions::default() };
            let written = read::<SiteFile>(&settings(&asked)).0;
            assert_eq!(written.name.map(|text| text.0).as_deref(), Some(name));
        }
    }
}
