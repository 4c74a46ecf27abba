//! Hold, reject, done.

use super::desk::block_on;
use super::show::times;
use crate::args::{person_of, today};
use crate::terminal::{Verdict, say};
use ::review::Store;
use ::review::desk::decide::{self, Editor};
use ::review::desk::read::row;
use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use schema::submission::kinds::{State, SubmissionKind};
use schema::submission::row::Row;
use site::came_back::{Noting, apply, plan};
use std::path::Path;

pub(super) fn hold(store: &impl Store, typed: &str, reason: Option<&str>, editor: Editor<'_>) -> Result<Verdict> {
    tell(&block_on(decide::decide(store, typed, State::Held, reason, editor))??)
}

pub(super) fn reject(
    store: &impl Store,
    typed: &str,
    reason: &str,
    untold: bool,
    editor: Editor<'_>,
) -> Result<Verdict> {
    tell(&block_on(decide::reject(store, typed, reason, untold, editor))??)
}

/// What would be noted of a letter that came back.
pub(super) fn note(root: &Path, store: &impl Store, typed: &str, person: &str) -> Result<Option<Noting>> {
    let row = block_on(row(store, typed))??;
    if row.kind != SubmissionKind::Report {
        bail!(Failure::new(format!("{} is no report that a letter came back", row.id)).help("leave --came-back out"));
    }
    let person = person_of(person)?;
    // Where it is decided already, nothing is noted, and settling it says so.
    row.waits().then(|| plan(root, &person, today(root))).transpose()
}

/// First the note, which is the same however often it is made on a day; then the decision.
pub(super) fn settle(
    store: &impl Store,
    (root, noting): (&Path, Option<Noting>),
    typed: &str,
    reason: Option<&str>,
    editor: Editor<'_>,
) -> Result<Verdict> {
    if let Some(noting) = &noting {
        apply(root, noting)?;
        say(&format!("{} says now that a letter came back today. Commit it.", noting.file.display()))?;
    }
    tell(&block_on(decide::settle(store, typed, reason, editor))??)
}

/// What a row has become.
pub(super) fn tell(row: &Row) -> Result<Verdict> {
    say(&format!("{} is now {}.", row.id, row.state.word()))?;
    if !row.earlier.is_empty() {
        let corrected = times(row);
        say(&format!("Its sender had corrected it {corrected}: `review show {}` says how it was meant last.", row.id))?;
    }
    Ok(Verdict::Clean)
}
