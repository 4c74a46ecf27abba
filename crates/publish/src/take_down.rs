//! Taking people down: 410 at the edge first, then their files in every version, then copies. Each step is noted with its time, so
//! that whoever asked can be told what was done, and when.

use crate::bucket::{Bucket, ServiceError, key_of};
use crate::departures::{self, Leaver};
use crate::edge::{Edge, gone_key};
use crate::headers::{addresses, person_tag};
use crate::manifest::Manifest;
use crate::plan::{Plan, Removal};
use crate::publisher::{Before, Publisher};
use crate::step::Step;
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::hash::content_hash;
use schema::person::profile::ProfileId;
use std::collections::BTreeSet;

/// What stands under the key of somebody who is gone.
pub(crate) const GONE: &str = "gone";

/// A removal under way: what the edge was asked to drop, whom it is about, and what is done.
#[derive(Default)]
pub(crate) struct Down {
    purge: Option<String>,
    people: Vec<String>,
    steps: Vec<(Step, Timestamp)>,
}

/// Who leaves now.
pub(crate) struct Leaving<'a> {
    pub(crate) removals: &'a [Removal],
    /// Keys that the edge no longer answers with 410, for others come under them.
    pub(crate) returns: &'a [String],
    /// Whether somebody asked for those who leave without another reason.
    pub(crate) asked: bool,
    pub(crate) deploy: &'a str,
    /// What is public as long as they are.
    pub(crate) public: &'a Manifest,
}

impl Leaving<'_> {
    /// What is noted of somebody before anything of theirs is taken down.
    fn note(&self, removal: &Removal, leaver: &mut Leaver, today: Date) {
        leaver.why = removal.why.or(leaver.why);
        // Whoever asked before they had a page leaves today.
        if leaver.paths.is_empty() || leaver.left_on.is_none() {
            leaver.left_on = Some(today);
        }
        leaver.paths.extend(removal.paths.iter().map(|away| away.path.clone()));
        let Some(person) = ProfileId::parse(&removal.person) else { return };
        leaver.who = self.public.due.get(&person).and_then(|due| due.who).or(leaver.who);
        leaver.shared.extend(self.public.shared_photos(&person));
    }
}

