//! Facilities of one agency, from a table.

use super::columns::Columns;
use super::ids::{folded, id_of};
use super::place::Here;
use super::row::Wanted;
use super::settle::{Incoming, settle};
use super::table::{Row, Table, read, rejected};
use super::{Input, Plan, Planned, Rejected, facts_here};
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::ids::is_word_id;
use schema::ground::nearest::nearest;
use schema::ground::problem::quoted;
use schema::place::facility::Facility;
use schema::record::checker::Checker;
use schema::record::facts::{Around, Set};
use schema::yaml::Text;
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What is said of a table beside its rows.
pub struct FacilitiesAsked {
    /// The agency that runs them.
    pub agency: String,
    /// Which column says what: key and column.
    pub maps: Vec<(String, String)>,
    /// Where the table was found.
    pub source: String,
    /// The day on which somebody looked there.
    pub checked: Date,
}

/// Finds what importing a table would do.
///
/// # Errors
/// That the root has no such agency or a file that cannot be read, or that the table cannot be used, with its line.
pub fn facilities(root: &Path, table: Input<'_>, asked: &FacilitiesAsked, today: Date) -> Result<Plan> {
    let catalogue = facts_here(root, today, &[(Set::Agencies, "agencies"), (Set::Facilities, "facilities")])?;
    let here = Here { root, catalogue, today };
    refuse_what_will_not_do(&here, asked)?;
    let name = || table.name.to_owned();
    let table = read(table.bytes).with_context(name)?;
    let columns = Columns::find(&table.heads, &asked.maps).with_context(name)?;
    let mut import = Import::new(here, asked, &columns, &table);
    let (mut files, mut left) = (Vec::new(), Vec::new());
    for row in &table.rows {
        match import.row(row, table.heads.len())? {
            Ok(planned) => files.push(planned),
            Err(why) => left.push((row, why)),
        }
    }
    let said = |(row, why): &(&Row, String)| Rejected { at: format!("line {}", row.line), why: why.clone() };
    let rows = if left.is_empty() { None } else { Some(rejected(&table, &left)?) };
    Ok(Plan { files, rejected: left.iter().map(said).collect(), table: rows })
}

fn refuse_what_will_not_do(here: &Here<'_>, asked: &FacilitiesAsked) -> Result<()> {
    let agencies = &here.catalogue.agencies;
    if !agencies.contains_key(&asked.agency) {
        let failure = Failure::new(format!("--agency: this site has no agency {}", quoted(&asked.agency)));
        let ids = || agencies.keys().map(String::as_str);
        let begun = ids().find(|id| !asked.agency.is_empty() && id.starts_with(&asked.agency));
        let near = begun.or_else(|| nearest(&asked.agency, ids()));
        let bring = "`inside-out upgrade --agencies ID --write` brings one that the program knows";
        bail!(failure.help(near.map_or_else(|| bring.to_owned(), |near| format!("did you mean {near}? {bring}"))));
    }
    let mut checker = Checker::new(Vec::new(), Around { facts: &here.catalogue, today: here.today }, "");
    checker.web_address("source", Some(&Text::from(asked.source.as_str())));
    checker.not_after("checked", Some(asked.checked));
    match checker.finish().into_iter().next() {
        Some(problem) => {
            bail!(Failure { what: problem.message, help: problem.help })
        }
        None => Ok(()),
    }
}

/// An import on its way through a table.
struct Import<'a> {
    here: Here<'a>,
    asked: &'a FacilitiesAsked,
    columns: &'a Columns,
    /// How many rows have a name.
    names: BTreeMap<String, usize>,
    /// The agency's facilities that were here before, by each of their names.
    known: BTreeMap<String, BTreeSet<String>>,
    /// Every id that is in use.
    taken: BTreeSet<String>,
    /// The line that each id comes from.
    lines: BTreeMap<String, u64>,
    /// The line that each name and town come from.
    places: BTreeMap<(String, String), u64>,
}

impl<'a> Import<'a> {
    fn new(here: Here<'a>, asked: &'a FacilitiesAsked, columns: &'a Columns, table: &Table) -> Self {
        let (mut names, mut known) = (BTreeMap::new(), BTreeMap::<String, BTreeSet<String>>::new());
        for row in &table.rows {
            *names.entry(folded(&columns.cell(&row.cells, "name"))).or_default() += 1;
        }
        for facility in here.catalogue.facilities.values().filter(|facility| facility.agency == asked.agency) {
            for name in facility.other_names.iter().chain([&facility.name]) {
                known.entry(folded(name)).or_default().insert(facility.id.clone());
            }
        }
        let taken = here.catalogue.facilities.keys().cloned().collect();
        Self { here, asked, columns, names, known, taken, lines: BTreeMap::new(), places: BTreeMap::new() }
    }

