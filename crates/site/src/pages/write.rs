//! Where a letter is written. Everything about a person is added by the page's script, from that person's own page.

use crate::ledger::Kind;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use templates::texts;
use templates::views::NoView;

struct Write;

pub(super) fn plan<'a>(_: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    vec![Page::of_template(lang, "/write/", Write)]
}

impl Body for Write {
    fn kind(&self) -> Kind {
        Kind::Write
    }

    fn template(&self) -> &'static str {
        "write.html"
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let text = |text| scene.theme.strings.text(page.lang, text);
        page.set(scene, page.about(text(texts::WRITE_HEADING), text(texts::WRITE_LEAD)), &NoView {})
    }
}
