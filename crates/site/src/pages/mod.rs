//! The pages of a site. A page is a file: which of its kind there are, what it shows, its template.
//!
//! A new kind is a file here, its template, and a line in [`PLANS`].

mod agencies;
mod agency;
mod feed;
mod form;
mod home;
mod index;
mod kept;
mod list;
mod mail;
mod notice;
mod page;
mod paper;
mod person;
mod robots;
pub(crate) mod scene;
mod sitemap;
pub(crate) mod teaser;
mod tombstones;
mod words;
mod write;

pub(crate) use page::Page;
use scene::Scene;

/// Plans the pages of one kind in a language.
type Plan = for<'a> fn(&'a Scene<'a>, &'a str) -> Vec<Page<'a>>;

/// Every kind that has pages in each language. Maps for search engines name pages in this order.
const PLANS: &[Plan] = &[
    home::plan,
    notice::plan,
    kept::plan,
    index::plan,
    words::plan,
    form::plan,
    write::plan,
    agencies::plan,
    agency::plan,
    person::plan,
    list::plan,
    feed::plan,
];

/// Plans all pages.
pub(crate) fn plan<'a>(scene: &'a Scene<'a>) -> Vec<Page<'a>> {
    let languages = &scene.content.catalogue.site.languages;
    let mut pages: Vec<Page<'_>> =
        languages.iter().flat_map(|lang| PLANS.iter().flat_map(|plan| plan(scene, lang))).collect();
    pages.extend(sitemap::plan(scene, &pages));
    pages.extend(robots::plan(scene));
    pages
}
