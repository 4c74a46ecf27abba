//! Editors' decisions from a terminal: list -> show -> plan a decision -> apply it.

mod promote;
mod show;

#[cfg(feature = "publish")]
pub(crate) use show::tell_damaged;

use crate::args::{Editor, ReviewAction};
use crate::build::check;
use crate::load::Site;
use crate::run::{Verdict, say};
use crate::store::{Chosen, choose};
use ::review::{Store, Turn};
use anyhow::{Result, bail};
use jiff::Timestamp;
use schema::kinds::{State, SubmissionKind};
use schema::reference::Reference;
use schema::submission::{Decision, Row, Submission, content_hash};
use std::future::Future;
use std::path::Path;

/// The store and the site that decisions are about.
struct Desk<S> {
    store: S,
    site: Site,
}

/// Carries out one action.
pub(crate) fn review(root: &Path, action: &ReviewAction) -> Result<Verdict> {
    // Of two promotions at once, the second sees what the first has written.
    let _turn = matches!(action, ReviewAction::Promote { .. }).then(|| take_turn(root)).transpose()?;
    let store = choose(root)?;
    let site = check(root, jiff::ZonedDateTime::now().date())?;
    match store {
        Chosen::Folder(store) => carry_out(root, &Desk { store, site }, action),
        #[cfg(feature = "publish")]
        Chosen::Cloud(store) => carry_out(root, &Desk { store: *store, site }, action),
    }
}

fn carry_out(root: &Path, desk: &Desk<impl Store>, action: &ReviewAction) -> Result<Verdict> {
    match action {
        ReviewAction::List { all, json } => show::list(desk, *all, *json),
        ReviewAction::Show { reference, photo } => show::show(desk, reference, photo.as_deref()),
        ReviewAction::Promote { reference, yes, dry_run, facility, photo_shows, without_photo, editor } => {
            let photo = promote::PhotoWish { shows: photo_shows.as_deref(), leave: *without_photo };
            let how = promote::How { yes: *yes, dry_run: *dry_run, facility: facility.as_deref(), photo };
            promote::promote(root, desk, reference, &how, editor)
        }
        ReviewAction::Hold { reference, reason, editor } => {
            decide(desk, reference, editor, State::Held, reason.clone(), None)
        }
        ReviewAction::Reject { reference, reason, untold, editor } => {
            if reason.trim().is_empty() {
                bail!("a reason cannot be empty: its sender reads it, or may ask for it");
            }
            let verdict = decide(desk, reference, editor, State::Rejected, Some(reason.clone()), None)?;
            if *untold {
                leave_untold(desk, reference, editor)?;
            }
            Ok(verdict)
        }
        ReviewAction::Done { reference, reason, editor } => {
            if row(desk, reference)?.kind == SubmissionKind::Registration {
                bail!("{reference} is a registration\n  help: promote it, hold it, or reject it with a reason");
            }
            decide(desk, reference, editor, State::Done, reason.clone(), None)
        }
        ReviewAction::Log { json } => show::log(desk, *json),
        ReviewAction::Sweep => sweep(desk),
    }
}

/// Waits until no other promotion is under way in this root; it ends with what is returned.
fn take_turn(root: &Path) -> Result<fs_err::File> {
    fs_err::create_dir_all(root.join("var"))?;
    let lock = fs_err::File::create(root.join("var/promotion.lock"))?;
    lock.file().lock()?;
    Ok(lock)
}

/// Names and reasons go into a log of one line each, and back to a terminal: one line of plain text.
fn plain(what: &str, text: &str) -> Result<String> {
    let tidy = schema::text::tidy(text);
    if tidy.is_empty() || tidy.contains(['\n', '\t']) || schema::text::first_unwanted(&tidy).is_some() {
        bail!("{what} must be one line of plain text");
    }
    if schema::text::length(&tidy) > MOST_WORDS {
        bail!("{what} has {} characters, more than {MOST_WORDS}", schema::text::length(&tidy));
    }
    Ok(tidy)
}

/// Longest reason, in characters.
const MOST_WORDS: usize = 1000;

/// Waits for a store's answer.
fn now<T>(work: impl Future<Output = T>) -> Result<T> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work))
}

