//! A run: which pages, in which order, and what is written at its end. Until then nothing is, so that it can be stopped at any moment.

use crate::cited::{Cited, cited, cited_by};
use crate::judge::{Before, Told};
use crate::memory::{self, Memory};
use crate::network::Network;
use crate::visit::Visitor;
use anyhow::Result;
use jiff::civil::Date;
use schema::place::catalogue::Catalogue;
use schema::place::changed::{Change, Changed, FILE};
use schema::yaml::MAX_BYTES;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::time::Duration;
use url::Url;

/// What a run is asked for.
pub struct Options<'a> {
    /// The site root.
    pub root: &'a Path,
    /// What stands in it.
    pub catalogue: &'a Catalogue,
    /// The agencies whose pages are looked at; all where none is named.
    pub agencies: &'a [String],
    /// The day that counts as today.
    pub day: Date,
    /// The pause between two requests to one host.
    pub pause: Duration,
    /// Whether nothing is written.
    pub is_dry: bool,
}

/// What came of a run.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many pages were held against what is quoted from them.
    pub compared: usize,
    /// How many of those say what they said.
    pub unchanged: usize,
    /// The changes of the others.
    pub changed: Vec<Change>,
    /// Pages that could not be looked at.
    pub not_reached: Vec<Unreached>,
    /// Documents that were seen for the first time: the next run compares them, as a whole.
    pub not_comparable: Vec<String>,
    /// Addresses of changes that ended.
    pub ended: Vec<String>,
    /// How many changes found no room in the file, and wait until others have ended.
    pub without_room: usize,
    /// Whether the file is another one now.
    pub is_written: bool,
}

/// A page that could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unreached {
    /// Its address.
    pub url: String,
    /// Why.
    pub why: String,
}

/// Looks at each cited page, and notes what changed. `step` is told how many pages there are before each of them.
///
/// # Errors
/// That an agency is not known, or that of writing.
pub fn watch<N: Network>(options: &Options<'_>, network: &mut N, mut step: impl FnMut(usize)) -> Result<Report> {
    let all = cited(options.catalogue);
    let chosen = match options.agencies {
        [] => all.keys().cloned().collect(),
        agencies => cited_by(options.catalogue, agencies)?,
    };
    let mut run = Run::of(options, &all);
    let mut visitor = Visitor::new(network, options.pause);
    for url in in_turn(&chosen) {
        step(chosen.len());
        if let Some(page) = all.get(url) {
            run.look(&mut visitor, url, page);
        }
    }
    run.end(options)
}

/// The addresses in an order in which hosts take turns, so that the pause of one is filled by others.
fn in_turn(addresses: &BTreeSet<String>) -> Vec<&str> {
    let mut hosts: BTreeMap<String, VecDeque<&str>> = BTreeMap::new();
    for address in addresses {
        let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        hosts.entry(host).or_default().push_back(address);
    }
    let mut order = Vec::new();
    while order.len() < addresses.len() {
        order.extend(hosts.values_mut().filter_map(VecDeque::pop_front));
    }
    order
}

/// A run under way.
struct Run {
    /// The changes of each page.
    changes: BTreeMap<String, Vec<Change>>,
    memory: Memory,
    report: Report,
    day: Date,
}

impl Run {
    /// What stands before it: of pages that nobody cites any more, nothing.
    fn of(options: &Options<'_>, cited: &BTreeMap<String, Cited>) -> Self {
        let mut changes: BTreeMap<String, Vec<Change>> = BTreeMap::new();
        for change in options.catalogue.changed.changes.iter().filter(|change| cited.contains_key(&change.url)) {
            changes.entry(change.url.clone()).or_default().push(change.clone());
        }
        let mut memory = memory::read(options.root);
        memory.retain(|url, _| cited.contains_key(url));
        Self { changes, memory, report: Report::default(), day: options.day }
    }

    fn look<N: Network>(&mut self, visitor: &mut Visitor<'_, N>, url: &str, cited: &Cited) {
        let changes = self.changes.get(url).cloned().unwrap_or_default();
        let before = Before { url, cited, changes: &changes, known: self.memory.get(url) };
        let visit = visitor.visit(url, before.asked_about());
        let judged = before.judge(&visit, self.day);
        self.tell(url, judged.told, &judged.changes);
        match judged.known {
            Some(known) => drop(self.memory.insert(url.to_owned(), known)),
            None => drop(self.memory.remove(url)),
        }
        self.changes.insert(url.to_owned(), judged.changes);
    }

    fn tell(&mut self, url: &str, told: Told, changes: &[Change]) {
        let report = &mut self.report;
        match told {
            Told::Unreached(why) => return report.not_reached.push(Unreached { url: url.to_owned(), why }),
            Told::NotComparable => return report.not_comparable.push(url.to_owned()),
            Told::Unchanged => report.unchanged += 1,
            Told::Changed => report.changed.extend(changes.iter().cloned()),
        }
        report.compared += 1;
    }

    /// Writes what was learned.
    fn end(self, options: &Options<'_>) -> Result<Report> {
        let Self { changes, memory, mut report, .. } = self;
        let mut changes: Vec<Change> = changes.into_values().flatten().collect();
        changes.sort_by(|one, other| (&one.url, &one.was).cmp(&(&other.url, &other.was)));
        let before = &options.catalogue.changed.changes;
        let is_kept = |old: &&Change| changes.iter().any(|new| (&new.url, &new.was) == (&old.url, &old.was));
        let ended: BTreeSet<&String> = before.iter().filter(|old| !is_kept(old)).map(|old| &old.url).collect();
        report.ended = ended.into_iter().cloned().collect();
        report.without_room = leave_room(&mut changes)?;
        report.not_reached.sort();
        report.not_comparable.sort();
        report.changed.sort_by(|one, other| (&one.url, &one.was).cmp(&(&other.url, &other.was)));
        report.is_written = changes != *before;
        if !options.is_dry {
            write(options.root, changes, report.is_written)?;
            memory::keep(options.root, &memory)?;
        }
        Ok(report)
    }
}

/// Takes the newest changes out for which a file has no room, and says how many.
fn leave_room(changes: &mut Vec<Change>) -> Result<usize> {
    let all = changes.len();
    let text = |changes: &[Change]| Changed { changes: changes.to_vec() }.to_yaml();
    while text(changes)?.len() > MAX_BYTES {
        let newest = changes.iter().enumerate().max_by_key(|(_, change)| change.since).map(|(at, _)| at);
        newest.map(|at| changes.remove(at));
    }
    Ok(all - changes.len())
}

fn write(root: &Path, changes: Vec<Change>, is_other: bool) -> Result<()> {
    let place = root.join(FILE);
    match (is_other, changes.is_empty()) {
        (false, _) => {}
        (true, true) => disk::remove(&place)?,
        (true, false) => disk::replace(&place, Changed { changes }.to_yaml()?.as_bytes())?,
    }
    Ok(())
}
