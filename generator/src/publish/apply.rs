//! Carries out a plan, in the order that keeps the site whole at every instant: whoever leaves goes first; then what pages refer
//! to, pages, what leads to pages; then the manifest; then what nothing refers to any more. It may be stopped anywhere: what it
//! was about to touch is noted first, and the next publish looks at all of that again.

use super::bucket::{Bucket, Fault, If, NOTES, Object, Stored};
use super::class::{Class, Headers};
use super::edge::{Edge, notice_key};
use super::lock::{Lock, note};
use super::manifest::{Files, Manifest};
use super::plan::{Plan, Touched, Upload, edge_key, key_of};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use jiff::Timestamp;
use schema::submission::content_hash;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Duration;

/// How many files are sent between two looks at the lock.
const BATCH: usize = 512;
/// At most this many addresses are dropped in one request.
const PURGE_BATCH: usize = 1000;
/// How often, and how many times, the edge is asked whether copies are dropped: a quarter of an hour in all.
const PURGE_LOOKS: (Duration, usize) = (Duration::from_secs(3), 300);

/// The key of the manifest.
pub(crate) fn manifest_key() -> String {
    format!("{NOTES}manifest.json")
}

/// The key of the note of what an unfinished publish touches.
pub(crate) fn intent_key() -> String {
    format!("{NOTES}intent.json")
}

/// What an unfinished publish noted.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Intent {
    pub(crate) deploy: String,
    pub(crate) touched: Touched,
}

/// Something done, and when: for the terminal and for receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Step {
    /// The edge answers 410.
    Marked,
    /// The files of those who leave are deleted in all versions.
    Erased,
    /// The edge has dropped its copies of them.
    Purged,
    /// Files are up.
    Uploaded,
    /// The manifest is swapped.
    Swapped,
    /// The edge has dropped every page that changed.
    Refreshed,
    /// Older versions of pages that named somebody removed are deleted.
    Cleaned,
}

/// Bytes of the site's files, by path.
pub(crate) type Source<'a> = &'a (dyn Fn(&str) -> Result<Vec<u8>, Fault> + Sync);

/// What a plan is carried out with.
pub(crate) struct Work<'a, B, E> {
    pub(crate) bucket: &'a B,
    pub(crate) edge: &'a E,
    pub(crate) source: Source<'a>,
    /// How many requests at once.
    pub(crate) parallel: usize,
    /// Whether the edge knows tags.
    pub(crate) tags: bool,
    pub(crate) clock: fn() -> Timestamp,
    /// Told after each step.
    pub(crate) told: &'a (dyn Fn(Step) + Sync),
    /// Told after each file.
    pub(crate) stepped: &'a (dyn Fn() + Sync),
}

/// What is public, what was built, and what an unfinished publish touched.
pub(crate) struct Ground<'a> {
    pub(crate) public: &'a Manifest,
    /// The tag of the manifest in the bucket; none where nothing was published yet.
    pub(crate) tag: Option<&'a str>,
    pub(crate) built: &'a Files,
    pub(crate) touched: &'a Touched,
    /// What else is touched, and left to a later publish.
    pub(crate) left: &'a Touched,
    pub(crate) deploy: &'a str,
    /// Who was removed on request, and comes back on request.
    pub(crate) returning: &'a BTreeSet<String>,
}

/// Whether a name that comes back is that of a photo whose person was here all along: their pages name it as soon as they are up.
fn is_alone(key: &str, plan: &Plan, built: &Files) -> bool {
    let of = built.get(&format!("photos/{key}")).and_then(|entry| entry.of.as_ref());
    of.is_some_and(|person| !plan.returns.contains(person))
}

