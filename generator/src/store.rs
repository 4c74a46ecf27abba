//! Which store editors and the teller speak to: the folder of the site's root, or the cloud's, where the environment names it.

use ::review::Folder;
#[cfg(feature = "publish")]
use ::review::cloud::{Cloud, Roots, Settings};
use anyhow::{Result, bail};
use jiff::Timestamp;
use std::path::Path;

/// The store that was chosen.
pub(crate) enum Chosen {
    /// `var/review` in the site's root.
    Folder(Folder),
    /// The bucket and the table of production.
    #[cfg(feature = "publish")]
    Cloud(Box<Cloud>),
}

/// The cloud's store where `REVIEW_BUCKET` is set, else the folder in `root`.
pub(crate) fn choose(root: &Path) -> Result<Chosen> {
    let variable = |name: &str| std::env::var(name).ok();
    if variable("REVIEW_BUCKET").is_none_or(|bucket| bucket.trim().is_empty()) {
        return Ok(Chosen::Folder(Folder::new(root.join("var/review"), Timestamp::now)));
    }
    cloud(variable)
}

#[cfg(feature = "publish")]
fn cloud(variable: impl Fn(&str) -> Option<String>) -> Result<Chosen> {
    match Settings::from_variables(variable) {
        Ok(settings) => Ok(Chosen::Cloud(Box::new(Cloud::new(&settings, Roots::Machine, Timestamp::now)))),
        Err(name) => bail!(
            "REVIEW_BUCKET is set, and {name} is not\n  help: the stack's outputs name the bucket and the table, and `aws configure export-credentials --format env` gives the rest; unset REVIEW_BUCKET to read var/review"
        ),
    }
}

#[cfg(not(feature = "publish"))]
fn cloud(_: impl Fn(&str) -> Option<String>) -> Result<Chosen> {
    bail!(
        "REVIEW_BUCKET is set, and this inside-out was built without what speaks to the cloud\n  help: cargo run --features publish -- review …, or unset REVIEW_BUCKET to read var/review"
    )
}
