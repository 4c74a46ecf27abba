//! `override FILE`: a file of the program's, brought into the site to be changed there.

use crate::terminal::{Verdict, say};
use anyhow::Result;
use clap::Args;
use site::own::{bring, can_be_brought};
use std::path::{Path, PathBuf};

/// Bring a file of the program's into the site, to change it there.
#[derive(Args)]
pub(crate) struct OverrideArgs {
    /// Its path in the site, like content/en/pages/about.md; without one, all that can be brought are listed
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

pub(crate) fn bring_here(root: &Path, args: &OverrideArgs) -> Result<Verdict> {
    match &args.file {
        Some(file) => {
            let path = bring(root, file)?;
            say(&format!("{path} is here now: change it, and commit it with its copy in .inside-out/base/"))?;
        }
        None => {
            for (path, is_here) in can_be_brought(root)? {
                say(&format!("{path}{}", if is_here { "   (here already)" } else { "" }))?;
            }
        }
    }
    Ok(Verdict::Clean)
}
