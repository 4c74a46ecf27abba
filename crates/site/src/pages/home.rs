//! The first page.

use crate::ledger::Kind;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use schema::person::profile::Profile;
use templates::texts;
use templates::views::HomeView;

struct Home<'a> {
    people: &'a [&'a Profile],
}

pub(super) fn plan<'a>(scene: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    vec![Page::of_template(lang, "/", Home { people: scene.home })]
}

impl Body for Home<'_> {
    fn kind(&self) -> Kind {
        Kind::Home
    }

    fn template(&self) -> &'static str {
        "home.html"
    }

    fn shows(&self) -> Vec<&Profile> {
        self.people.to_vec()
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let text = |text| scene.theme.strings.text(page.lang, text);
        let view = HomeView { people: scene.cards(page.lang, self.people), total: scene.people.listed.len() };
        page.set(scene, page.about(text(texts::HOME_TITLE), text(texts::HOME_DESCRIPTION)), &view)
    }
}
