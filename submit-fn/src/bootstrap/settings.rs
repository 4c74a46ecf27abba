//! What the function is told by its environment. A missing or mistyped variable ends it at once, by name and never by value.

use review::cloud::Settings as Store;
use std::path::PathBuf;
use std::time::Duration;
use submit_fn::Keys;
use tracing::Level;

/// Everything from the environment.
pub(crate) struct Settings {
    /// `REVIEW_BUCKET`, `REVIEW_TABLE`, `REVIEW_COUNTERS`, `REVIEW_KEY`, `REVIEW_REPORT_KEY`, and Amazon's own.
    pub(crate) store: Store,
    /// `DRAFTS_BUCKET`, in which half-filled forms lie.
    pub(crate) drafts: String,
    /// `SEAL_KEYS`: 64 hexadecimal digits each, parted by commas, newest first.
    pub(crate) keys: Keys,
    /// `ORIGIN_SECRETS`: what CloudFront may send, parted by commas.
    pub(crate) secrets: Vec<String>,
    /// `LOG_LEVEL`: `error`, `warn`, `info` (the default) or `debug`.
    pub(crate) level: Level,
    /// `bundle.json` beside the program.
    pub(crate) bundle: PathBuf,
    /// Where newer ones are put; without, only that one is used.
    pub(crate) follow: Option<Follow>,
}

/// `BUNDLE_BUCKET`, and how often it is looked into: `BUNDLE_SECONDS`, 60 unless it says otherwise.
pub(crate) struct Follow {
    pub(crate) bucket: String,
    pub(crate) every: Duration,
}

impl Settings {
    pub(crate) fn from_environment() -> Result<Self, String> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let needed = |name: &str| variable(name).ok_or_else(|| format!("{name} is not set"));
        let store = Store::from_variables(variable).map_err(|name| format!("{name} is not set"))?;
        let drafts = needed("DRAFTS_BUCKET")?;
        let keys = Keys::parse(&needed("SEAL_KEYS")?).ok_or("SEAL_KEYS is not a list of 64 hexadecimal digits each")?;
        let secrets: Vec<String> =
            needed("ORIGIN_SECRETS")?.split(',').map(|secret| secret.trim().to_owned()).collect();
        if secrets.iter().any(|secret| secret.len() < 16) {
            return Err("ORIGIN_SECRETS holds a secret of fewer than 16 characters".to_owned());
        }
        let level = variable("LOG_LEVEL").unwrap_or_else(|| "info".to_owned());
        let level = level.parse().map_err(|_| "LOG_LEVEL is none of error, warn, info, debug".to_owned())?;
        let folder = variable("LAMBDA_TASK_ROOT").map(PathBuf::from).or_else(beside);
        let bundle = folder.ok_or("LAMBDA_TASK_ROOT is not set")?.join("bundle.json");
        let every = variable("BUNDLE_SECONDS").unwrap_or_else(|| "60".to_owned());
        let every = every.parse().map_err(|_| "BUNDLE_SECONDS is not a whole number")?;
        let follow = variable("BUNDLE_BUCKET").map(|bucket| Follow { bucket, every: Duration::from_secs(every) });
        Ok(Self { store, drafts, keys, secrets, level, bundle, follow })
    }
}

fn beside() -> Option<PathBuf> {
    std::env::current_exe().ok()?.parent().map(PathBuf::from)
}