impl<B: Bucket, E: Edge> Work<'_, B, E> {
    /// Carries out a plan under a lock. Returns the new manifest.
    pub(crate) async fn apply(&self, plan: &Plan, ground: &Ground<'_>, lock: &mut Lock) -> Result<Manifest, Fault> {
        self.note_intent(plan, ground).await?;
        self.welcome(ground).await?;
        let down = self.remove(plan, ground).await?;
        let versions = self.upload(plan, ground, lock).await?;
        (self.told)(Step::Uploaded);
        let manifest = plan.result(ground.public, ground.built, &versions, (ground.deploy, (self.clock)()));
        self.swap(&manifest, ground.tag).await?;
        (self.told)(Step::Swapped);
        self.each(&plan.deletes, |path| async move { self.bucket.delete(&key_of(path)).await }).await?;
        let pages = plan.purges(self.tags);
        self.purge(&pages, &format!("{}-pages", ground.deploy)).await?;
        self.finish(down).await?;
        // Only now: a copy from before they left may name a photo that is no longer there.
        self.unmark(plan.returns.iter()).await?;
        if !pages.is_empty() {
            (self.told)(Step::Refreshed);
        }
        lock.keep(self.bucket, (self.clock)()).await?;
        self.erase_late(plan, ground.deploy).await?;
        self.prune(plan).await?;
        if plan.cleans && !plan.alone {
            self.clean().await?;
            self.forgotten().await?;
            (self.told)(Step::Cleaned);
        }
        if ground.left.paths.is_empty() {
            self.bucket.delete(&intent_key()).await?;
        } else {
            self.note(ground.left.clone(), ground.deploy).await?;
        }
        Ok(manifest)
    }

    async fn note_intent(&self, plan: &Plan, ground: &Ground<'_>) -> Result<(), Fault> {
        let mut touched = plan.touches(ground.public);
        for others in [ground.touched, ground.left] {
            touched.paths.extend(others.paths.clone());
            touched.gone.extend(others.gone.iter().cloned());
            touched.owes |= others.owes;
        }
        self.note(touched, ground.deploy).await
    }

    async fn note(&self, touched: Touched, deploy: &str) -> Result<(), Fault> {
        let intent = Intent { deploy: deploy.to_owned(), touched };
        let bytes = serde_json::to_vec(&intent).map_err(|error| Fault::Unavailable(error.to_string()))?;
        self.bucket.put(note(&intent_key(), bytes), If::Always).await.map(drop)
    }

    /// The words that the edge answers with, where they changed.
    fn notices(&self, plan: &Plan, ground: &Ground<'_>) -> Result<Vec<(String, String)>, Fault> {
        let changed = plan.uploads.iter().map(|upload| upload.path.as_str());
        let all = ground.built.keys().map(String::as_str).filter(|_| plan.remarks);
        let notices: BTreeSet<&str> = changed.chain(all).filter(|path| edge_key(path) == "410.html").collect();
        notices
            .into_iter()
            .map(|path| {
                let key = notice_key(path.split_once('/').map(|(language, _)| language));
                let words = String::from_utf8_lossy(&(self.source)(path)?).into_owned();
                Ok((key, words))
            })
            .collect()
    }

    /// Class after class; none begins before the one before it is all there.
    async fn upload(
        &self,
        plan: &Plan,
        ground: &Ground<'_>,
        lock: &mut Lock,
    ) -> Result<BTreeMap<String, Option<String>>, Fault> {
        let versions = Mutex::new(BTreeMap::new());
        for class in Class::ALL {
            let uploads: Vec<&Upload> = plan.uploads.iter().filter(|upload| upload.class == class).collect();
            for batch in uploads.chunks(BATCH) {
                let versions = &versions;
                let puts = batch.iter().map(|upload| async move {
                    let stored = self.put(upload).await?;
                    let mut versions = versions.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    versions.insert(upload.path.clone(), stored.version);
                    (self.stepped)();
                    Ok::<(), Fault>(())
                });
                stream::iter(puts).buffer_unordered(self.parallel).try_collect::<Vec<()>>().await?;
                lock.keep(self.bucket, (self.clock)()).await?;
            }
            // The words name a style sheet: the old ones hold until the new one is up.
            let notices = if class == Class::Asset { self.notices(plan, ground)? } else { Vec::new() };
            if !notices.is_empty() {
                self.edge.mark(&notices, &[]).await?;
            }
            if class == Class::Photo {
                self.unmark(plan.returns.iter().filter(|key| is_alone(key, plan, ground.built))).await?;
            }
        }
        Ok(versions.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    async fn put(&self, upload: &Upload) -> Result<Stored, Fault> {
        let (key, entry) = (key_of(&upload.path), &upload.entry);
        let mark = format!("{}-{}", entry.hash, entry.headers);
        if upload.perhaps
            && let Some(stored) = self.bucket.head(&key).await?
            && stored.mark.as_ref() == Some(&mark)
        {
            return Ok(stored);
        }
        let bytes = (self.source)(&upload.path)?;
        if content_hash(&bytes) != entry.hash {
            return Err(Fault::Unavailable(format!("{} changed while it was published: publish again", upload.path)));
        }
        self.bucket.put(Object { key: &key, bytes, headers: Headers::of(&upload.path), mark }, If::Always).await
    }

    async fn swap(&self, manifest: &Manifest, tag: Option<&str>) -> Result<(), Fault> {
        let bytes = manifest.to_bytes().map_err(|error| Fault::Unavailable(error.to_string()))?;
        let when = tag.map_or(If::Absent, If::Unchanged);
        self.bucket.put(note(&manifest_key(), bytes), when).await.map(drop)
    }

    pub(super) async fn each<'p, F>(&self, paths: &'p [String], work: impl Fn(&'p str) -> F) -> Result<(), Fault>
    where
        F: Future<Output = Result<(), Fault>>,
    {
        let works = paths.iter().map(|path| work(path));
        stream::iter(works).buffer_unordered(self.parallel).try_collect::<Vec<()>>().await.map(drop)
    }

    /// Asks the edge to drop copies; returns the requests to wait for.
    pub(super) async fn ask(&self, items: &[String], name: &str) -> Result<Vec<String>, Fault> {
        let mut asked = Vec::new();
        for (at, batch) in items.chunks(PURGE_BATCH).enumerate() {
            asked.push(self.edge.purge(batch, &format!("{name}-{at}")).await?);
        }
        Ok(asked)
    }

    pub(super) async fn purge(&self, items: &[String], name: &str) -> Result<(), Fault> {
        let asked = self.ask(items, name).await?;
        for purge in &asked {
            self.dropped(purge).await?;
        }
        Ok(())
    }

    pub(super) async fn dropped(&self, purge: &str) -> Result<(), Fault> {
        let (pause, looks) = PURGE_LOOKS;
        for _ in 0..looks {
            if self.edge.is_purged(purge).await? {
                return Ok(());
            }
            tokio::time::sleep(pause).await;
        }
        Err(Fault::Unavailable(format!("the edge has not dropped its copies yet ({purge}): publish again later")))
    }
}
