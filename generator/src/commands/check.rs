//! `check`: every problem, and what should be looked at.

use crate::args::Day;
use crate::host::Terminal;
use crate::terminal::{MOST_TASKS, Verdict, print_findings, print_queue, say};
use anyhow::Result;
use clap::Args;
use schema::due::queue;
use std::path::Path;

#[derive(Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    day: Day,
    /// Print problems, and what should be looked at, as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn check(root: &Path, args: &CheckArgs) -> Result<Verdict> {
    let day = args.day.or_today();
    let site = site::build::check(root, day, &Terminal)?;
    let queue = queue(&site.content.catalogue, &site.profiles, day);
    if args.json {
        let report = serde_json::json!({ "problems": site.findings, "queue": queue });
        say(&serde_json::to_string_pretty(&report)?)?;
    } else if site.findings.is_empty() {
        let (profiles, pages, forms) = (site.profiles.len(), site.content.pages.len(), site.content.forms.len());
        say(&format!("No problems: {profiles} profiles, {pages} pages, {forms} forms."))?;
        print_queue(&queue, MOST_TASKS)?;
    } else {
        print_findings(&site.findings)?;
    }
    Ok(if site.findings.is_empty() { Verdict::Clean } else { Verdict::Problems })
}
