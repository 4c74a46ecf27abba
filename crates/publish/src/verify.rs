//! Looks into the bucket and the edge themselves: what is not as it was published. Somebody may have put, changed or deleted a
//! file by hand, or a key of the edge.

use crate::bucket::{Bucket, SITE, VersionId, key_of};
use crate::edge::{Edge, gone_key, notice_key};
use crate::look::look;
use crate::manifest::Manifest;
use anyhow::Result;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use schema::ground::hash::content_hash;
use site::ledger::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// How many keys of the edge are asked for at once.
const PARALLEL: usize = 16;

/// What is not as it was published.
#[derive(Default)]
pub(crate) struct Drift {
    /// Paths that are missing, other than published, or that no publish put there.
    pub(crate) paths: BTreeSet<String>,
    /// Whether the edge lacks a key of somebody who is gone, or has other words.
    pub(crate) edge: bool,
}

/// Looks at everything.
pub(crate) async fn drift(bucket: &impl Bucket, edge: &impl Edge) -> Result<Drift> {
    let public = look(bucket).await?.public;
    Ok(Drift { paths: in_bucket(bucket, &public).await?, edge: at_edge(edge, &public).await? })
}

async fn in_bucket(bucket: &impl Bucket, public: &Manifest) -> Result<BTreeSet<String>> {
    let versions = bucket.versions(SITE).await?;
    let path = |key: &str| key.strip_prefix(SITE).unwrap_or(key).to_owned();
    let there: BTreeMap<String, VersionId> = versions
        .into_iter()
        .filter(|version| version.current)
        .map(|version| (path(&version.key), version.id))
        .collect();
    let mut drift: BTreeSet<String> = there
        .keys()
        .filter(|path| !public.files.contains_key(path.as_str()) && !public.retired.contains_key(*path))
        .cloned()
        .collect();
    for (path, entry) in &public.files {
        let same = match (there.get(path.as_str()), &entry.version) {
            (None, _) => false,
            (Some(id), Some(version)) if id.0 != "null" => id == version,
            // A bucket that keeps no versions: ask for what was noted with the file.
            _ => {
                let head = bucket.head(&key_of(path.as_str())).await?;
                head.is_some_and(|stored| stored.mark == Some(entry.mark()))
            }
        };
        if !same {
            drift.insert(path.to_string());
        }
    }
    Ok(drift)
}

async fn at_edge(edge: &impl Edge, public: &Manifest) -> Result<bool> {
    if !edge.is_there() {
        return Ok(false);
    }
    let gone = public.gone.keys().map(|key| (gone_key(key), None));
    let notices = public
        .files
        .iter()
        .filter(|(_, entry)| entry.subject.kind == Kind::Gone)
        .map(|(path, entry)| (notice_key(path), Some(entry.hash)));
    let wrong = stream::iter(gone.chain(notices)).map(|(key, hash)| async move {
        let value = edge.value(&key).await?;
        let right = value.is_some_and(|value| hash.is_none_or(|hash| content_hash(value.as_bytes()) == hash));
        Ok::<bool, crate::bucket::ServiceError>(!right)
    });
    Ok(wrong.buffer_unordered(PARALLEL).try_collect::<Vec<bool>>().await?.contains(&true))
}
