//! The spine of a build: load -> check -> plan pages -> render -> write.

use crate::finding::Finding;
use crate::load::{PhotoFile, Site, load};
use crate::photos::{self, Sizes};
use crate::progress::Progress;
use crate::rehearse::{self, rehearse};
use crate::search;
use crate::site::lists::{List, lists, paths};
use crate::site::plan::{Planned, check_plan, feeds, plan};
use crate::site::render::Renderer;
use crate::site::{People, exposure, people};
use crate::write::{Output, Written};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::listing::HiddenWhy;
use schema::profile::ProfileId;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use submit_fn::Bundle;

/// What a build is asked for.
pub(crate) struct Order {
    /// The site root.
    pub(crate) root: PathBuf,
    /// Where the site goes.
    pub(crate) out: PathBuf,
    /// The day that counts as today.
    pub(crate) day: Date,
    /// Whether nothing kept from earlier builds is used.
    pub(crate) fresh: bool,
}

/// What came of a build.
pub(crate) enum Outcome {
    /// The site stands.
    Built(Box<Report>),
    /// Nothing was written.
    Problems(Vec<Finding>),
}

/// What was built.
pub(crate) struct Report {
    /// People with a page.
    pub(crate) people: usize,
    /// People without, by reason.
    pub(crate) hidden: BTreeMap<HiddenWhy, usize>,
    /// Files of the site.
    pub(crate) files: usize,
    /// What changed on disk.
    pub(crate) written: Written,
    /// What the function needs.
    pub(crate) bundle: Bundle,
}

/// A site root with every problem in it, those between its pages too.
pub(crate) fn check(root: &Path, day: Date) -> Result<Site> {
    let mut site = load(root, day)?;
    let people = people(&site, day);
    let lists = lists(&people, &site.catalogue, day);
    let found = examine(&site, &people, &lists, &plan(&site, &people, &lists), day);
    site.findings = found;
    Ok(site)
}

/// Every problem of a site, those between its pages too, sorted.
fn examine(site: &Site, people: &People<'_>, lists: &[List<'_>], planned: &[Planned], day: Date) -> Vec<Finding> {
    let mut found = site.findings.clone();
    found.extend(check_plan(site, planned));
    if let Some(theme) = site.theme.as_ref().filter(|_| found.is_empty()) {
        found.extend(rehearse(site, theme, people, lists, planned, day));
    }
    found.sort();
    found.dedup();
    found
}

/// Builds a site. Nothing is written while a problem stands; what no longer belongs is removed.
pub(crate) fn build(order: &Order) -> Result<Outcome> {
    let site = load(&order.root, order.day)?;
    let people = people(&site, order.day);
    let lists = lists(&people, &site.catalogue, order.day);
    let planned = plan(&site, &people, &lists);
    let found = examine(&site, &people, &lists, &planned, order.day);
    let theme = match &site.theme {
        Some(theme) if found.is_empty() => theme,
        _ => return Ok(Outcome::Problems(found)),
    };
    let output = Output::open(&order.out)?;
    let sizes = publish_photos(&site, &people, order)?;
    let home = exposure::home(&people, &exposure::long_run(&lists), order.day);
    let index = write_index(order, &output, || search::build(&site, theme, &people, &sizes, order.day))?;
    let renderer = Renderer {
        site: &site,
        theme,
        people: &people,
        lists: &lists,
        sizes: &sizes,
        planned: &planned,
        list_paths: paths(&lists),
        feeds: feeds(&planned),
        home: &home,
        search: &index.begins,
        day: order.day,
    };
    let progress = Progress::over(planned.len(), "pages");
    planned.par_iter().try_for_each(|page| -> Result<()> {
        output.stage(&file_path(&site, page), renderer.render(page)?.as_bytes())?;
        progress.step();
        Ok(())
    })?;
    let mistakes = rehearse::mistakes(&site.theme_source, &theme.strings.mistakes());
    if !mistakes.is_empty() {
        return Ok(Outcome::Problems(mistakes));
    }
    for asset in &site.theme_source.assets {
        output.stage(asset.path.trim_start_matches('/'), asset.text.as_bytes())?;
    }
    for (path, bytes) in sizes.values().flat_map(|sizes| &sizes.files) {
        output.stage(path.trim_start_matches('/'), bytes)?;
    }
    let exposure = serde_json::to_vec(&exposure::report(&lists, &home, order.day))?;
    let (people, hidden) = (people.with_page.len(), people.hidden);
    let (files, written) = output.commit()?;
    let bundle = Bundle::new(&site.theme_source, site.catalogue, site.forms);
    crate::files::write(&order.root.join("var/exposure.json"), &exposure)?;
    crate::files::write(&order.root.join("var/bundle.json"), &serde_json::to_vec(&bundle)?)?;
    Ok(Outcome::Built(Box::new(Report { people, hidden, files, written, bundle })))
}

/// Makes and stages the search index, and notes in `var/search.json` what that took.
fn write_index(order: &Order, output: &Output, make: impl FnOnce() -> search::Index) -> Result<search::Index> {
    let began = std::time::Instant::now();
    let index = make();
    index.files.par_iter().try_for_each(|file| output.stage(file.path.trim_start_matches('/'), &file.bytes))?;
    let took = serde_json::json!({ "seconds": began.elapsed().as_secs_f64(), "files": index.files.len() });
    crate::files::write(&order.root.join("var/search.json"), took.to_string().as_bytes())?;
    Ok(index)
}

/// The photos of those who have a page; nobody else's picture reaches the site.
fn publish_photos(site: &Site, people: &People<'_>, order: &Order) -> Result<BTreeMap<ProfileId, Sizes>> {
    let cache = (!order.fresh).then(|| order.root.join("var/cache/photos"));
    let shown: Vec<_> =
        people.with_page.iter().filter_map(|person| Some((&person.id, site.photos.get(&person.id)?))).collect();
    let make = |(id, photo): (&ProfileId, &PhotoFile)| {
        Ok((id.clone(), photos::publish(&order.root, cache.as_deref(), photo)?))
    };
    shown.into_par_iter().map(make).collect()
}

/// The file of a page: `/people/x/` is `people/x/index.html`.
fn file_path(site: &Site, page: &Planned) -> String {
    let path = format!("{}{}", site.catalogue.site.prefix(&page.lang), page.path);
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
