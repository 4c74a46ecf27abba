//! Open facts: what a site knows of agencies, facilities and messaging services, as files that anybody may use.
//!
//! Every place of which the root has a file is among them, whether somebody is listed there or not, so that nothing can be read from it
//! about people. Each is written as its own file says it, but for what only editors read.

mod rows;
mod tables;

use anyhow::Result;
use jiff::civil::Date;
use schema::place::catalogue::Catalogue;
use serde::{Deserialize, Serialize};
use serde_yaml::Value;

pub(crate) use rows::{agency, facility, service};

/// The version of [`Facts`].
pub const FORMAT: u32 = 1;

/// Where the facts stand.
pub(crate) const PATHS: [&str; 4] =
    ["/data/mail.json", "/data/agencies.csv", "/data/facilities.csv", "/data/services.csv"];

/// `/data/mail.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Facts {
    /// The version of what follows.
    pub format: u32,
    /// Whose facts they are: the site's name.
    pub site: String,
    /// Its address.
    pub url: String,
    /// The day for which they were written.
    pub day: Date,
    /// Under which license they may be used.
    pub license: String,
    /// Whether places in it may be made up.
    pub sample: bool,
    /// Agencies in order of id, with the keys of their files.
    pub agencies: Vec<Value>,
    /// Facilities likewise.
    pub facilities: Vec<Value>,
    /// Messaging services likewise.
    pub services: Vec<Value>,
}

impl Facts {
    /// Those of a catalogue on a day.
    fn of(catalogue: &Catalogue, day: Date) -> Result<Self> {
        let site = &catalogue.site;
        Ok(Self {
            format: FORMAT,
            site: site.name.clone(),
            url: site.url.clone(),
            day,
            license: site.license_of_facts().to_owned(),
            sample: site.sample,
            agencies: catalogue.agencies.values().map(agency).collect::<Result<_, _>>()?,
            facilities: catalogue.facilities.values().map(facility).collect::<Result<_, _>>()?,
            services: catalogue.services.values().map(service).collect::<Result<_, _>>()?,
        })
    }

    /// As it is published: a line for each record, so that two files can be compared line by line.
    fn to_bytes(&self) -> Result<Vec<u8>> {
        let lists = [("agencies", &self.agencies), ("facilities", &self.facilities), ("services", &self.services)];
        let quoted = |text: &str| serde_json::to_string(text);
        let (site, url, license) = (quoted(&self.site)?, quoted(&self.url)?, quoted(&self.license)?);
        let mut text = format!("{{\"format\":{},\n\"site\":{site},\n\"url\":{url},\n", self.format);
        text.push_str(&format!("\"day\":\"{}\",\n\"license\":{license},\n\"sample\":{}", self.day, self.sample));
        for (name, records) in lists {
            let lines = records.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
            let (begin, end) = if lines.is_empty() { ("", "") } else { ("\n", "\n") };
            text.push_str(&format!(",\n\"{name}\":[{begin}{}{end}]", lines.join(",\n")));
        }
        text.push_str("}\n");
        Ok(text.into_bytes())
    }
}

/// The files, each with its path on the site.
pub(crate) fn files(catalogue: &Catalogue, day: Date) -> Result<[(&'static str, Vec<u8>); 4]> {
    let [mail, agencies, facilities, services] = PATHS;
    Ok([
        (mail, Facts::of(catalogue, day)?.to_bytes()?),
        (agencies, tables::agencies(catalogue, day)?),
        (facilities, tables::facilities(catalogue, day)?),
        (services, tables::services(catalogue)?),
    ])
}
