//! Which store editors and notices speak to: the folder of the site's root, or the cloud's, where the environment names it.

use ::review::cloud::{Cloud, Roots, Settings};
use ::review::{Folder, Store};
use anyhow::{Result, bail};
use jiff::Timestamp;
use schema::ground::failure::Failure;
use std::path::Path;

/// Work on whichever store is configured.
pub(crate) trait WithStore {
    type Answer;
    fn run(self, store: &impl Store) -> Result<Self::Answer>;
}

/// The store that was chosen.
pub(super) enum Chosen {
    /// `var/review` in the site's root.
    Folder(Folder),
    /// The bucket and the table of production.
    Cloud(Box<Cloud>),
}

impl Chosen {
    /// The cloud's store where `REVIEW_BUCKET` is set, else the folder in `root`.
    pub(super) fn of(root: &Path) -> Result<Self> {
        let variable = |name: &str| std::env::var(name).ok();
        if variable("REVIEW_BUCKET").is_none_or(|bucket| bucket.trim().is_empty()) {
            return Ok(Self::Folder(Folder::new(disk::var(root)?.join("review"), Timestamp::now)));
        }
        match Settings::from_variables(variable) {
            Ok(settings) => Ok(Self::Cloud(Box::new(Cloud::new(&settings, Roots::Machine, Timestamp::now)))),
            Err(name) => {
                let help = "the stack's outputs name the bucket and the table, and `aws configure export-credentials --format env` gives the rest; unset REVIEW_BUCKET to read var/review";
                bail!(Failure::new(format!("REVIEW_BUCKET is set, and {name} is not")).help(help))
            }
        }
    }

    /// Works on it.
    pub(super) fn with<W: WithStore>(&self, work: W) -> Result<W::Answer> {
        match self {
            Self::Folder(store) => work.run(store),
            Self::Cloud(store) => work.run(store.as_ref()),
        }
    }
}

/// Works on the configured store.
pub(crate) fn with_store<W: WithStore>(root: &Path, work: W) -> Result<W::Answer> {
    Chosen::of(root)?.with(work)
}
