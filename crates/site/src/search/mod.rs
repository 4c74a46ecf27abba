//! The search index: static files from which the script of the page answers, with few and small requests at any size.
//!
//! People are numbered: those who wait for letters first, then those who are paused, so that these are left out unless asked
//! for; in each part by jurisdiction and then by draw, so that neighbours share a place. A facet's value is the list of its
//! people's numbers, a word of a name, an interest or an introduction likewise. Cards lie in shards of neighbours. Nothing is
//! in it that the public pages do not show, and no file names everybody. Files are named by what they hold; the page itself
//! names them, so that whatever is asked for first can be asked for at once.

mod cards;
mod facets;
mod fold;
mod index;
mod postings;
#[cfg(test)]
mod tests;
mod text;

use crate::lists::facets::Facet;
use crate::lists::order::{day_number, draw};
use crate::people::People;
use crate::published_photos::Sizes;
use crate::source::Root;
pub(crate) use index::Index;
use index::Numbered;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::person::profile::{Profile, ProfileId};
use serde::Serialize;
use std::collections::BTreeMap;
use templates::Theme;

/// The most cards in one shard, and the fewest where there are several.
pub(crate) const SHARD: std::ops::RangeInclusive<usize> = 250..=625;
/// The script turns the order of a search by so many parts a day,
#[cfg(test)]
pub(crate) const TURN: usize = 40_503;
/// of so many.
#[cfg(test)]
pub(crate) const TURNS: usize = 65_536;
/// About how many shards there are in between.
const SHARDS: usize = 160;
/// About how many people one file of days holds.
const DAYS: usize = 7_000;

/// What the page carries of an index, in the words of one language.
#[derive(Serialize)]
struct Beginning<'a> {
    /// Number of the day, which turns the order.
    day: usize,
    listed: usize,
    total: usize,
    /// Cards in one shard.
    shard: usize,
    cards: &'a [String],
    /// Hashes of the files of days, oldest first.
    days: &'a [String],
    /// First word, hash, bytes of the list of words, bytes in all.
    words: &'a [(String, String, usize, usize)],
    /// Hashes of the files of lists.
    lists: &'a [String],
    /// Hashes of the files of counts.
    counts: &'a [String],
    /// For each facet its values: id, words, how many people, which files.
    values: BTreeMap<&'static str, Vec<(String, String, usize, facets::Files)>>,
    /// The files of a jurisdiction's facilities.
    facilities: &'a BTreeMap<String, facets::Files>,
    /// The jurisdiction of each facility, or the hash of the file that tells it.
    places: &'a facets::Places,
}

/// Makes the index of those who have a page.
///
/// # Errors
/// Those of writing JSON, which the values do not cause.
pub(crate) fn build(
    site: &Root,
    theme: &Theme,
    people: &People<'_>,
    sizes: &BTreeMap<ProfileId, Sizes>,
    day: Date,
) -> serde_json::Result<Index> {
    let numbered = number(site, people);
    let total = numbered.people.len();
    let mut index = Index::default();
    if total == 0 {
        return Ok(index);
    }
    let shard = (total / SHARDS).clamp(*SHARD.start(), *SHARD.end());
    let written = numbered.people.par_chunks(shard).map(|people| cards::shard(site, people, sizes, day));
    let written = written.collect::<serde_json::Result<Vec<_>>>()?;
    let cards: Vec<String> = written.into_iter().map(|bytes| index.add(bytes, "json")).collect();
    let days =
        days(&numbered.people).iter().map(|days| index.add_json(days)).collect::<serde_json::Result<Vec<_>>>()?;
    let words = text::add(&mut index, site, &numbered.people);
    let facets = facets::add(&mut index, site, &numbered, day)?;
    for lang in &site.content.catalogue.site.languages {
        let words_of = |facet: Facet, value: &facets::Value| {
            let name = facet.name(&value.id, &site.content.catalogue, &theme.strings, lang);
            (value.id.clone(), name, value.people, value.files)
        };
        let values = facets.values.iter().map(|(facet, values)| {
            (facet.key(), values.iter().map(|value| words_of(*facet, value)).collect::<Vec<_>>())
        });
        let beginning = Beginning {
            day: day_number(day),
            listed: numbered.listed,
            total,
            shard,
            cards: &cards,
            days: &days,
            words: &words,
            lists: &facets.lists,
            counts: &facets.counts,
            values: values.collect(),
            facilities: &facets.facilities,
            places: &facets.places,
        };
        index.begins.insert(lang.clone(), serde_json::to_string(&beginning)?);
    }
    Ok(index)
}

/// Numbers everybody who has a page.
fn number<'a>(site: &Root, people: &People<'a>) -> Numbered<'a> {
    let place = |person: &Profile| {
        let place = site.content.catalogue.place(&person.facility);
        place.map(|(_, agency)| agency.jurisdiction.clone()).unwrap_or_default()
    };
    let is_listed: std::collections::BTreeSet<&ProfileId> = people.listed.iter().map(|person| &person.id).collect();
    // Where all cards fit into one shard, neighbours need not share a place.
    let by_place = people.with_page.len() > *SHARD.start();
    let mut keyed: Vec<(bool, String, u64, &Profile)> = people
        .with_page
        .par_iter()
        .map(|person| {
            let first = if by_place { place(person) } else { String::new() };
            (!is_listed.contains(&person.id), first, draw(&format!("/search/ {}", person.id)), *person)
        })
        .collect();
    keyed.par_sort_by(|one, other| (one.0, &one.1, one.2, &one.3.id).cmp(&(other.0, &other.1, other.2, &other.3.id)));
    Numbered { people: keyed.into_iter().map(|(_, _, _, person)| person).collect(), listed: people.listed.len() }
}

/// The days on which people were first listed, oldest first, each with its people; some thousands of people to a file, so that
/// whoever asks for the newest reads of the newest only.
fn days(people: &[&Profile]) -> Vec<Vec<String>> {
    let mut by_day: BTreeMap<Date, Vec<u32>> = BTreeMap::new();
    for (person, number) in people.iter().zip(0..) {
        by_day.entry(person.listed).or_default().push(number);
    }
    let mut files: Vec<Vec<String>> = Vec::new();
    let mut size = DAYS;
    for numbers in by_day.values() {
        if size + numbers.len() > DAYS {
            files.push(Vec::new());
            size = 0;
        }
        size += numbers.len();
        files.last_mut().into_iter().for_each(|file| file.push(postings::printable(numbers, usize::MAX)));
    }
    files
}
