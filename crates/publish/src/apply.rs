//! Carries out a plan, in the order that keeps the site whole at every instant: whoever leaves goes first; then what pages refer
//! to, pages, what leads to pages; then the manifest; then what nothing refers to any more. It may be stopped anywhere: what it
//! was about to touch is noted first, and the next publish looks at all of that again.

use crate::bucket::{BUNDLE, Bucket, Object, Precondition, ServiceError, Stored, Tag, VersionId, key_of};
use crate::bundle::Bundle;
use crate::departures;
use crate::edge::{Edge, notice_key};
use crate::headers::Headers;
use crate::lock::{self, Lock, note};
use crate::manifest::{Files, Manifest, people, without};
use crate::plan::{Away, Plan, Removal, Touched, Upload};
use crate::publisher::{Before, Intent, Publisher, intent_key, manifest_key};
use crate::step::Step;
use crate::subject::Subject;
use crate::take_down::{Down, Leaving};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use schema::ground::hash::content_hash;
use site::ledger::{Class, Kind};
use site::site_path::SitePath;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// How many files are sent between two looks at the lock.
const BATCH: usize = 512;

/// Whether a name that comes back is that of a photo whose person was here all along: their pages name it as soon as they are up.
fn is_alone(key: &str, plan: &Plan, built: &Files) -> bool {
    let of = built.get(format!("photos/{key}").as_str()).and_then(|entry| entry.subject.people.first());
    of.is_some_and(|person| !plan.returns.iter().any(|back| back == person.as_str()))
}

