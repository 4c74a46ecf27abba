//! Answers and photos in S3.

use super::failed::failed;
use super::fetched::{Fetched, Tag};
use super::settings::{BACKOFF, Settings, retries, timeouts};
use crate::store::StoreError;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::config::{BehaviorVersion, Config, Region, SharedHttpClient};
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::primitives::{AggregatedBytes, ByteStream};
use aws_sdk_s3::types::{ChecksumAlgorithm, ServerSideEncryption};
use jiff::Timestamp;

/// How often something is put that meets another put of the same.
const CONFLICTS: usize = 4;

/// What came of putting where nothing is.
#[derive(PartialEq, Eq)]
enum Put {
    /// The bytes are there, by this call or another.
    Stands,
    /// Another call was under way, and may yet fail.
    Conflict,
}

#[derive(Clone)]
pub(super) struct Objects {
    client: Client,
    bucket: String,
    key: Option<String>,
    report_key: Option<String>,
}

impl Objects {
    pub(super) fn new(settings: &Settings, http: SharedHttpClient) -> Self {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(settings.region.clone()))
            .credentials_provider(settings.credentials.clone())
            .http_client(http)
            .retry_config(retries())
            .timeout_config(timeouts())
            // An emulator has no host names for its buckets.
            .force_path_style(settings.endpoint.is_some());
        config.set_endpoint_url(settings.endpoint.clone());
        Self {
            client: Client::from_conf(config.build()),
            bucket: settings.bucket.clone(),
            key: settings.key.clone(),
            report_key: settings.report_key.clone(),
        }
    }

    pub(super) async fn warm(&self) {
        // Whatever is answered, the connection stands.
        let _ = self.client.head_bucket().bucket(&self.bucket).send().await;
    }

    /// Puts bytes where none are. The key holds their hash, or stands for one thing alone: if something is there, it is these
    /// bytes. Where two put at the same moment, S3 may answer the one with a conflict, and asks that it be put again: by then the
    /// other's stands.
    pub(super) async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        for _ in 1..CONFLICTS {
            if self.put_once(key, bytes).await? == Put::Stands {
                return Ok(());
            }
            tokio::time::sleep(BACKOFF).await;
        }
        match self.put_once(key, bytes).await? {
            Put::Stands => Ok(()),
            Put::Conflict => {
                Err(StoreError::Unavailable("PutObject: others were putting it at the same time".to_owned()))
            }
        }
    }

    async fn put_once(&self, key: &str, bytes: &[u8]) -> Result<Put, StoreError> {
        let kind = if key.ends_with(".jpg") { "image/jpeg" } else { "application/json" };
        let encryption = if key.starts_with("reports/") { &self.report_key } else { &self.key };
        let put = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(key)
            .content_type(kind)
            .body(ByteStream::from(bytes.to_vec()))
            .checksum_algorithm(ChecksumAlgorithm::Sha256)
            .if_none_match("*")
            .set_server_side_encryption(encryption.as_ref().map(|_| ServerSideEncryption::AwsKms))
            .set_ssekms_key_id(encryption.clone());
        match put.send().await {
            Ok(_) => Ok(Put::Stands),
            Err(error) if status(&error) == Some(412) => Ok(Put::Stands),
            Err(error) if status(&error) == Some(409) => Ok(Put::Conflict),
            Err(error) => Err(failed("PutObject", error)),
        }
    }

    pub(super) async fn get(&self, key: &str) -> Result<Vec<u8>, StoreError> {
        let got = self.client.get_object().bucket(&self.bucket).key(key).send().await;
        let body = got.map_err(|error| failed("GetObject", error))?.body;
        body.collect().await.map(AggregatedBytes::to_vec).map_err(|error| failed("GetObject", error))
    }

    pub(super) async fn fetch(&self, bucket: &str, key: &str, unless: Option<&Tag>) -> Result<Fetched, StoreError> {
        let known = unless.map(|tag| tag.0.clone());
        let got = match self.client.get_object().bucket(bucket).key(key).set_if_none_match(known).send().await {
            Ok(got) => got,
            Err(error) if status(&error) == Some(304) => return Ok(Fetched::Same),
            Err(error) if status(&error) == Some(404) => return Ok(Fetched::Absent),
            Err(error) => return Err(failed("GetObject", error)),
        };
        let tag = Tag(got.e_tag().unwrap_or_default().to_owned());
        let bytes = got.body.collect().await.map_err(|error| failed("GetObject", error))?;
        Ok(Fetched::New(bytes.to_vec(), tag))
    }

    pub(super) async fn put_at(&self, key: &str) -> Result<Option<Timestamp>, StoreError> {
        let head = match self.client.head_object().bucket(&self.bucket).key(key).send().await {
            Ok(head) => head,
            Err(error) if status(&error) == Some(404) => return Ok(None),
            Err(error) => return Err(failed("HeadObject", error)),
        };
        let put = head.last_modified().and_then(|moment| Timestamp::from_second(moment.secs()).ok());
        put.map(Some).ok_or_else(|| StoreError::Unavailable(format!("HeadObject: {key} says not when it was put")))
    }

    /// Deletes every version and every delete marker below a prefix.
    pub(super) async fn erase(&self, prefix: &str) -> Result<(), StoreError> {
        loop {
            let listing = self.client.list_object_versions().bucket(&self.bucket).prefix(prefix).send().await;
            let listing = listing.map_err(|error| failed("ListObjectVersions", error))?;
            let versions = listing.versions().iter().map(|version| (version.key(), version.version_id()));
            let markers = listing.delete_markers().iter().map(|marker| (marker.key(), marker.version_id()));
            let mut deleted = false;
            for (key, version) in versions.chain(markers).filter_map(|(key, version)| Some((key?, version))) {
                let delete = self.client.delete_object().bucket(&self.bucket).key(key);
                delete
                    .set_version_id(version.map(str::to_owned))
                    .send()
                    .await
                    .map_err(|error| failed("DeleteObject", error))?;
                deleted = true;
            }
            if !deleted {
                return Ok(());
            }
        }
    }
}

fn status<E>(error: &SdkError<E, HttpResponse>) -> Option<u16> {
    error.raw_response().map(|response| response.status().as_u16())
}
