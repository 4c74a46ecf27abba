//! What is wrong between pages before one is rendered: two that want one address, links of words that lead nowhere.

use crate::pages::Page;
use crate::source::{Content, ContentPage};
use schema::ground::nearest::nearest;
use schema::ground::problem::quoted;
use schema::yaml::finding::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// First parts of addresses that the site has for itself, beside those of its pages and languages.
const OURS: [&str; 8] = ["assets", "data", "desk", "photos", "search", "send", "sitemaps", "_preview"];

/// Rules `two-pages-one-address`, `static-taken`, `dead-link`, `dead-anchor`.
pub(crate) fn check_plan(content: &Content, planned: &[Page<'_>]) -> Vec<Finding> {
    let mut found = check_addresses(planned);
    found.extend(check_static(content, planned));
    let given = content.static_files.iter().map(|file| file.address.as_str());
    let addresses: BTreeSet<&str> = planned.iter().map(|page| page.path.as_str()).chain(given).collect();
    // A page may be missing only because its file could not be read, which has been told.
    let may_come = |target: &str| {
        let path = target.split(['#', '?']).next().unwrap_or_default().trim_matches('/');
        let is_form = !content.has_all_forms && !path.is_empty() && !path.contains('/');
        is_form || path.rsplit('/').next().is_some_and(|name| content.broken.contains(name))
    };
    for page in &content.pages {
        for (target, line, column) in &page.links {
            if let Some(finding) = check_link(content, page, target, &addresses).filter(|_| !may_come(target)) {
                found.push(Finding { line: *line, column: *column, ..finding });
            }
        }
    }
    found
}

fn check_addresses(planned: &[Page<'_>]) -> Vec<Finding> {
    let mut claims: BTreeMap<(&str, &str), Vec<&Page<'_>>> = BTreeMap::new();
    for page in planned {
        claims.entry((page.lang, &page.path)).or_default().push(page);
    }
    let mut found = Vec::new();
    for ((_, path), claimants) in claims.iter().filter(|(_, claimants)| claimants.len() > 1) {
        let sources: Vec<String> = claimants.iter().map(|page| page.source.display().to_string()).collect();
        // Two profiles of one id are one claim, and told as that.
        if claimants.windows(2).all(|pair| matches!(pair, [one, other] if one.source == other.source)) {
            continue;
        }
        let ours = |page: &&&Page<'_>| !page.source.starts_with("templates");
        for claimant in claimants.iter().filter(ours) {
            let message = format!("two pages want the address {}: {}", quoted(path), sources.join(" and "));
            found.push(
                Finding::whole(&claimant.source, "two-pages-one-address", message).help("rename one of the files"),
            );
        }
    }
    found
}

/// A file that goes out as it is stands beside what the site makes, never in it: a page that comes later would meet it there.
fn check_static(content: &Content, planned: &[Page<'_>]) -> Vec<Finding> {
    let first = |address: &str| address.trim_start_matches('/').split('/').next().unwrap_or_default().to_owned();
    let pages = planned.iter().map(|page| first(&page.path)).filter(|part| !part.is_empty());
    let others = content.catalogue.site.languages.iter().cloned().chain(OURS.map(str::to_owned));
    let taken: BTreeSet<String> = pages.chain(others).chain(["index.html".to_owned()]).collect();
    let is_taken = |address: &str| taken.contains(&first(address).to_lowercase());
    let note = |file: &Path, address: &str| {
        let message = format!("the site has {} for itself", quoted(&format!("/{}", first(address))));
        Finding::whole(file, "static-taken", message).help("give the file, or the folder that it lies in, another name")
    };
    let clashing = content.static_files.iter().filter(|given| is_taken(&given.address));
    clashing.map(|given| note(&given.file, &given.address)).collect()
}

/// What is wrong with a link inside the site, if anything is.
fn check_link(content: &Content, page: &ContentPage, target: &str, addresses: &BTreeSet<&str>) -> Option<Finding> {
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
    let there = content.pages.iter().find(|other| other.lang == page.lang && format!("/{}/", other.name) == on)?;
    if there.page.anchors.contains(anchor) {
        return None;
    }
    let message = format!("the page `{on}` has no heading {}", quoted(&format!("#{anchor}")));
    let near = nearest(anchor, there.page.anchors.iter().map(String::as_str));
    Some(Finding { help: mean(near, "#"), ..Finding::whole(&page.file, "dead-anchor", message) })
}
