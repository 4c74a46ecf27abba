//! Where a site's days are counted. Builds, decisions, forms and publishing all count there, whatever the clock of the machine is
//! set to.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A time zone by its name, like `America/Chicago`; `UTC` unless a site says otherwise. Their rules come with the program: no
/// machine needs to have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

impl Zone {
    /// The zone of a name.
    pub fn parse(name: &str) -> Option<Self> {
        let rules = TimeZoneDatabase::bundled().get(name).ok()?;
        let name = rules.iana_name()?.to_owned();
        Some(Self { name, rules })
    }

    /// The moment at which a day begins there.
    pub fn begins(&self, day: Date) -> Timestamp {
        self.rules.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
    }

    /// The day it is there.
    pub fn day(&self, now: Timestamp) -> Date {
        self.rules.to_datetime(now).date()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::parse(&name).ok_or_else(|| de::Error::custom(format!("there is no time zone `{name}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn one_moment_is_another_day_elsewhere() {
        let now: Timestamp = "2026-11-23T11:30:00Z".parse().unwrap();
        let day = |name: &str| Zone::parse(name).unwrap().day(now);
        let begins = |name: &str| Zone::parse(name).unwrap().begins(date(2026, 11, 24)).to_string();
        assert_eq!(
            [begins("Pacific/Auckland"), begins("America/Chicago")],
            ["2026-11-23T11:00:00Z", "2026-11-24T06:00:00Z"]
        );
        assert_eq!(Zone::default().day(now), date(2026, 11, 23));
        assert_eq!((day("Pacific/Auckland"), day("UTC")), (date(2026, 11, 24), date(2026, 11, 23)));
        assert_eq!(
            Zone::parse("America/Chicago").unwrap().day("2026-11-23T04:30:00Z".parse().unwrap()),
            date(2026, 11, 22)
        );
    }

    #[test]
    fn a_zone_is_kept_by_its_name_and_no_other_name_is_one() {
        for name in ["UTC", "Pacific/Auckland"] {
            let zone = Zone::parse(name).unwrap();
            let written = serde_json::to_string(&zone).unwrap();
            assert_eq!(written, format!("\"{name}\""));
            assert_eq!(serde_json::from_str::<Zone>(&written).unwrap(), zone);
        }
        assert_eq!(Zone::default(), Zone::parse("UTC").unwrap());
        assert!(["", "Mars/Olympus", "+13:00", "CST6CDT4"].iter().all(|name| Zone::parse(name).is_none()));
    }
}
