//! `preview`: the site on this machine, rebuilt on change; what is built and what is wrong is said on the terminal too.

use crate::args::Day;
use crate::commands::build::summary;
use crate::host::{Terminal, random_key, tools};
use crate::terminal::{Verdict, explain, in_root, print_findings, say};
use anyhow::Result;
use clap::Args;
use site::build::{BuildOptions, Outcome, build};
use std::collections::BTreeSet;
use std::path::Path;
use submit_fn::{Front, Keys};
use web::preview::{Preview, PreviewOptions};

#[derive(Args)]
pub(crate) struct PreviewArgs {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 4000)]
    port: u16,
    #[command(flatten)]
    day: Day,
}

/// Builds, serves and rebuilds until Ctrl-C.
pub(crate) fn preview(root: &Path, args: &PreviewArgs) -> Result<Verdict> {
    let tools = tools(Keys::new(random_key()?, Vec::new()), Front::Loopback);
    let (day, out, owned) = (args.day, root.join("site"), root.to_owned());
    let build = Box::new(move || once(&owned, day));
    let preview = Preview::open(PreviewOptions { root: root.to_owned(), out, build, explain, tools }, args.port)?;
    say(&format!("Preview at http://{}/ (Ctrl-C ends it)", preview.address()?))?;
    preview.serve(async {
        // If Ctrl-C cannot be heard, the process still ends by it.
        let _ = tokio::signal::ctrl_c().await;
    })?;
    Ok(Verdict::Clean)
}

/// One build, told on the terminal.
fn once(root: &Path, day: Day) -> Result<Outcome> {
    let (out, day, without) = (root.join("site"), day.or_today(root), BTreeSet::new());
    let outcome = build(&BuildOptions { root: root.to_owned(), out, day, fresh: false, without }, &Terminal)?;
    match &outcome {
        Outcome::Built(report) => say(&summary(report))?,
        Outcome::Problems(findings) => print_findings(findings, &in_root(root))?,
    }
    Ok(outcome)
}
