//! Runs a command and says what came of it: the only place that prints, and that chooses the exit status.

use crate::args::{Cli, Command, Day};
use crate::build::{Order, Outcome, Report, build, check};
use crate::finding::Finding;
#[cfg(feature = "publish")]
use crate::publish::{publish, remove};
#[cfg(not(feature = "publish"))]
use crate::unpublished::{publish, remove};
use crate::{preview, review, sample};
use anyhow::Result;
use jiff::civil::Date;
use schema::listing::HiddenWhy;
use schema::queue::{Task, queue};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

/// Whether problems were found.
pub(crate) enum Verdict {
    Clean,
    Problems,
}

/// Runs the command line.
pub(crate) fn run(cli: &Cli) -> ExitCode {
    match carry_out(cli) {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Problems) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // What cannot be printed to standard error cannot be told at all.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn carry_out(cli: &Cli) -> Result<Verdict> {
    let root = cli.root.as_path();
    match &cli.command {
        Command::Check { day, json } => {
            let site = check(root, today(*day))?;
            let queue = queue(&site.catalogue, &site.profiles, today(*day));
            if *json {
                let report = serde_json::json!({ "problems": site.findings, "queue": queue });
                say(&serde_json::to_string_pretty(&report)?)?;
            } else if site.findings.is_empty() {
                say(&format!(
                    "No problems: {} profiles, {} pages, {} forms.",
                    site.profiles.len(),
                    site.pages.len(),
                    site.forms.len()
                ))?;
                print_queue(&queue, MOST_TASKS)?;
            } else {
                print_findings(&site.findings)?;
            }
            Ok(if site.findings.is_empty() { Verdict::Clean } else { Verdict::Problems })
        }
        Command::Build { out, day, fresh } => {
            let out = out.clone().unwrap_or_else(|| root.join("site"));
            match build(&Order { root: root.to_owned(), out: out.clone(), day: today(*day), fresh: *fresh })? {
                Outcome::Built(report) => {
                    say(&format!("{} in {}", summary(&report), out.display()))?;
                    Ok(Verdict::Clean)
                }
                Outcome::Problems(findings) => {
                    print_findings(&findings)?;
                    say("Nothing was written.")?;
                    Ok(Verdict::Problems)
                }
            }
        }
        Command::Preview { port, day } => preview::preview(root, *port, day.date),
        Command::Review { action } => review::review(root, action),
        Command::Publish(order) => publish(root, order),
        Command::Remove(order) => remove(root, order),
        Command::Sample { people, folder, seed } => {
            sample::sample(root, folder, *people, *seed)?;
            say(&format!(
                "{people} made-up people in {}; build them with --root {}",
                folder.display(),
                folder.display()
            ))?;
            Ok(Verdict::Clean)
        }
    }
}

/// The day given, or today where this machine stands.
pub(crate) fn today(day: Day) -> Date {
    day.date.unwrap_or_else(|| jiff::ZonedDateTime::now().date())
}

/// One line on standard output.
pub(crate) fn say(line: &str) -> Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")?;
    Ok(())
}

/// Every problem, then how many.
pub(crate) fn print_findings(findings: &[Finding]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for finding in findings {
        writeln!(out, "{finding}")?;
    }
    let files = findings.iter().map(|finding| &finding.file).collect::<std::collections::BTreeSet<_>>().len();
    writeln!(out, "{} in {}.", counted(findings.len(), "problem"), counted(files, "file"))?;
    Ok(())
}

/// How many things to look at are shown at once.
pub(crate) const MOST_TASKS: usize = 20;

/// What editors should look at, with the day by which: at most so many, then how many more.
pub(crate) fn print_queue(queue: &[Task], most: usize) -> Result<()> {
    if queue.is_empty() {
        return Ok(());
    }
    say(&format!("\nTo look at ({}):", queue.len()))?;
    for task in queue.iter().take(most) {
        say(&format!("  by {}  {}: {}", task.due, task.file, task.what))?;
    }
    if queue.len() > most {
        say(&format!("  and {} more: `inside-out check --json` shows all", queue.len() - most))?;
    }
    Ok(())
}

/// What a build did, in one line.
pub(crate) fn summary(report: &Report) -> String {
    let written = report.written;
    format!(
        "{}{}; {} ({} written, {} removed)",
        counted(report.people, "person").replace("persons", "people"),
        hidden(&report.hidden),
        counted(report.files, "file"),
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

/// `1 problem`, `2 problems`
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Whether the reader of our output has left, which is no failure of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
