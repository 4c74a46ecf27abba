//! The people that a visitor has kept: their own browser knows them, and nobody else.

use crate::ledger::Kind;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use templates::frame::About;
use templates::texts;
use templates::views::KeptView;

struct Kept;

pub(super) fn plan<'a>(_: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    vec![Page::of_template(lang, "/kept/", Kept)]
}

impl Body for Kept {
    fn kind(&self) -> Kind {
        Kind::Kept
    }

    fn template(&self) -> &'static str {
        "kept.html"
    }

    fn is_for_search(&self) -> bool {
        false
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let title = scene.theme.strings.text(page.lang, texts::KEPT_TITLE);
        let about = About { section: "people", ..page.about(title, String::new()) };
        page.set(scene, about, &KeptView {})
    }
}
