//! What lies in the bucket when a publish begins: what is public, what an unfinished publish touched, who has left.

use crate::bucket::{Bucket, Tag};
use crate::departures::{self, Leavers};
use crate::edge::edge_key;
use crate::manifest::{Files, Manifest, without};
use crate::plan::{Away, Removal, Touched, leaving};
use crate::publisher::{Intent, intent_key, manifest_key};
use anyhow::Result;
use schema::ground::hash::Hash;
use schema::person::profile::ProfileId;
use site::ledger::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// What lies in the bucket.
pub struct Look {
    /// What is public.
    pub(crate) public: Manifest,
    pub(crate) tag: Option<Tag>,
    pub(crate) touched: Touched,
    /// What is touched, and left to a later publish.
    pub(crate) left: Touched,
    /// Who has left so far.
    pub(crate) leavers: Leavers,
}

impl Look {
    /// The people who have a page, or may have one from a publish that did not finish.
    pub(crate) fn people(&self) -> BTreeSet<&str> {
        self.public.people().union(&self.touched.people()).copied().collect()
    }

    /// Who somebody is, whatever their id, as far as that is noted.
    pub(crate) fn who_is(&self, person: &str) -> Option<Hash> {
        let due = ProfileId::parse(person).and_then(|id| self.public.due.get(&id).or(self.touched.due.get(&id)));
        due.and_then(|due| due.who).or(self.leavers.0.get(person)?.who)
    }

    /// The ids under which each person has a page, or may have one.
    pub(crate) fn known(&self) -> BTreeMap<Hash, BTreeSet<&ProfileId>> {
        let people = self.people();
        let mut known: BTreeMap<Hash, BTreeSet<&ProfileId>> = BTreeMap::new();
        for (person, due) in self.public.due.iter().chain(&self.touched.due) {
            if let Some(who) = due.who.filter(|_| people.contains(person.as_str())) {
                known.entry(who).or_default().insert(person);
            }
        }
        known
    }

    /// Who was asked for, and is public as a publish left them that finished: the removal did not. Whoever comes back was struck off.
    pub(crate) fn half_removed(&self) -> BTreeSet<String> {
        let people = self.public.people();
        let asked = self.leavers.0.iter().filter(|(person, leaver)| leaver.asked && people.contains(person.as_str()));
        asked.map(|(person, _)| person.clone()).collect()
    }

    /// What the edge is still to be told of somebody who was taken down without it. That it answers for a photo by its name, the
    /// manifest knows.
    pub(crate) fn owed(&self, person: &str) -> Option<Removal> {
        let leaver = self.leavers.0.get(person).filter(|leaver| leaver.owes_the_edge())?;
        let is_photo = |path: &str| self.public.gone.contains_key(edge_key(path));
        let away = |path: &String| Away::new(path, if is_photo(path) { Kind::Photo } else { Kind::Words });
        Some(Removal { person: person.to_owned(), why: leaver.why, paths: leaver.paths.iter().map(away).collect() })
    }

    /// Of what is touched, only what goes with them is looked at again now.
    pub(crate) fn leave_the_rest(&mut self, people: &BTreeSet<String>, stays: &Files) {
        (self.touched, self.left) = self.touched.split(people, stays);
    }

    /// What goes with some people who leave at once: by the very rule by which any publish lets them go.
    pub(crate) fn leaving(&self, people: &BTreeSet<String>) -> Vec<Removal> {
        let stays = without(&self.public.files, people);
        let (theirs, _) = self.touched.split(people, &stays);
        leaving(&self.public, &stays, &theirs)
    }
}

/// Reads the notes in the bucket: three calls.
pub(crate) async fn look(bucket: &impl Bucket) -> Result<Look> {
    let (public, tag) = match bucket.get(&manifest_key(), None).await? {
        Some((bytes, stored)) => (Manifest::read(&bytes)?, Some(stored.tag)),
        None => (Manifest::empty(), None),
    };
    let touched = match bucket.get(&intent_key(), None).await? {
        Some((bytes, _)) => serde_json::from_slice::<Intent>(&bytes)?.touched,
        None => Touched::default(),
    };
    let leavers = departures::read(bucket).await?;
    Ok(Look { public, tag, touched, left: Touched::default(), leavers })
}