impl<B: Bucket, E: Edge> Publisher<'_, B, E> {
    /// Carries out a plan under a lock. Returns the new manifest.
    pub(crate) async fn apply(
        &self,
        plan: &Plan,
        before: &Before<'_>,
        lock: &mut Lock,
    ) -> Result<Manifest, ServiceError> {
        self.note_intent(plan, before).await?;
        self.welcome(plan).await?;
        let down = self.remove(plan, before).await?;
        let versions = match self.upload(plan, before, lock).await {
            Ok(versions) => versions,
            Err(fault) => {
                // What it put over a removal that came meanwhile is not left to whoever publishes next.
                drop(self.leave_meanwhile(plan, before).await);
                return Err(fault);
            }
        };
        (self.told)(Step::Uploaded);
        let left = self.left_meanwhile(plan, before).await?;
        let manifest = plan.result(before.public, before.built, &versions, (before.deploy, (self.clock)()));
        let people = left.iter().map(|removal| removal.person.clone()).collect();
        let manifest = manifest.without(&people, left.iter().flat_map(Removal::keys), (self.clock)());
        let down_meanwhile = self.down_meanwhile(&left, before).await?;
        self.swap(&manifest, before.tag).await?;
        (self.told)(Step::Swapped);
        self.each(&plan.deletes, |away| async move { self.bucket.delete(&key_of(&away.path)).await }).await?;
        let pages = plan.purges(self.tags);
        self.purge(&pages, &format!("{}-pages", before.deploy)).await?;
        self.finish(down).await?;
        self.finish(down_meanwhile).await?;
        // Only now: a copy from before they left may name a photo that is no longer there.
        let gone: BTreeSet<String> = left.iter().flat_map(Removal::keys).collect();
        self.unmark(plan.returns.iter().filter(|key| !gone.contains(*key))).await?;
        if !pages.is_empty() {
            (self.told)(Step::Refreshed);
        }
        lock.keep(self.bucket, (self.clock)()).await?;
        self.tidy(plan, before, (&manifest, left.is_empty())).await?;
        Ok(manifest)
    }

    /// Once what is public stands: what nobody is sent any more is deleted, and what was noted of this publish.
    async fn tidy(
        &self,
        plan: &Plan,
        before: &Before<'_>,
        (manifest, nobody_left_meanwhile): (&Manifest, bool),
    ) -> Result<(), ServiceError> {
        self.erase_late(plan, before.deploy).await?;
        self.prune(plan).await?;
        if plan.erase_versions && !plan.only_leaving {
            self.clean(manifest).await?;
            if nobody_left_meanwhile {
                self.forgotten().await?;
            }
            (self.told)(Step::Cleaned);
        }
        if before.left.paths.is_empty() && !before.left.bundle {
            self.bucket.delete(&intent_key()).await
        } else {
            self.note(before.left.clone(), before.deploy).await
        }
    }

    /// The whole removal of those who were removed while files went up.
    async fn leave_meanwhile(&self, plan: &Plan, before: &Before<'_>) -> Result<(), ServiceError> {
        let left = self.left_meanwhile(plan, before).await?;
        let down = self.down_meanwhile(&left, before).await?;
        self.finish(down).await
    }

    async fn down_meanwhile(&self, left: &[Removal], before: &Before<'_>) -> Result<Down, ServiceError> {
        let (deploy, public) = (format!("{}-meanwhile", before.deploy), before.public);
        self.take_down(&Leaving { removals: left, returns: &[], asked: true, deploy: &deploy, public }).await
    }

    /// Who was removed while files went up, and what of theirs did: whoever removes somebody waits for no publish.
    async fn left_meanwhile(&self, plan: &Plan, before: &Before<'_>) -> Result<Vec<Removal>, ServiceError> {
        let leavers = departures::read(self.bucket).await?;
        let (built, here) = (before.built, people(before.built));
        let public = before.public.people();
        let is_new = |person: &str| here.contains(person) && !public.contains(person);
        let new = plan.notes.due.iter().filter(|(person, _)| is_new(person.as_str()));
        let new = new.filter_map(|(person, due)| Some((due.who?, person.as_str()))).collect();
        let removed: BTreeSet<&str> = plan.removals.iter().map(|removal| removal.person.as_str()).collect();
        let left = leavers.meanwhile(&here, &new, &removed);
        let stays = without(built, &left.keys().cloned().collect());
        let goes = || built.iter().filter(|(path, _)| !stays.contains_key(*path));
        let theirs = |person: &str| {
            let theirs = goes().filter(|(_, entry)| entry.subject.belongs_to(person));
            theirs.map(|(path, entry)| Away::new(path.as_str(), entry.subject.kind)).collect()
        };
        Ok(left.into_iter().map(|(person, why)| Removal { paths: theirs(&person), person, why }).collect())
    }

    async fn note_intent(&self, plan: &Plan, before: &Before<'_>) -> Result<(), ServiceError> {
        let mut touched = plan.touches(before.public);
        for others in [before.touched, before.left] {
            touched.paths.extend(others.paths.clone());
            touched.gone.extend(others.gone.iter().cloned());
            touched.owes_cleanup |= others.owes_cleanup;
            touched.bundle |= others.bundle;
            others.due.iter().for_each(|(person, due)| _ = touched.due.entry(person.clone()).or_insert(*due));
        }
        self.note(touched, before.deploy).await
    }

    async fn note(&self, touched: Touched, deploy: &str) -> Result<(), ServiceError> {
        let intent = Intent { deploy: deploy.to_owned(), touched };
        let bytes = serde_json::to_vec(&intent).map_err(|error| ServiceError::Unavailable(error.to_string()))?;
        self.bucket.put(note(&intent_key(), bytes), Precondition::Always).await.map(drop)
    }

    /// The words that the edge answers with, where they changed.
    fn notices(&self, plan: &Plan, before: &Before<'_>) -> Result<Vec<(String, String)>, ServiceError> {
        let is_notice = |subject: &Subject| subject.kind == Kind::Gone;
        let changed = plan.uploads.iter().filter(|upload| is_notice(&upload.entry.subject));
        let changed = changed.map(|upload| &upload.path);
        let all = before.built.iter().filter(|(_, entry)| plan.remark_edge && is_notice(&entry.subject));
        let notices: BTreeSet<&SitePath> = changed.chain(all.map(|(path, _)| path)).collect();
        notices
            .into_iter()
            .map(|path| {
                let words = String::from_utf8_lossy(&(self.source)(path)?).into_owned();
                Ok((notice_key(path), words))
            })
            .collect()
    }

    /// Class after class; none begins before the one before it is all there.
    async fn upload(
        &self,
        plan: &Plan,
        before: &Before<'_>,
        lock: &mut Lock,
    ) -> Result<BTreeMap<SitePath, Option<VersionId>>, ServiceError> {
        let versions = Mutex::new(BTreeMap::new());
        for class in Class::ALL {
            let uploads: Vec<&Upload> = plan.uploads.iter().filter(|upload| upload.class == class).collect();
            for batch in uploads.chunks(BATCH) {
                let (versions, lock_ends) = (&versions, lock.ends());
                let puts = batch.iter().map(|upload| async move {
                    // A machine that slept wakes up as somebody who has no lock any more.
                    if (self.clock)() >= lock_ends {
                        return Err(ServiceError::Changed(lock::key()));
                    }
                    let stored = self.put(upload).await?;
                    let mut versions = versions.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    versions.insert(upload.path.clone(), stored.version);
                    (self.stepped)();
                    Ok::<(), ServiceError>(())
                });
                stream::iter(puts).buffer_unordered(self.parallel).try_collect::<Vec<()>>().await?;
                lock.keep(self.bucket, (self.clock)()).await?;
            }
            if class == Class::Asset {
                self.bring(before).await?;
            }
            // The words name a style sheet: the old ones hold until the new one is up.
            let notices = if class == Class::Asset { self.notices(plan, before)? } else { Vec::new() };
            if !notices.is_empty() {
                self.edge.mark(&notices, &[]).await?;
            }
            if class == Class::Photo {
                self.unmark(plan.returns.iter().filter(|key| is_alone(key, plan, before.built))).await?;
            }
        }
        Ok(versions.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Gives the function what it is made of, once the assets that its pages name are up.
    async fn bring(&self, before: &Before<'_>) -> Result<(), ServiceError> {
        let is_news = |bundle: &&Bundle| before.touched.bundle || before.public.bundle != Some(bundle.hash);
        let Some(bundle) = before.bundle.filter(is_news) else {
            return Ok(());
        };
        self.bucket.put(note(BUNDLE, bundle.bytes.clone()), Precondition::Always).await.map(drop)
    }

    async fn put(&self, upload: &Upload) -> Result<Stored, ServiceError> {
        let (key, entry) = (key_of(upload.path.as_str()), &upload.entry);
        let mark = entry.mark();
        if upload.perhaps
            && let Some(stored) = self.bucket.head(&key).await?
            && stored.mark.as_ref() == Some(&mark)
        {
            return Ok(stored);
        }
        let bytes = (self.source)(&upload.path)?;
        if content_hash(&bytes) != entry.hash {
            return Err(ServiceError::Unavailable(format!(
                "{} changed while it was published: publish again",
                upload.path
            )));
        }
        self.bucket
            .put(
                Object { key: &key, bytes, headers: Headers::of(&upload.path, &entry.subject), mark },
                Precondition::Always,
            )
            .await
    }

    async fn swap(&self, manifest: &Manifest, tag: Option<&Tag>) -> Result<(), ServiceError> {
        let bytes = manifest.to_bytes().map_err(|error| ServiceError::Unavailable(error.to_string()))?;
        let when = tag.map_or(Precondition::Absent, Precondition::Unchanged);
        self.bucket.put(note(&manifest_key(), bytes), when).await.map(drop)
    }
}
