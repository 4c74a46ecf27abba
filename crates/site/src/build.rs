//! The spine of a build: load -> check -> plan pages -> render -> write.

use crate::host::{Host, Progress};
use crate::lists::exposure;
use crate::lists::list::{List, lists, paths};
use crate::pages::plan::{Planned, check_plan, feeds, plan};
use crate::pages::render::Renderer;
use crate::people::{People, people};
use crate::photos::{self, Sizes};
use crate::search;
use crate::source::{PhotoFile, Site, load};
use crate::trial::{self, rehearse};
use crate::write::{Output, Written};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use schema::yaml::finding::Finding;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use templates::bundle::Bundle;

/// What a build is asked for.
pub struct BuildOptions {
    /// The site root.
    pub root: PathBuf,
    /// Where the site goes.
    pub out: PathBuf,
    /// The day that counts as today.
    pub day: Date,
    /// Whether nothing kept from earlier builds is used.
    pub fresh: bool,
}

/// What came of a build.
pub enum Outcome {
    /// The site stands.
    Built(Box<Report>),
    /// Nothing was written.
    Problems(Vec<Finding>),
}

/// What was built.
pub struct Report {
    /// People with a page.
    pub people: usize,
    /// People without, by reason.
    pub hidden: BTreeMap<HiddenWhy, usize>,
    /// Files of the site.
    pub files: usize,
    /// What changed on disk.
    pub written: Written,
    /// What the function needs.
    pub bundle: Bundle,
}

/// A site root with every problem in it, those between its pages too.
pub fn check(root: &Path, day: Date, host: &impl Host) -> Result<Site> {
    let mut site = load(root, day)?;
    let people = people(&site, day);
    let lists = lists(&people, &site.catalogue, day);
    let found = examine(&site, &people, &lists, &plan(&site, &people, &lists), (day, host));
    site.findings = found;
    Ok(site)
}

/// Every problem of a site, those between its pages too, sorted.
fn examine(
    site: &Site,
    people: &People<'_>,
    lists: &[List<'_>],
    planned: &[Planned],
    (day, host): (Date, &impl Host),
) -> Vec<Finding> {
    let mut found = site.findings.clone();
    found.extend(check_plan(site, planned));
    if let Some(theme) = site.theme.as_ref().filter(|_| found.is_empty()) {
        found.extend(rehearse(site, theme, people, lists, planned, day));
        if found.is_empty() {
            let bundle = Bundle::new(&site.theme_source, site.catalogue.clone(), site.forms.clone());
            found.extend(trial::explain_all(&site.theme_source, &host.try_function(bundle)));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Builds a site. Nothing is written while a problem stands; what no longer belongs is removed.
pub fn build(options: &BuildOptions, host: &impl Host) -> Result<Outcome> {
    let site = load(&options.root, options.day)?;
    let people = people(&site, options.day);
    let lists = lists(&people, &site.catalogue, options.day);
    let planned = plan(&site, &people, &lists);
    let found = examine(&site, &people, &lists, &planned, (options.day, host));
    let theme = match &site.theme {
        Some(theme) if found.is_empty() => theme,
        _ => return Ok(Outcome::Problems(found)),
    };
    let output = Output::open(&options.out)?;
    let sizes = publish_photos(&site, &people, options)?;
    let home = exposure::home(&people, &exposure::long_run(&lists), options.day);
    let index = write_index(options, &output, || search::build(&site, theme, &people, &sizes, options.day))?;
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
        day: options.day,
    };
    host.progress(Progress::Begins { count: planned.len(), what: "pages" });
    planned.par_iter().try_for_each(|page| -> Result<()> {
        output.stage(&file_path(&site, page), renderer.render(page)?.as_bytes())?;
        host.progress(Progress::Step);
        Ok(())
    })?;
    host.progress(Progress::Ends);
    let mistakes = trial::mistakes(&site.theme_source, &theme.strings.mistakes());
    if !mistakes.is_empty() {
        return Ok(Outcome::Problems(mistakes));
    }
    for asset in &site.theme_source.assets {
        output.stage(asset.path.trim_start_matches('/'), asset.text.as_bytes())?;
    }
    for (path, bytes) in sizes.values().flat_map(|sizes| &sizes.files) {
        output.stage(path.trim_start_matches('/'), bytes)?;
    }
    let exposure = serde_json::to_vec(&exposure::report(&lists, &home, options.day))?;
    let (people, hidden) = (people.with_page.len(), people.hidden);
    let (files, written) = output.commit()?;
    let bundle = Bundle::new(&site.theme_source, site.catalogue, site.forms);
    keep(options, "exposure.json", &exposure)?;
    keep(options, "bundle.json", &serde_json::to_vec(&bundle)?)?;
    Ok(Outcome::Built(Box::new(Report { people, hidden, files, written, bundle })))
}

/// Makes and stages the search index, and notes in `var/search.json` what that took.
fn write_index(options: &BuildOptions, output: &Output, make: impl FnOnce() -> search::Index) -> Result<search::Index> {
    let began = std::time::Instant::now();
    let index = make();
    index.files.par_iter().try_for_each(|file| output.stage(file.path.trim_start_matches('/'), &file.bytes))?;
    let took = serde_json::json!({ "seconds": began.elapsed().as_secs_f64(), "files": index.files.len() });
    keep(options, "search.json", took.to_string().as_bytes())?;
    Ok(index)
}

/// Keeps what is never published, for whoever works on this machine.
fn keep(options: &BuildOptions, name: &str, bytes: &[u8]) -> Result<()> {
    Ok(disk::place(&disk::var(&options.root)?.join(name), bytes)?)
}

/// The photos of those who have a page; nobody else's picture reaches the site.
fn publish_photos(site: &Site, people: &People<'_>, options: &BuildOptions) -> Result<BTreeMap<ProfileId, Sizes>> {
    let cache = if options.fresh { None } else { Some(disk::var(&options.root)?.join("cache/photos")) };
    let shown: Vec<_> =
        people.with_page.iter().filter_map(|person| Some((&person.id, site.photos.get(&person.id)?))).collect();
    let make = |(id, photo): (&ProfileId, &PhotoFile)| {
        Ok((id.clone(), photos::publish(&options.root, cache.as_deref(), photo)?))
    };
    shown.into_par_iter().map(make).collect()
}

/// The file of a page: `/people/x/` is `people/x/index.html`.
fn file_path(site: &Site, page: &Planned) -> String {
    let path = format!("{}{}", site.catalogue.site.prefix(&page.lang), page.path);
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
