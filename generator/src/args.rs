//! The command line.

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
    /// Show every problem in content, profiles and templates
    Check {
        #[command(flatten)]
        day: Day,
        /// Print problems as JSON, one array
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
    schema::checker::parse_date(text).ok_or_else(|| "write a day that exists as YYYY-MM-DD, like 2026-05-14".to_owned())
}

/// What to do with submissions.
#[derive(Subcommand)]
pub(crate) enum ReviewAction {
    /// List submissions that wait, oldest first
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
        /// Its reference, like K7MP-Q4TX
        reference: String,
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
    /// Decline a submission
    Reject {
        /// Its reference
        reference: String,
        /// Why, in words that its sender may read
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        editor: Editor,
    },
    /// Show every decision, oldest first
    Log,
}

/// Who decides.
#[derive(Args)]
pub(crate) struct Editor {
    /// Who decides, for the log
    #[arg(long = "as", value_name = "NAME", env = "INSIDE_OUT_EDITOR", default_value = "editor")]
    pub(crate) name: String,
}
