//! `check`: every problem, and what should be looked at.

use super::ready;
use crate::args::Day;
use crate::host::Terminal;
use crate::terminal::{Format, MOST_TASKS, Verdict, in_root, print_problems, print_queue, say, say_json};
use anyhow::Result;
use clap::Args;
use schema::Date;
use schema::due::queue;
use schema::ready::Step;
use site::report::log;
use site::source::Root;
use std::path::{Path, PathBuf};

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
    /// Also what still stands between this root and a public site, each with what mends it
    #[arg(long, conflicts_with_all = ["format"])]
    ready: bool,
    /// Where a server of one's own keeps its settings; without such a file, this environment's are looked at alone
    #[arg(long, value_name = "FILE", default_value = ready::SETTINGS, requires = "ready")]
    settings: PathBuf,
}

pub(crate) fn check(root: &Path, args: &CheckArgs) -> Result<Verdict> {
    let day = args.day.or_today(root);
    let site = site::build::check(root, day, &Terminal)?;
    let queue = queue(&site.content.catalogue, &site.profiles, day);
    let steps = if args.ready { steps(root, args, &site, day) } else { Vec::new() };
    let asked = if args.json { Some(Format::Json) } else { args.format };
    match asked.unwrap_or_else(Format::usual) {
        Format::Json if args.ready => {
            say_json(&serde_json::json!({ "problems": site.findings, "queue": queue, "ready": steps }))?;
        }
        Format::Json => say_json(&serde_json::json!({ "problems": site.findings, "queue": queue }))?,
        Format::Sarif => say_json(&log(root, &site.findings))?,
        _ if site.findings.is_empty() => {
            let (profiles, pages, forms) = (site.profiles.len(), site.content.pages.len(), site.content.forms.len());
            say(&format!("No problems: {profiles} profiles, {pages} pages, {forms} forms."))?;
            match args.ready {
                true => print_steps(&steps)?,
                false => print_queue(&queue, MOST_TASKS)?,
            }
        }
        text => print_problems(&site.findings, text, root, &in_root(root))?,
    }
    let is_clean = site.findings.is_empty() && steps.is_empty();
    Ok(if is_clean { Verdict::Clean } else { Verdict::Problems })
}

/// All that is left to do: in words, facts and profiles first, then around them.
fn steps(root: &Path, args: &CheckArgs, site: &Root, day: Date) -> Vec<Step> {
    let mut steps = schema::ready::steps(&site.content.catalogue, &site.profiles, day);
    let settings = ready::Settings::read(&args.settings);
    steps.extend(ready::steps(root, &settings, args.settings.exists()));
    steps
}

fn print_steps(steps: &[Step]) -> Result<()> {
    if steps.is_empty() {
        return say("Ready: nothing that can be seen from here stands between this root and a public site.");
    }
    say(&format!("\nBefore it is public ({}):", steps.len()))?;
    for step in steps {
        say(&format!("  {}\n    help: {}", step.what, step.mend))?;
    }
    Ok(())
}
