//! A message in words, and the same as a letter to print.

use anyhow::Result;
use jiff::civil::Date;
use schema::form::Form;
use schema::place::catalogue::Catalogue;
use serde::Serialize;
use templates::Theme;
use templates::context::PageContext;
use templates::frame::{About, frame};

/// What is to be said. Only the subject goes where machines read, and it holds nothing that a submitter wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) goodbye: String,
}

/// Wording and facts that messages are made of.
pub struct Wording<'a> {
    /// Templates and strings.
    pub theme: &'a Theme,
    /// Facts.
    pub catalogue: &'a Catalogue,
    /// The forms: what people can do next has its address there.
    pub forms: &'a [Form],
}

#[derive(Serialize)]
struct LetterView<'a> {
    to: &'a [String],
    date: String,
    paragraphs: Vec<ParagraphView<'a>>,
    goodbye: &'a str,
}

#[derive(Serialize)]
struct ParagraphView<'a> {
    text: &'a str,
    /// Whether it is only an address on the web, to be typed.
    is_address: bool,
}

impl Wording<'_> {
    /// The language asked for, if the site speaks it; otherwise its first.
    pub(crate) fn language<'l>(&'l self, asked: &'l str) -> &'l str {
        let site = &self.catalogue.site;
        if site.languages.iter().any(|known| known == asked) { asked } else { site.first_language() }
    }

    /// What a message is written with, in a language.
    pub(crate) fn context<'l>(&'l self, lang: &'l str, day: Date) -> PageContext<'l> {
        PageContext { catalogue: self.catalogue, strings: &self.theme.strings, forms: self.forms, lang, day }
    }

    /// A message as a page to print.
    pub(crate) fn letter(&self, lang: &str, to: &[String], day: Date, message: &Message) -> Result<String> {
        let about = About {
            lang,
            title: message.subject.clone(),
            description: String::new(),
            path: "",
            noindex: true,
            section: "",
            kind: "website",
        };
        let date = self.context(lang, day).day_words(day);
        let view = LetterView { to, date, paragraphs: paragraphs(message), goodbye: &message.goodbye };
        Ok(self.theme.render("letter.html", &frame(self.catalogue, &self.theme.assets, about), &view)?)
    }
}

fn paragraphs(message: &Message) -> Vec<ParagraphView<'_>> {
    let is_address = |text: &str| text.starts_with("https://") && !text.contains(' ');
    message.paragraphs.iter().map(|text| ParagraphView { text, is_address: is_address(text) }).collect()
}

impl Message {
    /// A message as plain text.
    pub(crate) fn plain(&self, site: &str) -> String {
        format!("{}\n\n{}\n{site}\n", self.paragraphs.join("\n\n"), self.goodbye)
    }
}