impl<B: Bucket, E: Edge> Publisher<'_, B, E> {
    /// Whoever comes back is no longer among those who must not; and whoever the profiles know to have left need be known by nothing
    /// else.
    pub(crate) async fn welcome(&self, plan: &Plan) -> Result<(), ServiceError> {
        if plan.welcome.is_empty() && plan.renamed.is_empty() && plan.settled.is_empty() {
            return Ok(());
        }
        departures::change(self.bucket, |leavers| {
            leavers.0.retain(|person, _| !plan.welcome.contains(person));
            let settled = leavers.0.iter_mut().filter(|(person, _)| plan.settled.contains(*person));
            settled.for_each(|(_, leaver)| leaver.who = None);
            let renamed = leavers.0.iter_mut().filter(|(person, _)| plan.renamed.contains(*person));
            renamed.for_each(|(_, leaver)| leaver.release());
        })
        .await
    }

    /// The whole removal of those who leave, before anything else; and where it was asked for, all earlier ones once more.
    pub(crate) async fn remove(&self, plan: &Plan, before: &Before<'_>) -> Result<Down, ServiceError> {
        let again = before.public.gone.keys().filter(|key| plan.remark_edge && !plan.returns.contains(key));
        let marks: Vec<(String, String)> = again.map(|key| (gone_key(key), GONE.to_owned())).collect();
        if !marks.is_empty() {
            self.edge.mark(&marks, &[]).await?;
        }
        let all = [plan.removals.as_slice(), plan.owed.as_slice()].concat();
        let (deploy, public) = (before.deploy, before.public);
        let leaving = Leaving { removals: &all, returns: &plan.returns, asked: plan.only_leaving, deploy, public };
        self.take_down(&leaving).await
    }

    /// Takes people down: 410 first, for it holds while copies still lie elsewhere. It needs no lock, and does no harm twice.
    pub(crate) async fn take_down(&self, leaving: &Leaving<'_>) -> Result<Down, ServiceError> {
        let Leaving { removals, returns, asked, deploy, public } = *leaving;
        if removals.is_empty() {
            return Ok(Down::default());
        }
        let today = public.zone.day((self.clock)());
        departures::change(self.bucket, |leavers| {
            for removal in removals {
                let leaver = leavers.0.entry(removal.person.clone()).or_default();
                // Of whom only the edge is still to be told, nobody asks anew.
                leaver.asked |= asked && removal.why.is_none() && !leaver.owes_the_edge();
                leaving.note(removal, leaver, today);
            }
        })
        .await?;
        let mut down =
            Down { people: removals.iter().map(|removal| removal.person.clone()).collect(), ..Down::default() };
        let keys = removals.iter().flat_map(Removal::keys).filter(|key| !returns.contains(key));
        let marks: Vec<(String, String)> = keys.map(|key| (gone_key(&key), GONE.to_owned())).collect();
        self.edge.mark(&marks, &[]).await?;
        if self.edge.is_there() {
            self.did(&mut down, Step::Marked);
        }
        let theirs = removals.iter().flat_map(|removal| &removal.paths);
        let paths: Vec<String> = theirs.map(|away| away.path.clone()).collect();
        self.each(&paths, |path| self.erase(path)).await?;
        self.did(&mut down, Step::Erased);
        let mut items: BTreeSet<String> = paths.iter().flat_map(|path| addresses(path)).collect();
        if self.tags {
            items.extend(removals.iter().map(|removal| format!("#{}", person_tag(&removal.person))));
        }
        let items: Vec<String> = items.into_iter().collect();
        // Two removals of one publish drop different things, and the edge takes a name for the same things only.
        let name = format!("{deploy}-removal-{:.12}", content_hash(items.join("\n").as_bytes()));
        down.purge = self.ask(&items, &name).await?;
        Ok(down)
    }

    /// Waits until the copies of those who left are dropped, and notes what was done when.
    pub(crate) async fn finish(&self, mut down: Down) -> Result<(), ServiceError> {
        if down.people.is_empty() {
            return Ok(());
        }
        if let Some(purge) = &down.purge {
            self.dropped(purge).await?;
        }
        if self.edge.is_there() {
            self.did(&mut down, Step::Purged);
        }
        departures::change(self.bucket, |leavers| {
            for person in &down.people {
                let steps = &mut leavers.0.entry(person.clone()).or_default().steps;
                for (step, at) in &down.steps {
                    steps.entry(*step).or_insert(*at);
                }
            }
        })
        .await
    }

    /// Notes that lists, search and feed have forgotten everybody who left.
    pub(crate) async fn forgotten(&self) -> Result<(), ServiceError> {
        let now = (self.clock)();
        departures::change(self.bucket, |leavers| {
            for leaver in leavers.0.values_mut() {
                leaver.steps.entry(Step::Refreshed).or_insert(now);
            }
        })
        .await
    }

    /// Deletes one file in every version.
    pub(crate) async fn erase(&self, path: &str) -> Result<(), ServiceError> {
        let key = key_of(path);
        let mut versions = self.bucket.versions(&key).await?;
        versions.retain(|version| version.key == key);
        self.bucket.erase(&versions).await
    }

    fn did(&self, down: &mut Down, step: Step) {
        down.steps.push((step, (self.clock)()));
        (self.told)(step);
    }

    pub(crate) async fn unmark(&self, keys: impl Iterator<Item = &String>) -> Result<(), ServiceError> {
        let keys: Vec<String> = keys.map(|key| gone_key(key)).collect();
        if keys.is_empty() { Ok(()) } else { self.edge.mark(&[], &keys).await }
    }
}
