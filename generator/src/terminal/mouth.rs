//! What all words pass on their way to standard output and standard error. Nothing that somebody else has typed reaches a terminal
//! as a command to it, or turns the direction of what stands beside it.

use anyhow::{Result, bail};
use review::StoreError;
use schema::ground::failure::Failure;
use schema::ground::text::{harmless, is_unwanted};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};

/// One line on standard output, or several.
pub(crate) fn say(line: &str) -> Result<()> {
    say_drawn(&harmless(line))
}

/// Lines that were drawn here, colours and all.
pub(super) fn say_drawn(lines: &str) -> Result<()> {
    writeln!(std::io::stdout().lock(), "{lines}")?;
    Ok(())
}

/// What somebody should look at, and what to do about it.
pub(crate) fn advise(failure: &Failure) -> Result<()> {
    say(&with_help(failure))
}

/// The same on standard error: what stands on standard output may be read by a program.
pub(crate) fn hint(failure: &Failure) -> std::io::Result<()> {
    writeln!(std::io::stderr().lock(), "hint: {}", harmless(&with_help(failure)))
}

/// A value for programs.
pub(crate) fn say_json(value: &impl Serialize) -> Result<()> {
    let mut safe = String::new();
    for character in serde_json::to_string_pretty(value)?.chars() {
        // Such a character can only stand in a string, where its escape means the same.
        match is_unwanted(character) {
            true => character.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(safe, "\\u{unit:04x}"))?,
            false => safe.push(character),
        }
    }
    say_drawn(&safe)
}

/// An error, on standard error.
pub(super) fn complain(failure: &Failure) -> std::io::Result<()> {
    writeln!(std::io::stderr().lock(), "error: {}", harmless(&with_help(failure)))
}

/// What stands in the review store's index and cannot be read, on standard error: a list itself may be read by a program.
pub(crate) fn tell_damaged(damaged: &[StoreError]) -> Result<()> {
    let help = "the other submissions are not affected; bring this one back from a backup, as infra/README.md tells";
    for error in damaged {
        complain(&Failure::new(error.to_string()).help(help))?;
    }
    Ok(())
}

/// Asks for a yes. Nobody to be asked is an error, since a silence is no yes.
pub(crate) fn agreed(question: &str, otherwise: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!(Failure::new("nobody is there to be asked").help(otherwise));
    }
    let mut out = std::io::stdout();
    write!(out, "{} [y/N] ", harmless(question))?;
    out.flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Whether somebody looks at what is said.
pub(super) fn is_watched() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether it may have colours.
pub(super) fn may_be_coloured() -> bool {
    let plain = |name: &str, means: fn(&str) -> bool| std::env::var(name).is_ok_and(|value| means(&value));
    is_watched() && !plain("NO_COLOR", |value| !value.is_empty()) && !plain("TERM", |value| value == "dumb")
}

fn with_help(failure: &Failure) -> String {
    match &failure.help {
        Some(help) => format!("{}\n  help: {help}", failure.what),
        None => failure.what.clone(),
    }
}
