//! Two tables in DynamoDB with the keys `pk` and `sk`. In the one, rows stand under `ROW` and their id, log lines under `LOG` and
//! their time, what a sweep saw of these under `SEEN` and the same; in the other, counters under `LIMIT#KEY` and their window.
//! Counters carry `expires`, the table's time to live; rows do not, for an object must never be left without its row.

use super::failed::failed;
use super::item::{Item, key, string};
use super::settings::{Settings, retries, timeouts};
use crate::store::StoreError;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Region, SharedHttpClient};

#[derive(Clone)]
pub(super) struct Index {
    pub(super) client: Client,
    pub(super) table: String,
    pub(super) counters: String,
    /// Who is written beside each line of the log.
    pub(super) caller: String,
}

impl Index {
    pub(super) fn new(settings: &Settings, http: SharedHttpClient) -> Self {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(settings.region.clone()))
            .credentials_provider(settings.credentials.clone())
            .http_client(http)
            .retry_config(retries())
            .timeout_config(timeouts());
        config.set_endpoint_url(settings.endpoint.clone());
        Self {
            client: Client::from_conf(config.build()),
            table: settings.table.clone(),
            counters: settings.counters.clone(),
            caller: settings.caller.clone(),
        }
    }

    pub(super) async fn warm(&self) {
        // Whatever is answered, the connection stands.
        let absent = key("WARM", "WARM");
        let _ = self.client.get_item().table_name(&self.table).set_key(Some(absent)).send().await;
    }

    /// Everything of a partition, in the order of its keys.
    pub(super) async fn all(&self, partition: &str) -> Result<Vec<Item>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", string(partition))
            .consistent_read(true);
        let items = query.into_paginator().items().send().collect::<Result<Vec<Item>, _>>().await;
        items.map_err(|error| failed("Query", error))
    }
}
