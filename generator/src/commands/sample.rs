//! `sample`: a whole site root of made-up people.

use crate::args::today;
use crate::host::Terminal;
use crate::terminal::{Verdict, say};
use anyhow::Result;
use clap::Args;
use site::sample::{self, SampleOptions};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(crate) struct SampleArgs {
    /// How many people
    #[arg(value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    people: u32,
    /// An empty or absent folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Same seed, same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn sample(root: &Path, args: &SampleArgs) -> Result<Verdict> {
    let SampleArgs { people, folder, seed } = args;
    sample::sample(root, SampleOptions { folder, day: today(root), count: *people, seed: *seed }, &Terminal)?;
    let folder = folder.display();
    say(&format!("{people} made-up people in {folder}; build them with --root {folder}"))?;
    Ok(Verdict::Clean)
}
