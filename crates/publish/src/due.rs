//! Time passes without us: whoever's last day is over goes, although nobody builds or publishes. What is public says until when
//! each person is there; lists forget them with the next publish.

use crate::manifest::{Due, Manifest};
use crate::plan::Removal;
use crate::removal::{leave, theirs};
use crate::round::look;
use crate::session::{Observer, Session};
use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use site::standing::{Standing, Standings};

/// What the passing of a day came to.
pub struct Passed {
    /// The day that counted as today.
    pub today: Date,
    /// Who left.
    pub left: Vec<ProfileId>,
    /// The next last day, and how many people have theirs on it.
    pub next: Option<(Date, usize)>,
    /// When the site was last published; none where it never was.
    pub published_at: Option<Timestamp>,
    /// Why the list of what is public could not be changed yet, where it could not.
    pub waits: Option<Failure>,
}

/// Takes down whoever's last day lies before `today`, or else before the day it is where the site's days are counted.
///
/// # Errors
/// What stood in the way; asking again goes on from there.
pub fn pass(session: &Session, today: Option<Date>, observer: &impl Observer) -> Result<Passed> {
    let look = session.runtime.block_on(look(&session.bucket))?;
    let today = today.unwrap_or_else(|| look.public.zone.day((session.clock)()));
    let over = over(&look.public, today);
    let removal = |(person, due): (&ProfileId, &Due)| Removal {
        person: person.to_string(),
        why: Some(due.then),
        paths: theirs(&look, person.as_str()).into_iter().collect(),
    };
    let removals: Vec<Removal> = over.iter().map(|(person, due)| removal((person, due))).collect();
    let standings: Standings = over.iter().map(|(person, due)| (person.clone(), Standing::Hidden(due.then))).collect();
    let waits = if removals.is_empty() { None } else { leave(session, &removals, &standings, observer)? };
    let published_at = look.tag.is_some().then_some(look.public.made_at);
    Ok(Passed {
        today,
        left: over.into_iter().map(|(person, _)| person).collect(),
        next: next(&look.public, today),
        published_at,
        waits,
    })
}

/// Whose last day is over.
pub(crate) fn over(public: &Manifest, today: Date) -> Vec<(ProfileId, Due)> {
    let people = public.people();
    let is_over = |(person, due): &(&ProfileId, &Due)| due.until < today && people.contains(person.as_str());
    public.due.iter().filter(is_over).map(|(person, due)| (person.clone(), *due)).collect()
}

fn next(public: &Manifest, today: Date) -> Option<(Date, usize)> {
    let days = || public.due.values().map(|due| due.until).filter(|until| *until >= today);
    let first = days().min()?;
    Some((first, days().filter(|day| *day == first).count()))
}
