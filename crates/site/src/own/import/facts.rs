//! Agencies, facilities and services, from the open facts of another site.

use super::place::{Here, Place};
use super::settle::{Incoming, latest, settle};
use super::{Input, Plan, Planned, Rejected, facts_here};
use crate::facts::{FORMAT, Facts};
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::ids::is_word_id;
use schema::ground::problem::quoted;
use schema::place::agency::Agency;
use schema::place::facility::Facility;
use schema::place::service::Service;
use schema::record::facts::Set;
use serde::Deserialize;
use serde_yaml::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Finds what importing the open facts of a site would do.
///
/// # Errors
/// That the root has a file that cannot be read, or that these are no facts that this program can read.
pub fn facts(root: &Path, input: Input<'_>, today: Date) -> Result<Plan> {
    let sets = [(Set::Services, "services"), (Set::Agencies, "agencies"), (Set::Facilities, "facilities")];
    let catalogue = facts_here(root, today, &sets)?;
    let facts = read(input.bytes).with_context(|| input.name.to_owned())?;
    if facts.sample && !catalogue.site.sample {
        let failure = Failure::new(format!("the facts of {} are a sample's: places in it are made up", facts.site));
        bail!(failure.help("take those of a site that is none"));
    }
    let mut import = Import { here: Here { root, catalogue, today }, files: Vec::new(), rejected: Vec::new() };
    // What an agency names comes before it, and so does the agency of a facility.
    import.all::<Service>(facts.services)?;
    import.all::<Agency>(facts.agencies)?;
    import.all::<Facility>(facts.facilities)?;
    Ok(Plan { files: import.files, rejected: import.rejected, table: None })
}

/// What every version of such a file says first.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

fn read(bytes: &[u8]) -> Result<Facts> {
    let help = "the file is /data/mail.json of a site: fetch it again, whole";
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let broken = |error: serde_json::Error| Failure::new(format!("these are no facts of a site: {error}")).help(help);
    if bytes.trim_ascii().is_empty() {
        bail!(Failure::new("the file is empty").help(help));
    }
    let head: Head = serde_json::from_slice(bytes).map_err(broken)?;
    if head.format != FORMAT {
        let failure =
            Failure::new(format!("the facts are written in format {}, and this program reads {FORMAT}", head.format));
        bail!(failure.help("a newer `inside-out` may read it"));
    }
    Ok(serde_json::from_slice(bytes).map_err(broken)?)
}

struct Import<'a> {
    here: Here<'a>,
    files: Vec<Planned>,
    rejected: Vec<Rejected>,
}

impl Import<'_> {
    fn all<P: Place>(&mut self, records: Vec<Value>) -> Result<()> {
        let mut seen = BTreeSet::new();
        for (record, number) in records.into_iter().zip(1..) {
            let id = record.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            let at =
                if id.is_empty() { format!("{}, record {number}", P::FOLDER) } else { format!("{} {id}", P::FOLDER) };
            let day = latest(&record);
            let settled = match record {
                // An id becomes a file's name, so nothing else may be in it.
                _ if !is_word_id(&id) => Err(format!("{} is no id", quoted(&id))),
                _ if !seen.insert(id.clone()) => Err("a record before has the same id".to_owned()),
                Value::Mapping(keys) => settle::<P>(&mut self.here, &Incoming { id: &id, keys, day })?,
                _ => Err("the record holds no keys".to_owned()),
            };
            match settled {
                Ok(planned) => self.files.push(planned),
                Err(why) => self.rejected.push(Rejected { at, why }),
            }
        }
        Ok(())
    }
}
