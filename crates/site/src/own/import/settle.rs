//! What becomes of one file: it is new, some of its keys are set, or it stays as it is.

use super::place::{Here, Place};
use super::{Change, Planned};
use anyhow::Result;
use jiff::civil::Date;
use schema::record::fields::Record;
use schema::yaml::{Block, set_keys};
use serde_yaml::{Mapping, Value};
use std::path::Path;

/// The keys in which days stand on which somebody looked.
const LOOKED: [&str; 2] = ["checked", "read"];

/// What comes: the keys that are brought, and the day on which somebody looked.
pub(super) struct Incoming<'a> {
    pub(super) id: &'a str,
    pub(super) keys: Mapping,
    pub(super) day: Option<Date>,
}

/// What becomes of its file, or why it cannot be taken. What is taken is known from then on.
pub(super) fn settle<P: Place>(here: &mut Here<'_>, incoming: &Incoming<'_>) -> Result<Result<Planned, String>> {
    let path = format!("content/{}/{}.yaml", P::FOLDER, incoming.id);
    let planned = |change, why: String, text| Planned { path: path.clone(), change, why, text };
    let Some(known) = P::known(&here.catalogue, incoming.id).map(Place::value).transpose()? else {
        let text = serde_yaml::to_string(&incoming.keys)?;
        let place = match P::of(&text, incoming.id, here) {
            Err(why) => return Ok(Err(why)),
            Ok(place) => place,
        };
        place.make_known(&mut here.catalogue, incoming.id.to_owned());
        return Ok(Ok(planned(Change::New, String::new(), Some(text))));
    };
    let keys: Vec<&str> = different(&known, &incoming.keys);
    let named = keys.join(", ");
    let looked = latest(&known);
    if keys.is_empty() {
        return Ok(Ok(planned(Change::Unchanged, String::new(), None)));
    }
    if looked >= incoming.day {
        let when = looked.map_or_else(|| "what comes has no day".to_owned(), |day| format!("looked up here on {day}"));
        return Ok(Ok(planned(Change::Kept, format!("{when}; what comes differs in {named}"), None)));
    }
    match rewritten::<P>(here, &path, incoming, &keys)? {
        None => {
            let why = format!("a remark stands beside what would change: {named}; change it there by hand");
            Ok(Ok(planned(Change::Kept, why, None)))
        }
        Some(text) => Ok(take::<P>(here, incoming.id, &text)?.map(|()| planned(Change::Changed, named, Some(text)))),
    }
}

/// Makes the place of a text known.
fn take<P: Place>(here: &mut Here<'_>, id: &str, text: &str) -> Result<Result<(), String>> {
    Ok(P::of(text, id, here).map(|place| place.make_known(&mut here.catalogue, id.to_owned())))
}

/// The file with those keys set; none where that cannot be done without touching anything else.
fn rewritten<P: Place>(here: &Here<'_>, path: &str, incoming: &Incoming<'_>, keys: &[&str]) -> Result<Option<String>> {
    let Ok(text) = String::from_utf8(disk::read(here.root, Path::new(path))?) else { return Ok(None) };
    let mut blocks = Vec::new();
    for key in keys {
        let pair = incoming.keys.iter().filter(|(known, _)| known.as_str() == Some(key));
        let pair: Mapping = pair.map(|(key, value)| (key.clone(), value.clone())).collect();
        blocks.push((*key, serde_yaml::to_string(&pair)?));
    }
    let blocks: Vec<Block<'_>> = blocks.iter().map(|(key, lines)| Block { key, lines }).collect();
    let Some(text) = set_keys(&text, &blocks, &order::<P>()) else { return Ok(None) };
    let Ok(place) = P::of(&text, incoming.id, here) else { return Ok(Some(text)) };
    let is_as_meant = different(&place.value()?, &incoming.keys).is_empty();
    Ok(is_as_meant.then_some(text))
}

fn order<R: Record>() -> Vec<&'static str> {
    R::FIELDS.iter().map(|field| field.key).collect()
}

/// The keys that are brought and say something else than what is known.
fn different<'a>(known: &Value, brought: &'a Mapping) -> Vec<&'a str> {
    let differs = |key: &str, value: &Value| known.get(key) != Some(value);
    brought.iter().filter_map(|(key, value)| key.as_str().filter(|key| differs(key, value))).collect()
}

/// The latest day on which somebody looked, anywhere in a record.
pub(super) fn latest(value: &Value) -> Option<Date> {
    match value {
        Value::Mapping(keys) => keys
            .iter()
            .filter_map(|(key, value)| match value.as_str() {
                Some(day) if key.as_str().is_some_and(|key| LOOKED.contains(&key)) => day.parse().ok(),
                _ => latest(value),
            })
            .max(),
        Value::Sequence(items) => items.iter().filter_map(latest).max(),
        _ => None,
    }
}
