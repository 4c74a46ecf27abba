//! Half-filled forms in S3, in a bucket of their own that keeps no versions: what is deleted there is gone. The client is made when
//! somebody first puts a form down or takes one up; no other start pays for it.

use aws_sdk_s3::Client;
use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{BehaviorVersion, Config, Region};
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::primitives::{AggregatedBytes, ByteStream};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use review::StoreError;
use review::cloud::{Settings, explain};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use submit_fn::{DraftKey, Drafts};

/// As long as the review store waits for a connection, for one try, and for a whole call.
const CONNECT: Duration = Duration::from_secs(2);
const TRY: Duration = Duration::from_secs(4);
const CALL: Duration = Duration::from_secs(9);

/// The function speaks to nobody but Amazon, and reads no machine's hundreds of certificates for that.
const AMAZON_ROOTS: &[u8] = include_bytes!("../../../crates/review/src/cloud/amazon-roots.pem");

/// The bucket in which they lie.
#[derive(Clone)]
pub(crate) struct DraftBucket {
    settings: Settings,
    client: Arc<OnceLock<Client>>,
}

impl DraftBucket {
    /// A bucket, where the store says how Amazon is reached. Nothing is called yet.
    pub(crate) fn new(store: &Settings, bucket: String) -> Self {
        Self { settings: Settings { bucket, ..store.clone() }, client: Arc::default() }
    }

    fn client(&self) -> &Client {
        self.client.get_or_init(|| client(&self.settings))
    }
}

fn client(settings: &Settings) -> Client {
    let timeouts =
        TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(TRY).operation_timeout(CALL);
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring));
    let roots = TrustStore::empty().with_pem_certificate(AMAZON_ROOTS);
    let http = match TlsContext::builder().with_trust_store(roots).build() {
        Ok(context) => http.tls_context(context).build_https(),
        Err(_) => http.build_https(),
    };
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(settings.region.clone()))
        .credentials_provider(settings.credentials.clone())
        .http_client(http)
        .timeout_config(timeouts.build())
        // An emulator has no host names for its buckets.
        .force_path_style(settings.endpoint.is_some());
    config.set_endpoint_url(settings.endpoint.clone());
    Client::from_conf(config.build())
}

impl Drafts for DraftBucket {
    async fn put(&self, key: &DraftKey, sealed: &[u8]) -> Result<(), StoreError> {
        let body = ByteStream::from(sealed.to_vec());
        let put = self.client().put_object().bucket(&self.settings.bucket).key(key.as_str()).body(body).send().await;
        put.map(drop).map_err(|error| failed("PutObject", error))
    }

    async fn get(&self, key: &DraftKey) -> Result<Option<Vec<u8>>, StoreError> {
        let got = match self.client().get_object().bucket(&self.settings.bucket).key(key.as_str()).send().await {
            Ok(got) => got,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(failed("GetObject", error)),
        };
        let body = got.body.collect().await.map_err(|error| failed("GetObject", error))?;
        Ok(Some(AggregatedBytes::to_vec(body)))
    }

    async fn delete(&self, key: &DraftKey) -> Result<(), StoreError> {
        let delete = self.client().delete_object().bucket(&self.settings.bucket).key(key.as_str()).send().await;
        delete.map(drop).map_err(|error| failed("DeleteObject", error))
    }
}

fn is_absent<E>(error: &SdkError<E, HttpResponse>) -> bool {
    error.raw_response().is_some_and(|response| response.status().as_u16() == 404)
}

fn failed(call: &str, error: impl std::error::Error) -> StoreError {
    StoreError::Unavailable(explain(call, error))
}
