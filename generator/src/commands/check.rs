//! `check`: every problem, and what should be looked at.

use crate::args::Day;
use crate::host::Terminal;
use crate::terminal::{Format, MOST_TASKS, Verdict, in_root, print_problems, print_queue, say, say_json};
use anyhow::Result;
use clap::Args;
use schema::due::queue;
use site::report::log;
use std::path::Path;

#[derive(Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    day: Day,
    /// How problems are printed [default: full on a terminal, text elsewhere]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Print problems, and what should be looked at, as JSON: the same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

pub(crate) fn check(root: &Path, args: &CheckArgs) -> Result<Verdict> {
    let day = args.day.or_today(root);
    let site = site::build::check(root, day, &Terminal)?;
    let queue = queue(&site.content.catalogue, &site.profiles, day);
    let asked = if args.json { Some(Format::Json) } else { args.format };
    match asked.unwrap_or_else(Format::usual) {
        Format::Json => say_json(&serde_json::json!({ "problems": site.findings, "queue": queue }))?,
        Format::Sarif => say_json(&log(root, &site.findings))?,
        _ if site.findings.is_empty() => {
            let (profiles, pages, forms) = (site.profiles.len(), site.content.pages.len(), site.content.forms.len());
            say(&format!("No problems: {profiles} profiles, {pages} pages, {forms} forms."))?;
            print_queue(&queue, MOST_TASKS)?;
        }
        text => print_problems(&site.findings, text, root, &in_root(root))?,
    }
    Ok(if site.findings.is_empty() { Verdict::Clean } else { Verdict::Problems })
}
