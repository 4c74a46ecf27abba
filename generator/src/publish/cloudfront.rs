//! The edge in CloudFront: its key-value store, and the dropping of its copies.

use super::bucket::Fault;
use super::cloud::{Reach, failed};
use super::edge::Edge;
use super::keyvalues::KeyValues;
use aws_sdk_cloudfront::Client;
use aws_sdk_cloudfront::config::{BehaviorVersion, Config};
use aws_sdk_cloudfront::types::{InvalidationBatch, Paths};

pub(crate) struct CloudFront {
    client: Client,
    distribution: String,
    keys: KeyValues,
}

impl CloudFront {
    pub(crate) fn new(reach: &Reach, distribution: &str, key_values: &str) -> Self {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(reach.region.clone())
            .credentials_provider(reach.credentials.clone())
            .http_client(reach.http.clone())
            .retry_config(reach.retry.clone())
            .timeout_config(reach.timeout.clone());
        config.set_endpoint_url(reach.endpoint.clone());
        let client = Client::from_conf(config.build());
        Self { client, distribution: distribution.to_owned(), keys: KeyValues::new(reach, key_values) }
    }
}

impl Edge for CloudFront {
    async fn mark(&self, set: &[(String, String)], remove: &[String]) -> Result<(), Fault> {
        self.keys.change(set, remove).await
    }

    async fn value(&self, key: &str) -> Result<Option<String>, Fault> {
        self.keys.get(key).await
    }

    async fn purge(&self, items: &[String], name: &str) -> Result<String, Fault> {
        let broken = |error| failed("CreateInvalidation", error);
        let quantity = i32::try_from(items.len()).unwrap_or(i32::MAX);
        let paths = Paths::builder().quantity(quantity).set_items(Some(items.to_vec())).build().map_err(broken)?;
        let batch = InvalidationBatch::builder().paths(paths).caller_reference(name).build().map_err(broken)?;
        let call = self.client.create_invalidation().distribution_id(&self.distribution).invalidation_batch(batch);
        let made = call.send().await.map_err(|error| failed("CreateInvalidation", error))?;
        made.invalidation
            .map(|made| made.id)
            .ok_or_else(|| Fault::Unavailable("CreateInvalidation: no answer".to_owned()))
    }

    async fn is_purged(&self, purge: &str) -> Result<bool, Fault> {
        let call = self.client.get_invalidation().distribution_id(&self.distribution).id(purge);
        let got = call.send().await.map_err(|error| failed("GetInvalidation", error))?;
        Ok(got.invalidation.is_some_and(|invalidation| invalidation.status == "Completed"))
    }
}
