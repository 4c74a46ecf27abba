//! How a command ends.

use super::mouth::complain;
use anyhow::Result;
use review::desk::DeskError;
use schema::ground::failure::Failure;
use std::error::Error;
use std::io;
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
            // What cannot be printed to standard error cannot be told at all.
            let _ = complain(&explain(&error));
            ExitCode::from(2)
        }
    }
}

/// An error with all that is known about it, and what can be done about it where some part of it says so.
pub(crate) fn explain(error: &anyhow::Error) -> Failure {
    let helps = |failure: &&Failure| failure.help.is_some();
    // A failure that says in which work the error came up is not in the chain itself.
    let context = error.downcast_ref::<Failure>().filter(helps);
    let failure = context.or_else(|| error.chain().filter_map(failure_of).find(helps));
    Failure { what: format!("{error:#}"), help: failure.and_then(|failure| failure.help.clone()) }
}

/// The failure that an error is, or holds.
fn failure_of<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e Failure> {
    if let Some(DeskError::Refused(failure)) = error.downcast_ref() {
        return Some(failure);
    }
    error.downcast_ref()
}

/// Whether the reader of our output has left, which is no failure of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn the_help_is_found_wherever_the_failure_stands() {
        let failure = || Failure::new("port 1 is not free").help("choose another");
        let cause = || io::Error::from(io::ErrorKind::AddrInUse);
        let context = Err::<(), _>(cause()).with_context(failure).unwrap_err();
        let deep = Err::<(), _>(anyhow::Error::new(cause())).with_context(failure).context("serving").unwrap_err();
        let below = Err::<(), _>(failure()).context("serving").unwrap_err();
        let desk = anyhow::Error::new(DeskError::Refused(failure())).context("serving");
        for (error, what) in [
            (context, "port 1 is not free: address in use"),
            (deep, "serving: port 1 is not free: address in use"),
            (below, "serving: port 1 is not free"),
            (desk, "serving: port 1 is not free"),
        ] {
            let told = explain(&error);
            assert_eq!((told.what.as_str(), told.help.as_deref()), (what, Some("choose another")));
        }
        assert_eq!(explain(&anyhow::anyhow!("x")).help, None);
    }
}
