//! Questions to whoever sits before the terminal.

use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use schema::ground::text::harmless;
use std::io::{IsTerminal, Write};

/// Whether somebody is there to be asked.
pub(crate) fn can_ask() -> bool {
    std::io::stdin().is_terminal()
}

/// Asks for a line, and takes what was suggested where it is left empty.
pub(crate) fn ask(question: &str, suggested: Option<&str>) -> Result<String> {
    let mut out = std::io::stdout();
    let suggestion = suggested.map(|suggested| format!(" [{suggested}]")).unwrap_or_default();
    write!(out, "{}: ", harmless(&format!("{question}{suggestion}")))?;
    out.flush()?;
    let mut answer = String::new();
    if std::io::stdin().read_line(&mut answer)? == 0 {
        bail!(Failure::new("the answers ended before the questions").help("nothing was written; begin again"));
    }
    Ok(match answer.trim() {
        "" => suggested.unwrap_or_default().to_owned(),
        answer => answer.to_owned(),
    })
}
