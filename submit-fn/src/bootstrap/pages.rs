//! People's pages as they are published, in the bucket from which the function has its words.

use review::StoreError;
use review::cloud::{Cloud, Fetched};
use submit_fn::Published;

/// Below which the site lies there.
const SITE: &str = "site/";

/// The published site, where it is known where that is.
#[derive(Clone)]
pub(crate) struct PublishedPages {
    pub(crate) cloud: Cloud,
    pub(crate) bucket: Option<String>,
}

impl Published for PublishedPages {
    async fn page(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(bucket) = &self.bucket else { return Ok(None) };
        Ok(match self.cloud.fetch(bucket, &format!("{SITE}{path}"), None).await? {
            Fetched::New(bytes, _) => Some(bytes),
            Fetched::Same | Fetched::Absent => None,
        })
    }
}
