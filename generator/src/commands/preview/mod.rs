//! The site on this machine, as production would serve it: same headers, working forms on the folder store. It rebuilds when a
//! file changes and reloads the open page; while a problem stands, it shows the problem in the page's place.

mod drafts;
mod pages;
mod problems;
mod serve;
mod stage;
mod watch;

use crate::args::Day;
use crate::commands::build::summary;
use crate::host::Terminal;
use crate::terminal::{Verdict, explain, in_root, print_findings, say};
use anyhow::{Context, Result};
use clap::Args;
use drafts::DraftFolder;
use jiff::Timestamp;
use jiff::civil::Date;
use pages::SiteFolder;
use review::Folder;
use schema::ground::failure::Failure;
use schema::yaml::finding::Finding;
use site::build::{BuildOptions, Outcome, build};
use stage::{Built, Stage};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use submit_fn::{Front, Handler, Keys, Tools};
use templates::Theme;
use tokio::sync::watch::{Sender, channel};

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
    let out = root.join("site");
    let given = args.day;
    let keys = Keys::new(random_key()?, Vec::new());
    let (root, first) = (root.to_owned(), once(root, &out, given.or_today(root), &keys, None)?);
    let (sender, built) = channel(Arc::new(first));
    let runtime = tokio::runtime::Runtime::new().context("starting the server")?;
    let stage = Stage { out: out.clone(), built };
    let listener = runtime.block_on(serve::listen(args.port))?;
    say(&format!("Preview at http://{}/ (Ctrl-C ends it)", listener.local_addr()?))?;
    let _watching = watch::watch(&root.clone(), move || rebuild(&root, &out, given.or_today(&root), &keys, &sender))?;
    runtime.block_on(serve::serve(listener, stage))?;
    Ok(Verdict::Clean)
}

fn rebuild(root: &Path, out: &Path, day: Date, keys: &Keys, sender: &Sender<Arc<Built>>) {
    let before = Arc::clone(&sender.borrow());
    let built = once(root, out, day, keys, Some(&before)).unwrap_or_else(|error| Built {
        version: before.version + 1,
        handler: before.handler.clone(),
        findings: vec![could_not_build(&error)],
    });
    sender.send_replace(Arc::new(built));
}

/// What keeps the site from being built at all, in the place of a problem in a file.
fn could_not_build(error: &anyhow::Error) -> Finding {
    let Failure { what, help } = explain(error);
    Finding { help, ..Finding::whole(Path::new("site"), "could-not-build", what) }
}

/// One build, told on the terminal. What worked before goes on working while a problem stands.
fn once(root: &Path, out: &Path, day: Date, keys: &Keys, before: Option<&Built>) -> Result<Built> {
    let version = before.map_or(1, |before| before.version + 1);
    let without = BTreeSet::new();
    match build(&BuildOptions { root: root.to_owned(), out: out.to_owned(), day, fresh: false, without }, &Terminal)? {
        Outcome::Built(report) => {
            say(&summary(&report))?;
            let theme = Theme::open(&report.bundle.theme)
                .map_err(|_| anyhow::anyhow!("the theme that was built does not compile"))?;
            let var = disk::var(root)?;
            let store = Folder::new(var.join("review"), Timestamp::now);
            let places = (store, Arc::default(), DraftFolder(var), SiteFolder(out.to_owned()));
            let tools = Tools {
                keys: keys.clone(),
                front: Front::Loopback,
                clock: Timestamp::now,
                random,
                sleep: |time| Box::pin(tokio::time::sleep(time)),
                measure: |_| {},
            };
            let handler = Some(Arc::new(Handler::new(report.bundle, theme, places, tools)));
            Ok(Built { version, handler, findings: Vec::new() })
        }
        Outcome::Problems(findings) => {
            print_findings(&findings, &in_root(root))?;
            Ok(Built { version, handler: before.and_then(|before| before.handler.clone()), findings })
        }
    }
}

fn random_key() -> Result<[u8; 32]> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).context("drawing a random key")?;
    Ok(key)
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("this machine has given random bytes at the start");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_the_site_from_being_built_is_shown_with_its_help() {
        let error = anyhow::Error::new(Failure::new("x is not a site root").help("name it with --root"));
        let page = problems::problems_page(&[could_not_build(&error.context("building"))]);
        assert!(page.contains("<strong>building: x is not a site root</strong>"), "{page}");
        assert!(page.contains("<p class=\"help\">name it with --root</p>"), "{page}");
    }
}
