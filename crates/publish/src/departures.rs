//! Who has left the site: what was theirs, when each step of taking it down was done, and whether somebody asked for it. Nobody
//! who was removed on request comes back by a later publish, unless it names them.

use crate::bucket::{Bucket, NOTES, Precondition, ServiceError, Tag};
use crate::lock::note;
use crate::manifest::Due;
use crate::step::Step;
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::days::days_between;
use schema::ground::hash::Hash;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use site::standing::{Shown, Standing, Standings};
use std::collections::{BTreeMap, BTreeSet};

/// How often a change is tried again that met another one.
const TRIES: usize = 5;

/// How long somebody who left is known under another id, where no profile says that they left.
const KNOWN_DAYS: i32 = 30;

/// One person who left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaver {
    /// Whether `remove` was asked to take them down.
    pub asked: bool,
    /// Who asked `remove` first, as publishers are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why the build hid them, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<HiddenWhy>,
    /// The day on which they left; whoever comes back is no longer noted here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_on: Option<Date>,
    /// Who they are, whatever their id: as long as they are there under another, and else until the profiles here say that they left,
    /// or thirty days are over, they are known by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Hash>,
    /// Their pictures that were somebody else's too.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) shared: BTreeSet<String>,
    /// What was theirs alone.
    pub paths: BTreeSet<String>,
    /// What is done, and when first.
    pub steps: BTreeMap<Step, Timestamp>,
    /// What a newer program noted: it stays, for nobody's leaving may wait until this one understands it.
    #[serde(flatten)]
    pub(crate) further: BTreeMap<String, Value>,
}

/// Everybody who left, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Leavers(pub(crate) BTreeMap<String, Leaver>);

impl Leaver {
    /// Whether an editor who watches need not name them. A release year was a mistake of ours where they come back, and whoever
    /// left without a reason was lost by accident.
    fn comes_freely(&self) -> bool {
        !self.asked && matches!(self.why, None | Some(HiddenWhy::PastRelease))
    }

    /// Whether their files are deleted, and the edge was never told: whoever took them down knew of none.
    pub(crate) fn owes_the_edge(&self) -> bool {
        self.steps.contains_key(&Step::Erased) && !self.steps.contains_key(&Step::Marked)
    }

    /// Whether they are not to be there, under whichever id: somebody asked, or a profile hides them.
    fn holds_back(&self) -> bool {
        self.asked || self.why.is_some()
    }

    /// An editor, or their own newer word, lets them be there under another id: this one's leaving holds them back no more.
    pub(crate) fn release(&mut self) {
        (self.asked, self.by, self.why) = (false, None, None);
    }

    /// Whether a word given on a day is newer than their leaving. On the day itself nobody knows which came first.
    fn is_answered_by(&self, since: Date) -> bool {
        !self.asked && self.left_on.is_some_and(|left| left < since)
    }
}

/// Among people who are shown again, those who may be and those who may not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Returning {
    /// Their profile proves that they want it, or an editor named them.
    pub(crate) welcome: BTreeSet<String>,
    /// They left, and nothing says that they want to come back; and the id under which they did.
    pub(crate) unwanted: BTreeMap<String, String>,
    /// Who left under another id than the one by which they are welcome now.
    pub(crate) renamed: BTreeSet<String>,
}

/// The people of a built site, and how it is published.
pub(crate) struct Coming<'a> {
    /// Who has a page in it.
    pub(crate) here: &'a BTreeSet<&'a str>,
    /// Who has one already.
    pub(crate) public: &'a BTreeSet<&'a str>,
    /// Until when each of these has it, and who they are.
    pub(crate) due: &'a BTreeMap<ProfileId, Due>,
    /// Whose page a publish that did not finish was bringing: it had judged them.
    pub(crate) touched: &'a BTreeSet<&'a str>,
    /// Whom this very publish left out, and the id under which they left.
    pub(crate) left_out: &'a BTreeMap<String, String>,
    /// Where everybody stands.
    pub(crate) standings: &'a Standings,
    /// Whom an editor named.
    pub(crate) named: &'a BTreeSet<String>,
    /// Whether nobody watches.
    pub(crate) unattended: bool,
}

impl Coming<'_> {
    fn shown(&self, person: &str) -> Option<Shown> {
        match self.standings.get(&ProfileId::parse(person)?)? {
            Standing::Shown(shown) => Some(*shown),
            Standing::Hidden(_) => None,
        }
    }

    fn is_hidden(&self, person: &str) -> bool {
        let standing = ProfileId::parse(person).and_then(|id| self.standings.get(&id));
        matches!(standing, Some(Standing::Hidden(_)))
    }

    /// Whether somebody who left is still listed by the profiles, under whichever id, and was only left out now.
    fn is_left_out(&self, person: &str) -> bool {
        self.left_out.iter().any(|(now, left)| left == person || now == person)
    }

    /// Who somebody who left is: whoever asked may not yet have been taken down.
    fn who(&self, person: &str, leaver: &Leaver) -> Option<Hash> {
        leaver.who.or_else(|| self.due.get(&ProfileId::parse(person)?)?.who)
    }

    /// Whether somebody who left may be shown, under whichever id.
    fn lets(&self, person: &str, leaver: &Leaver) -> bool {
        let is_proven = || self.shown(person).is_some_and(|shown| leaver.is_answered_by(shown.since));
        let is_under_way = || self.touched.contains(person) && leaver.comes_freely();
        self.named.contains(person) || is_under_way() || !self.unattended && (leaver.comes_freely() || is_proven())
    }
}

