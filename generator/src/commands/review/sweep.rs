//! `review sweep`: what stayed half done is settled, and what was kept as long as promised is deleted, in the store and on this
//! machine.

use super::desk::block_on;
use crate::terminal::{Verdict, advise, say, tell_damaged};
use ::review::{LogFault, Store, Swept, witness};
use anyhow::{Result, bail};
use jiff::Timestamp;
use schema::ground::failure::Failure;
use schema::ground::text::counted;
use schema::submission::digest::{NOTE, still_wait};
use schema::submission::kinds::{Flag, Urgency};
use schema::submission::reference::Reference;
use schema::submission::retention::PAPERS;
use schema::submission::row::Row;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Where a machine keeps words and pictures of families beside the store: letters and mails, papers of removals, copies of photos.
const KEPT: [&str; 3] = ["var/mail", "var/removals", CACHE];
const CACHE: &str = "var/cache/photos";

/// Settles what stayed half done, and deletes what was kept as long as promised. What lies here goes whatever the store says.
pub(super) fn sweep(root: &Path, store: &impl Store) -> Result<Verdict> {
    let now = Timestamp::now();
    let swept = block_on(::review::sweep(store, now));
    let removed = swept.as_ref().ok().and_then(|swept| swept.as_ref().ok()).map_or(&[][..], |swept| &swept.removed);
    let papers = papers(root, now, removed)?;
    let swept = swept??;
    let is_quiet = tell(&swept)? && papers.is_empty();
    papers.iter().try_for_each(|file| say(&format!("{} is deleted", file.display())))?;
    if is_quiet {
        say("Nothing to sweep.")?;
    }
    let urgent = tell_urgent(swept.urgent_since, now)?;
    ring_again(store, now)?;
    tell_damaged(&swept.damaged)?;
    let unexplained = tell_unexplained(&swept)?;
    let log = tell_log(&block_on(witness(store))??)?;
    let worst =
        [urgent, verdict(&swept)?, unexplained, log].into_iter().find(|verdict| !matches!(verdict, Verdict::Clean));
    Ok(worst.unwrap_or(Verdict::Clean))
}

/// Says which rows stand as decided although nobody decided it: whoever may change a row may say so of it, and what it stands for
/// would go.
fn tell_unexplained(swept: &Swept) -> Result<Verdict> {
    for (reference, state) in &swept.unexplained {
        let what =
            format!("{reference} stands as {}, and no line of the log says who decided that: it is kept", state.word());
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

/// Deletes what this machine keeps beside the store: what is about submissions that were just removed, and what is older than
/// [`PAPERS`]. Returns it, from the root.
pub(crate) fn papers(root: &Path, now: Timestamp, removed: &[Reference]) -> Result<Vec<PathBuf>> {
    let is_of_removed = |file: &PathBuf| removed.iter().any(|id| disk::stem(file).starts_with(id.key()));
    let mut deleted: Vec<PathBuf> = disk::list(root, "var/mail")?.into_iter().filter(is_of_removed).collect();
    deleted.iter().try_for_each(|file| disk::remove(&root.join(file)))?;
    let oldest = u64::try_from((now - PAPERS).as_second()).unwrap_or_default();
    for folder in KEPT {
        let older = disk::remove_older(&root.join(folder), SystemTime::UNIX_EPOCH + Duration::from_secs(oldest))?;
        // A copy of a photo is made anew where it is wanted still.
        let told = older.into_iter().filter(|_| folder != CACHE).map(|file| Path::new(folder).join(file));
        deleted.extend(told);
    }
    Ok(deleted)
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

/// While an urgent one waits that no mail announced, one mail an hour says how many wait: the bell's own way, by a note.
fn ring_again(store: &impl Store, now: Timestamp) -> Result<()> {
    let entries = block_on(store.entries())??;
    let waits = |row: &&Row| row.waits() && Urgency::of(&row.flags) == Urgency::Today;
    let waiting: Vec<&Row> = entries.iter().flatten().filter(waits).collect();
    if waiting.iter().any(|row| row.flags.contains(&Flag::Quiet)) {
        block_on(store.put(&still_wait(waiting.len(), now), NOTE))??;
    }
    Ok(())
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
