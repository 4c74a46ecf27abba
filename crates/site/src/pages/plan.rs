//! Plans every page before one is rendered: which file, from what. Two sources of one address are found here, and so is every
//! link to a page or anchor that does not exist.

use crate::lists::facets::Facet;
use crate::lists::list::{List, ListOf};
use crate::pages::mail::agency_path;
use crate::people::People;
use crate::source::{ContentPage, Site, profile_path};
use schema::ground::nearest::nearest;
use schema::ground::problem::quoted;
use schema::yaml::finding::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// How many addresses one map holds at most, by the rule of sitemaps.org.
pub(crate) const MAP: usize = 50_000;

/// A page of the site.
pub(crate) struct Planned {
    /// Language id.
    pub(crate) lang: String,
    /// Path without the language's prefix: `/people/marcus-k7m2q/`.
    pub(crate) path: String,
    /// What stands there.
    pub(crate) what: What,
    /// The file that asks for it.
    pub(crate) source: PathBuf,
}

/// What stands on a page; numbers are positions in the lists they name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Home,
    NotFound,
    /// What the edge answers where a page was taken down.
    Gone,
    /// A page of words.
    Content(usize),
    /// A person.
    Person(usize),
    /// A page of a list: 0 is the list's own address, the pages of its ring count from 1.
    List(usize, usize),
    /// Links to the lists of a facet.
    Index(Facet),
    /// A form.
    Form(usize),
    /// People newly listed: everywhere, or in the list of a jurisdiction.
    Feed(Option<usize>),
    /// One of the maps for search engines; 0 is the one that they ask for first.
    Sitemap(usize),
    Robots,
    /// All agencies.
    Agencies,
    /// One agency of which something is known.
    Agency(String),
    /// Where a letter is written.
    Write,
    /// The people that a visitor has kept.
    Kept,
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
        add("/410.html".into(), What::Gone, template("gone.html"));
        add("/feed.xml".into(), What::Feed(None), template("feed.xml"));
        add("/kept/".into(), What::Kept, template("kept.html"));
        let has_list = |facet: &Facet| lists.iter().any(|list| matches!(&list.of, ListOf::Value(of, _) if of == facet));
        // Pages of words lead to the index of facilities, whether there is one to show or not.
        for facet in Facet::ALL.into_iter().filter(|facet| *facet == Facet::Facility || has_list(facet)) {
            add(facet.path().into(), What::Index(facet), template("index.html"));
        }
        for (at, page) in site.pages.iter().enumerate().filter(|(_, page)| page.lang == *lang) {
            add(format!("/{}/", page.name), What::Content(at), page.file.clone());
        }
        for (at, form) in site.forms.iter().enumerate() {
            add(
                format!("/{}/", form.address),
                What::Form(at),
                PathBuf::from(format!("content/forms/{}.yaml", form.id)),
            );
        }
        add("/write/".into(), What::Write, template("write.html"));
        if !site.catalogue.agencies.is_empty() {
            add("/mail/".into(), What::Agencies, template("agencies.html"));
        }
        for agency in site.catalogue.agencies.values().filter(|agency| agency.is_known()) {
            let source = PathBuf::from(format!("content/agencies/{}.yaml", agency.id));
            add(agency_path(agency), What::Agency(agency.id.clone()), source);
        }
        plan_people(people, lists, &mut add);
    }
    let first = site.catalogue.site.first_language().to_owned();
    let source = PathBuf::from("content/site.yaml");
    let for_search = planned.iter().filter(|page| is_for_search(page, people, lists)).count();
    let maps = sitemaps(for_search).into_iter().enumerate().map(|(number, path)| (path, What::Sitemap(number)));
    for (path, what) in maps.chain([("/robots.txt".to_owned(), What::Robots)]) {
        planned.push(Planned { lang: first.clone(), path, what, source: source.clone() });
    }
    planned
}

/// People, and the lists that they stand in.
fn plan_people(people: &People<'_>, lists: &[List<'_>], add: &mut impl FnMut(String, What, PathBuf)) {
    let browse = PathBuf::from("templates/html/browse.html");
    for (at, person) in people.with_page.iter().enumerate() {
        add(format!("/people/{}/", person.id), What::Person(at), profile_path(&person.id));
    }
    if !lists.iter().any(|list| list.of == ListOf::All) {
        add("/people/".into(), What::List(usize::MAX, 0), browse.clone());
    }
    for (at, list) in lists.iter().enumerate() {
        for page in list.pages() {
            add(list.of.page_path(page), What::List(at, page), browse.clone());
        }
        if matches!(list.of, ListOf::Value(Facet::Jurisdiction, _)) && list.has_feed() {
            add(format!("{}feed.xml", list.of.path()), What::Feed(Some(at)), PathBuf::from("templates/html/feed.xml"));
        }
    }
}

/// The paths of the maps for so many addresses: one, or an index and the maps that it names.
pub(crate) fn sitemaps(addresses: usize) -> Vec<String> {
    let index = "/sitemap.xml".to_owned();
    if addresses <= MAP {
        return vec![index];
    }
    let parts = (1..=addresses.div_ceil(MAP)).map(|part| format!("/sitemap-{part}.xml"));
    std::iter::once(index).chain(parts).collect()
}

/// The paths at which a feed of a list stands.
pub(crate) fn feeds(planned: &[Planned]) -> BTreeSet<String> {
    planned.iter().filter(|page| matches!(page.what, What::Feed(Some(_)))).map(|page| page.path.clone()).collect()
}

/// Whether search engines may show a page: only where everybody in its list agreed to that, on whatever day it is read.
pub(crate) fn is_for_search(page: &Planned, people: &People<'_>, lists: &[List<'_>]) -> bool {
    match page.what {
        What::Person(at) => people.with_page.get(at).is_some_and(|person| person.search_engines),
        What::List(at, _) => lists.get(at).is_none_or(|list| list.for_search),
        What::Feed(_) | What::Sitemap(_) | What::Robots | What::NotFound | What::Gone | What::Kept => false,
        _ => true,
    }
}

/// Rules `two-pages-one-address`, `dead-link`, `dead-anchor`.
pub(crate) fn check_plan(site: &Site, planned: &[Planned]) -> Vec<Finding> {
    let mut found = check_addresses(planned);
    let addresses: BTreeSet<&str> = planned.iter().map(|page| page.path.as_str()).collect();
    // A page may be missing only because its file could not be read, which has been told.
    let may_come = |target: &str| {
        let path = target.split(['#', '?']).next().unwrap_or_default().trim_matches('/');
        let is_form = !site.has_all_forms && !path.is_empty() && !path.contains('/');
        is_form || path.rsplit('/').next().is_some_and(|name| site.broken.contains(name))
    };
    for page in &site.pages {
        for (target, line, column) in &page.links {
            if let Some(finding) = check_link(site, page, target, &addresses).filter(|_| !may_come(target)) {
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

#[cfg(test)]
mod tests {
    use super::sitemaps;

    #[test]
    fn a_map_of_more_than_fifty_thousand_addresses_is_split() {
        assert_eq!(sitemaps(50_000), ["/sitemap.xml"]);
        assert_eq!(sitemaps(50_001), ["/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml"]);
    }
}
