//! `review`: editors' decisions from a terminal, over the desk that the browser shares.

mod agency;
mod decide;
pub(crate) mod desk;
mod promote;
mod show;
pub(crate) mod sweep;

use crate::args::{Editor, today};
use crate::commands::cloud::{WithStore, with_store};
use crate::host::Terminal;
use crate::terminal::Verdict;
use ::review::Store;
use anyhow::Result;
use clap::{Args, Subcommand};
use desk::{Desk, by};
use promote::PromoteArgs;
use site::source::{load, load_content};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(crate) struct ReviewArgs {
    #[command(subcommand)]
    action: ReviewAction,
}

/// What to do with submissions.
#[derive(Subcommand)]
pub(crate) enum ReviewAction {
    /// List submissions that wait, the most urgent first, and what else should be looked at
    List {
        /// Decided ones too
        #[arg(long)]
        all: bool,
        /// Print them as JSON, one array
        #[arg(long)]
        json: bool,
    },
    /// Show one submission whole
    Show {
        /// Its reference, like KM7P-T4RX
        reference: String,
        /// Write the photo that came with it to this file, which must not be there yet
        #[arg(long, value_name = "FILE")]
        photo: Option<PathBuf>,
        /// Show first how it was before its sender corrected it
        #[arg(long)]
        earlier: bool,
    },
    /// Make a registration into a profile: shows the plan, asks, then writes profiles/ID.yaml
    Promote(PromoteArgs),
    /// Set a submission aside
    Hold {
        /// Its reference
        reference: String,
        /// Why
        #[arg(long)]
        reason: Option<String>,
        #[command(flatten)]
        editor: Editor,
    },
    /// Decline a submission; its sender is told why, after the next publish
    Reject {
        /// Its reference
        reference: String,
        /// Why, in words that its sender will read
        #[arg(long)]
        reason: String,
        /// Tell its sender nothing: it is spam, and the address may be somebody else's
        #[arg(long)]
        untold: bool,
        #[command(flatten)]
        editor: Editor,
    },
    /// Say that an update or a report was dealt with
    Done {
        /// Its reference
        reference: String,
        /// What was done, in words that its sender may read
        #[arg(long)]
        reason: Option<String>,
        /// Of a report that a letter came back: note the day in this person's profile, so that their page tells the next writer
        #[arg(long, value_name = "ID")]
        came_back: Option<String>,
        #[command(flatten)]
        editor: Editor,
    },
    /// Show every decision, oldest first
    Log {
        /// Print them as JSON, one array
        #[arg(long)]
        json: bool,
    },
    /// Settle what stayed half done, and delete what was kept as long as promised
    Sweep,
}

/// One action, on whichever store is configured.
struct Action<'a> {
    root: &'a Path,
    action: &'a ReviewAction,
}

/// Carries out one action.
pub(crate) fn review(root: &Path, args: &ReviewArgs) -> Result<Verdict> {
    let action = &args.action;
    // Of two promotions at once, the second sees what the first has written.
    let _turn = matches!(action, ReviewAction::Promote(_)).then(|| take_turn(root)).transpose()?;
    with_store(root, Action { root, action })
}

impl WithStore for Action<'_> {
    type Answer = Verdict;

    /// Each action reads what it uses, and no more: a decision needs the store alone, people are read only where people are
    /// looked at.
    fn run(self, store: &impl Store) -> Result<Verdict> {
        let root = self.root;
        match self.action {
            ReviewAction::List { all, json: true } => show::list_json(store, *all),
            ReviewAction::List { all, json: false } => show::list(store, (root, &load(root, today(root))?), *all),
            ReviewAction::Show { reference, photo, earlier } => {
                let asked = show::ShowOptions { reference, photo: photo.as_deref(), earlier: *earlier };
                show::show(store, (root, &load_content(root, today(root))?), asked)
            }
            ReviewAction::Promote(args) => {
                let site = site::build::check(root, today(root), &Terminal)?;
                promote::promote(&Desk { root, store, site }, args)
            }
            ReviewAction::Hold { reference, reason, editor } => {
                decide::hold(store, reference, reason.as_deref(), by(editor))
            }
            ReviewAction::Reject { reference, reason, untold, editor } => {
                decide::reject(store, reference, reason, *untold, by(editor))
            }
            ReviewAction::Done { reference, reason, came_back, editor } => {
                let noting =
                    came_back.as_deref().map(|person| decide::note(root, store, reference, person)).transpose()?;
                decide::settle(store, (root, noting.flatten()), reference, reason.as_deref(), by(editor))
            }
            ReviewAction::Log { json } => show::log(store, *json),
            ReviewAction::Sweep => sweep::sweep(root, store),
        }
    }
}

/// Waits until no other promotion is under way in this root; it ends with what is returned.
fn take_turn(root: &Path) -> Result<fs_err::File> {
    let lock = fs_err::File::create(disk::var(root)?.join("promotion.lock"))?;
    lock.file().lock()?;
    Ok(lock)
}
