//! Whether a built folder is of today, and of the root as it stands: what was written since is never left out in silence.

use anyhow::{Result, bail};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use site::made::{Made, SOURCES, sources};
use std::path::Path;

/// Refuses a folder that was built for another day: lists turn daily, and people's last days pass.
pub(crate) fn of_today(made: Made, today: Date) -> Result<()> {
    if made.day == today {
        return Ok(());
    }
    let what = format!("the site was built for {}, and today is {today}: nothing was published", made.day);
    bail!(
        Failure::new(what)
            .help("build again, and publish that; --any-day publishes it all the same, as a rehearsal does")
    )
}

/// Refuses a folder whose sources were changed since.
pub(crate) fn of_these_sources(made: Made, root: &Path) -> Result<()> {
    if made.sources == sources(root)? {
        return Ok(());
    }
    let what = format!("{} changed since the site was built: nothing was published", SOURCES.join(", "));
    bail!(Failure::new(what).help("build again, and publish that"))
}