    /// What becomes of a row, or why it is not taken.
    fn row(&mut self, row: &Row, width: usize) -> Result<Result<Planned, String>> {
        let wanted = match Wanted::of(self.columns, &row.cells, width) {
            Ok(wanted) => wanted,
            Err(why) => return Ok(Err(why)),
        };
        let id = match self.id(&wanted) {
            Ok(id) => id,
            Err(why) => return Ok(Err(why)),
        };
        if let Err(why) = self.refuse_twice(&wanted, &id, row.line) {
            return Ok(Err(why));
        }
        let keys = self.keys(&wanted, &id);
        let settled = settle::<Facility>(&mut self.here, &Incoming { id: &id, keys, day: Some(self.asked.checked) })?;
        if settled.is_ok() {
            self.lines.insert(id.clone(), row.line);
            self.places.insert((folded(&wanted.name), folded(&wanted.town)), row.line);
            self.taken.insert(id);
        }
        Ok(settled)
    }

    /// The id of a place: its row's, that of the same place here, or a new one.
    fn id(&self, wanted: &Wanted) -> Result<String, String> {
        if !wanted.id.is_empty() {
            return self.own_id(&wanted.id);
        }
        if let Some(id) = self.same(wanted)? {
            return Ok(id);
        }
        let none = || {
            "no id can be made of the name: write one in a column `id`, in small letters, digits and hyphens".to_owned()
        };
        id_of(&wanted.name, &wanted.town, &self.taken).ok_or_else(none)
    }

    fn own_id(&self, id: &str) -> Result<String, String> {
        if !is_word_id(id) {
            return Err(format!("{} is no id: use small letters, digits and hyphens, at most 40", quoted(id)));
        }
        match self.here.catalogue.facilities.get(id).filter(|facility| facility.agency != self.asked.agency) {
            Some(other) => {
                Err(format!("{} is a facility of {} here: give this one another id", quoted(id), other.agency))
            }
            None => Ok(id.to_owned()),
        }
    }

    /// The facility here that has this name. Where several places share a name, the town tells them apart.
    fn same(&self, wanted: &Wanted) -> Result<Option<String>, String> {
        let name = folded(&wanted.name);
        let Some(known) = self.known.get(&name) else { return Ok(None) };
        let town = folded(&wanted.town);
        let is_there = |id: &&String| {
            self.here.catalogue.facilities.get(*id).is_some_and(|facility| folded(&facility.place) == town)
        };
        let mut there = known.iter().filter(is_there);
        match (there.next(), there.next()) {
            (Some(id), None) => Ok(Some(id.clone())),
            (Some(one), Some(other)) => Err(format!(
                "two facilities here have this name and town, {one} and {other}: say which in a column `id`"
            )),
            (None, _) if known.len() == 1 && self.names.get(&name) == Some(&1) => Ok(known.first().cloned()),
            (None, _) => Ok(None),
        }
    }

    fn refuse_twice(&self, wanted: &Wanted, id: &str, line: u64) -> Result<(), String> {
        if let Some(before) = self.lines.get(id) {
            return Err(format!("line {before} is the same facility, {id}: keep one of lines {before} and {line}"));
        }
        let place = (folded(&wanted.name), folded(&wanted.town));
        match self.places.get(&place).filter(|_| wanted.id.is_empty()) {
            Some(before) => Err(format!(
                "line {before} has the same name and city: keep one of them, or give each an id of its own"
            )),
            None => Ok(()),
        }
    }

    /// The keys that a row brings, in the order of a file.
    fn keys(&self, wanted: &Wanted, id: &str) -> Mapping {
        let known = self.here.catalogue.facilities.get(id);
        let text = |text: &str| Some(text).filter(|text| !text.is_empty()).map(Value::from);
        let list = |lines: &[String]| {
            (!lines.is_empty()).then(|| lines.iter().map(|line| Value::from(line.as_str())).collect())
        };
        // Of a place that is here, its editors know how its agency writes the name.
        let name = if known.is_none() { text(&wanted.name) } else { None };
        // Where letters go was looked up elsewhere, and that still says so.
        let is_address_of_old = wanted.address.is_empty() && known.is_some_and(|known| !known.address.is_empty());
        let said = |value: String| (!is_address_of_old).then_some(Value::from(value));
        let keys = [
            ("id", text(id)),
            ("name", name),
            ("other_names", list(&other_names(wanted, known))),
            ("agency", text(&self.asked.agency)),
            ("code", text(&wanted.code)),
            ("place", text(&wanted.town)),
            ("address", list(&wanted.address)),
            ("visiting_address", list(&wanted.visiting_address)),
            ("source", said(self.asked.source.clone())),
            ("checked", said(self.asked.checked.to_string())),
        ];
        keys.into_iter().filter_map(|(key, value)| Some((Value::from(key), value?))).collect()
    }
}

/// The other names that are here, and those that come.
fn other_names(wanted: &Wanted, known: Option<&Facility>) -> Vec<String> {
    let name = folded(known.map_or(&wanted.name, |known| &known.name));
    let mut names = known.map_or_else(Vec::new, |known| known.other_names.clone());
    for other in wanted.other_names.iter().chain([&wanted.name]) {
        if folded(other) != name && !names.iter().any(|known| folded(known) == folded(other)) {
            names.push(other.clone());
        }
    }
    names
}
