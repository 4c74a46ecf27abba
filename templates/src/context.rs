//! What everything that people read is written with: words and facts, in one language, on one day.

use crate::dates::day as day_words;
use crate::strings::Strings;
use crate::texts::Text;
use jiff::civil::Date;
use schema::form::Form;
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;
use schema::site::address;
use schema::submission::kinds::SubmissionKind;

/// Words, facts, a language and a day.
#[derive(Clone, Copy)]
pub struct PageContext<'a> {
    /// The site's facts and words.
    pub catalogue: &'a Catalogue,
    /// The strings.
    pub strings: &'a Strings,
    /// The forms.
    pub forms: &'a [Form],
    /// Language of what is written.
    pub lang: &'a str,
    /// The day that counts as today.
    pub day: Date,
}

impl PageContext<'_> {
    /// A string.
    pub fn text(&self, text: Text) -> String {
        self.strings.text(self.lang, text)
    }

    /// A string with arguments.
    pub fn format<const N: usize>(&self, text: Text<N>, args: [String; N]) -> String {
        self.strings.format(self.lang, text, args)
    }

    /// A string that counts.
    pub fn count(&self, text: Text<1>, count: usize) -> String {
        self.strings.count(self.lang, text, count)
    }

    /// A path of this language: `/about/` is `/es/about/`.
    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.catalogue.site.prefix(self.lang))
    }

    /// The whole address of a path in this language.
    pub fn url(&self, path: &str) -> String {
        format!("{}{}", self.catalogue.site.url, self.path(path))
    }

    /// Where the function shows the form of a kind: `/send/register`.
    pub fn send_path(&self, kind: SubmissionKind) -> String {
        let form = self.forms.iter().find(|form| form.kind == kind);
        self.path(&address::send(form.map_or("", |form| &form.address)))
    }

    /// `Millford, Franklin`
    pub fn place(&self, facility: &str) -> String {
        let Some((facility, agency)) = self.catalogue.place(facility) else { return String::new() };
        format!("{}, {}", facility.place, self.jurisdiction(agency))
    }

    /// The name of the state or country of an agency.
    pub fn jurisdiction(&self, agency: &Agency) -> &str {
        self.catalogue.jurisdiction(&agency.jurisdiction).map_or("", |known| known.name.get(self.lang))
    }

    /// A day in words.
    pub fn day_words(&self, day: Date) -> String {
        day_words(self.strings, self.lang, day)
    }
}
