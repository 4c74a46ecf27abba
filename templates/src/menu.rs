//! The menu at the foot of every page: pages of words that ask for a place there, and the pages that are always there.

use crate::strings::Strings;
use crate::views::LinkView;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One link of the menu.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MenuEntry {
    /// Small numbers come first.
    pub place: u32,
    /// Whole path, the language's prefix with it.
    pub path: String,
    /// What it is called.
    pub label: MenuLabel,
}

/// What a link of the menu is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MenuLabel {
    /// In the words of its page.
    Words(String),
    /// In the words of a string.
    String(String),
}

/// The links of each language, in order.
pub(crate) fn menus(menus: &BTreeMap<String, Vec<MenuEntry>>, strings: &Strings) -> BTreeMap<String, Vec<LinkView>> {
    let links = |(lang, entries): (&String, &Vec<MenuEntry>)| {
        let mut sorted = entries.clone();
        sorted.sort();
        let link = |entry: MenuEntry| {
            let label = match entry.label {
                MenuLabel::Words(words) => words,
                MenuLabel::String(id) => strings.named(lang, &id),
            };
            LinkView { label, path: entry.path, count: None }
        };
        (lang.clone(), sorted.into_iter().map(link).collect())
    };
    menus.iter().map(links).collect()
}
