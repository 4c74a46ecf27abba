//! The spine of a build: source -> check -> plan pages -> render -> ledger -> write.

use crate::facts;
use crate::forget::back_again;
use crate::host::{Host, Progress};
use crate::ledger::{Kind, Output};
use crate::links::check_plan;
use crate::lists::exposure;
use crate::lists::list::{List, lists};
use crate::made::Made;
use crate::pages::scene::{Props, Scene};
use crate::pages::{Page, plan};
use crate::people::{People, people};
use crate::published_photos::{self, Sizes};
use crate::search;
use crate::site_path::SitePath;
use crate::source::layers::{Layers, slashed};
use crate::source::{Root, load};
use crate::standing::{self, Census, Standing};
use crate::trial::{self, try_pages};
use crate::write::{Staging, Written};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::person::life::Lives;
use schema::person::profile::{Profile, ProfileId};
use schema::person::visibility::HiddenWhy;
use schema::yaml::finding::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use templates::Theme;
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
    /// People who are left out as if they were withdrawn: the public site knows that they left, and their profiles do not.
    pub without: BTreeSet<ProfileId>,
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
    /// What changed on disk.
    pub written: Written,
    /// What the function needs.
    pub bundle: Bundle,
}

/// A site root with every problem in it, those between its pages too.
///
/// # Errors
/// Only what keeps files from being read at all.
pub fn check(root: &Path, day: Date, host: &impl Host) -> Result<Root> {
    let mut site = load(root, day)?;
    let people = people(&site, day);
    let lists = lists(&people, &site.content.catalogue, day)?;
    let found = examine(root, &site, (&people, &lists), (day, host))?;
    site.findings = found;
    Ok(site)
}

/// Every problem of a site, those between its pages too, sorted.
fn examine(
    root: &Path,
    site: &Root,
    (people, lists): (&People<'_>, &[List<'_>]),
    (day, host): (Date, &impl Host),
) -> Result<Vec<Finding>> {
    let mut found = site.findings.clone();
    if let Some(theme) = &site.content.theme {
        found.extend(between_pages(site, theme, (people, lists), (day, host)));
    }
    found.extend(back_again(root, site, host)?);
    found.sort();
    found.dedup();
    Layers::of(root)?.name_base(&mut found);
    Ok(found)
}

/// What is wrong between pages, and in pages as they are set. Where a file has a problem of its own, nothing is set: what
/// follows from it would be said a second time.
fn between_pages(
    site: &Root,
    theme: &Theme,
    (people, lists): (&People<'_>, &[List<'_>]),
    (day, host): (Date, &impl Host),
) -> Vec<Finding> {
    let (photos, search) = (BTreeMap::new(), BTreeMap::new());
    let home = exposure::home(people, &BTreeMap::new(), day);
    let content = &site.content;
    let scene = Scene::new(Props { content, theme, people, lists, photos: &photos, home: &home, search: &search, day });
    let pages = plan(&scene);
    let mut found = check_plan(content, &pages);
    if found.is_empty() && site.findings.is_empty() {
        found.extend(try_pages(&scene, &pages));
    }
    if found.is_empty() && site.findings.is_empty() {
        let bundle =
            Bundle::new(&content.theme_source, content.catalogue.clone(), content.forms.clone(), Lives::default());
        found.extend(trial::explain_all(&content.theme_source, &host.try_function(bundle)));
    }
    found
}

/// Builds a site. Nothing is written while a problem stands; what no longer belongs is removed.
///
/// # Errors
/// Whatever stood in the way; the next build converges.
pub fn build(options: &BuildOptions, host: &impl Host) -> Result<Outcome> {
    // First: a build that waited for another must not put in place what it read before that one.
    let mut staging = Staging::open(&options.out, || Made::of(&options.root, options.day))?;
    let mut site = load(&options.root, options.day)?;
    site.profiles.retain(|profile| !options.without.contains(&profile.id));
    let mut people = people(&site, options.day);
    people.standings.extend(options.without.iter().cloned().map(|id| (id, Standing::Hidden(HiddenWhy::Withdrawn))));
    let lists = lists(&people, &site.content.catalogue, options.day)?;
    let found = examine(&options.root, &site, (&people, &lists), (options.day, host))?;
    let theme = match &site.content.theme {
        Some(theme) if found.is_empty() => theme,
        _ => return Ok(Outcome::Problems(found)),
    };
    let home = exposure::home(&people, &exposure::long_run(&lists), options.day);
    let photos = put_photos(&site, &people, options, &staging)?;
    let search = put_search(options, &staging, || search::build(&site, theme, &people, &photos, options.day))?;
    put_assets(&site, &staging)?;
    put_static_files(&options.root, &site, &staging)?;
    put_facts(&site, &staging, options.day)?;
    let (content, day) = (&site.content, options.day);
    let scene = Scene::new(Props {
        content,
        theme,
        people: &people,
        lists: &lists,
        photos: &photos,
        home: &home,
        search: &search,
        day,
    });
    put_pages(&scene, &staging, host)?;
    let mistakes = trial::mistakes(&content.theme_source, &theme.strings.mistakes());
    if !mistakes.is_empty() {
        return Ok(Outcome::Problems(mistakes));
    }
    let exposure = serde_json::to_vec(&exposure::report(&lists, &home, day))?;
    drop(scene);
    let due = standing::due(&people.standings, &photos, &content.catalogue.site.time_zone);
    let (shown, hidden, standings) = (people.with_page.len(), people.hidden(), people.standings);
    let lives = Lives::of(&site.profiles, &site.content.catalogue, &options.without);
    let bundle = Bundle::new(&site.content.theme_source, site.content.catalogue, site.content.forms, lives);
    keep(options, "exposure.json", &exposure)?;
    Census::keep(&options.root, staging.made(), standings, &serde_json::to_vec(&bundle)?)?;
    let written = staging.commit(&due)?;
    Ok(Outcome::Built(Box::new(Report { people: shown, hidden, written, bundle })))
}

