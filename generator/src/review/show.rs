//! What waits, what it says, what was decided.

use super::{Desk, now, row, submission};
use crate::run::{Verdict, say};
use ::review::Store;
use anyhow::Result;
use schema::kinds::State;
use schema::submission::Row;
use templates::forms::{Setting, answered_groups};

/// Lists submissions, oldest first.
pub(super) fn list(desk: &Desk, all: bool, json: bool) -> Result<Verdict> {
    let waits = |row: &Row| matches!(row.state, State::Pending | State::Received | State::Held);
    let rows: Vec<Row> = now(desk.store.rows())??.into_iter().filter(|row| all || waits(row)).collect();
    if json {
        say(&serde_json::to_string_pretty(&rows)?)?;
    } else if rows.is_empty() {
        say("Nothing waits.")?;
    } else {
        say(&format!("{:<10} {:<13} {:<10} {:<17} profile", "reference", "kind", "state", "arrived (UTC)"))?;
        for row in &rows {
            let arrived = row.created_at.strftime("%Y-%m-%d %H:%M");
            let profile = row.profile.as_deref().unwrap_or("-");
            say(&format!("{:<10} {:<13} {:<10} {arrived:<17} {profile}", row.id, row.kind.word(), row.state.word()))?;
        }
    }
    Ok(Verdict::Clean)
}

/// Shows one submission whole, question by question.
pub(super) fn show(desk: &Desk, typed: &str) -> Result<Verdict> {
    let row = row(desk, typed)?;
    say(&format!("{} · {} · {} · {}", row.id, row.kind.word(), row.state.word(), row.created_at))?;
    let submission = submission(desk, &row)?;
    let form = desk.site.forms.iter().find(|form| form.id == submission.form);
    match (form, &desk.site.theme) {
        (Some(form), Some(theme)) => {
            let lang = desk.site.catalogue.site.first_language();
            let setting = Setting { catalogue: &desk.site.catalogue, strings: &theme.strings, lang };
            for group in answered_groups(&setting, form, &submission.answers) {
                say(&format!("\n{}", group.title))?;
                for answered in group.rows {
                    print(&answered.label, &answered.values)?;
                }
            }
        }
        _ => {
            for answer in &submission.answers {
                print(&answer.question, &answer.values)?;
            }
        }
    }
    Ok(Verdict::Clean)
}

fn print(label: &str, values: &[String]) -> Result<()> {
    say(&format!("  {label}"))?;
    if values.is_empty() {
        return say("    -");
    }
    // What a stranger typed never reaches the terminal as a command to it.
    let plain =
        |value: &String| value.chars().filter(|character| !schema::text::is_unwanted(*character)).collect::<String>();
    values.iter().try_for_each(|value| say(&format!("    {}", plain(value))))
}

/// Every decision, oldest first.
pub(super) fn log(desk: &Desk) -> Result<Verdict> {
    let decisions = now(desk.store.log())??;
    if decisions.is_empty() {
        say("Nothing has been decided.")?;
    }
    for decision in decisions {
        let at = decision.at.strftime("%Y-%m-%d %H:%M");
        let why = decision.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
        let profile = decision.profile.map(|profile| format!(" as {profile}")).unwrap_or_default();
        let (from, to) = (decision.from.word(), decision.to.word());
        say(&format!("{at}  {}  {from} -> {to}{profile}  by {}{why}", decision.id, decision.editor))?;
    }
    Ok(Verdict::Clean)
}
