//! The menu at the foot of every page: pages of words that ask for a place in it, forms, and what is always there.

use crate::source::words::ContentPage;
use schema::form::Form;
use schema::place::catalogue::Catalogue;
use schema::site::address;
use schema::submission::kinds::SubmissionKind;
use templates::menu::{MenuEntry, MenuLabel};
use templates::texts::{self, Text};

/// The place of a page that names none: behind all that do.
const LAST_PLACE: u32 = 1000;

/// What is always there: place, path, string.
const FIXED: [(u32, &str, Text); 4] = [
    (40, "/mail/", texts::FOOT_MAIL),
    (50, "/write/", texts::FOOT_WRITE),
    (100, "/kept/", texts::FOOT_KEPT),
    (150, "/send/mine", texts::FOOT_MINE),
];

/// Forms that people look for when they need them: place, kind, string.
const FORMS: [(u32, SubmissionKind, Text); 2] =
    [(140, SubmissionKind::Update, texts::FOOT_UPDATE), (160, SubmissionKind::Report, texts::FOOT_REPORT)];

/// The menu of a language.
pub(super) fn menu(catalogue: &Catalogue, forms: &[Form], pages: &[ContentPage], lang: &str) -> Vec<MenuEntry> {
    let prefix = catalogue.site.prefix(lang);
    let string = |place, path: &str, text: &Text| MenuEntry {
        place,
        path: format!("{prefix}{path}"),
        label: MenuLabel::String(text.id()),
    };
    let fixed = FIXED.iter().map(|(place, path, text)| string(*place, path, text));
    let of_forms = FORMS.iter().filter_map(|(place, kind, text)| {
        let form = forms.iter().find(|form| form.kind == *kind)?;
        Some(string(*place, &address::form(form), text))
    });
    let own = pages.iter().filter(|page| page.lang == lang).filter_map(|page| {
        let words = page.matter.menu.clone()?;
        let place = page.matter.menu_place.unwrap_or(LAST_PLACE);
        Some(MenuEntry { place, path: format!("{prefix}/{}/", page.name), label: MenuLabel::Words(words) })
    });
    fixed.chain(of_forms).chain(own).collect()
}
