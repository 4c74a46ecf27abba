//! Editors' decisions from a terminal: list -> show -> plan a decision -> apply it.

mod promote;
mod show;

use crate::args::{Editor, ReviewAction};
use crate::build::check;
use crate::load::Site;
use crate::run::{Verdict, say};
use ::review::{Folder, Store, Turn};
use anyhow::{Result, bail};
use jiff::Timestamp;
use schema::kinds::State;
use schema::reference::Reference;
use schema::submission::{Decision, Row, Submission};
use std::future::Future;
use std::path::Path;

/// The store and the site that decisions are about.
struct Desk {
    store: Folder,
    site: Site,
}

/// Carries out one action.
pub(crate) fn review(root: &Path, action: &ReviewAction) -> Result<Verdict> {
    let site = check(root, jiff::ZonedDateTime::now().date())?;
    let desk = Desk { store: Folder::new(root.join("var/review"), Timestamp::now), site };
    match action {
        ReviewAction::List { all, json } => show::list(&desk, *all, *json),
        ReviewAction::Show { reference } => show::show(&desk, reference),
        ReviewAction::Promote { reference, yes, dry_run, editor } => {
            promote::promote(root, &desk, reference, *yes, *dry_run, editor)
        }
        ReviewAction::Hold { reference, reason, editor } => {
            decide(&desk, reference, editor, State::Held, reason.clone(), None)
        }
        ReviewAction::Reject { reference, reason, editor } => {
            if reason.trim().is_empty() {
                bail!("a reason cannot be empty: its sender may ask for it");
            }
            decide(&desk, reference, editor, State::Rejected, Some(reason.clone()), None)
        }
        ReviewAction::Log => show::log(&desk),
    }
}

/// Waits for a store's answer.
fn now<T>(work: impl Future<Output = T>) -> Result<T> {
    Ok(tokio::runtime::Builder::new_current_thread().build()?.block_on(work))
}

/// The row of a reference as somebody typed it.
fn row(desk: &Desk, typed: &str) -> Result<Row> {
    let Some(reference) = Reference::parse(typed) else {
        bail!("`{typed}` is not a reference\n  help: a reference looks like K7MP-Q4TX; `review list` shows them");
    };
    match now(desk.store.row(&reference))?? {
        Some(row) => Ok(row),
        None => bail!("there is no submission {reference}\n  help: `review list --all` shows every one"),
    }
}

/// The answers of a row, checked against the hash in it.
fn submission(desk: &Desk, row: &Row) -> Result<Submission> {
    if row.state == State::Pending {
        bail!("{} is still arriving: its answers are not stored whole", row.id);
    }
    let bytes = now(desk.store.get(&row.object_key()))??;
    if schema::submission::content_hash(&bytes) != row.payload_hash {
        bail!("the answers of {} are not those that were stored: their hash differs", row.id);
    }
    Ok(serde_json::from_slice(&bytes)?)
}

/// Turns a waiting or held submission into another state; says so where somebody was faster.
fn decide(
    desk: &Desk,
    typed: &str,
    editor: &Editor,
    to: State,
    reason: Option<String>,
    profile: Option<String>,
) -> Result<Verdict> {
    let row = row(desk, typed)?;
    if !matches!(row.state, State::Received | State::Held) || row.state == to {
        bail!("{} is {} already", row.id, row.state.word());
    }
    let decision = Decision {
        at: Timestamp::now(),
        editor: editor.name.clone(),
        id: row.id.clone(),
        from: row.state,
        to,
        reason,
        profile,
    };
    match now(desk.store.decide(&decision))?? {
        Turn::Turned(row) => say(&format!("{} is now {}.", row.id, row.state.word())).map(|()| Verdict::Clean),
        Turn::Stands(row) => bail!("{} was decided meanwhile: it is {}", row.id, row.state.word()),
        Turn::Unknown => bail!("{} is gone", row.id),
    }
}
