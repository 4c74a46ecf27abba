//! What the function is told by its environment. A missing variable ends it at once, by name.

use publish::{EdgeTarget, Target};
use schema::ground::zone::Zone;

/// Where the public site is.
#[derive(Clone)]
pub(crate) struct Settings {
    bucket: String,
    edge: Option<EdgeTarget>,
    endpoint: Option<String>,
}

impl Settings {
    /// Reads `SITE_BUCKET`, `SITE_DISTRIBUTION` and `SITE_KEY_VALUES`.
    pub(crate) fn from_environment() -> Result<Self, String> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let bucket = variable("SITE_BUCKET").ok_or("SITE_BUCKET is not set")?;
        let edge = variable("SITE_DISTRIBUTION").zip(variable("SITE_KEY_VALUES"));
        let edge = edge.map(|(distribution, key_values)| EdgeTarget { distribution, key_values });
        Ok(Self { bucket, edge, endpoint: variable("AWS_ENDPOINT_URL") })
    }

    /// The public site, and who changes it.
    pub(crate) fn target(&self) -> Target {
        Target {
            bucket: self.bucket.clone(),
            edge: self.edge.clone(),
            endpoint: self.endpoint.clone(),
            tags: true,
            parallel: 16,
            owner: "timekeeper".to_owned(),
            break_lock: None,
            zone: Zone::default(),
        }
    }
}
