//! `build`: the site into a folder.

use crate::args::Day;
use crate::host::Terminal;
use crate::terminal::{Verdict, in_root, print_findings, say};
use anyhow::Result;
use clap::Args;
use schema::ground::text::counted;
use schema::person::visibility::HiddenWhy;
use site::build::{BuildOptions, Outcome, Report};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(crate) struct BuildArgs {
    /// Where the site goes
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    #[command(flatten)]
    day: Day,
    /// Use nothing kept from earlier builds
    #[arg(long)]
    fresh: bool,
}

pub(crate) fn build(root: &Path, args: &BuildArgs) -> Result<Verdict> {
    let out = args.out.clone().unwrap_or_else(|| root.join("site"));
    let (day, without) = (args.day.or_today(root), BTreeSet::new());
    let options = BuildOptions { root: root.to_owned(), out: out.clone(), day, fresh: args.fresh, without };
    match site::build::build(&options, &Terminal)? {
        Outcome::Built(report) => {
            say(&format!("{} in {}", summary(&report), out.display()))?;
            Ok(Verdict::Clean)
        }
        Outcome::Problems(findings) => {
            print_findings(&findings, &in_root(root))?;
            say("Nothing was written.")?;
            Ok(Verdict::Problems)
        }
    }
}

/// What a build did, in one line.
pub(crate) fn summary(report: &Report) -> String {
    let written = report.written;
    format!(
        "{}{}; {} ({} written, {} removed)",
        counted(report.people, "person").replace("persons", "people"),
        hidden(&report.hidden),
        counted(written.files(), "file"),
        written.changed,
        written.removed,
    )
}

fn hidden(hidden: &BTreeMap<HiddenWhy, usize>) -> String {
    if hidden.is_empty() {
        return String::new();
    }
    let reasons: Vec<String> = hidden.iter().map(|(why, count)| format!("{count} {}", why.words())).collect();
    format!(" (hidden: {})", reasons.join(", "))
}
