//! Leaving waits for nothing: whoever a root's own profiles say has left goes before anything else is looked at. No build is
//! needed for it, no commit, no mail, and nothing of what may be wrong with the rest.

use crate::bucket::Bucket;
use crate::descent::Lineage;
use crate::edge::Edge;
use crate::look::{Look, look};
use crate::plan::Removal;
use crate::removal::leave;
use crate::session::Session;
use crate::target::Observer;
use anyhow::Result;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::leaving::Hidden;
use std::collections::{BTreeMap, BTreeSet};

/// Who left before the rest was looked at.
#[derive(Default)]
pub struct Departed {
    /// They, and why.
    pub left: BTreeMap<ProfileId, HiddenWhy>,
    /// Why the list of what is public could not be changed yet, where it could not.
    pub waits: Option<Failure>,
    /// What was found, where nobody left: as good for what comes next.
    pub found: Option<Look>,
}

/// Takes down whoever has a page and is hidden by a root, under whichever id: a profile may have been renamed since. Of a root that does not hold what was published since, only what it says
/// anew counts: whom it hides as it hid them before, somebody may have listed again.
///
/// # Errors
/// What stood in the way; asking again goes on from there.
pub fn depart<B: Bucket, E: Edge>(
    session: &Session<B, E>,
    hidden: &BTreeMap<ProfileId, Hidden>,
    lineage: &Lineage<'_>,
    observer: &impl Observer,
) -> Result<Departed> {
    if hidden.is_empty() {
        return Ok(Departed::default());
    }
    let look = session.runtime.block_on(look(&session.bucket))?;
    let (people, known) = (look.people(), look.known());
    let mut left = BTreeMap::new();
    for (person, Hidden { why, who }) in hidden {
        let own = Some(person).filter(|person| people.contains(person.as_str()));
        let others = who.and_then(|who| known.get(&who)).into_iter().flatten().copied();
        let here: BTreeSet<&ProfileId> = own.into_iter().chain(others).collect();
        if !here.is_empty() && lineage.may_say(&look.public, person, *why) {
            left.extend(here.into_iter().map(|person| (person.clone(), *why)));
        }
    }
    if left.is_empty() {
        return Ok(Departed { found: Some(look), ..Departed::default() });
    }
    let waits = take_down(session, &look, &left, observer)?;
    Ok(Departed { left, waits, found: None })
}

/// Takes people down for a reason, and leaves everything else as it is. Returns why the list of what is public could not be changed
/// yet, where it could not.
pub(crate) fn take_down<B: Bucket, E: Edge>(
    session: &Session<B, E>,
    look: &Look,
    people: &BTreeMap<ProfileId, HiddenWhy>,
    observer: &impl Observer,
) -> Result<Option<Failure>> {
    let ids = people.keys().map(ProfileId::to_string).collect();
    let why = |person: &str| people.get(&ProfileId::parse(person)?).copied();
    let with_why = |removal: Removal| Removal { why: why(&removal.person), ..removal };
    let removals: Vec<Removal> = look.leaving(&ids).into_iter().map(with_why).collect();
    if removals.is_empty() { Ok(None) } else { leave(session, &removals, &look.public, observer) }
}
