//! CloudFront's key-value store: what the edge's function answers with 410, and with which words.

use crate::aws::connection::{AwsConnection, failed};
use crate::bucket::ServiceError;
use aws_sdk_cloudfrontkeyvaluestore::Client;
use aws_sdk_cloudfrontkeyvaluestore::config::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};
use aws_sdk_cloudfrontkeyvaluestore::config::{BehaviorVersion, Config};
use aws_sdk_cloudfrontkeyvaluestore::operation::get_key::GetKeyError;
use aws_sdk_cloudfrontkeyvaluestore::operation::update_keys::UpdateKeysError;
use aws_sdk_cloudfrontkeyvaluestore::types::{DeleteKeyRequestListItem, PutKeyRequestListItem};

/// At most so many keys are changed in one call.
const BATCH: usize = 50;
/// How often a change is tried again that met another one.
const TRIES: usize = 5;

pub(crate) struct KeyValues {
    client: Client,
    arn: String,
}

/// One change of one key.
enum Change<'a> {
    Set(&'a str, &'a str),
    Remove(&'a str),
}

/// An emulator's address, as it is: the service's own rule would put the account's number before it.
#[derive(Debug)]
struct Fixed(String);

impl ResolveEndpoint for Fixed {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Ok(Endpoint::builder().url(self.0.clone()).build()))
    }
}

impl KeyValues {
    pub(crate) fn new(connection: &AwsConnection, arn: &str) -> Self {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(connection.region.clone())
            .credentials_provider(connection.credentials.clone())
            .http_client(connection.http.clone())
            .retry_config(connection.retry.clone())
            .timeout_config(connection.timeout.clone());
        if let Some(endpoint) = &connection.endpoint {
            config = config.endpoint_resolver(Fixed(endpoint.clone()));
        }
        Self { client: Client::from_conf(config.build()), arn: arn.to_owned() }
    }

    /// Sets and removes keys.
    pub(crate) async fn change(&self, set: &[(String, String)], remove: &[String]) -> Result<(), ServiceError> {
        let mut changes: Vec<Change<'_>> = set.iter().map(|(key, value)| Change::Set(key, value)).collect();
        for key in remove {
            if self.get(key).await?.is_some() {
                changes.push(Change::Remove(key));
            }
        }
        for batch in changes.chunks(BATCH) {
            self.update(batch).await?;
        }
        Ok(())
    }

    /// What stands under a key.
    pub(crate) async fn get(&self, key: &str) -> Result<Option<String>, ServiceError> {
        match self.client.get_key().kvs_arn(&self.arn).key(key).send().await {
            Ok(got) => Ok(Some(got.value)),
            Err(error) if error.as_service_error().is_some_and(GetKeyError::is_resource_not_found_exception) => {
                Ok(None)
            }
            Err(error) => Err(failed("GetKey", error)),
        }
    }

    /// One batch, all or nothing. The store takes a change only from whoever saw its last state.
    async fn update(&self, batch: &[Change<'_>]) -> Result<(), ServiceError> {
        let broken = |error| failed("UpdateKeys", error);
        let (mut puts, mut deletes) = (Vec::new(), Vec::new());
        for change in batch {
            match change {
                Change::Set(key, value) => {
                    puts.push(PutKeyRequestListItem::builder().key(*key).value(*value).build().map_err(broken)?);
                }
                Change::Remove(key) => {
                    deletes.push(DeleteKeyRequestListItem::builder().key(*key).build().map_err(broken)?);
                }
            }
        }
        for _ in 0..TRIES {
            let described = self.client.describe_key_value_store().kvs_arn(&self.arn).send().await;
            let tag = described.map_err(|error| failed("DescribeKeyValueStore", error))?.e_tag;
            let update = self
                .client
                .update_keys()
                .kvs_arn(&self.arn)
                .if_match(tag)
                .set_puts((!puts.is_empty()).then(|| puts.clone()))
                .set_deletes((!deletes.is_empty()).then(|| deletes.clone()));
            match update.send().await {
                Ok(_) => return Ok(()),
                Err(error) if matches!(error.as_service_error(), Some(UpdateKeysError::ConflictException(_))) => {}
                Err(error) => return Err(failed("UpdateKeys", error)),
            }
        }
        Err(ServiceError::Changed("the key-value store".to_owned()))
    }
}
