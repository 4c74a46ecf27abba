//! What we need of the place where the site is published.

use review::StoreError;
use std::future::Future;

/// Where the site is published.
pub trait Published: Sync {
    /// The bytes of a page, by its path in the site, like `people/marcus-k7m2q/index.html`; none where there is none.
    fn page(&self, path: &str) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;
}
