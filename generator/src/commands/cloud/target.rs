//! Where the public site is, as the command line and the environment tell it.

use anyhow::{Result, bail};
use clap::Args;
use jiff::Timestamp;
use publish::{EdgeTarget, Session, Target};
use schema::ground::failure::Failure;
use std::path::Path;

/// Where the public site is.
#[derive(Args)]
pub(super) struct TargetArgs {
    /// The bucket of the site
    #[arg(long, env = "SITE_BUCKET", value_name = "BUCKET", global = true)]
    pub(super) bucket: Option<String>,
    /// The CloudFront distribution before it; without one, nothing is dropped at an edge
    #[arg(long, env = "SITE_DISTRIBUTION", value_name = "ID", requires = "key_values", global = true)]
    distribution: Option<String>,
    /// The key-value store that its function reads
    #[arg(long, env = "SITE_KEY_VALUES", value_name = "ARN", requires = "distribution", global = true)]
    key_values: Option<String>,
    /// Another address than Amazon's, of a service that speaks like S3
    #[arg(long, env = "AWS_ENDPOINT_URL", value_name = "URL", global = true)]
    endpoint_url: Option<String>,
    /// The edge knows no tags: drop all pages by path
    #[arg(long, global = true)]
    pub(super) no_tags: bool,
    /// How many requests at once
    #[arg(long, default_value_t = 32, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256), global = true)]
    parallel: u16,
    /// Print what is done as JSON, one object
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Who publishes, for the lock and the log
    #[arg(long = "as", value_name = "NAME", env = "INSIDE_OUT_EDITOR", default_value_t = crate::args::user(), global = true)]
    pub(super) owner: String,
    /// Take over the lock of this publisher, whose machine died; an error names them
    #[arg(long, value_name = "NAME", global = true)]
    break_lock: Option<String>,
}

impl TargetArgs {
    /// Opens the services.
    pub(super) fn open(&self, root: &Path) -> Result<Session> {
        let Some(bucket) = self.bucket.clone() else {
            let help = "name the site's bucket with --bucket or SITE_BUCKET; infra/README.md tells where it is";
            bail!(Failure::new("no bucket is named").help(help));
        };
        let edge = self.distribution.clone().zip(self.key_values.clone());
        let target = Target {
            bucket,
            edge: edge.map(|(distribution, key_values)| EdgeTarget { distribution, key_values }),
            endpoint: self.endpoint_url.clone(),
            tags: !self.no_tags,
            parallel: usize::from(self.parallel),
            owner: self.owner.clone(),
            break_lock: self.break_lock.clone(),
            zone: site::source::zone(root),
        };
        Session::open(target, |name| std::env::var(name).ok(), Timestamp::now)
    }
}
