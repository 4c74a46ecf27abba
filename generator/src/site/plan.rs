//! Plans every page before one is rendered: which file, from what. Two sources of one address are found here, and so is every
//! link to a page or anchor that does not exist.

use super::People;
use super::lists::{List, ListOf};
use crate::finding::Finding;
use crate::load::{ContentPage, Site, profile_path};
use schema::problem::{nearest, quoted};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A page of the site.
pub(crate) struct Planned {
    /// Language id.
    pub(crate) lang: String,
    /// Path without the language's prefix: `/people/marcus-k7m2q/`.
    pub(crate) path: String,
    /// What stands there.
    pub(crate) what: What,
    /// The file that asks for it.
    source: PathBuf,
}

/// What stands on a page; numbers are positions in the lists they name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Home,
    NotFound,
    /// A page of words.
    Content(usize),
    /// A person.
    Person(usize),
    /// A page of a list, from 1.
    List(usize, usize),
    /// Links to lists.
    Index(IndexOf),
    /// A form.
    Form(usize),
    Feed,
    Sitemap,
    Robots,
}

/// What an index page links to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IndexOf {
    Facilities,
    Jurisdictions,
    Interests,
}

/// Plans all pages, in order of address.
pub(crate) fn plan(site: &Site, people: &People<'_>, lists: &[List<'_>]) -> Vec<Planned> {
    let mut planned = Vec::new();
    for lang in &site.catalogue.site.languages {
        let mut add = |path: String, what: What, source: PathBuf| {
            planned.push(Planned { lang: lang.clone(), path, what, source });
        };
        let template = |name: &str| PathBuf::from(format!("templates/html/{name}"));
        add("/".into(), What::Home, template("home.html"));
        add("/404.html".into(), What::NotFound, template("notice.html"));
        add("/feed.xml".into(), What::Feed, template("feed.xml"));
        let indexes = [
            ("/facilities/", IndexOf::Facilities),
            ("/places/", IndexOf::Jurisdictions),
            ("/interests/", IndexOf::Interests),
        ];
        for (path, of) in indexes {
            add(path.into(), What::Index(of), template("index.html"));
        }
        for (at, page) in site.pages.iter().enumerate().filter(|(_, page)| page.lang == *lang) {
            add(format!("/{}/", page.name), What::Content(at), page.file.clone());
        }
        for (at, form) in site.forms.iter().enumerate() {
            add(format!("/{}/", form.id), What::Form(at), PathBuf::from(format!("content/forms/{}.yaml", form.id)));
        }
        for (at, person) in people.with_page.iter().enumerate() {
            add(format!("/people/{}/", person.id), What::Person(at), profile_path(&person.id));
        }
        if !lists.iter().any(|list| list.of == ListOf::All) {
            add("/people/".into(), What::List(usize::MAX, 1), template("browse.html"));
        }
        for (at, list) in lists.iter().enumerate() {
            for page in 1..=pages(list, site.catalogue.site.people_per_page) {
                add(list.of.page_path(page), What::List(at, page), template("browse.html"));
            }
        }
    }
    let first = site.catalogue.site.first_language().to_owned();
    let source = PathBuf::from("content/site.yaml");
    for (path, what) in [("/sitemap.xml", What::Sitemap), ("/robots.txt", What::Robots)] {
        planned.push(Planned { lang: first.clone(), path: path.into(), what, source: source.clone() });
    }
    planned
}

/// How many pages a list has.
pub(crate) fn pages(list: &List<'_>, per_page: usize) -> usize {
    list.people.len().div_ceil(per_page.max(1)).max(1)
}

/// Rules `two-pages-one-address`, `dead-link`, `dead-anchor`.
pub(crate) fn check_plan(site: &Site, planned: &[Planned]) -> Vec<Finding> {
    let mut found = check_addresses(planned);
    let addresses: BTreeSet<&str> = planned.iter().map(|page| page.path.as_str()).collect();
    for page in &site.pages {
        for (target, line, column) in &page.links {
            if let Some(finding) = check_link(site, page, target, &addresses) {
                found.push(Finding { line: *line, column: *column, ..finding });
            }
        }
    }
    found
}

fn check_addresses(planned: &[Planned]) -> Vec<Finding> {
    let mut claims: BTreeMap<(&str, &str), Vec<&Planned>> = BTreeMap::new();
    for page in planned {
        claims.entry((&page.lang, &page.path)).or_default().push(page);
    }
    let mut found = Vec::new();
    for ((_, path), claimants) in claims.iter().filter(|(_, claimants)| claimants.len() > 1) {
        let sources: Vec<String> = claimants.iter().map(|page| page.source.display().to_string()).collect();
        // Two profiles of one id are one claim, and told as that.
        if claimants.windows(2).all(|pair| matches!(pair, [one, other] if one.source == other.source)) {
            continue;
        }
        let ours = |page: &&&Planned| !page.source.starts_with("templates");
        for claimant in claimants.iter().filter(ours) {
            let message = format!("two pages want the address {}: {}", quoted(path), sources.join(" and "));
            found.push(
                Finding::whole(&claimant.source, "two-pages-one-address", message).help("rename one of the files"),
            );
        }
    }
    found
}

/// What is wrong with a link inside the site, if anything is.
fn check_link(site: &Site, page: &ContentPage, target: &str, addresses: &BTreeSet<&str>) -> Option<Finding> {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let outside = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| path.starts_with(scheme));
    let mean = |near: Option<&str>, mark: &str| near.map(|near| format!("did you mean `{mark}{near}`?"));
    if outside {
        return None;
    }
    if !path.is_empty() && !addresses.contains(path) {
        let dead = Finding::whole(&page.file, "dead-link", format!("there is no page {}", quoted(path)));
        return Some(Finding { help: mean(nearest(path, addresses.iter().copied()), ""), ..dead });
    }
    let anchor = anchor?;
    let own = format!("/{}/", page.name);
    let on = if path.is_empty() { own.as_str() } else { path };
    let there = site.pages.iter().find(|other| other.lang == page.lang && format!("/{}/", other.name) == on)?;
    if there.page.anchors.contains(anchor) {
        return None;
    }
    let message = format!("the page `{on}` has no heading {}", quoted(&format!("#{anchor}")));
    let near = nearest(anchor, there.page.anchors.iter().map(String::as_str));
    Some(Finding { help: mean(near, "#"), ..Finding::whole(&page.file, "dead-anchor", message) })
}
