//! The word to crawlers: one for the whole site.

use crate::ledger::Kind;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::{Context, Result};
use templates::views::RobotsView;

struct Robots;

pub(super) fn plan<'a>(scene: &'a Scene<'a>) -> Vec<Page<'a>> {
    let lang = scene.content.catalogue.site.first_language();
    vec![Page::of_file(lang, "/robots.txt", "content/site.yaml", Robots)]
}

impl Body for Robots {
    fn kind(&self) -> Kind {
        Kind::Robots
    }

    fn template(&self) -> &'static str {
        "robots.txt"
    }

    fn is_for_search(&self) -> bool {
        false
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let crawlers = scene.content.catalogue.crawlers.as_ref().context("the list of crawlers could not be read")?;
        let view = RobotsView { checked: crawlers.checked.to_string(), crawlers: crawlers.crawlers.clone() };
        page.set(scene, page.about(String::new(), String::new()), &view)
    }
}