/// Renders every page once.
fn put_pages(scene: &Scene<'_>, staging: &Staging, host: &impl Host) -> Result<()> {
    let pages = plan(scene);
    host.progress(Progress::Begins { count: pages.len(), what: "pages" });
    pages.par_iter().try_for_each(|page| -> Result<()> {
        let html = page.body.render(scene, page)?;
        staging.put(entry(scene, page, html.as_bytes())?, html.as_bytes())?;
        host.progress(Progress::Step);
        Ok(())
    })?;
    host.progress(Progress::Ends);
    Ok(())
}

/// What the ledger says of a page.
fn entry(scene: &Scene<'_>, page: &Page<'_>, bytes: &[u8]) -> Result<Output> {
    let path = SitePath::at(&format!("{}{}", scene.content.catalogue.site.prefix(page.lang), page.path))?;
    let shown = page.body.shows();
    let photos = shown.iter().filter_map(|person| scene.photos.get(&person.id)).flat_map(Sizes::paths);
    let assets = scene.theme.assets_of(page.body.template());
    let profiles = shown.iter().map(|person| crate::source::profile_path(&person.id));
    let sources = profiles.chain([page.source.clone()]).map(|path| path.display().to_string());
    Ok(Output {
        people: page.body.person().map(|person| person.id.clone()).into_iter().collect(),
        language: Some(page.lang.to_owned()),
        refers_to: photos.chain(assets).map(SitePath::at).collect::<Result<_, _>>()?,
        made_from: sources.collect(),
        ..Output::new(path, page.body.kind(), bytes)
    })
}

fn put_assets(site: &Root, staging: &Staging) -> Result<()> {
    for asset in &site.content.theme_source.assets {
        let (path, bytes) = (SitePath::at(&asset.path)?, asset.text.as_bytes());
        let made_from = BTreeSet::from([format!("templates/assets/{}", asset.name)]);
        staging.put(Output { made_from, ..Output::new(path, Kind::Asset, bytes) }, bytes)?;
    }
    Ok(())
}

fn put_static_files(root: &Path, site: &Root, staging: &Staging) -> Result<()> {
    for given in &site.content.static_files {
        let bytes = disk::read(root, &given.file)?;
        let made_from = BTreeSet::from([slashed(&given.file)]);
        staging
            .put(Output { made_from, ..Output::new(SitePath::at(&given.address)?, Kind::Static, &bytes) }, &bytes)?;
    }
    Ok(())
}

fn put_facts(site: &Root, staging: &Staging, day: Date) -> Result<()> {
    facts::files(&site.content.catalogue, day)?.iter().try_for_each(|(path, bytes)| -> Result<()> {
        staging.put(Output::new(SitePath::at(path)?, Kind::Data, bytes), bytes)
    })
}

/// Makes the search index, and notes in `var/search.json` what that took. Returns what the page of each language carries.
fn put_search(
    options: &BuildOptions,
    staging: &Staging,
    make: impl FnOnce() -> serde_json::Result<search::Index>,
) -> Result<BTreeMap<String, String>> {
    let began = std::time::Instant::now();
    let index = make()?;
    index.files.par_iter().try_for_each(|file| {
        staging.put(Output::new(SitePath::at(&file.path)?, Kind::Search, &file.bytes), &file.bytes)
    })?;
    let took = serde_json::json!({ "seconds": began.elapsed().as_secs_f64(), "files": index.files.len() });
    keep(options, "search.json", took.to_string().as_bytes())?;
    Ok(index.begins)
}

/// Keeps what is never published, for whoever works on this machine.
fn keep(options: &BuildOptions, name: &str, bytes: &[u8]) -> Result<()> {
    Ok(disk::place(&disk::var(&options.root)?.join(name), bytes)?)
}

/// The photos of those who have a page; nobody else's picture reaches the site.
fn put_photos(
    site: &Root,
    people: &People<'_>,
    options: &BuildOptions,
    staging: &Staging,
) -> Result<BTreeMap<ProfileId, Sizes>> {
    let cache = if options.fresh { None } else { Some(disk::var(&options.root)?.join("cache/photos")) };
    let put = |person: &&Profile| -> Option<Result<(ProfileId, Sizes)>> {
        let photo = site.photos.get(&person.id)?;
        let made = published_photos::publish(&options.root, cache.as_deref(), photo).and_then(|(sizes, files)| {
            for (path, bytes) in &files {
                let output = Output {
                    people: BTreeSet::from([person.id.clone()]),
                    made_from: BTreeSet::from([photo.file.display().to_string()]),
                    ..Output::new(SitePath::at(path)?, Kind::Photo, bytes)
                };
                staging.put(output, bytes)?;
            }
            Ok((person.id.clone(), sizes))
        });
        Some(made)
    };
    people.with_page.par_iter().filter_map(put).collect()
}
