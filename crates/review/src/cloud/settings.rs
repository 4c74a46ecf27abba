//! Where the store is, and how patient its callers are.

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use std::time::Duration;

/// Where the store is, and with which keys its objects are encrypted.
#[derive(Clone)]
pub struct Settings {
    /// `us-east-1`
    pub region: String,
    /// Who asks.
    pub credentials: Credentials,
    /// Another address than Amazon's: an emulator's, or a compatible service's.
    pub endpoint: Option<String>,
    /// The bucket of answers and photos.
    pub bucket: String,
    /// The table of rows and log.
    pub table: String,
    /// The table of counters, which no trail records and which forgets by itself; where none is named, the same one.
    pub counters: String,
    /// The KMS key of registrations and updates; without it the bucket's own encryption holds.
    pub key: Option<String>,
    /// The KMS key of reports, which fewer people may use.
    pub report_key: Option<String>,
    /// Whose credentials these are, for the log: an ARN, or else the id of the access key, which CloudTrail knows.
    pub caller: String,
}

impl Settings {
    /// Reads them from environment variables: `REVIEW_BUCKET`, `REVIEW_TABLE`, `REVIEW_COUNTERS`, `REVIEW_KEY`, `REVIEW_REPORT_KEY`, and Amazon's
    /// own `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_ENDPOINT_URL`; `AWS_CALLER_ARN` is
    /// what `aws sts get-caller-identity` says of them.
    ///
    /// # Errors
    /// The name of the variable that is missing.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let given = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let needed = |name: &str| given(name).ok_or_else(|| name.to_owned());
        let (id, secret) = (needed("AWS_ACCESS_KEY_ID")?, needed("AWS_SECRET_ACCESS_KEY")?);
        let region = needed("AWS_REGION")?;
        let (bucket, table) = (needed("REVIEW_BUCKET")?, needed("REVIEW_TABLE")?);
        let caller = given("AWS_CALLER_ARN").unwrap_or_else(|| id.clone());
        Ok(Self {
            region,
            credentials: Credentials::new(id, secret, given("AWS_SESSION_TOKEN"), None, "environment"),
            endpoint: given("AWS_ENDPOINT_URL"),
            bucket,
            counters: given("REVIEW_COUNTERS").unwrap_or_else(|| table.clone()),
            table,
            key: given("REVIEW_KEY"),
            report_key: given("REVIEW_REPORT_KEY"),
            caller,
        })
    }
}

/// How long the connections are waited for before the first request.
pub(crate) const WARM: Duration = Duration::from_secs(2);
/// How long a connection, a try and a whole call may take. Whoever calls for a visitor has a deadline of its own above them.
const CONNECT: Duration = Duration::from_secs(2);
const TRY: Duration = Duration::from_secs(4);
const CALL: Duration = Duration::from_secs(9);
/// How long a refused call waits at most before its first retry, the double before the second. Somebody waits for the page.
pub(crate) const BACKOFF: Duration = Duration::from_millis(100);

/// The patience of both services.
pub(crate) fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(TRY).operation_timeout(CALL).build()
}

/// How calls to both services are tried again.
pub(crate) fn retries() -> RetryConfig {
    RetryConfig::standard().with_initial_backoff(BACKOFF)
}
