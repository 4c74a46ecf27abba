//! What we need of a place that keeps files under keys, with their old versions.

use crate::headers::Headers;
use serde::{Deserialize, Serialize};
use std::future::Future;

/// Where the site's files lie: only what is below is public.
pub(crate) const SITE: &str = "site/";
/// What the function of the forms reads: nothing of it is about anybody.
pub(crate) const BUNDLE: &str = "function/bundle.json";
/// Where publishing keeps its own notes, which nobody else can read.
pub(crate) const NOTES: &str = "publish/";

/// The key in the bucket of a path of the site.
pub(crate) fn key_of(path: &str) -> String {
    format!("{SITE}{path}")
}

/// Why a service did not do what was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ServiceError {
    /// What stands there is not what was expected: somebody else was faster.
    #[error("{0}: somebody else has changed it meanwhile")]
    Changed(String),
    /// It could not be reached, or refused.
    #[error("{0}")]
    Unavailable(String),
}

/// What a service calls the bytes that stand under a key; it says nothing about them, but that they are the same as before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag(pub(crate) String);

/// What a service calls one version of what stands under a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VersionId(pub(crate) String);

/// When a put may go ahead.
#[derive(Clone, Copy, Debug)]
pub enum Precondition<'a> {
    /// Whatever is there.
    Always,
    /// Only where nothing is.
    Absent,
    /// Only over the very bytes with this tag.
    Unchanged(&'a Tag),
}

/// What is to be put.
pub struct Object<'a> {
    pub(crate) key: &'a str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) headers: Headers,
    /// Hash of bytes and headers, kept with it so that it can be asked for.
    pub(crate) mark: String,
}

/// What stands under a key.
#[derive(Clone, Debug)]
pub struct Stored {
    /// For [`Precondition::Unchanged`].
    pub(crate) tag: Tag,
    /// The name of this version, where the service keeps versions.
    pub(crate) version: Option<VersionId>,
    /// What [`Object::mark`] was.
    pub(crate) mark: Option<String>,
}

/// One version of what stood or stands under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub(crate) key: String,
    pub(crate) id: VersionId,
    /// Whether visitors are sent it.
    pub(crate) current: bool,
    /// Whether it only says that the key was deleted.
    pub(crate) marker: bool,
}

/// A place that keeps files.
pub trait Bucket: Sync {
    /// The bytes under a key, or of one of its versions.
    fn get(
        &self,
        key: &str,
        version: Option<&VersionId>,
    ) -> impl Future<Output = Result<Option<(Vec<u8>, Stored)>, ServiceError>> + Send;

    /// What is known of the bytes under a key, without them.
    fn head(&self, key: &str) -> impl Future<Output = Result<Option<Stored>, ServiceError>> + Send;

    /// Puts bytes under a key; the service checks their SHA-256.
    fn put(
        &self,
        object: Object<'_>,
        when: Precondition<'_>,
    ) -> impl Future<Output = Result<Stored, ServiceError>> + Send;

    /// Takes what is under a key from visitors; older versions stay.
    fn delete(&self, key: &str) -> impl Future<Output = Result<(), ServiceError>> + Send;

    /// Every version of every key that begins so; of one key, the newest first.
    fn versions(&self, prefix: &str) -> impl Future<Output = Result<Vec<Version>, ServiceError>> + Send;

    /// Deletes versions for good.
    fn erase(&self, versions: &[Version]) -> impl Future<Output = Result<(), ServiceError>> + Send;
}
