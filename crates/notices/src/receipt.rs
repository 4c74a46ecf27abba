//! What is left in hand after a removal: the addresses for search engines, and a receipt for whoever asked. Both say only what
//! was done.

use crate::letter::{Message, Wording};
use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schema::site::address;
use schema::submission::reference::Reference;
use std::path::{Path, PathBuf};
use templates::context::PageContext;
use templates::texts;

/// Where each search engine is asked to forget an address.
const SEARCH_ENGINES: &[&str] = &[
    "https://search.google.com/search-console/remove-outdated-content",
    "https://www.bing.com/webmasters/tools/contentremoval",
    "https://yandex.com/support/webmaster/yandex-indexing/removing-from-index.html",
];

/// What was done for somebody who left, and when.
pub struct Receipt<'a> {
    /// Their id.
    pub person: &'a str,
    /// The addresses that were theirs, without the site's own.
    pub addresses: Vec<String>,
    /// The reference of whoever asked.
    pub reference: Option<&'a Reference>,
    /// Since when the edge answers that the page is gone.
    pub marked: Option<Timestamp>,
    /// When the files were deleted in all versions.
    pub erased: Option<Timestamp>,
    /// Whether the photo stays, for it is on somebody else's page too.
    pub photo_stays: bool,
    /// When the edge had dropped its copies.
    pub purged: Option<Timestamp>,
    /// When lists, search and feed had forgotten them.
    pub forgotten: Option<Timestamp>,
    /// The day from which editors delete the profile itself, where it is still kept.
    pub kept_until: Option<Date>,
}

/// Where the papers lie, from the root.
pub struct Papers {
    /// The list for search engines.
    pub urls: PathBuf,
    /// The receipt, as a page to print.
    pub receipt: PathBuf,
}

impl Papers {
    /// The places of a person's papers.
    pub fn of(person: &str) -> Self {
        let folder = PathBuf::from("var/removals").join(person);
        Self { urls: folder.join("search-engines.txt"), receipt: folder.join("receipt.html") }
    }
}

/// Writes the bare list of addresses, where there are no words for more.
///
/// # Errors
/// Those of writing.
pub fn write_addresses(root: &Path, site: &str, receipt: &Receipt<'_>) -> Result<()> {
    let papers = Papers::of(receipt.person);
    disk::var(root)?;
    Ok(disk::replace(&root.join(papers.urls), format!("{}\n", all(site, receipt)).as_bytes())?)
}

/// Writes the list for search engines, and the receipt in a language, as a page and as plain text.
///
/// # Errors
/// Those of writing, and of a template that fails.
pub fn write(root: &Path, words: &Wording<'_>, asked: &str, receipt: &Receipt<'_>, day: Date) -> Result<Papers> {
    let papers = Papers::of(receipt.person);
    let lang = words.language(asked);
    let context = words.context(lang, day);
    let (forms, lead) = (SEARCH_ENGINES.join("\n"), context.text(texts::REMOVAL_URLS));
    let urls = format!("{lead}\n\n{forms}\n\n{}\n", all(&words.catalogue.site.url, receipt));
    disk::var(root)?;
    disk::replace(&root.join(&papers.urls), urls.as_bytes())?;
    let message = message(&context, receipt);
    disk::replace(&root.join(&papers.receipt), words.letter(lang, &[], day, &message)?.as_bytes())?;
    let plain = message.plain(&words.catalogue.site.name);
    disk::replace(&root.join(papers.receipt.with_extension("txt")), plain.as_bytes())?;
    Ok(papers)
}

fn all(site: &str, receipt: &Receipt<'_>) -> String {
    receipt.addresses.iter().map(|path| format!("{site}{path}")).collect::<Vec<_>>().join("\n")
}

fn message(context: &PageContext<'_>, receipt: &Receipt<'_>) -> Message {
    let url = context.url(&address::person(receipt.person));
    let mut said = vec![context.format(texts::REMOVAL_LEAD, [url.clone()])];
    let erased = if receipt.photo_stays { texts::REMOVAL_ERASED_BUT_PHOTO } else { texts::REMOVAL_ERASED };
    let times = [
        (receipt.marked, texts::REMOVAL_MARKED),
        (receipt.erased, erased),
        (receipt.purged, texts::REMOVAL_PURGED),
        (receipt.forgotten, texts::REMOVAL_FORGOTTEN),
    ];
    for (at, text) in times.into_iter().filter_map(|(at, text)| Some((at?, text))) {
        let time = TimeZone::UTC.to_datetime(at).strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
        said.push(context.format(text, [time]));
    }
    if receipt.photo_stays {
        said.push(context.text(texts::REMOVAL_PHOTO_SHARED));
    }
    if receipt.forgotten.is_none() {
        said.push(context.text(texts::REMOVAL_LISTS));
    }
    if let Some(day) = receipt.kept_until {
        let day = context.day_words(day);
        said.extend([context.format(texts::REMOVAL_KEPT, [day]), context.text(texts::REMOVAL_MARK)]);
    }
    said.push(context.text(texts::REMOVAL_SEARCH_ENGINES));
    said.push(url);
    said.push(context.text(texts::REMOVAL_AGAIN));
    if let Some(reference) = receipt.reference {
        said.push(context.format(texts::REMOVAL_REFERENCE, [reference.to_string()]));
    }
    Message {
        subject: context.text(texts::REMOVAL_TITLE),
        paragraphs: said,
        goodbye: context.text(texts::REMOVAL_GOODBYE),
    }
}
