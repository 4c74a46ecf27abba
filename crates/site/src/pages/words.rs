//! Pages of words: `content/LANGUAGE/pages/NAME.md` at `/NAME/`.

use crate::ledger::Kind;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use crate::source::ContentPage;
use anyhow::Result;
use schema::site::front_matter::Block;
use templates::frame::About;
use templates::views::{ContentView, LinkView};

/// From so many headings on, a page begins with links to them.
const MANY_HEADINGS: usize = 4;

struct Words<'a>(&'a ContentPage);

pub(super) fn plan<'a>(scene: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    let own = scene.content.pages.iter().filter(|page| page.lang == lang);
    own.map(|words| Page::of_file(lang, format!("/{}/", words.name), &words.file, Words(words))).collect()
}

impl Body for Words<'_> {
    fn kind(&self) -> Kind {
        Kind::Words
    }

    fn template(&self) -> &'static str {
        "content.html"
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let Words(words) = self;
        let contents = words.page.headings.iter().map(|(anchor, label)| LinkView {
            label: label.clone(),
            path: format!("#{anchor}"),
            count: None,
        });
        let view = ContentView {
            title: words.matter.title.clone(),
            summary: words.matter.summary.clone(),
            body_html: words.page.html.clone(),
            contents: if words.page.headings.len() >= MANY_HEADINGS { contents.collect() } else { Vec::new() },
            shows_actions: words.matter.shows.contains(&Block::Actions),
            shows_sample: words.matter.shows.contains(&Block::Sample) && scene.content.catalogue.site.sample,
            shows_contact: words.matter.shows.contains(&Block::Contact),
        };
        let section = if matches!(words.name.as_str(), "how-it-works" | "families") { "how" } else { "" };
        let about = page.about(words.matter.title.clone(), words.matter.summary.clone());
        page.set(scene, About { section, kind: "article", ..about }, &view)
    }
}
