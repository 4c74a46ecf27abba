//! Settles what stayed half done, and removes what has been kept as long as was promised. It is safe to run at any time, by
//! several at once, and to stop anywhere.

use crate::accept::announce_and_settle;
use crate::store::{Store, StoreError, Transition};
use jiff::{SignedDuration, Timestamp};
use schema::submission::decision::Decision;
use schema::submission::digest::{NOTE, still_wait};
use schema::submission::kinds::{Flag, State, Urgency};
use schema::submission::reference::Reference;
use schema::submission::retention::{DRAFT, days_kept, gone_from};
use schema::submission::row::Row;
use std::collections::BTreeMap;

/// A request has long ended, one way or the other.
const LEASE: SignedDuration = SignedDuration::from_mins(15);

/// What the log calls the sweeper.
pub const SWEEPER: &str = "sweep";

/// What a sweep did.
#[derive(Debug, Default)]
pub struct Swept {
    /// Submissions that were stored whole and had stayed pending: editors see them now.
    pub settled: Vec<Reference>,
    /// Submissions that are deleted; of a registration that became a page, its pair stays.
    pub removed: Vec<Reference>,
    /// Rows that named a photo which never arrived.
    pub photos_cleared: Vec<Reference>,
    /// Submissions that were begun long ago, and whose answers never arrived whole: nobody reads them.
    pub pending: Vec<Reference>,
    /// Since when the oldest urgent one waits for an editor.
    pub urgent_since: Option<Timestamp>,
    /// Submissions that stand as decided although no line of the log says so, or whose time is over by their row, and not by the clock
    /// of the store: they are kept as they are.
    pub unexplained: Vec<(Reference, State)>,
    /// Submissions that must be looked at again in the next sweep.
    pub failed: Vec<(Reference, StoreError)>,
    /// What stands in the index and is no row.
    pub damaged: Vec<StoreError>,
}

/// While an urgent one waits that no mail announced, one mail an hour says how many wait: the bell's own way, by a note.
///
/// # Errors
/// That the rows cannot be listed, or the note not be put.
pub async fn ring_again(store: &impl Store, now: Timestamp) -> Result<(), StoreError> {
    let entries = store.entries().await?;
    let waits = |row: &&Row| row.waits() && Urgency::of(&row.flags) == Urgency::Today;
    let waiting: Vec<&Row> = entries.iter().flatten().filter(waits).collect();
    if waiting.iter().any(|row| row.flags.contains(&Flag::Quiet)) {
        store.put(&still_wait(waiting.len(), now), NOTE).await?;
    }
    Ok(())
}

/// Sweeps once over all rows.
///
/// # Errors
/// Only if the rows cannot be listed, or the log cannot be read: what no line explains is not deleted. What goes wrong with one submission is reported, and the others are swept.
pub async fn sweep(store: &impl Store, now: Timestamp) -> Result<Swept, StoreError> {
    let mut swept = Swept::default();
    let entries = store.entries().await?;
    // Read later than the rows: a decision writes both at once.
    let log = store.log().await?;
    let decided: BTreeMap<(Reference, State), State> =
        log.into_iter().map(|line| ((line.id, line.to), line.from)).collect();
    for entry in entries {
        let row = match entry {
            Ok(row) => row,
            Err(error) => {
                swept.damaged.push(error);
                continue;
            }
        };
        if row.waits() && Urgency::of(&row.flags) == Urgency::Today {
            let since = swept.urgent_since.get_or_insert(row.created_at);
            *since = row.created_at.min(*since);
        }
        let is_undecided = matches!(row.state, State::Pending | State::Received | State::Held);
        let from = decided.get(&(row.id.clone(), row.state)).copied();
        if !is_undecided && from.is_none() {
            swept.unexplained.push((row.id, row.state));
        } else if let Err(error) = sweep_row(store, (&row, from), now, &mut swept).await {
            swept.failed.push((row.id, error));
        }
    }
    Ok(swept)
}

