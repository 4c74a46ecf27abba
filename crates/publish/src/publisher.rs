//! What plans are carried out with: the bucket, the edge, and the few things that every part of the work does with them.

use crate::bucket::{Bucket, NOTES, ServiceError, Tag};
use crate::bundle::Bundle;
use crate::edge::Edge;
use crate::manifest::{Files, Manifest};
use crate::plan::Touched;
use crate::step::Step;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use site::site_path::SitePath;
use std::time::Duration;

/// More addresses than this are dropped with all others: an edge works on 3,000 at a time, and others may have asked for theirs.
const MOST_PURGES: usize = 1000;
/// All addresses.
const EVERYTHING: &str = "/*";
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

/// Bytes of the site's files, by path.
pub(crate) type Source<'a> = &'a (dyn Fn(&SitePath) -> Result<Vec<u8>, ServiceError> + Sync);

/// What a plan is carried out with.
pub(crate) struct Publisher<'a, B, E> {
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
pub(crate) struct Before<'a> {
    pub(crate) public: &'a Manifest,
    /// The tag of the manifest in the bucket; none where nothing was published yet.
    pub(crate) tag: Option<&'a Tag>,
    pub(crate) built: &'a Files,
    /// What the function is made of, where that goes up too.
    pub(crate) bundle: Option<&'a Bundle>,
    pub(crate) touched: &'a Touched,
    /// What else is touched, and left to a later publish.
    pub(crate) left: &'a Touched,
    pub(crate) deploy: &'a str,
}

impl<B: Bucket, E: Edge> Publisher<'_, B, E> {
    pub(crate) async fn each<'p, T, F>(&self, things: &'p [T], work: impl Fn(&'p T) -> F) -> Result<(), ServiceError>
    where
        F: Future<Output = Result<(), ServiceError>>,
    {
        let works = things.iter().map(work);
        stream::iter(works).buffer_unordered(self.parallel).try_collect::<Vec<()>>().await.map(drop)
    }

    /// Asks the edge to drop copies; returns the request to wait for, where there is anything to drop.
    pub(crate) async fn ask(&self, items: &[String], name: &str) -> Result<Option<String>, ServiceError> {
        if items.is_empty() {
            return Ok(None);
        }
        let everything = [EVERYTHING.to_owned()];
        let items = if items.len() > MOST_PURGES { &everything } else { items };
        self.edge.purge(items, name).await.map(Some)
    }

    pub(crate) async fn purge(&self, items: &[String], name: &str) -> Result<(), ServiceError> {
        match self.ask(items, name).await? {
            Some(purge) => self.dropped(&purge).await,
            None => Ok(()),
        }
    }

    pub(crate) async fn dropped(&self, purge: &str) -> Result<(), ServiceError> {
        let (pause, looks) = PURGE_LOOKS;
        for _ in 0..looks {
            if self.edge.is_purged(purge).await? {
                return Ok(());
            }
            tokio::time::sleep(pause).await;
        }
        Err(ServiceError::Unavailable(format!(
            "the edge has not dropped its copies yet ({purge}): publish again later"
        )))
    }
}
