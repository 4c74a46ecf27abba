//! The edge in CloudFront: its key-value store, and the dropping of its copies.

use crate::aws::connection::{AwsConnection, failed};
use crate::aws::keyvalues::KeyValues;
use crate::bucket::ServiceError;
use crate::edge::Edge;
use aws_sdk_cloudfront::Client;
use aws_sdk_cloudfront::config::{BehaviorVersion, Config};
use aws_sdk_cloudfront::types::{InvalidationBatch, Paths};

pub struct CloudFront {
    client: Client,
    distribution: String,
    keys: KeyValues,
}

impl CloudFront {
    pub(crate) fn new(connection: &AwsConnection, distribution: &str, key_values: &str) -> Self {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(connection.region.clone())
            .credentials_provider(connection.credentials.clone())
            .http_client(connection.http.clone())
            .retry_config(connection.retry.clone())
            .timeout_config(connection.timeout.clone());
        config.set_endpoint_url(connection.endpoint.clone());
        let client = Client::from_conf(config.build());
        Self { client, distribution: distribution.to_owned(), keys: KeyValues::new(connection, key_values) }
    }
}

impl Edge for CloudFront {
    async fn mark(&self, set: &[(String, String)], remove: &[String]) -> Result<(), ServiceError> {
        self.keys.change(set, remove).await
    }

    async fn value(&self, key: &str) -> Result<Option<String>, ServiceError> {
        self.keys.get(key).await
    }

    async fn purge(&self, items: &[String], name: &str) -> Result<String, ServiceError> {
        let broken = |error| failed("CreateInvalidation", error);
        let quantity = i32::try_from(items.len()).unwrap_or(i32::MAX);
        let paths = Paths::builder().quantity(quantity).set_items(Some(items.to_vec())).build().map_err(broken)?;
        let batch = InvalidationBatch::builder().paths(paths).caller_reference(name).build().map_err(broken)?;
        let call = self.client.create_invalidation().distribution_id(&self.distribution).invalidation_batch(batch);
        let made = call.send().await.map_err(|error| failed("CreateInvalidation", error))?;
        made.invalidation
            .map(|made| made.id)
            .ok_or_else(|| ServiceError::Unavailable("CreateInvalidation: no answer".to_owned()))
    }

    async fn is_purged(&self, purge: &str) -> Result<bool, ServiceError> {
        let call = self.client.get_invalidation().distribution_id(&self.distribution).id(purge);
        let got = call.send().await.map_err(|error| failed("GetInvalidation", error))?;
        Ok(got.invalidation.is_some_and(|invalidation| invalidation.status == "Completed"))
    }
}
