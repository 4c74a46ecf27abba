//! The agencies and services that the program knows, of which a root takes some.

use crate::source::{AGENCIES, Base, SERVICES};
use schema::ground::failure::Failure;
use schema::ground::nearest::nearest;
use schema::ground::problem::quoted;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The ids of all agencies that are known.
///
/// # Errors
/// That this program brings none.
pub fn agencies() -> Result<Vec<&'static str>, Failure> {
    Ok(Base::brought()?.ids(AGENCIES).collect())
}

/// The files of agencies.
///
/// # Errors
/// That one of them is not known, or that none is named.
pub(super) fn places_of(base: Base, agencies: &[String]) -> Result<Vec<String>, Failure> {
    let place = |id: &str| format!("{AGENCIES}/{id}.yaml");
    if agencies.iter().any(|id| id == "all") {
        return Ok(base.ids(AGENCIES).map(place).collect());
    }
    if let Some(unknown) = agencies.iter().find(|id| base.get(&place(id)).is_none()) {
        let failure = Failure::new(format!("no agency {} is known", quoted(unknown)));
        let known = base.ids(AGENCIES).collect::<Vec<_>>().join(", ");
        let begun = base.ids(AGENCIES).find(|id| !unknown.is_empty() && id.starts_with(unknown.as_str()));
        return Err(match begun.or_else(|| nearest(unknown, base.ids(AGENCIES))) {
            Some(near) => failure.help(format!("did you mean {near}?")),
            None => failure.help(format!(
                "known: {known}. One that is not among them is a file of your own, as content/README.md of the software tells"
            )),
        });
    }
    Ok(agencies.iter().map(|id| place(id)).collect())
}

#[derive(Deserialize)]
struct WithServices {
    #[serde(default)]
    services: Vec<String>,
}

/// The files of agencies, and of the services that they name.
pub(super) fn with_services(base: Base, places: &[String]) -> BTreeSet<String> {
    let services = |place: &String| {
        let file = base.get(place).and_then(|bytes| serde_yaml::from_slice::<WithServices>(bytes).ok());
        file.map_or_else(Vec::new, |file| file.services)
    };
    let of_services = places.iter().flat_map(services).map(|id| format!("{SERVICES}/{id}.yaml"));
    places.iter().cloned().chain(of_services).filter(|path| base.get(path).is_some()).collect()
}
