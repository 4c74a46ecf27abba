//! Hold, reject, done, sweep.

use super::desk::block_on;
use crate::terminal::{Verdict, advise, say, tell_damaged};
use ::review::Store;
use ::review::desk::decide::{self, Editor};
use anyhow::{Result, bail};
use jiff::Timestamp;
use schema::ground::failure::Failure;
use schema::ground::text::counted;
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

/// The longest that somebody who may be harmed waits for an editor, in hours.
const URGENT_HOURS: i64 = 24;

/// How long the oldest urgent one waits, in the words that the guide's timer reads; whether that is too long.
fn tell_urgent(since: Option<Timestamp>, now: Timestamp) -> Result<bool> {
    let hours = since.map_or(0, |since| now.duration_since(since).as_hours());
    say(&format!("Oldest urgent: {hours} hours"))?;
    let is_late = hours >= URGENT_HOURS;
    if is_late {
        let what = format!("somebody who may be harmed has waited {hours} hours");
        advise(&Failure::new(what).help("`inside-out review list` names it first: read it now"))?;
    }
    Ok(is_late)
}

/// Settles what stayed half done, and deletes what was kept as long as promised.
pub(super) fn sweep(store: &impl Store) -> Result<Verdict> {
    let now = Timestamp::now();
    let swept = block_on(::review::sweep(store, now))??;
    let all = [
        (&swept.settled, "had stayed half done and waits for you now"),
        (&swept.removed, "is deleted"),
        (&swept.photos_cleared, "waits without the photo, which never arrived"),
    ];
    for (references, what) in all {
        references.iter().try_for_each(|reference| say(&format!("{reference} {what}")))?;
    }
    if !swept.pending.is_empty() {
        let all: Vec<String> = swept.pending.iter().map(ToString::to_string).collect();
        let count = counted(all.len(), "submission");
        let what = format!("{count} begun more than 15 minutes ago and never stored whole: {}", all.join(", "));
        let help =
            "look for `not stored` in the function's log; whoever sent it saw an error, and it is deleted after a day";
        advise(&Failure::new(what).help(help))?;
    }
    let nothing =
        [&swept.settled, &swept.removed, &swept.photos_cleared, &swept.pending].iter().all(|all| all.is_empty());
    if nothing {
        say("Nothing to sweep.")?;
    }
    let is_late = tell_urgent(swept.urgent_since, now)?;
    tell_damaged(&swept.damaged)?;
    match swept.failed.first() {
        None if swept.damaged.is_empty() && swept.pending.is_empty() && !is_late => Ok(Verdict::Clean),
        None => Ok(Verdict::Problems),
        Some((reference, error)) => {
            let count = counted(swept.failed.len(), "submission");
            let failure = Failure::new(format!("{reference}: {error}"));
            bail!(failure.help(format!("{count} could not be swept; sweep again later")))
        }
    }
}
