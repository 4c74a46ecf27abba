//! The `inside-out` command. Arguments, clock, environment and exit status are here; everything else is told what it needs.

mod args;
mod commands;
mod host;
mod terminal;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(feature = "base")]
    site::source::Base::bring(base::FILES);
    // Clap itself leaves with 0 after help and 2 after a mistake.
    let cli = commands::Cli::parse();
    terminal::end(commands::run(&cli))
}
