//! The menu at the foot of every page: pages of words that ask for a place there, and the pages that are always there.

use crate::strings::Strings;
use crate::texts::FOOT_GROUP;
use crate::views::{LinkView, LinksView};
use schema::site::front_matter::MenuGroup;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One link of the menu.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MenuEntry {
    /// Whom it is for; a bundle of before there were groups does not say.
    #[serde(default)]
    pub group: MenuGroup,
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

/// The menu of a language.
#[derive(Debug, Serialize)]
pub(crate) struct Menu {
    /// Its links under the heading of their group.
    pub(crate) groups: Vec<LinksView>,
    /// All of them in one list, as the templates of an older bundle show them.
    pub(crate) links: Vec<LinkView>,
}

/// The menu of each language, in order.
pub(crate) fn menus(menus: &BTreeMap<String, Vec<MenuEntry>>, strings: &Strings) -> BTreeMap<String, Menu> {
    menus.iter().map(|(lang, entries)| (lang.clone(), menu(lang, entries, strings))).collect()
}

fn menu(lang: &str, entries: &[MenuEntry], strings: &Strings) -> Menu {
    let mut sorted: Vec<&MenuEntry> = entries.iter().collect();
    sorted.sort();
    let link = |entry: &&MenuEntry| {
        let label = match &entry.label {
            MenuLabel::Words(words) => words.clone(),
            MenuLabel::String(id) => strings.named(lang, id),
        };
        LinkView { label, path: entry.path.clone(), count: None }
    };
    let group = |(_, group): &(&str, MenuGroup)| LinksView {
        heading: strings.text(lang, FOOT_GROUP.of(*group)),
        links: sorted.iter().filter(|entry| entry.group == *group).map(link).collect(),
    };
    let groups = MenuGroup::ALL.iter().map(group).filter(|group| !group.links.is_empty()).collect();
    Menu { groups, links: sorted.iter().map(link).collect() }
}

#[cfg(test)]
mod tests {
    use super::{MenuEntry, MenuGroup};

    #[test]
    fn a_link_of_before_there_were_groups_is_still_read() {
        let entry: MenuEntry = serde_json::from_str(r#"{"place":1,"path":"/a/","label":{"Words":"A"}}"#).unwrap();
        assert_eq!(entry.group, MenuGroup::About);
    }
}
