//! The bucket in S3, or in what speaks like it.

use crate::aws::connection::{AwsConnection, failed};
use crate::bucket::{Bucket, Object, Precondition, ServiceError, Stored, Tag, Version, VersionId};
use aws_sdk_s3::Client;
use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::config::{BehaviorVersion, Config};
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::primitives::{AggregatedBytes, ByteStream};
use aws_sdk_s3::types::{ChecksumAlgorithm, Delete, ObjectIdentifier};
use std::collections::HashMap;

/// At most so many versions are deleted in one call.
const ERASE_BATCH: usize = 1000;

/// Metadata under which the edge finds its tags: it is sent as the header `x-amz-meta-cache-tag`.
const TAGS: &str = "cache-tag";
/// Metadata under which a publish finds what it has put.
const MARK: &str = "mark";

pub struct S3 {
    client: Client,
    bucket: String,
}

impl S3 {
    pub(crate) fn new(connection: &AwsConnection, bucket: &str) -> Self {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(connection.region.clone())
            .credentials_provider(connection.credentials.clone())
            .http_client(connection.http.clone())
            .retry_config(connection.retry.clone())
            .timeout_config(connection.timeout.clone())
            // An emulator has no host names for its buckets.
            .force_path_style(connection.endpoint.is_some());
        config.set_endpoint_url(connection.endpoint.clone());
        Self { client: Client::from_conf(config.build()), bucket: bucket.to_owned() }
    }
}

impl Bucket for S3 {
    async fn get(&self, key: &str, version: Option<&VersionId>) -> Result<Option<(Vec<u8>, Stored)>, ServiceError> {
        let get = self.client.get_object().bucket(&self.bucket).key(key).set_version_id(version.map(|id| id.0.clone()));
        let got = match get.send().await {
            Ok(got) => got,
            Err(error) if status(&error) == Some(404) => return Ok(None),
            Err(error) => return Err(failed("GetObject", error)),
        };
        let stored = stored("GetObject", got.e_tag(), got.version_id(), got.metadata())?;
        let body = got.body.collect().await.map(AggregatedBytes::to_vec);
        body.map(|bytes| Some((bytes, stored))).map_err(|error| failed("GetObject", error))
    }

    async fn head(&self, key: &str) -> Result<Option<Stored>, ServiceError> {
        match self.client.head_object().bucket(&self.bucket).key(key).send().await {
            Ok(head) => stored("HeadObject", head.e_tag(), head.version_id(), head.metadata()).map(Some),
            Err(error) if status(&error) == Some(404) => Ok(None),
            Err(error) => Err(failed("HeadObject", error)),
        }
    }

    async fn put(&self, object: Object<'_>, when: Precondition<'_>) -> Result<Stored, ServiceError> {
        let (absent, unchanged) = match when {
            Precondition::Always => (None, None),
            Precondition::Absent => (Some("*".to_owned()), None),
            Precondition::Unchanged(tag) => (None, Some(tag.0.clone())),
        };
        let metadata: HashMap<String, String> = [(TAGS, object.headers.tags), (MARK, object.mark)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let put = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(object.key)
            .content_type(object.headers.content_type)
            .cache_control(object.headers.cache_control)
            .set_metadata((!metadata.is_empty()).then(|| metadata.clone()))
            .body(ByteStream::from(object.bytes))
            .checksum_algorithm(ChecksumAlgorithm::Sha256)
            .set_if_none_match(absent)
            .set_if_match(unchanged);
        match put.send().await {
            Ok(put) => stored("PutObject", put.e_tag(), put.version_id(), Some(&metadata)),
            Err(error) if matches!(status(&error), Some(409 | 412)) => {
                Err(ServiceError::Changed(object.key.to_owned()))
            }
            Err(error) => Err(failed("PutObject", error)),
        }
    }

    async fn delete(&self, key: &str) -> Result<(), ServiceError> {
        let delete = self.client.delete_object().bucket(&self.bucket).key(key);
        delete.send().await.map(drop).map_err(|error| failed("DeleteObject", error))
    }

    async fn versions(&self, prefix: &str) -> Result<Vec<Version>, ServiceError> {
        let mut all = Vec::new();
        let (mut after_key, mut after_version) = (None, None);
        loop {
            let list = self
                .client
                .list_object_versions()
                .bucket(&self.bucket)
                .prefix(prefix)
                .set_key_marker(after_key)
                .set_version_id_marker(after_version);
            let page = list.send().await.map_err(|error| failed("ListObjectVersions", error))?;
            for v in page.versions() {
                all.push(version(v.key(), v.version_id(), v.is_latest(), false)?);
            }
            for v in page.delete_markers() {
                all.push(version(v.key(), v.version_id(), v.is_latest(), true)?);
            }
            if !page.is_truncated().unwrap_or_default() {
                return Ok(all);
            }
            after_key = page.next_key_marker().map(str::to_owned);
            after_version = page.next_version_id_marker().map(str::to_owned);
        }
    }

    async fn erase(&self, versions: &[Version]) -> Result<(), ServiceError> {
        for batch in versions.chunks(ERASE_BATCH) {
            let identifier =
                |version: &Version| ObjectIdentifier::builder().key(&version.key).version_id(&version.id.0).build();
            let objects = batch.iter().map(identifier).collect::<Result<Vec<_>, _>>();
            let delete = objects.and_then(|objects| Delete::builder().set_objects(Some(objects)).quiet(true).build());
            let delete = delete.map_err(|error| failed("DeleteObjects", error))?;
            let call = self.client.delete_objects().bucket(&self.bucket).delete(delete);
            let done = call.send().await.map_err(|error| failed("DeleteObjects", error))?;
            if let Some(error) = done.errors().first() {
                let (key, why) = (error.key().unwrap_or_default(), error.message().unwrap_or_default());
                return Err(ServiceError::Unavailable(format!("DeleteObjects: {key}: {why}")));
            }
        }
        Ok(())
    }
}

fn stored(
    call: &str,
    tag: Option<&str>,
    version: Option<&str>,
    metadata: Option<&HashMap<String, String>>,
) -> Result<Stored, ServiceError> {
    let mark = metadata.and_then(|metadata| metadata.get(MARK)).cloned();
    // Without it, what says "only over these very bytes" would say "over any".
    let tag = Tag(tag.ok_or_else(|| lacks(call, "ETag"))?.to_owned());
    Ok(Stored { tag, version: version.map(|id| VersionId(id.to_owned())), mark })
}

fn version(key: Option<&str>, id: Option<&str>, latest: Option<bool>, marker: bool) -> Result<Version, ServiceError> {
    // Whatever is not current may be deleted: nobody guesses which is.
    let (key, latest) = key.zip(latest).ok_or_else(|| lacks("ListObjectVersions", "Key or IsLatest"))?;
    let id = VersionId(id.unwrap_or("null").to_owned());
    Ok(Version { key: key.to_owned(), id, current: latest && !marker, marker })
}

fn lacks(call: &str, what: &str) -> ServiceError {
    ServiceError::Unavailable(format!("{call}: the answer lacks {what}"))
}

fn status<E>(error: &SdkError<E, HttpResponse>) -> Option<u16> {
    error.raw_response().map(|response| response.status().as_u16())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_without_what_is_built_upon_is_an_error() {
        assert!(stored("PutObject", Some("\"1\""), None, None).is_ok());
        assert!(stored("PutObject", None, None, None).unwrap_err().to_string().contains("lacks ETag"));
        assert!(version(Some("site/a"), None, Some(true), false).unwrap().current);
        assert!(version(Some("site/a"), None, None, false).is_err() && version(None, None, Some(true), true).is_err());
    }
}
