//! The menu at the foot of every page: pages of words that ask for a place in it, forms, and what is always there.

use crate::source::words::ContentPage;
use schema::form::Form;
use schema::place::catalogue::Catalogue;
use schema::submission::kinds::SubmissionKind;
use templates::menu::{MenuEntry, MenuLabel};

/// The place of a page that names none: behind all that do.
const LAST_PLACE: u32 = 1000;

/// What is always there: place, path, string.
const FIXED: [(u32, &str, &str); 4] = [
    (40, "/mail/", "foot-mail"),
    (50, "/write/", "foot-write"),
    (100, "/kept/", "foot-kept"),
    (150, "/send/mine", "foot-mine"),
];

/// Forms that people look for when they need them: place, kind, string.
const FORMS: [(u32, SubmissionKind, &str); 2] =
    [(140, SubmissionKind::Update, "foot-update"), (160, SubmissionKind::Report, "foot-report")];

/// The menu of a language.
pub(super) fn menu(catalogue: &Catalogue, forms: &[Form], pages: &[ContentPage], lang: &str) -> Vec<MenuEntry> {
    let prefix = catalogue.site.prefix(lang);
    let string = |place, path: &str, id: &str| MenuEntry {
        place,
        path: format!("{prefix}{path}"),
        label: MenuLabel::String(id.to_owned()),
    };
    let fixed = FIXED.iter().map(|(place, path, id)| string(*place, path, id));
    let of_forms = FORMS.iter().filter_map(|(place, kind, id)| {
        let form = forms.iter().find(|form| form.kind == *kind)?;
        Some(string(*place, &format!("/{}/", form.address), id))
    });
    let own = pages.iter().filter(|page| page.lang == lang).filter_map(|page| {
        let words = page.matter.menu.clone()?;
        let place = page.matter.menu_place.unwrap_or(LAST_PLACE);
        Some(MenuEntry { place, path: format!("{prefix}/{}/", page.name), label: MenuLabel::Words(words) })
    });
    fixed.chain(of_forms).chain(own).collect()
}
