//! Time passes without us: whoever's last day is over goes, although nobody builds or publishes. What is public says until when
//! each person is there; lists forget them with the next publish.

use crate::bucket::Bucket;
use crate::departing::take_down;
use crate::edge::Edge;
use crate::look::{Look, look};
use crate::manifest::{Due, Manifest};
use crate::removal::leave;
use crate::session::Session;
use crate::target::Observer;
use anyhow::{Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use std::collections::BTreeMap;

/// What the passing of a day came to.
pub struct Passed {
    /// The day that counted as today.
    pub today: Date,
    /// Who left.
    pub left: Vec<ProfileId>,
    /// Who left because somebody had asked, by a removal that did not finish.
    pub asked: Vec<ProfileId>,
    /// The next last day, and how many people have theirs on it.
    pub next: Option<(Date, usize)>,
    /// When a whole folder was last published; none where none ever was.
    pub published_at: Option<Timestamp>,
    /// Why the list of what is public could not be changed yet, where it could not.
    pub waits: Option<Failure>,
}

/// Finishes what a removal noted and did not come to, and takes down whoever's last day lies before `today`, or else before the day it is where the site's days are counted.
///
/// # Errors
/// That the day is one to come, or what stood in the way; asking again goes on from there.
pub fn pass<B: Bucket, E: Edge>(
    session: &Session<B, E>,
    today: Option<Date>,
    observer: &impl Observer,
) -> Result<Passed> {
    let look = session.runtime.block_on(look(&session.bucket))?;
    let now = look.public.zone.day((session.clock)());
    let today = today.unwrap_or(now);
    if today > now {
        let what = format!("{today} is a day to come: whoever's last day is over by then may still be here today");
        bail!(Failure::new(what).help("without --date, `publish due` counts from today"));
    }
    let (asked, over) = (look.half_removed(), over(&look, today));
    // Neither waits for the other.
    let first = match look.leaving(&asked) {
        removals if removals.is_empty() => Ok(None),
        removals => leave(session, &removals, &look.public, observer),
    };
    let waits = take_down(session, &look, &over, observer)?.or(first?);
    let is_over = |person: &String| over.keys().any(|id| id.as_str() == person);
    Ok(Passed {
        today,
        asked: asked.iter().filter(|person| !is_over(person)).filter_map(|person| ProfileId::parse(person)).collect(),
        left: over.into_keys().collect(),
        next: next(&look.public, today),
        published_at: look.public.published_at(),
        waits,
    })
}

/// Whose last day is over, and why they had one. What a publish noted that did not finish counts too, where it is sooner: a new
/// page may be up by it, and whoever was to leave earlier must not wait for the next one.
fn over(look: &Look, today: Date) -> BTreeMap<ProfileId, HiddenWhy> {
    let people = look.people();
    let is_over = |(person, due): &(&ProfileId, &Due)| due.until < today && people.contains(person.as_str());
    let mut all = look.public.due.clone();
    for (person, due) in &look.touched.due {
        let noted = all.entry(person.clone()).or_insert(*due);
        if due.until < noted.until {
            *noted = *due;
        }
    }
    all.iter().filter(is_over).map(|(person, due)| (person.clone(), due.then)).collect()
}

fn next(public: &Manifest, today: Date) -> Option<(Date, usize)> {
    let days = || public.due.values().map(|due| due.until).filter(|until| *until >= today);
    let first = days().min()?;
    Some((first, days().filter(|day| *day == first).count()))
}
