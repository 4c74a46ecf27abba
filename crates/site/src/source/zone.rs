//! Where a root's days are counted, read before anything else: what else a file may say depends on the day.

use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::zone::Zone;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Settings {
    time_zone: Option<String>,
}

/// The zone that `content/site.yaml` names; UTC where it names none, or none that there is, which `check` tells.
pub fn zone(root: &Path) -> Zone {
    let text = disk::read(root, Path::new("content/site.yaml")).unwrap_or_default();
    let settings = serde_yaml::from_slice::<Settings>(&text).ok();
    settings.and_then(|settings| Zone::parse(settings.time_zone?.trim())).unwrap_or_default()
}

/// The day it is in a root.
pub fn today(root: &Path, now: Timestamp) -> Date {
    zone(root).day(now)
}
