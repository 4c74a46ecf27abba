//! `review sweep`: what stayed half done is settled, and what was kept as long as promised is deleted, in the store and on this
//! machine.

use super::desk::block_on;
use crate::terminal::{Verdict, advise, say, tell_damaged};
use ::review::papers::sweep_papers;
use ::review::{LogFault, Store, Swept, ring_again, witness};
use anyhow::{Result, bail};
use jiff::Timestamp;
use schema::ground::failure::Failure;
use schema::ground::text::counted;
use std::path::Path;

/// Settles what stayed half done, and deletes what was kept as long as promised. What lies here goes whatever the store says.
pub(super) fn sweep(root: &Path, store: &impl Store) -> Result<Verdict> {
    let now = Timestamp::now();
    let swept = block_on(::review::sweep(store, now));
    let removed = swept.as_ref().ok().and_then(|swept| swept.as_ref().ok()).map_or(&[][..], |swept| &swept.removed);
    let papers = sweep_papers(root, now, removed)?;
    let swept = swept??;
    let is_quiet = tell(&swept)? && papers.is_empty();
    papers.iter().try_for_each(|file| say(&format!("{} is deleted", file.display())))?;
    if is_quiet {
        say("Nothing to sweep.")?;
    }
    let urgent = tell_urgent(swept.urgent_since, now)?;
    block_on(ring_again(store, now))??;
    tell_damaged(&swept.damaged)?;
    let unexplained = tell_unexplained(&swept)?;
    let log = tell_log(&block_on(witness(store))??)?;
    let worst =
        [urgent, verdict(&swept)?, unexplained, log].into_iter().find(|verdict| !matches!(verdict, Verdict::Clean));
    Ok(worst.unwrap_or(Verdict::Clean))
}

/// Says which rows stand as decided although nobody decided it, or as old although they are not: whoever may change a row may say so of
/// it, and what it stands for would go.
fn tell_unexplained(swept: &Swept) -> Result<Verdict> {
    for (reference, state) in &swept.unexplained {
        let (state, id) = (state.word(), reference);
        let what =
            format!("{id} is to go by its row ({state}), and neither the log nor the store knows of that: it is kept");
        let help = "infra/README.md says how the row is found as it was; `review show` opens what was sent";
        advise(&Failure::new(what).help(help))?;
    }
    Ok(if swept.unexplained.is_empty() { Verdict::Clean } else { Verdict::Problems })
}

/// Says what is not any more in the log as a sweep saw it.
pub(super) fn tell_log(faults: &[LogFault]) -> Result<Verdict> {
    for fault in faults {
        let help = "infra/README.md says who can have done that, and how the line that stood there is found";
        advise(&Failure::new(fault.to_string()).help(help))?;
    }
    Ok(if faults.is_empty() { Verdict::Clean } else { Verdict::Problems })
}

/// Says what was done; whether it was nothing.
fn tell(swept: &Swept) -> Result<bool> {
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
    Ok([&swept.settled, &swept.removed, &swept.photos_cleared, &swept.pending].iter().all(|all| all.is_empty()))
}

/// The longest that somebody who may be harmed waits for an editor, in hours.
const URGENT_HOURS: i64 = 24;

/// How long the oldest urgent one waits, in the words that the guide's timer reads. Too long is a problem.
fn tell_urgent(since: Option<Timestamp>, now: Timestamp) -> Result<Verdict> {
    let hours = since.map_or(0, |since| now.duration_since(since).as_hours());
    say(&format!("Oldest urgent: {hours} hours"))?;
    if hours < URGENT_HOURS {
        return Ok(Verdict::Clean);
    }
    let what = format!("somebody who may be harmed has waited {hours} hours");
    advise(&Failure::new(what).help("`inside-out review list` names it first: read it now"))?;
    Ok(Verdict::Problems)
}

fn verdict(swept: &Swept) -> Result<Verdict> {
    match swept.failed.first() {
        None if swept.damaged.is_empty() && swept.pending.is_empty() => Ok(Verdict::Clean),
        None => Ok(Verdict::Problems),
        Some((reference, error)) => {
            let count = counted(swept.failed.len(), "submission");
            let failure = Failure::new(format!("{reference}: {error}"));
            bail!(failure.help(format!("{count} could not be swept; sweep again later")))
        }
    }
}
