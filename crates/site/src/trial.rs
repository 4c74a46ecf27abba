//! Before anything is written, pages of every kind are set in memory: templates that fail, strings that are missing or hold
//! what they cannot, links that lead nowhere are problems like any other.

use crate::facts;
use crate::ledger::Kind;
use crate::pages::Page;
use crate::pages::scene::Scene;
use crate::source::Content;
use crate::source::theme::explain;
use regex::Regex;
use schema::yaml::finding::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use templates::ThemeSource;
use templates::strings::Mistake;
use templates::trial::Trial;

/// How many people and how many pages of lists are set.
const MOST: usize = 40;

/// Rules `bad-template`, `missing-string`, `bad-string`, `dead-link`, `dead-anchor`, `orphan-page`.
pub(crate) fn try_pages(scene: &Scene<'_>, pages: &[Page<'_>]) -> Vec<Finding> {
    let source = &scene.content.theme_source;
    let set = set_pages(scene, pages);
    let mut found: Vec<Finding> =
        scene.theme.failures().iter().flat_map(|failure| explain(failure.explain(source))).collect();
    found.extend(mistakes(source, &scene.theme.strings.mistakes()));
    if found.is_empty() {
        found.extend(check_links(scene.content, pages, &set));
        found.extend(orphans(scene.content, &set));
    }
    found
}

/// Some pages of each kind: a slip is found in a moment, and not after a hundred thousand pages.
fn set_pages<'p, 'a>(scene: &Scene<'_>, pages: &'p [Page<'a>]) -> Vec<(&'p Page<'a>, String)> {
    let mut of_kind: BTreeMap<Kind, usize> = BTreeMap::new();
    let chosen = pages.iter().filter(|page| {
        let (kind, count) = (page.body.kind(), of_kind.entry(page.body.kind()).or_default());
        *count += 1;
        *count <= MOST || !matches!(kind, Kind::Person | Kind::List)
    });
    // A page that fails is among the theme's failures.
    chosen.filter_map(|page| Some((page, page.body.render(scene, page).ok()?))).collect()
}

static LINKS: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?:href|action|formaction)="([^"]*)""#));
static IDS: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\sid="([^"]*)""#));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests run")
}

/// Every link of the pages that were set leads to a page of the plan, to the function, to an asset, or to a file of facts.
fn check_links(content: &Content, pages: &[Page<'_>], set: &[(&Page<'_>, String)]) -> Vec<Finding> {
    let prefix = |page: &Page<'_>| content.catalogue.site.prefix(page.lang);
    let whole = |page: &Page<'_>| format!("{}{}", prefix(page), page.path);
    let addresses: BTreeSet<String> = pages.iter().map(whole).collect();
    let given = content.static_files.iter().map(|given| given.address.as_str());
    let files: BTreeSet<&str> =
        content.theme_source.assets.iter().map(|asset| asset.path.as_str()).chain(given).collect();
    let ids: BTreeMap<String, BTreeSet<&str>> =
        set.iter().map(|(page, html)| (whole(page), captured(&IDS, html))).collect();
    let mut dead = BTreeSet::new();
    for (page, html) in set {
        let own = whole(page);
        for link in captured(&LINKS, html) {
            let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
            let path = path.split_once('?').map_or(path, |(path, _)| path);
            let outside = path.contains(':') || path.starts_with("//");
            let by_function = path.trim_start_matches(prefix(page).as_str()).starts_with("/send/");
            let on = if path.is_empty() && anchor.is_some() { own.as_str() } else { path };
            if outside || by_function || files.contains(path) || facts::PATHS.contains(&path) {
                continue;
            }
            let lands = addresses.contains(on)
                // Behind a hash with a sign of equality stands no place of the page, but what its script is told.
                && anchor.is_none_or(|anchor| {
                    anchor.contains('=') || ids.get(on).is_none_or(|ids| ids.contains(anchor))
                });
            if !lands {
                dead.insert((page.source.clone(), link.to_owned(), own.clone()));
            }
        }
    }
    let finding = |(source, link, on): (PathBuf, String, String)| {
        let place = line_of(&source, &link, content);
        let message = format!("the page `{on}` has a link to `{link}`, which does not exist");
        Finding { line: place, ..Finding::whole(&source, "dead-link", message) }
    };
    // Once for each source and link: a link in the frame would stand on every page.
    let mut said = BTreeSet::new();
    dead.into_iter().filter(|(_, link, _)| said.insert(link.clone())).map(finding).collect()
}

