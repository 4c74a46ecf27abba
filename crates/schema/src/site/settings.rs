//! `content/site.yaml`: the site itself.

use crate::ground::ids::is_language_code;
use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::record::lines::lines;
use crate::yaml::{Text, as_written};
use serde::{Deserialize, Serialize};

as_written! {
    /// The file as written.
    pub struct SiteFile {
        /// What the site is called.
        name: Text,
        /// Its address, without a slash at the end.
        url: Text,
        /// `true` where people and places are invented.
        sample: Text,
        /// Language ids; the first is the one at `/`.
        languages: Vec<Text>,
        /// How to reach us.
        contact: ContactFile,
        /// How many people stand on one browse page.
        people_per_page: Text,
    }
}

as_written! {
    /// How to reach us, as written.
    pub struct ContactFile {
        /// Lines of our postal address.
        post: Vec<Text>,
        /// Our e-mail address.
        email: Text,
    }
}

/// The site, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSettings {
    /// What the site is called.
    pub name: String,
    /// `https://…` without a slash at the end.
    pub url: String,
    /// Whether people and places are invented, which every page then says.
    pub sample: bool,
    /// Language ids, the one at `/` first; never empty.
    pub languages: Vec<String>,
    /// Lines of our postal address.
    pub post: Vec<String>,
    /// Our e-mail address.
    pub email: String,
    /// How many people stand on one browse page.
    pub people_per_page: usize,
}

impl SiteSettings {
    /// The language whose pages stand at `/`.
    pub fn first_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// What the paths of a language's pages begin with: nothing for the first, `/es` for others.
    pub fn prefix(&self, language: &str) -> String {
        if language == self.first_language() { String::new() } else { format!("/{language}") }
    }
}

/// Checks `content/site.yaml`.
pub fn check_site(file: &SiteFile, structural: Vec<Problem>) -> (Option<SiteSettings>, Vec<Problem>) {
    let mut checker = Checker::new(structural);
    let name = checker.line("name", file.name.as_ref(), 1..=60);
    let url = checker.web_address("url", file.url.as_ref()).map(|url| url.trim_end_matches('/').to_owned());
    let sample = checker.yes_or_no("sample", file.sample.as_ref());
    let languages = check_languages(&mut checker, file.languages.as_ref());
    let per_page = checker.number("people_per_page", file.people_per_page.as_ref(), 6..=200);
    let contact = checker.required("contact", file.contact.as_ref()).cloned().unwrap_or_default();
    let (post, email) = checker.within("contact", |checker| {
        (lines(checker, "post", contact.post.as_ref(), 6), email(checker, contact.email.as_ref()))
    });
    let site = (|| {
        Some(SiteSettings {
            name: name?,
            url: url?,
            sample: sample?,
            languages,
            post: post?,
            email: email?,
            people_per_page: per_page? as usize,
        })
    })();
    (site, checker.finish())
}

fn email(checker: &mut Checker, written: Option<&Text>) -> Option<String> {
    let email = checker.line("email", written, 5..=120)?;
    if !crate::ground::text::is_email(&email) {
        let help = Some("write it like hello@example.org".to_owned());
        checker.wrong("email", "bad-email", format!("{} is not an e-mail address", quoted(&email)), help);
        return None;
    }
    Some(email)
}

fn check_languages(checker: &mut Checker, written: Option<&Vec<Text>>) -> Vec<String> {
    let Some(items) = checker.required("languages", written) else { return Vec::new() };
    if items.is_empty() {
        checker.wrong("languages", "wrong-count", "`languages` must name at least one language", None);
    }
    for (index, item) in items.iter().enumerate().filter(|(_, item)| !is_language_code(item.as_str())) {
        let at = At::Value(checker.path("languages").index(index));
        let message = format!("there is no language {}", quoted(item.as_str()));
        checker.note(Problem::new(at, "unknown-language", message).help("use two or three letters, like en or es"));
    }
    items.iter().map(|item| item.0.clone()).collect()
}