/// The row of a reference as somebody typed it.
fn row(desk: &Desk<impl Store>, typed: &str) -> Result<Row> {
    let Some(reference) = Reference::parse(typed) else {
        bail!(
            "{} is not a reference\n  help: a reference looks like KM7P-T4RX; `review list` shows them",
            schema::problem::quoted(typed)
        );
    };
    match now(desk.store.row(&reference))?? {
        Some(row) => Ok(row),
        None => bail!("there is no submission {reference}\n  help: `review list --all` shows every one"),
    }
}

/// The answers of a row, checked against the hash in it.
fn submission(desk: &Desk<impl Store>, row: &Row) -> Result<Submission> {
    if row.state == State::Pending {
        bail!("{} is still arriving: its answers are not stored whole", row.id);
    }
    let bytes = now(desk.store.get(&row.object_key()))??;
    if content_hash(&bytes) != row.payload_hash {
        bail!("the answers of {} are not those that were stored: their hash differs", row.id);
    }
    Ok(serde_json::from_slice(&bytes)?)
}

/// The photo that waits with a row, checked against the hash in it.
fn photo(desk: &Desk<impl Store>, row: &Row) -> Result<Option<Vec<u8>>> {
    let (Some(key), Some(hash)) = (row.photo_key(), &row.photo_hash) else { return Ok(None) };
    if !now(desk.store.has(&key))?? {
        bail!(
            "the photo of {} has not arrived: sending it broke off
  help: its sender saw an error and may send it again; `review sweep` clears it after 15 minutes; --without-photo promotes without it",
            row.id
        );
    }
    let bytes = now(desk.store.get(&key))??;
    if content_hash(&bytes) != *hash {
        bail!("the photo of {} is not the one that was stored: its hash differs", row.id);
    }
    Ok(Some(bytes))
}

/// Turns a waiting or held submission into another state; says so where somebody was faster.
fn decide(
    desk: &Desk<impl Store>,
    typed: &str,
    editor: &Editor,
    to: State,
    reason: Option<String>,
    profile: Option<String>,
) -> Result<Verdict> {
    let row = row(desk, typed)?;
    if !matches!(row.state, State::Received | State::Held) || row.state == to {
        bail!("{} is {} already\n  help: {}", row.id, row.state.word(), afterwards(&row));
    }
    let reason = reason.map(|reason| plain("a reason", &reason)).transpose()?;
    let decision = Decision {
        at: Timestamp::now(),
        editor: plain("the editor's name", &editor.name)?,
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

/// A line of the log that stands for having been told: nobody tells its sender any more.
fn leave_untold(desk: &Desk<impl Store>, typed: &str, editor: &Editor) -> Result<()> {
    let row = row(desk, typed)?;
    let decision = Decision {
        at: Timestamp::now(),
        editor: plain("the editor's name", &editor.name)?,
        id: row.id.clone(),
        from: row.state,
        to: row.state,
        reason: Some("its sender is not told".to_owned()),
        profile: None,
    };
    now(desk.store.decide(&decision))??;
    Ok(())
}

/// What can still be done with what was decided.
fn afterwards(row: &Row) -> String {
    match (&row.profile, row.state) {
        (Some(id), State::Promoted | State::Published) => {
            format!("change profiles/{id}.yaml; `status: withdrawn` takes the page down")
        }
        _ => "a decision stands; its sender may send a new one".to_owned(),
    }
}

/// Settles what stayed half done, and deletes what was kept as long as promised.
fn sweep(desk: &Desk<impl Store>) -> Result<Verdict> {
    let swept = now(::review::sweep(&desk.store, Timestamp::now()))??;
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
        let count = crate::run::counted(all.len(), "submission");
        say(&format!(
            "{count} begun more than 15 minutes ago and never stored whole: {}\n  help: look for `not stored` in the function's log; whoever sent it saw an error, and it is deleted after a day",
            all.join(", ")
        ))?;
    }
    let nothing =
        [&swept.settled, &swept.removed, &swept.photos_cleared, &swept.pending].iter().all(|all| all.is_empty());
    if nothing {
        say("Nothing to sweep.")?;
    }
    show::tell_damaged(&swept.damaged)?;
    match swept.failed.first() {
        None if swept.damaged.is_empty() && swept.pending.is_empty() => Ok(Verdict::Clean),
        None => Ok(Verdict::Problems),
        Some((reference, error)) => bail!(
            "{reference}: {error}\n  help: {} could not be swept; sweep again later",
            crate::run::counted(swept.failed.len(), "submission")
        ),
    }
}
