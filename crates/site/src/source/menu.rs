//! The menu at the foot of every page: pages of words that ask for a place in it, forms, and what is always there.

use crate::source::words::ContentPage;
use schema::form::Form;
use schema::place::catalogue::Catalogue;
use schema::site::address;
use schema::site::front_matter::MenuGroup::{self, About, Families, Write};
use schema::submission::kinds::SubmissionKind;
use templates::menu::{MenuEntry, MenuLabel};
use templates::texts::{self, Text};

/// The place of a page that names none: behind all that do.
const LAST_PLACE: u32 = 1000;

/// What is always there: group, place, path, string.
const FIXED: [(MenuGroup, u32, &str, Text); 4] = [
    (Write, 5, "/write/", texts::FOOT_WRITE),
    (Write, 40, "/mail/", texts::FOOT_MAIL),
    (Write, 50, "/kept/", texts::FOOT_KEPT),
    (Families, 150, "/send/mine", texts::FOOT_MINE),
];

/// Forms that people look for when they need them: group, place, kind, string.
const FORMS: [(MenuGroup, u32, SubmissionKind, Text); 2] = [
    (Families, 140, SubmissionKind::Update, texts::FOOT_UPDATE),
    (About, 160, SubmissionKind::Report, texts::FOOT_REPORT),
];

/// The menu of a language.
pub(super) fn menu(catalogue: &Catalogue, forms: &[Form], pages: &[ContentPage], lang: &str) -> Vec<MenuEntry> {
    let prefix = catalogue.site.prefix(lang);
    let string = |group, place, path: &str, text: &Text| MenuEntry {
        group,
        place,
        path: format!("{prefix}{path}"),
        label: MenuLabel::String(text.id()),
    };
    let fixed = FIXED.iter().map(|(group, place, path, text)| string(*group, *place, path, text));
    let of_forms = FORMS.iter().filter_map(|(group, place, kind, text)| {
        let form = forms.iter().find(|form| form.kind == *kind)?;
        Some(string(*group, *place, &address::form(form), text))
    });
    let own = pages.iter().filter(|page| page.lang == lang).filter_map(|page| {
        let words = page.matter.menu.clone()?;
        let place = page.matter.menu_place.unwrap_or(LAST_PLACE);
        let (group, path) = (page.matter.menu_group, format!("{prefix}/{}/", page.name));
        Some(MenuEntry { group, place, path, label: MenuLabel::Words(words) })
    });
    fixed.chain(of_forms).chain(own).collect()
}
