//! Taking one person's page down at once, without waiting for a build, nor for another publisher: 410 at the edge, files and old
//! versions deleted, copies dropped. Lists forget them with the next publish.

use crate::bucket::{Bucket, ServiceError};
use crate::departures::{self, Leaver};
use crate::edge::Edge;
use crate::lock::NotTaken;
use crate::look::{Look, look};
use crate::manifest::Manifest;
use crate::plan::Removal;
use crate::publisher::Source;
use crate::round::{PublishOutcome, RoundOptions};
use crate::session::Session;
use crate::target::Observer;
use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use schema::ground::hash::Hash;
use schema::person::profile::ProfileId;
use site::standing::{Standing, Standings};
use std::collections::{BTreeMap, BTreeSet};

/// A removal builds and sends nothing.
const NOTHING_IS_SENT: Source<'static> =
    &|path| Err(ServiceError::Unavailable(format!("{path} is not sent by a removal")));

/// What taking somebody down has come to.
pub struct Removed {
    /// What was noted of each id under which they had a page: paths, and what is done since when. Empty where they never had one.
    pub leavers: BTreeMap<ProfileId, Leaver>,
    /// The ids of which anything was on the public site, or at its edge, until now.
    pub was_there: BTreeSet<ProfileId>,
    /// Whether it is known who they are: by their profile, or by what is public or was noted.
    pub is_known: bool,
    /// Whether the site has an edge that was not told, because it is not known here.
    pub untold: bool,
    /// Why the list of what is public could not be changed yet, where it could not.
    pub waits: Option<Failure>,
    /// Whose page shows a picture of theirs today: there it stays.
    pub photo_stays_with: BTreeSet<ProfileId>,
}

/// Takes a person down, under whichever ids they have a page, given who they are where their profile says it. Where they have no page
/// and never had one, it is only noted that they asked.
///
/// # Errors
/// What stood in the way; asking again goes on from there.
pub fn remove<B: Bucket, E: Edge>(
    session: &Session<B, E>,
    person: &ProfileId,
    who: Option<Hash>,
    observer: &impl Observer,
) -> Result<Removed> {
    // First of all: whoever publishes meanwhile, or after this was stopped, brings nobody up who asked. Only then it is looked who is
    // there: whoever publishes has either met the note, or has noted before whom they bring.
    note(session, person, who)?;
    let look = session.runtime.block_on(look(&session.bucket))?;
    let known: BTreeSet<Hash> = who.into_iter().chain(look.who_is(person.as_str())).collect();
    let ids = ids_of(person, &known, &look);
    let removals = look.leaving(&ids);
    let owed = ids.iter().filter(|_| session.edge.is_there()).filter_map(|id| look.owed(id));
    let owed: Vec<Removal> = owed.collect();
    let waits = match (removals.is_empty(), owed.is_empty()) {
        (false, _) => leave(session, &removals, &look.public, observer)?,
        (true, false) => session.take_down(&owed, &look.public, NOTHING_IS_SENT).map(|()| None)?,
        (true, true) => None,
    };
    let leavers = noted(session, &ids)?;
    let shared = leavers.values().flat_map(|leaver| leaver.shared.iter().cloned()).collect();
    let was_there = removals.iter().chain(&owed).filter_map(|removal| ProfileId::parse(&removal.person));
    Ok(Removed {
        was_there: was_there.collect(),
        is_known: !known.is_empty(),
        untold: !session.edge.is_there() && look.public.edge,
        waits,
        photo_stays_with: look.public.others_with(&shared, &ids),
        leavers,
    })
}

/// Notes that somebody asked. Of whoever has no page yet, that is all: no publish brings one up, under whichever id, unless an editor
/// names them.
fn note<B: Bucket, E: Edge>(session: &Session<B, E>, person: &ProfileId, who: Option<Hash>) -> Result<()> {
    let noted = departures::change(&session.bucket, |leavers| {
        let leaver = leavers.0.entry(person.to_string()).or_default();
        leaver.asked = true;
        leaver.by.get_or_insert_with(|| session.target.owner.clone());
        leaver.left_on.get_or_insert(session.today());
        leaver.who = who.or(leaver.who);
    });
    Ok(session.runtime.block_on(noted)?)
}

/// The ids of somebody: the one that is asked for, those under which the same person has a page or may have one, and those under which
/// they were taken down before because somebody asked.
fn ids_of(person: &ProfileId, known: &BTreeSet<Hash>, look: &Look) -> BTreeSet<String> {
    let pages = look.known();
    let here = known.iter().filter_map(|who| pages.get(who)).flatten().map(ToString::to_string);
    let is_theirs = |leaver: &Leaver| leaver.asked && leaver.who.is_some_and(|who| known.contains(&who));
    let left = look.leavers.0.iter().filter(|(_, leaver)| is_theirs(leaver)).map(|(id, _)| id.clone());
    here.chain(left).chain([person.to_string()]).collect()
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
    let asked = RoundOptions { only_leaving: Some(&only), ..RoundOptions::of(&nothing, &standings) };
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

/// What is noted of ids under which somebody had a page.
fn noted<B: Bucket, E: Edge>(session: &Session<B, E>, ids: &BTreeSet<String>) -> Result<BTreeMap<ProfileId, Leaver>> {
    let leavers = session.runtime.block_on(departures::read(&session.bucket))?.0.into_iter();
    let theirs = leavers.filter(|(id, leaver)| ids.contains(id) && !leaver.paths.is_empty());
    Ok(theirs.filter_map(|(id, leaver)| Some((ProfileId::parse(&id)?, leaver))).collect())
}
