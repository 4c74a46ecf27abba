//! The map of the site for search engines: every page that they may show, in one file, or in several that the first one names.

use crate::ledger::Kind;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use templates::views::SitemapView;

/// How many addresses one map holds at most, by the rule of sitemaps.org.
const MAP: usize = 50_000;

/// One of the maps.
struct Sitemap {
    /// The other maps, where this is the one that names them.
    maps: Vec<String>,
    /// Whole paths of pages.
    paths: Vec<String>,
}

pub(super) fn plan<'a>(scene: &'a Scene<'a>, pages: &[Page<'_>]) -> Vec<Page<'a>> {
    let site = &scene.content.catalogue.site;
    let whole = |page: &Page<'_>| format!("{}{}", site.prefix(page.lang), page.path);
    let paths: Vec<String> = pages.iter().filter(|page| page.body.is_for_search()).map(whole).collect();
    let parts: Vec<&[String]> = paths.chunks(MAP).collect();
    let map = |path: String, maps: Vec<String>, paths: &[String]| {
        let map = Sitemap { maps, paths: paths.to_vec() };
        Page::of_file(site.first_language(), path, "content/site.yaml", map)
    };
    if parts.len() <= 1 {
        return vec![map("/sitemap.xml".to_owned(), Vec::new(), &paths)];
    }
    let name = |number: usize| format!("/sitemap-{number}.xml");
    let first = map("/sitemap.xml".to_owned(), (1..=parts.len()).map(name).collect(), &[]);
    let others = parts.iter().zip(1..).map(|(paths, number)| map(name(number), Vec::new(), paths));
    std::iter::once(first).chain(others).collect()
}

impl Body for Sitemap {
    fn kind(&self) -> Kind {
        Kind::Sitemap
    }

    fn template(&self) -> &'static str {
        "sitemap.xml"
    }

    fn is_for_search(&self) -> bool {
        false
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let view = SitemapView { maps: self.maps.clone(), paths: self.paths.clone() };
        page.set(scene, page.about(String::new(), String::new()), &view)
    }
}
