//! A record as its file would say it: the keys in their order, numbers and yes and no as such, nothing that is not there.

use schema::place::agency::Agency;
use schema::place::facility::Facility;
use schema::place::route::Route;
use schema::place::service::Service;
use serde::Serialize;
use serde_yaml::{Mapping, Result, Value, to_value};

/// What only editors read.
const PRIVATE: &str = "look_again";
/// Lists that say something where they are empty: that there is no rule, and no service.
const MAY_BE_EMPTY: [&str; 2] = ["rules", "services"];
/// What nobody says where it is not so.
const ONLY_IF_SO: [&str; 2] = ["invented", "stored"];

/// An agency.
pub(crate) fn agency(agency: &Agency) -> Result<Value> {
    record(agency, &agency.routes)
}

/// A facility.
pub(crate) fn facility(facility: &Facility) -> Result<Value> {
    record(facility, &facility.routes)
}

/// A messaging service.
pub(crate) fn service(service: &Service) -> Result<Value> {
    record(service, &[])
}

fn record(record: &impl Serialize, routes: &[Route]) -> Result<Value> {
    let mut value = to_value(record)?;
    if let Some(Value::Sequence(written)) = value.get_mut("routes") {
        for (written, route) in written.iter_mut().zip(routes) {
            if let Some(lines) = written.get_mut("lines") {
                *lines = route.lines.iter().map(|line| Value::String(line.to_string())).collect();
            }
        }
    }
    Ok(tidy(value))
}

fn tidy(value: Value) -> Value {
    match value {
        Value::Mapping(mut keys) => {
            // Where nobody has looked, nothing is confirmed.
            if keys.get("checked").is_none_or(Value::is_null) {
                keys.remove("confirmed");
            }
            Value::Mapping(keys.into_iter().filter_map(kept).collect::<Mapping>())
        }
        Value::Sequence(items) => items.into_iter().map(tidy).collect(),
        other => other,
    }
}

fn kept((key, value): (Value, Value)) -> Option<(Value, Value)> {
    let name = key.as_str().unwrap_or_default();
    let is_nothing = match &value {
        Value::Null => true,
        Value::Sequence(items) => items.is_empty() && !MAY_BE_EMPTY.contains(&name),
        Value::Bool(is_so) => !is_so && ONLY_IF_SO.contains(&name),
        _ => false,
    };
    (!is_nothing && name != PRIVATE).then(|| (key, tidy(value)))
}