/// Pages of words to which no menu and no other page leads: rule `orphan-page`.
fn orphans(content: &Content, set: &[(&Page<'_>, String)]) -> Vec<Finding> {
    let whole = |page: &Page<'_>| format!("{}{}", content.catalogue.site.prefix(page.lang), page.path);
    let is_led_to = |page: &Page<'_>| {
        let own = whole(page);
        let leads = |html: &str| captured(&LINKS, html).iter().any(|link| link.split(['#', '?']).next() == Some(&own));
        set.iter().filter(|(other, _)| other.source != page.source).any(|(_, html)| leads(html))
    };
    let words = set.iter().map(|(page, _)| *page).filter(|page| page.body.kind() == Kind::Words);
    let orphan = |page: &Page<'_>| {
        let message = format!("no menu and no page leads to `{}`", page.path);
        let help = "give it `menu: …` in its front matter, or link to it from another page";
        Finding::whole(&page.source, "orphan-page", message).help(help)
    };
    words.filter(|page| !is_led_to(page)).map(orphan).collect()
}

/// The line on which a link stands, in a page of words or in a template.
fn line_of(source: &Path, link: &str, content: &Content) -> usize {
    if let Some(page) = content.pages.iter().find(|page| page.file == source) {
        return page.links.iter().find(|(target, _, _)| target == link).map_or(1, |(_, line, _)| *line);
    }
    let named = |(name, _): &&(String, String)| Path::new("templates/html").join(name) == source;
    let text = content.theme_source.templates.iter().find(named).map(|(_, text)| text);
    let holds = |line: &str| line.contains(&format!("{link}\"")) || line.contains(&format!("}}}}{link}"));
    text.and_then(|text| text.lines().position(holds)).map_or(1, |at| at + 1)
}

fn captured<'h>(pattern: &Regex, html: &'h str) -> BTreeSet<&'h str> {
    pattern.captures_iter(html).filter_map(|captured| captured.get(1)).map(|found| found.as_str()).collect()
}

/// What came of setting pages that are not the site's own.
pub(crate) fn explain_all(source: &ThemeSource, trial: &Trial) -> Vec<Finding> {
    let failures = trial.failures.iter().flat_map(|failure| explain(failure.explain(source)));
    failures.chain(mistakes(source, &trial.mistakes)).collect()
}

/// Strings that are missing or could not be set, each where it stands or should stand.
pub(crate) fn mistakes(source: &ThemeSource, mistakes: &[Mistake]) -> Vec<Finding> {
    mistakes.iter().map(|mistake| finding(source, mistake)).collect()
}

fn finding(source: &ThemeSource, mistake: &Mistake) -> Finding {
    let files = source.strings.get(&mistake.language).map_or(&[][..], Vec::as_slice);
    let starts = |line: &str| line.strip_prefix(&mistake.id).is_some_and(|rest| rest.trim_start().starts_with('='));
    let place = files.iter().find_map(|(file, text)| Some((file, text.lines().position(starts)? + 1)));
    let (file, line) = place
        .or(files.first().map(|(file, _)| (file, 1)))
        .map_or(("site.ftl", 1), |(file, line)| (file.as_str(), line));
    let file = PathBuf::from(format!("content/{}/{file}", mistake.language));
    match &mistake.what {
        None => {
            let message = format!("the string `{}` is missing in `{}`", mistake.id, mistake.language);
            Finding { line, ..Finding::whole(&file, "missing-string", message) }
        }
        Some(what) => {
            let message = format!("the string `{}` cannot be set: {what}", mistake.id);
            let help = "it can name only what the page gives it; see the other strings of this file";
            Finding { line, ..Finding::whole(&file, "bad-string", message) }.help(help)
        }
    }
}
