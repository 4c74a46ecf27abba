//! A decision about a submission that waits: a conditional write, so that of two editors one decides.

use crate::desk::DeskError;
use crate::desk::read::row;
use crate::store::{Store, Transition};
use jiff::Timestamp;
use schema::ground::failure::Failure;
use schema::ground::text;
use schema::submission::decision::Decision;
use schema::submission::kinds::{State, SubmissionKind};
use schema::submission::row::Row;

/// Longest reason, in characters.
const MOST_WORDS: usize = 1000;

/// Who decides, and when.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'a> {
    /// For the log.
    pub name: &'a str,
    /// The moment of the decision.
    pub now: Timestamp,
}

/// Turns a waiting or held submission into another state.
///
/// # Errors
/// That it is decided already, that somebody was faster, that reason or name will not do, or the store's own.
pub async fn decide(
    store: &impl Store,
    typed: &str,
    to: State,
    reason: Option<&str>,
    editor: Editor<'_>,
) -> Result<Row, DeskError> {
    let row = row(store, typed).await?;
    if !row.waits() || row.state == to {
        return Err(decided(&row));
    }
    let reason = reason.map(|reason| plain("a reason", reason)).transpose()?;
    turn(store, &row, to, reason, editor).await
}

/// Declines, with a reason that its sender reads; `untold` where nobody is to be told, because it is spam.
///
/// # Errors
/// As of [`decide`]; an empty reason too.
pub async fn reject(
    store: &impl Store,
    typed: &str,
    reason: &str,
    untold: bool,
    editor: Editor<'_>,
) -> Result<Row, DeskError> {
    if reason.trim().is_empty() {
        return Err(Failure::new("a reason cannot be empty: its sender reads it, or may ask for it").into());
    }
    let row = decide(store, typed, State::Rejected, Some(reason), editor).await?;
    if untold {
        leave_untold(store, &row, editor).await?;
    }
    Ok(row)
}

/// Says that an update or a report was dealt with.
///
/// # Errors
/// As of [`decide`]; that it is a registration, too.
pub async fn settle(
    store: &impl Store,
    typed: &str,
    reason: Option<&str>,
    editor: Editor<'_>,
) -> Result<Row, DeskError> {
    let waiting = row(store, typed).await?;
    if waiting.kind == SubmissionKind::Registration {
        let failure = Failure::new(format!("{} is a registration", waiting.id));
        return Err(failure.help("promote it, hold it, or reject it with a reason").into());
    }
    decide(store, typed, State::Done, reason, editor).await
}

/// The decision itself.
pub(crate) async fn turn(
    store: &impl Store,
    row: &Row,
    to: State,
    reason: Option<String>,
    editor: Editor<'_>,
) -> Result<Row, DeskError> {
    carry_out(store, &of(row, to, reason, editor)?).await
}

/// What is decided about a row, as it stands.
pub(crate) fn of(row: &Row, to: State, reason: Option<String>, editor: Editor<'_>) -> Result<Decision, DeskError> {
    Ok(Decision {
        at: editor.now,
        editor: plain("the editor's name", editor.name)?,
        id: row.id.clone(),
        from: row.state,
        to,
        reason,
        profile: None,
        assured: Vec::new(),
        answers: None,
    })
}

/// Writes a decision; says so where somebody was faster.
pub(crate) async fn carry_out(store: &impl Store, decision: &Decision) -> Result<Row, DeskError> {
    match store.decide(decision).await? {
        Transition::Done(row) => Ok(row),
        Transition::Kept(row) if row.state == decision.from => Err(corrected(&row)),
        Transition::Kept(row) => {
            Err(Failure::new(format!("{} was decided meanwhile: it is {}", row.id, row.state.word())).into())
        }
        Transition::Unknown => Err(Failure::new(format!("{} is gone", decision.id)).into()),
    }
}

/// That a submission is not any more what was read of it, and how to go on.
pub(crate) fn corrected(row: &Row) -> DeskError {
    let help = format!("read what stands there now with `review show {}`, then decide again", row.id);
    Failure::new(format!("the sender of {} corrected it meanwhile", row.id)).help(help).into()
}

/// A line of the log that stands for having been told: nobody tells its sender any more.
async fn leave_untold(store: &impl Store, row: &Row, editor: Editor<'_>) -> Result<(), DeskError> {
    turn(store, row, row.state, Some("its sender is not told".to_owned()), editor).await.map(drop)
}

/// Names and reasons go into a log of one line each, and back to a terminal: one line of plain text.
pub(crate) fn plain(what: &str, written: &str) -> Result<String, DeskError> {
    let tidy = text::tidy(written);
    if tidy.is_empty() || tidy.contains(['\n', '\t']) || text::first_unwanted(&tidy).is_some() {
        return Err(Failure::new(format!("{what} must be one line of plain text")).into());
    }
    let length = text::length(&tidy);
    if length > MOST_WORDS {
        return Err(Failure::new(format!("{what} has {length} characters, more than {MOST_WORDS}")).into());
    }
    Ok(tidy)
}

/// That a row is decided already, and what can still be done with it.
pub(crate) fn decided(row: &Row) -> DeskError {
    let help = match (&row.profile, row.state) {
        (Some(id), State::Promoted | State::Published | State::Cleared) => {
            format!("change profiles/{id}.yaml; `status: withdrawn` takes the page down")
        }
        _ => "a decision stands; its sender may send a new one".to_owned(),
    };
    Failure::new(format!("{} is {} already", row.id, row.state.word())).help(help).into()
}
