//! The `inside-out` command. Arguments, clock and exit status are here; everything else is told what it needs.

mod args;
mod build;
mod files;
mod finding;
mod load;
mod photos;
mod preview;
mod progress;
#[cfg(feature = "publish")]
mod publish;
mod rehearse;
mod review;
mod run;
mod sample;
mod search;
mod site;
mod store;
#[cfg(feature = "publish")]
mod tell;
#[cfg(not(feature = "publish"))]
mod unpublished;
mod write;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Clap itself leaves with 0 after help and 2 after a mistake.
    let cli = args::Cli::parse();
    run::run(&cli)
}