impl Leavers {
    /// Judges the people of a built site. Unattended, nobody comes back whom no editor named, whatever id they have now.
    pub(crate) fn returning(&self, coming: &Coming<'_>) -> Returning {
        let others = self.others(coming);
        let mut returning = Returning::default();
        for (person, leaver) in &self.0 {
            let other = coming.who(person, leaver).and_then(|who| others.get(&who).copied());
            let Some(now) = coming.here.get(person.as_str()).copied().or(other) else { continue };
            if !coming.lets(now, leaver) {
                returning.unwanted.insert(now.to_owned(), person.clone());
            } else if now == person {
                returning.welcome.insert(now.to_owned());
            } else {
                returning.renamed.insert(person.clone());
            }
        }
        returning
    }

    /// Who has a page for the first time, by who they are.
    fn others<'a>(&self, coming: &Coming<'a>) -> BTreeMap<Hash, &'a str> {
        let new = coming.here.difference(coming.public);
        new.filter_map(|person| Some((coming.shown(person)?.who?, *person))).collect()
    }

    /// Of the people of a site that goes up, those who are not to be there: by what was noted meanwhile of their own id, or of another
    /// that is theirs. Given who is new, by who they are, and whom the publish itself removed; with each, their reason.
    pub(crate) fn meanwhile(
        &self,
        here: &BTreeSet<&str>,
        new: &BTreeMap<Hash, &str>,
        removed: &BTreeSet<&str>,
    ) -> BTreeMap<String, Option<HiddenWhy>> {
        let mut left = BTreeMap::new();
        for (person, leaver) in &self.0 {
            // Whom the publish itself removed it has judged; that somebody asks for them is news all the same.
            let is_news = leaver.holds_back() && (leaver.asked || !removed.contains(person.as_str()));
            let other = leaver.who.filter(|_| is_news).and_then(|who| new.get(&who));
            // Whoever comes back by this publish was struck off before it began.
            let now = here.get(person.as_str()).or(other);
            left.extend(now.map(|now| ((*now).to_owned(), leaver.why)));
        }
        left
    }

    /// Of whom nothing need be kept that tells who they are: the profiles themselves say that they left, or it is long ago; and they
    /// are nowhere listed.
    pub(crate) fn settled(&self, coming: &Coming<'_>, today: Date) -> BTreeSet<String> {
        let here: BTreeSet<Hash> = coming.here.iter().filter_map(|person| coming.shown(person)?.who).collect();
        let is_here = |leaver: &Leaver| leaver.who.is_some_and(|who| here.contains(&who));
        let is_old = |leaver: &Leaver| leaver.left_on.is_some_and(|left| days_between(left, today) > KNOWN_DAYS);
        let known = self.0.iter().filter(|(person, leaver)| leaver.who.is_some() && !coming.is_left_out(person));
        let known = known.filter(|(_, leaver)| !is_here(leaver));
        known.filter(|(person, leaver)| coming.is_hidden(person) || is_old(leaver)).map(|(id, _)| id.clone()).collect()
    }
}

/// The key of the note.
pub(crate) fn key() -> String {
    format!("{NOTES}left.json")
}

/// Reads the note.
pub(crate) async fn read(bucket: &impl Bucket) -> Result<Leavers, ServiceError> {
    Ok(with_tag(bucket).await?.0)
}

/// Changes the note, whoever else changes it at the same time: it needs no lock.
pub(crate) async fn change(bucket: &impl Bucket, work: impl Fn(&mut Leavers)) -> Result<(), ServiceError> {
    for _ in 0..TRIES {
        let (old, tag) = with_tag(bucket).await?;
        let mut new = old.clone();
        work(&mut new);
        if new == old {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&new).map_err(|error| ServiceError::Unavailable(error.to_string()))?;
        let when = tag.as_ref().map_or(Precondition::Absent, Precondition::Unchanged);
        match bucket.put(note(&key(), bytes), when).await {
            Ok(_) => return Ok(()),
            Err(ServiceError::Changed(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Err(ServiceError::Changed(key()))
}

async fn with_tag(bucket: &impl Bucket) -> Result<(Leavers, Option<Tag>), ServiceError> {
    match bucket.get(&key(), None).await? {
        Some((bytes, stored)) => {
            let unreadable = |error| ServiceError::Unavailable(format!("{}: {error}", key()));
            Ok((serde_json::from_slice(&bytes).map_err(unreadable)?, Some(stored.tag)))
        }
        None => Ok((Leavers::default(), None)),
    }
}

#[cfg(test)]
mod tests {
    use super::Leavers;

    #[test]
    fn what_a_newer_program_noted_stays() {
        let note =
            r#"{"ana-23456":{"asked":true,"paths":["people/ana-23456/"],"steps":{},"why_not":{"since":"2030-01-01"}}}"#;
        let leavers: Leavers = serde_json::from_str(note).unwrap();
        assert!(leavers.0["ana-23456"].asked);
        assert_eq!(serde_json::to_string(&leavers).unwrap(), note);
    }
}
