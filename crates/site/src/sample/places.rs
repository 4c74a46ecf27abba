//! Made-up states, agencies and facilities: few large ones, many small ones, as in life.

use super::options::SampleOptions;
use super::random::Random;
use super::words::{LANDS, SHAPES, SIDES, TOWN_ENDS, TOWN_STARTS};
use anyhow::Result;
use schema::place::catalogue::Catalogue;
use std::fmt::Write;

/// The facilities of a sample, each with its weight.
pub(super) struct Places {
    /// Facility ids, and how many of its shares of people each takes.
    facilities: Vec<(String, usize)>,
    total: usize,
}

impl Places {
    /// Draws a facility, a large one more often.
    pub(super) fn draw(&self, random: &mut Random) -> &str {
        let mut share = random.below(self.total);
        for (id, weight) in &self.facilities {
            if share < *weight {
                return id;
            }
            share -= weight;
        }
        self.facilities.first().map_or("", |(id, _)| id)
    }
}

/// Writes jurisdictions, agencies and facilities for so many people.
pub(super) fn write(options: SampleOptions<'_>, catalogue: &Catalogue) -> Result<Places> {
    let SampleOptions { folder, count: people, seed, .. } = options;
    let states = (3 + people as usize / 60).min(SIDES.len() * LANDS.len());
    let services: Vec<&String> =
        catalogue.services.values().filter(|service| service.invented).map(|service| &service.id).collect();
    let mut jurisdictions = String::new();
    let mut facilities = Vec::new();
    for state in 0..states {
        let mut random = Random::new(seed, 1, state as u64);
        let (side, land) =
            (SIDES.get(state % SIDES.len()).unwrap_or(&""), LANDS.get(state / SIDES.len()).unwrap_or(&""));
        let name = format!("{side} {land}").trim().to_owned();
        let id = schema::ground::text::slug(&name);
        let postal: String = [state / 26 % 26, state % 26]
            .iter()
            .filter_map(|n| u8::try_from(*n).ok())
            .map(|n| char::from(b'A' + n))
            .collect();
        let _ = writeln!(jurisdictions, "{id}:\n  name: {{en: {name}, es: {name}}}\n  postal: {postal}");
        disk::place(
            &folder.join(format!("content/agencies/{id}.yaml")),
            agency(&id, &name, state, &mut random).as_bytes(),
        )?;
        let count = 1 + random.below(1 + people as usize * 2 / 75 / states);
        for number in 0..count {
            let (facility, weight) = facility(&id, number, &postal, &services, &mut random);
            let file = format!("{id}-{}", number + 1);
            disk::place(&folder.join(format!("content/facilities/{file}.yaml")), facility.as_bytes())?;
            facilities.push((file, weight));
        }
    }
    disk::place(&folder.join("content/vocabularies/jurisdictions.yaml"), jurisdictions.as_bytes())?;
    let total = facilities.iter().map(|(_, weight)| weight).sum();
    Ok(Places { facilities, total })
}

fn agency(id: &str, name: &str, state: usize, random: &mut Random) -> String {
    let lines = match state % 3 {
        0 => "[\"{mail_name} {number}\", \"{facility}\", \"{housing}\", \"{facility_address}\"]",
        1 => "[\"{facility}\", \"{mail_name}\", \"{number_label} {number}\", \"{facility_address}\"]",
        _ => "[\"{last_first} {number}\", \"{facility}\", PO Box 100, \"Scanport, ZZ 00199\"]",
    };
    let arrives = ["original", "copy", "screen"].get(state % 3).unwrap_or(&"original");
    let pages = 5 + random.below(4) * 5;
    format!(
        "id: {id}\nname: {name} Department of Corrections\njurisdiction: {id}\ninvented: true\nnumber:\n  label: DOC number\n  \
         pattern: \"[0-9]{{8}}\"\n  example: \"01234567\"\nlocator: https://{id}.example/find\nlisting:\n  rule: allowed\n  \
         source: https://{id}.example/rules\n  checked: 2026-10-01\nroutes:\n  - from: 2020-01-01\n    arrives: {arrives}\n    \
         lines: {lines}\n    rules: [return-address, no-stickers]\n    pages: {pages}\n    source: https://{id}.example/mail\n    \
         checked: 2026-10-01\n"
    )
}

fn facility(state: &str, number: usize, postal: &str, services: &[&String], random: &mut Random) -> (String, usize) {
    let place = format!("{}{}", random.pick(TOWN_STARTS), random.pick(TOWN_ENDS));
    let name = format!("{place} {}", random.pick(SHAPES));
    let chosen =
        if random.percent(15) || services.is_empty() { Vec::new() } else { random.several(services, 1 + number % 2) };
    let chosen: Vec<&str> = chosen.into_iter().map(|id| id.as_str()).collect();
    let (street, box_number) = (100 + random.below(9000), 1 + random.below(99));
    let yaml = format!(
        "id: {state}-{}\nname: {name}\nagency: {state}\nplace: {place}\naddress:\n  - {street} County Road {box_number}\n  \
         - \"{place}, {postal} 00{:03}\"\nservices: [{}]\nsource: https://{state}.example/places\nchecked: 2026-10-01\n",
        number + 1,
        random.below(400),
        chosen.join(", ")
    );
    (yaml, 1 + random.below(10) * random.below(10))
}
