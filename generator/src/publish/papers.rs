//! What is left in hand after a removal: the addresses for search engines, and a receipt for whoever asked. Both say only what
//! was done.

use super::apply::Step;
use super::class::addresses;
use super::leavers::Leaver;
use crate::args::publish::RemoveOrder;
use crate::build::check;
use crate::files;
use crate::tell::letter::{Message, Words};
use anyhow::{Result, bail};
use jiff::tz::TimeZone;
use schema::reference::Reference;
use std::path::{Path, PathBuf};

/// Where each search engine is asked to forget an address.
const SEARCH_ENGINES: &[&str] = &[
    "https://search.google.com/search-console/remove-outdated-content",
    "https://www.bing.com/webmasters/tools/contentremoval",
    "https://yandex.com/support/webmaster/yandex-indexing/removing-from-index.html",
];

/// Where the papers lie, from the root.
pub(super) struct Papers {
    pub(super) urls: PathBuf,
    pub(super) receipt: PathBuf,
}

/// Writes the list for search engines, and the receipt.
pub(super) fn write_papers(
    root: &Path,
    order: &RemoveOrder,
    reference: Option<&Reference>,
    (person, leaver): (&str, &Leaver),
) -> Result<Papers> {
    let day = jiff::ZonedDateTime::now().date();
    let site = check(root, day)?;
    let folder = PathBuf::from("var/removals").join(person);
    let (urls, receipt) = (folder.join("search-engines.txt"), folder.join("receipt.html"));
    let all: Vec<String> = leaver
        .paths
        .iter()
        .flat_map(|path| addresses(path))
        .map(|path| format!("{}{path}", site.catalogue.site.url))
        .collect();
    let Some(theme) = &site.theme else {
        files::write(&root.join(&urls), format!("{}\n", all.join("\n")).as_bytes())?;
        bail!(
            "{person} is taken down, but the receipt could not be written: mend what `check` shows, and run this again"
        );
    };
    let words = Words { theme, catalogue: &site.catalogue };
    let asked = order.language.as_deref().unwrap_or(site.catalogue.site.first_language());
    let lang = words.language(asked);
    let (forms, lead) = (SEARCH_ENGINES.join("\n"), words.text(lang, "removal-urls"));
    files::write(&root.join(&urls), format!("{lead}\n\n{forms}\n\n{}\n", all.join("\n")).as_bytes())?;
    let message = receipt_message(&words, lang, (person, reference), leaver);
    let page = words.letter(lang, &[], day, &message)?;
    files::write(&root.join(&receipt), page.as_bytes())?;
    files::write(&root.join(&folder).join("receipt.txt"), message.plain(&site.catalogue.site.name).as_bytes())?;
    Ok(Papers { urls, receipt })
}

fn receipt_message(
    words: &Words<'_>,
    lang: &str,
    (person, reference): (&str, Option<&Reference>),
    leaver: &Leaver,
) -> Message {
    let url = words.url(lang, &format!("/people/{person}/"));
    let mut said = vec![words.format(lang, "removal-lead", &[("url", url.clone())])];
    let times = [
        (Step::Marked, "removal-marked"),
        (Step::Erased, "removal-erased"),
        (Step::Purged, "removal-purged"),
        (Step::Refreshed, "removal-forgotten"),
    ];
    for (step, id) in times {
        if let Some(at) = leaver.steps.get(&step) {
            let time = TimeZone::UTC.to_datetime(*at).strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
            said.push(words.format(lang, id, &[("time", time)]));
        }
    }
    if !leaver.steps.contains_key(&Step::Refreshed) {
        said.push(words.text(lang, "removal-lists"));
    }
    said.push(words.text(lang, "removal-search-engines"));
    said.push(url);
    said.push(words.text(lang, "removal-again"));
    if let Some(reference) = reference {
        said.push(words.format(lang, "removal-reference", &[("reference", reference.to_string())]));
    }
    Message {
        subject: words.text(lang, "removal-title"),
        paragraphs: said,
        goodbye: words.text(lang, "removal-goodbye"),
    }
}
