//! The one mouth: everything that this program says is printed here, and here the exit status is chosen.

use anyhow::Result;
use review::StoreError;
use review::desk::DeskError;
use schema::due::Task;
use schema::ground::failure::Failure;
use schema::ground::text::counted;
use schema::yaml::finding::Finding;
use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// Whether problems were found.
pub(crate) enum Verdict {
    Clean,
    Problems,
}

/// Ends a command: 0 clean, 1 problems found, 2 could not run.
pub(crate) fn end(outcome: Result<Verdict>) -> ExitCode {
    match outcome {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Problems) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let help = help_of(&error).map(|help| format!("\n  help: {help}")).unwrap_or_default();
            // What cannot be printed to standard error cannot be told at all.
            let _ = writeln!(std::io::stderr(), "error: {error:#}{help}");
            ExitCode::from(2)
        }
    }
}

/// What can be done about an error, where it says so.
fn help_of(error: &anyhow::Error) -> Option<&str> {
    error.chain().find_map(|cause| {
        let failure = match cause.downcast_ref::<DeskError>() {
            Some(DeskError::Refused(failure)) => Some(failure),
            _ => cause.downcast_ref::<Failure>(),
        };
        failure?.help.as_deref()
    })
}

/// Whether the reader of our output has left, which is no failure of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// One line on standard output.
pub(crate) fn say(line: &str) -> Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")?;
    Ok(())
}

/// Asks for a yes. Nobody to be asked is an error, since a silence is no yes.
pub(crate) fn agreed(question: &str, otherwise: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        anyhow::bail!("nobody is there to be asked\n  help: {otherwise}");
    }
    let mut out = std::io::stdout();
    write!(out, "{question} [y/N] ")?;
    out.flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Every problem, then how many.
pub(crate) fn print_findings(findings: &[Finding]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for finding in findings {
        writeln!(out, "{finding}")?;
    }
    let files = findings.iter().map(|finding| &finding.file).collect::<BTreeSet<_>>().len();
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

/// What stands in the review store's index and cannot be read, on standard error: a list itself may be read by a program.
pub(crate) fn tell_damaged(damaged: &[StoreError]) -> Result<()> {
    let mut out = std::io::stderr().lock();
    for error in damaged {
        writeln!(
            out,
            "error: {error}\n  help: the other submissions are not affected; bring this one back from a backup, as infra/README.md tells"
        )?;
    }
    Ok(())
}
