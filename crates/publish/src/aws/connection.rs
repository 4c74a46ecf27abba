//! What the clients of all three services share: one connection pool, one TLS stack, who asks, and how often a call is tried.

use crate::bucket::ServiceError;
use aws_credential_types::Credentials;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{Region, SharedHttpClient};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use std::time::Duration;

/// How the services are reached.
#[derive(Clone)]
pub(crate) struct AwsConnection {
    pub(crate) region: Region,
    pub(crate) credentials: Credentials,
    /// Another address than Amazon's: an emulator's, or a compatible service's.
    pub(crate) endpoint: Option<String>,
    pub(crate) http: SharedHttpClient,
    pub(crate) retry: RetryConfig,
    pub(crate) timeout: TimeoutConfig,
}

impl AwsConnection {
    /// Reads Amazon's own environment variables.
    ///
    /// # Errors
    /// The name of the variable that is missing.
    pub(crate) fn from_variables(
        endpoint: Option<String>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let given = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let needed = |name: &str| given(name).ok_or_else(|| name.to_owned());
        let (id, secret) = (needed("AWS_ACCESS_KEY_ID")?, needed("AWS_SECRET_ACCESS_KEY")?);
        let timeout = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(5))
            .operation_attempt_timeout(Duration::from_secs(60))
            .build();
        Ok(Self {
            region: Region::new(given("AWS_REGION").unwrap_or_else(|| "us-east-1".to_owned())),
            credentials: Credentials::new(id, secret, given("AWS_SESSION_TOKEN"), None, "environment"),
            endpoint,
            http: Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https(),
            // Waits longer after each failure, by a random share: many files that fail at once do not come back at once.
            retry: RetryConfig::standard().with_max_attempts(6).with_max_backoff(Duration::from_secs(10)),
            timeout,
        })
    }
}

/// A failed call, for operators: which call, and what the service said.
pub(crate) fn failed(call: &str, error: impl std::error::Error) -> ServiceError {
    ServiceError::Unavailable(review::cloud::explain(call, error))
}
