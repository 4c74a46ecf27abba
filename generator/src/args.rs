//! Arguments that several commands share.

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use std::path::Path;

/// The day that counts as today.
#[derive(Args, Clone, Copy)]
pub(crate) struct Day {
    /// The day that counts as today, YYYY-MM-DD [default: today in the site's time zone]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub(crate) date: Option<Date>,
}

impl Day {
    /// The day given, or today in a root.
    pub(crate) fn or_today(self, root: &Path) -> Date {
        self.date.unwrap_or_else(|| today(root))
    }
}

/// Today, where a root's days are counted.
pub(crate) fn today(root: &Path) -> Date {
    site::source::today(root, Timestamp::now())
}

/// A day as it is typed.
pub(crate) fn parse_day(text: &str) -> std::result::Result<Date, String> {
    let day = schema::record::checker::parse_date(text).filter(|day| (2000..=2199).contains(&day.year()));
    day.ok_or_else(|| "write a day that exists as YYYY-MM-DD, like 2026-05-14, from 2000 to 2199".to_owned())
}

/// A person's id as it is typed.
pub(crate) fn person_of(typed: &str) -> Result<ProfileId> {
    let unknown = || {
        let failure = Failure::new(format!("`{typed}` is not a person's id"));
        failure.help("it is the last part of their page's address, like marcus-k7m2q")
    };
    Ok(ProfileId::parse(typed).ok_or_else(unknown)?)
}

/// The key of the tombstones, where the environment gives it.
pub(crate) fn given_key() -> Option<String> {
    std::env::var("TOMBSTONE_KEY").ok().filter(|key| !key.trim().is_empty())
}

/// Who decides.
#[derive(Args)]
pub(crate) struct Editor {
    /// Who decides, for the log
    #[arg(long = "as", value_name = "NAME", env = "INSIDE_OUT_EDITOR", default_value_t = user())]
    pub(crate) name: String,
}

/// Whoever is logged in.
pub(crate) fn user() -> String {
    std::env::var("USER").ok().filter(|user| !user.is_empty()).unwrap_or_else(|| "editor".to_owned())
}
