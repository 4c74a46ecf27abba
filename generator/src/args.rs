//! The command line.

pub(crate) mod publish;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;

/// Builds and runs Inside Out Connects: profiles of people in prison who would like a letter.
#[derive(Parser)]
#[command(name = "inside-out", version, about, after_help = "Exit status: 0 clean, 1 problems found, 2 could not run.")]
pub(crate) struct Cli {
    /// The site's folder: content, profiles, templates
    #[arg(long, default_value = ".", global = true, value_name = "FOLDER")]
    pub(crate) root: PathBuf,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show every problem in content, profiles and templates; without any, what should be looked at and by when
    Check {
        #[command(flatten)]
        day: Day,
        /// Print problems, and what should be looked at, as JSON
        #[arg(long)]
        json: bool,
    },
    /// Build the site; refuses to write anything while a problem stands
    Build {
        /// Where the site goes
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
        #[command(flatten)]
        day: Day,
        /// Use nothing kept from earlier builds
        #[arg(long)]
        fresh: bool,
    },
    /// Build and serve on this machine, with working forms; rebuilds on change
    Preview {
        /// The port on 127.0.0.1; 0 takes a free one
        #[arg(long, default_value_t = 4000)]
        port: u16,
        #[command(flatten)]
        day: Day,
    },
    /// Read submissions and decide about them
    Review {
        #[command(subcommand)]
        action: ReviewAction,
    },
    /// Put the built site on the public one: what leaves goes first, and nothing is broken on the way
    Publish(publish::PublishOrder),
    /// Take a person's page down at once: 410 at the edge, files and copies deleted, a receipt for whoever asked
    Remove(publish::RemoveOrder),
    /// Write a whole site root with N made-up people: for trying, testing and measuring
    Sample {
        /// How many people
        #[arg(value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
        people: u32,
        /// An empty or absent folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Same seed, same bytes
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

/// The day that counts as today.
#[derive(Args, Clone, Copy)]
pub(crate) struct Day {
    /// The day that counts as today, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub(crate) date: Option<Date>,
}

fn parse_day(text: &str) -> Result<Date, String> {
    let day = schema::checker::parse_date(text).filter(|day| (2000..=2199).contains(&day.year()));
    day.ok_or_else(|| "write a day that exists as YYYY-MM-DD, like 2026-05-14, from 2000 to 2199".to_owned())
}

/// What to do with submissions.
#[derive(Subcommand)]
pub(crate) enum ReviewAction {
    /// List submissions that wait, the most urgent first, and what else should be looked at
    List {
        /// Decided ones too
        #[arg(long)]
        all: bool,
        /// Print them as JSON, one array
        #[arg(long)]
        json: bool,
    },
    /// Show one submission whole
    Show {
        /// Its reference, like KM7P-T4RX
        reference: String,
        /// Write the photo that came with it to this file, which must not be there yet
        #[arg(long, value_name = "FILE")]
        photo: Option<PathBuf>,
    },
    /// Make a registration into a profile: shows the plan, asks, then writes profiles/ID.yaml
    Promote {
        /// Its reference
        reference: String,
        /// Write without asking
        #[arg(long)]
        yes: bool,
        /// Only show the plan
        #[arg(long, conflicts_with = "yes")]
        dry_run: bool,
        /// The facility, where the form's list did not have it: the id of a file in content/facilities/
        #[arg(long, value_name = "ID")]
        facility: Option<String>,
        /// Show the photo that came with it, and say in a sentence what it shows, for those who cannot see it
        #[arg(long, value_name = "SENTENCE")]
        photo_shows: Option<String>,
        /// Leave the photo that came with it out
        #[arg(long, conflicts_with = "photo_shows")]
        without_photo: bool,
        #[command(flatten)]
        editor: Editor,
    },
    /// Set a submission aside
    Hold {
        /// Its reference
        reference: String,
        /// Why
        #[arg(long)]
        reason: Option<String>,
        #[command(flatten)]
        editor: Editor,
    },
    /// Decline a submission; its sender is told why, after the next publish
    Reject {
        /// Its reference
        reference: String,
        /// Why, in words that its sender will read
        #[arg(long)]
        reason: String,
        /// Tell its sender nothing: it is spam, and the address may be somebody else's
        #[arg(long)]
        untold: bool,
        #[command(flatten)]
        editor: Editor,
    },
    /// Say that an update or a report was dealt with
    Done {
        /// Its reference
        reference: String,
        /// What was done, in words that its sender may read
        #[arg(long)]
        reason: Option<String>,
        #[command(flatten)]
        editor: Editor,
    },
    /// Show every decision, oldest first
    Log {
        /// Print them as JSON, one array
        #[arg(long)]
        json: bool,
    },
    /// Settle what stayed half done, and delete what was kept as long as promised
    Sweep,
}

/// Who decides.
#[derive(Args)]
pub(crate) struct Editor {
    /// Who decides, for the log
    #[arg(long = "as", value_name = "NAME", env = "INSIDE_OUT_EDITOR", default_value_t = user())]
    pub(crate) name: String,
}

/// Whoever is logged in.
fn user() -> String {
    std::env::var("USER").ok().filter(|user| !user.is_empty()).unwrap_or_else(|| "editor".to_owned())
}
