//! What stands in for the cloud in a command that was built without it: the way to get it, and the folder store.

use crate::terminal::Verdict;
use ::review::{Folder, Store};
use anyhow::{Result, bail};
use clap::Args;
use jiff::Timestamp;
use schema::ground::failure::Failure;
use std::path::Path;

/// What this build of the command cannot do.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Absent {
    /// Whatever was asked for
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    words: Vec<String>,
}

impl Absent {
    /// Says what is missing, and the very command with the feature that brings it.
    pub(super) fn tell(&self, what: &str, feature: &str, command: &str) -> Result<Verdict> {
        let words: String = self.words.iter().map(|word| format!(" {word}")).collect();
        bail!(Failure::new(what).help(format!("cargo run --features {feature} -- {command}{words}")))
    }
}

pub(crate) type PublishArgs = Absent;
pub(crate) type RemoveArgs = Absent;

const WHAT: &str = "this inside-out was built without what speaks to the cloud, so that previewing builds quickly";

pub(crate) fn publish(_: &Path, args: &PublishArgs) -> Result<Verdict> {
    args.tell(WHAT, "cloud", "publish")
}

pub(crate) fn remove(_: &Path, args: &RemoveArgs) -> Result<Verdict> {
    args.tell(WHAT, "cloud", "remove")
}

/// Work on whichever store is configured.
pub(crate) trait WithStore {
    type Answer;
    fn run(self, store: &impl Store) -> Result<Self::Answer>;
}

/// Works on the folder in `root`; a store in the cloud must not be mistaken for an empty folder.
pub(crate) fn with_store<W: WithStore>(root: &Path, work: W) -> Result<W::Answer> {
    if std::env::var("REVIEW_BUCKET").is_ok_and(|bucket| !bucket.trim().is_empty()) {
        let what = "REVIEW_BUCKET is set, and this inside-out was built without what speaks to the cloud";
        let help = "cargo run --features cloud -- review …, or unset REVIEW_BUCKET to read var/review";
        bail!(Failure::new(what).help(help));
    }
    work.run(&Folder::new(disk::var(root)?.join("review"), Timestamp::now))
}
