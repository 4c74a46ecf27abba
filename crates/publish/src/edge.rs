//! What we need of the network that stands between visitors and the bucket.

use crate::bucket::ServiceError;
use site::site_path::SitePath;
use std::future::Future;

/// The key of somebody or something that is gone, in the store that the edge's function reads: ids of people, names of photos.
pub(crate) fn gone_key(name: &str) -> String {
    format!("gone/{name}")
}

/// The last name of a path: the edge's function looks it up.
pub(crate) fn edge_key(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The key of the words that it answers with, which stand in a file of the site, in its first language or in another. No id can be mistaken for it.
pub(crate) fn notice_key(path: &SitePath) -> String {
    match path.as_str().split_once('/') {
        Some((language, _)) => format!("notice/{language}"),
        None => "notice".to_owned(),
    }
}

/// The edge: it answers 410 for what is gone, and keeps copies until they are dropped.
pub trait Edge: Sync {
    /// Whether there is one at all.
    fn is_there(&self) -> bool {
        true
    }

    /// Sets and removes keys of the store that the edge's function reads. What is to be removed may be absent.
    fn mark(
        &self,
        set: &[(String, String)],
        remove: &[String],
    ) -> impl Future<Output = Result<(), ServiceError>> + Send;

    /// What stands under a key of that store.
    fn value(&self, key: &str) -> impl Future<Output = Result<Option<String>, ServiceError>> + Send;

    /// Asks for copies to be dropped, by path or by `#tag`. Asking again under the same name is one request.
    fn purge(&self, items: &[String], name: &str) -> impl Future<Output = Result<String, ServiceError>> + Send;

    /// Whether copies that were asked to be dropped are dropped.
    fn is_purged(&self, purge: &str) -> impl Future<Output = Result<bool, ServiceError>> + Send;
}

/// The edge of a site that has none: a bucket behind nothing, or another host.
pub enum AnyEdge<E> {
    /// There is one.
    Edge(E),
    /// There is none; a removed page is then a page that is not there.
    None,
}

impl<E: Edge> Edge for AnyEdge<E> {
    fn is_there(&self) -> bool {
        matches!(self, AnyEdge::Edge(_))
    }

    async fn mark(&self, set: &[(String, String)], remove: &[String]) -> Result<(), ServiceError> {
        match self {
            AnyEdge::Edge(edge) => edge.mark(set, remove).await,
            AnyEdge::None => Ok(()),
        }
    }

    async fn value(&self, key: &str) -> Result<Option<String>, ServiceError> {
        match self {
            AnyEdge::Edge(edge) => edge.value(key).await,
            AnyEdge::None => Ok(None),
        }
    }

    async fn purge(&self, items: &[String], name: &str) -> Result<String, ServiceError> {
        match self {
            AnyEdge::Edge(edge) => edge.purge(items, name).await,
            AnyEdge::None => Ok(String::new()),
        }
    }

    async fn is_purged(&self, purge: &str) -> Result<bool, ServiceError> {
        match self {
            AnyEdge::Edge(edge) => edge.is_purged(purge).await,
            AnyEdge::None => Ok(true),
        }
    }
}
