//! The files of facets: for each value the numbers of its people, and how many of them have each other value, so that a visitor
//! who chooses one thing sees live counts for all others at once.

use super::index::{Index, Numbered};
use super::postings::{printable, printable_numbers};
use crate::lists::facets::Facet;
use crate::source::Root;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Result;
use std::collections::{BTreeMap, BTreeSet};

/// A value of a facet.
pub(super) struct Value {
    pub(super) id: String,
    /// How many people who wait for letters have it.
    pub(super) people: usize,
    /// Which file of lists holds it, and which of counts.
    pub(super) files: Files,
}

/// Positions among the files of lists and of counts.
pub(super) type Files = (usize, usize);

/// Where the facilities are.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Places {
    /// The jurisdiction of each.
    Here(BTreeMap<String, String>),
    /// The hash of a file that tells the same.
    There(String),
}

/// What the files hold.
pub(super) struct Facets {
    /// Hashes of the files of lists.
    pub(super) lists: Vec<String>,
    /// Hashes of the files of counts.
    pub(super) counts: Vec<String>,
    /// The values of each facet but facilities, in order of id.
    pub(super) values: BTreeMap<Facet, Vec<Value>>,
    /// The files of a jurisdiction's facilities.
    pub(super) facilities: BTreeMap<String, Files>,
    /// The jurisdiction of each facility.
    pub(super) places: Places,
}

/// A file is closed when it holds so many characters: as many as one answer may weigh, so that a small site has one file.
const FULL: usize = 28_000;
/// From so many facilities on, their jurisdictions stand in a file of their own.
const MANY_FACILITIES: usize = 120;

/// The people of one value, and how many of those who wait for letters have each of the other values.
#[derive(Default)]
struct Members {
    numbers: Vec<u32>,
    listed: usize,
    with: Vec<usize>,
}

/// Packs entries into files.
#[derive(Default)]
struct Packer {
    open: BTreeMap<String, Vec<String>>,
    size: usize,
    files: Vec<String>,
}

impl Packer {
    /// Packs an entry and tells the file. Some entries must share the file of the one before.
    fn pack(&mut self, index: &mut Index, key: &str, entry: Vec<String>, together: bool) -> Result<usize> {
        let size: usize = entry.iter().map(String::len).sum();
        if self.size + size > FULL && self.size > 0 && !together {
            self.close(index)?;
        }
        self.size += size;
        self.open.insert(key.to_owned(), entry);
        Ok(self.files.len())
    }

    fn close(&mut self, index: &mut Index) -> Result<()> {
        self.files.push(index.add_json(&std::mem::take(&mut self.open))?);
        self.size = 0;
        Ok(())
    }
}

/// Writes the files. Counts lie apart from lists: the first result does without them.
pub(super) fn add(index: &mut Index, site: &Root, numbered: &Numbered<'_>, day: Date) -> Result<Facets> {
    let members = members(site, numbered, day);
    let total = numbered.people.len();
    let (mut lists, mut counts) = (Packer::default(), Packer::default());
    let (mut values, mut facilities, mut places) = (BTreeMap::<_, Vec<Value>>::new(), BTreeMap::new(), BTreeMap::new());
    for ((facet, id), members) in &members {
        let (place, value) = id.split_once(' ').unwrap_or(("", id));
        let key = format!("{}={value}", facet.key());
        let mut entry = vec![printable(&members.numbers, total)];
        if *facet == Facet::Facility {
            let name = site.content.catalogue.facilities.get(value).map_or(value, |facility| &facility.name);
            entry.extend([name.to_owned(), place.to_owned()]);
            places.insert(value.to_owned(), place.to_owned());
        }
        // A jurisdiction's facilities stay together.
        let together = *facet == Facet::Facility && facilities.contains_key(place);
        let row = vec![printable_numbers(members.with.iter().copied())];
        let files = (lists.pack(index, &key, entry, together)?, counts.pack(index, &key, row, together)?);
        if *facet == Facet::Facility {
            facilities.insert(place.to_owned(), files);
        } else {
            values.entry(*facet).or_default().push(Value { id: value.to_owned(), people: members.listed, files });
        }
    }
    lists.close(index)?;
    counts.close(index)?;
    let is_many = places.len() > MANY_FACILITIES;
    let places = if is_many { Places::There(index.add_json(&places)?) } else { Places::Here(places) };
    Ok(Facets { lists: lists.files, counts: counts.files, values, facilities, places })
}

/// Everybody under each of their values. Facilities go by jurisdiction first.
fn members(site: &Root, numbered: &Numbered<'_>, day: Date) -> BTreeMap<(Facet, String), Members> {
    let catalogue = &site.content.catalogue;
    let of_person = |person: &&schema::person::profile::Profile| -> Vec<(Facet, String)> {
        let key = |facet: Facet, value: String| match (facet, catalogue.place(&value)) {
            (Facet::Facility, Some((_, agency))) => (facet, format!("{} {value}", agency.jurisdiction)),
            _ => (facet, value),
        };
        let values = |facet: Facet| facet.values(person, catalogue, day).into_iter().map(move |value| (facet, value));
        Facet::ALL.into_iter().flat_map(values).map(|(facet, value)| key(facet, value)).collect()
    };
    let of_people: Vec<Vec<(Facet, String)>> = numbered.people.par_iter().map(of_person).collect();
    let known: BTreeSet<&(Facet, String)> = of_people.par_iter().flatten_iter().collect();
    let rows: BTreeMap<&(Facet, String), usize> = known.iter().copied().zip(0..).collect();
    let of_people: Vec<Vec<usize>> = of_people
        .par_iter()
        .map(|values| values.iter().filter_map(|value| rows.get(value).copied()).collect())
        .collect();
    let mut members: Vec<Members> = known.iter().map(|_| Members::default()).collect();
    for (number, rows) in of_people.iter().enumerate() {
        for row in rows {
            let Some(members) = members.get_mut(*row) else { continue };
            members.numbers.push(u32::try_from(number).unwrap_or(u32::MAX));
            members.listed += usize::from(number < numbered.listed);
        }
    }
    let facets: Vec<Facet> = known.iter().map(|(facet, _)| *facet).collect();
    count_pairs(&mut members, &facets, of_people.iter().take(numbered.listed));
    known.into_iter().cloned().zip(members).collect()
}

/// Counts, for each value, how many of its people have each value of a facet other than facilities, in order.
fn count_pairs<'r>(members: &mut [Members], facets: &[Facet], of_people: impl Iterator<Item = &'r Vec<usize>>) {
    let mut columns = 0;
    let column = |facet: &Facet| {
        (*facet != Facet::Facility).then(|| {
            columns += 1;
            columns - 1
        })
    };
    let column_of: Vec<Option<usize>> = facets.iter().map(column).collect();
    members.iter_mut().for_each(|members| members.with = vec![0; columns]);
    for rows in of_people {
        for row in rows {
            let Some(members) = members.get_mut(*row) else { continue };
            for column in rows.iter().filter_map(|other| column_of.get(*other).copied().flatten()) {
                if let Some(count) = members.with.get_mut(column) {
                    *count += 1;
                }
            }
        }
    }
}
