//! `publish due`: whoever's last day is over goes, without a build.

use super::observing::Observing;
use crate::terminal::{Verdict, advise, say, say_json};
use anyhow::Result;
use jiff::civil::Date;
use publish::Session;
use publish::due::{Passed, pass};
use schema::ground::failure::Failure;
use schema::ground::text::counted;
use serde_json::json;

pub(super) fn due(session: &Session, today: Option<Date>, observer: &Observing<'_>) -> Result<Verdict> {
    let passed = pass(session, today, observer)?;
    if observer.json {
        let Passed { today, left, asked, next, published_at, waits } = passed;
        let waits = waits.map(|why| why.to_string());
        let next = next.map(|(day, people)| json!({"day": day, "people": people}));
        say_json(&json!({
            "today": today, "left": left, "asked": asked, "next": next, "published_at": published_at, "waits": waits
        }))?;
        return Ok(Verdict::Clean);
    }
    for person in &passed.left {
        say(&format!("{person} is taken down: their last day is over."))?;
    }
    for person in &passed.asked {
        say(&format!("{person} is taken down: somebody had asked, and `remove` had not finished."))?;
    }
    if passed.left.is_empty() {
        say(&format!("Nobody's last day is over on {}.", passed.today))?;
    }
    if let Some((day, people)) = passed.next {
        say(&format!("Next: {day} is the last day of {}.", counted(people, "person")))?;
    }
    if let Some(why) = passed.waits {
        let what = format!("The list of what is public was not changed yet: {why}");
        advise(&Failure { what, help: why.help })?;
    }
    Ok(Verdict::Clean)
}
