//! Links to all lists of one facet: all places, all facilities, all interests.

use crate::ledger::Kind;
use crate::lists::facets::{Facet, INDEX_HEADING, INDEX_LEAD};
use crate::lists::list::{List, ListOf};
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use templates::context::PageContext;
use templates::frame::About;
use templates::views::{FindLinkView, IndexView, LinkView, LinksView};

struct Index(Facet);

pub(super) fn plan<'a>(scene: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    let has_list =
        |facet: &Facet| scene.lists.iter().any(|list| matches!(&list.of, ListOf::Value(of, _) if of == facet));
    // Pages of words lead to the index of facilities, whether there is one to show or not.
    let wanted = Facet::ALL.into_iter().filter(|facet| *facet == Facet::Facility || has_list(facet));
    wanted.map(|facet| Page::of_template(lang, facet.path(), Index(facet))).collect()
}

impl Body for Index {
    fn kind(&self) -> Kind {
        Kind::Index
    }

    fn template(&self) -> &'static str {
        "index.html"
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let (Index(facet), context) = (self, scene.context(page.lang));
        let link = |found: FindLinkView| LinkView { label: found.label, path: found.path, count: Some(found.count) };
        let links = links_of(scene, &context, *facet).into_iter().map(link).collect();
        let groups = vec![LinksView { heading: String::new(), links }];
        let view = IndexView {
            heading: context.text(INDEX_HEADING.of(*facet)),
            lead: context.text(INDEX_LEAD.of(*facet)),
            groups,
        };
        let about = page.about(view.heading.clone(), view.lead.clone());
        page.set(scene, About { section: "people", ..about }, &view)
    }
}

/// The words for a value of a facet.
pub(super) fn list_name(context: &PageContext<'_>, facet: Facet, value: &str) -> String {
    facet.name(value, context.catalogue, context.strings, context.lang)
}

/// The lists of a facet, in order of name; spans of ages in order of age.
pub(super) fn links_of(scene: &Scene<'_>, context: &PageContext<'_>, facet: Facet) -> Vec<FindLinkView> {
    let link = |list: &List<'_>| match &list.of {
        ListOf::Value(of, value) if *of == facet => Some(FindLinkView {
            value: value.clone(),
            label: list_name(context, facet, value),
            path: context.path(&list.of.path()),
            count: list.total,
        }),
        _ => None,
    };
    let mut links: Vec<FindLinkView> = scene.lists.iter().filter_map(link).collect();
    if facet != Facet::Age {
        links.sort_by_cached_key(|link| link.label.to_lowercase());
    }
    links
}
