//! Taking one person's page down at once, without waiting for a build, nor for another publisher: 410 at the edge, files and old
//! versions deleted, copies dropped. Lists forget them with the next publish.

use crate::bucket::{Bucket, ServiceError};
use crate::departures::{self, Leaver};
use crate::edge::Edge;
use crate::lock::NotTaken;
use crate::look::look;
use crate::manifest::Manifest;
use crate::plan::Removal;
use crate::publisher::Source;
use crate::round::{Asked, PublishOutcome};
use crate::session::Session;
use crate::target::Observer;
use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use site::standing::{Standing, Standings};
use std::collections::BTreeSet;

/// A removal builds and sends nothing.
const NOTHING_IS_SENT: Source<'static> =
    &|path| Err(ServiceError::Unavailable(format!("{path} is not sent by a removal")));

/// What taking somebody down has come to.
pub struct Removed {
    /// Whether anything of theirs was on the public site, or at its edge, until now.
    pub was_there: bool,
    /// Whether the site has an edge that was not told, because it is not known here.
    pub untold: bool,
    /// What was noted of them: paths, and what is done since when.
    pub leaver: Leaver,
    /// Why the list of what is public could not be changed yet, where it could not.
    pub waits: Option<Failure>,
    /// Whose page shows a picture of theirs today: there it stays.
    pub photo_stays_with: BTreeSet<ProfileId>,
    /// The id under which the same person has a page today.
    pub now_as: Option<ProfileId>,
}

/// Takes a person down. Where they have no page and never had one, it is only noted that they asked.
///
/// # Errors
/// What stood in the way; asking again goes on from there.
pub fn remove<B: Bucket, E: Edge>(
    session: &Session<B, E>,
    person: &ProfileId,
    observer: &impl Observer,
) -> Result<Option<Removed>> {
    let person = person.as_str();
    // First of all: whoever publishes meanwhile, or after this was stopped, brings nobody up who asked.
    session.runtime.block_on(departures::change(&session.bucket, |leavers| {
        let leaver = leavers.0.entry(person.to_owned()).or_default();
        leaver.asked = true;
        leaver.by.get_or_insert_with(|| session.target.owner.clone());
    }))?;
    let look = session.runtime.block_on(look(&session.bucket))?;
    let removals = look.leaving(&[person.to_owned()].into());
    let owed = look.owed(person).filter(|_| session.edge.is_there());
    let was_there = !removals.is_empty() || owed.is_some();
    let waits = match owed {
        Some(owed) if removals.is_empty() => {
            session.take_down(&[owed], &look.public, NOTHING_IS_SENT).map(|()| None)?
        }
        _ if was_there => leave(session, &removals, &look.public, observer)?,
        _ => None,
    };
    let untold = !session.edge.is_there() && look.public.edge;
    Ok(noted(session, person)?.map(|leaver| Removed {
        was_there,
        untold,
        waits,
        photo_stays_with: look.public.others_with(&leaver.shared, person),
        now_as: leaver.who.and_then(|who| look.public.known_as(who, person)),
        leaver,
    }))
}

/// Takes people down, and leaves everything else as it is. Returns why the rest waits for a later publish, where it does.
pub(crate) fn leave<B: Bucket, E: Edge>(
    session: &Session<B, E>,
    removals: &[Removal],
    public: &Manifest,
    observer: &impl Observer,
) -> Result<Option<Failure>> {
    let nothing = |_: &Manifest| bail!("a removal builds nothing");
    let only = removals.iter().map(|removal| removal.person.clone()).collect();
    let hidden = |removal: &Removal| Some((ProfileId::parse(&removal.person)?, Standing::Hidden(removal.why?)));
    let standings: Standings = removals.iter().filter_map(hidden).collect();
    let asked = Asked { only_leaving: Some(&only), ..Asked::of(&nothing, &standings) };
    match session.round(&asked, NOTHING_IS_SENT, None, observer).map(|published| published.outcome) {
        Ok(PublishOutcome::Refused(why)) => bail!(why),
        Ok(_) => Ok(None),
        Err(error) => match error.downcast() {
            // Whoever holds the lock may be dead. Marking and erasing harm nobody who is alive; the manifest is left to the next publish.
            Ok(NotTaken::Held(why)) => {
                session.take_down(removals, public, NOTHING_IS_SENT)?;
                Ok(Some(why))
            }
            Ok(NotTaken::ServiceError(fault)) => Err(fault.into()),
            Err(error) => Err(error),
        },
    }
}

/// What is noted of somebody who left; none of whoever has had no page yet: no publish brings one up unless an editor names them.
fn noted<B: Bucket, E: Edge>(session: &Session<B, E>, person: &str) -> Result<Option<Leaver>> {
    let leaver = session.runtime.block_on(departures::read(&session.bucket))?.0.remove(person);
    Ok(leaver.filter(|leaver| !leaver.paths.is_empty()))
}