async fn sweep_row(
    store: &impl Store,
    (row, from): (&Row, Option<State>),
    now: Timestamp,
    swept: &mut Swept,
) -> Result<(), StoreError> {
    if row.state == State::Cleared {
        return if row.is_bare() { Ok(()) } else { clear(store, row).await };
    }
    let is_settled = row.changed_at + LEASE <= now;
    let is_over = gone_from(row).is_some_and(|gone| gone <= now);
    // However long nobody swept: what came whole waits for an editor.
    let came_whole = row.state == State::Pending && (is_over || is_settled) && store.has(&row.object_key()).await?;
    // What was taken back waits a little: a photo may be on its way to it.
    if is_over && !came_whole && (is_settled || row.state != State::Withdrawn) {
        // What its sender took back may be young, also where a sweep before this one was ended in its midst.
        let is_taken_back = [Some(row.state), from].contains(&Some(State::Withdrawn));
        if is_taken_back || is_old(store, row, now).await? {
            return remove(store, row, now, swept).await;
        }
        swept.unexplained.push((row.id.clone(), row.state));
        return Ok(());
    }
    if !is_settled && !came_whole {
        return Ok(());
    }
    if row.state == State::Pending && !came_whole {
        swept.pending.push(row.id.clone());
    } else if came_whole {
        if let Transition::Done(row) = announce_and_settle(store, row).await? {
            swept.settled.push(row.id);
        }
    } else if let Some(key) = row.photo_key().filter(|_| matches!(row.state, State::Received | State::Held))
        && !store.has(&key).await?
        && let Transition::Done(row) = store.set_photo(&row.id, row.photo_hash, None).await?
    {
        swept.photos_cleared.push(row.id);
    }
    Ok(())
}

/// Whether what is stored of a row is as old as its times say, as far as the store knows by itself: a row may be changed by editors,
/// who delete nothing.
async fn is_old(store: &impl Store, row: &Row, now: Timestamp) -> Result<bool, StoreError> {
    let kept = match row.state {
        State::Pending => DRAFT,
        _ => SignedDuration::from_hours(24 * days_kept(row.kind)),
    };
    // A row is dated before its answers are put, and the store's clock is not ours.
    let put = store.put_at(&row.object_key()).await?;
    Ok(put.is_none_or(|put| put + kept - LEASE <= now))
}

/// What the log says where somebody was to be told that their page is up, and it never was.
fn untold(row: &Row) -> Option<String> {
    (row.state == State::Promoted).then(|| "not published within 30 days: its sender is not told".to_owned())
}

/// First the decision, which only one can take; then what was stored; then the row, but not before the page from which it came
/// is too old to be sent: sent once more, it would bring back what is gone. The row of a registration that became a page stays, bare:
/// families have their reference and code as long as the page stands.
async fn remove(store: &impl Store, row: &Row, now: Timestamp, swept: &mut Swept) -> Result<(), StoreError> {
    let mut row = row.clone();
    let is_new = row.state != State::Removed;
    if is_new {
        let decision = Decision {
            at: now,
            editor: SWEEPER.to_owned(),
            id: row.id.clone(),
            from: row.state,
            to: if row.proves() { State::Cleared } else { State::Removed },
            reason: untold(&row),
            profile: None,
            assured: Vec::new(),
            answers: None,
        };
        match store.decide(&decision).await? {
            Transition::Done(removed) => row = removed,
            // Somebody has just acted on it: the next sweep looks again.
            Transition::Kept(_) | Transition::Unknown => return Ok(()),
        }
    }
    if row.state == State::Cleared {
        clear(store, &row).await?;
    } else {
        store.erase(&row).await?;
        if row.created_at + DRAFT <= now {
            store.forget(&row.id).await?;
        }
    }
    if is_new {
        swept.removed.push(row.id);
    }
    Ok(())
}

/// The row is bare only once nothing is stored for it: until then, the next sweep goes on.
async fn clear(store: &impl Store, row: &Row) -> Result<(), StoreError> {
    store.erase(row).await?;
    store.strip(&row.id).await.map(drop)
}
