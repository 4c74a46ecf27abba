//! Hold, reject, done.

use super::desk::block_on;
use crate::terminal::{Verdict, say};
use ::review::Store;
use ::review::desk::decide::{self, Editor};
use anyhow::Result;
use schema::submission::kinds::State;
use schema::submission::row::Row;

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

pub(super) fn settle(store: &impl Store, typed: &str, reason: Option<&str>, editor: Editor<'_>) -> Result<Verdict> {
    tell(&block_on(decide::settle(store, typed, reason, editor))??)
}

/// What a row has become.
pub(super) fn tell(row: &Row) -> Result<Verdict> {
    say(&format!("{} is now {}.", row.id, row.state.word()))?;
    Ok(Verdict::Clean)
}
