//! The command line of publishing. Without the feature `publish` the same commands are there, and say how to get it.

use clap::Args;
#[cfg(feature = "publish")]
use {clap::Subcommand, std::path::PathBuf};

/// What this build of the command cannot do.
#[cfg(not(feature = "publish"))]
#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Absent {
    /// Whatever was asked for
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    pub(crate) words: Vec<String>,
}

#[cfg(not(feature = "publish"))]
pub(crate) type PublishOrder = Absent;
#[cfg(not(feature = "publish"))]
pub(crate) type RemoveOrder = Absent;

/// Where the public site is.
#[cfg(feature = "publish")]
#[derive(Args)]
pub(crate) struct Target {
    /// The bucket of the site
    #[arg(long, env = "SITE_BUCKET", value_name = "BUCKET", global = true)]
    pub(crate) bucket: Option<String>,
    /// The CloudFront distribution before it; without one, nothing is dropped at an edge
    #[arg(long, env = "SITE_DISTRIBUTION", value_name = "ID", requires = "key_values", global = true)]
    pub(crate) distribution: Option<String>,
    /// The key-value store that its function reads
    #[arg(long, env = "SITE_KEY_VALUES", value_name = "ARN", requires = "distribution", global = true)]
    pub(crate) key_values: Option<String>,
    /// Another address than Amazon's, of a service that speaks like S3
    #[arg(long, env = "AWS_ENDPOINT_URL", value_name = "URL", global = true)]
    pub(crate) endpoint_url: Option<String>,
    /// The edge knows no tags: drop all pages by path
    #[arg(long, global = true)]
    pub(crate) no_tags: bool,
    /// How many requests at once
    #[arg(long, default_value_t = 32, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256), global = true)]
    pub(crate) parallel: u16,
    /// Print what is done as JSON, one object
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Who publishes, for the lock and the log
    #[arg(long = "as", value_name = "NAME", env = "INSIDE_OUT_EDITOR", default_value_t = super::user(), global = true)]
    pub(crate) owner: String,
    /// Take over the lock of this publisher, whose machine died; an error names them
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) break_lock: Option<String>,
}

/// Put the built site on the public one.
#[cfg(feature = "publish")]
#[derive(Args)]
pub(crate) struct PublishOrder {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Only show the plan
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Go on although so many files are deleted
    #[arg(long, value_name = "N", global = true)]
    pub(crate) allow_deletes: Option<usize>,
    /// Bring somebody back who was removed on request, because they ask for it
    #[arg(long = "return", value_name = "ID")]
    pub(crate) returning: Vec<String>,
    /// Look into the bucket and the edge too, and mend what is not as it was published
    #[arg(long)]
    pub(crate) verify: bool,
    /// The built site
    #[arg(long, value_name = "FOLDER")]
    pub(crate) site: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) action: Option<PublishAction>,
}

/// What else publishing does.
#[cfg(feature = "publish")]
#[derive(Subcommand)]
pub(crate) enum PublishAction {
    /// Bring back what was public before the last publish
    Rollback {
        /// An earlier publish, as `publish history` lists it
        #[arg(value_name = "PUBLISH")]
        to: Option<String>,
    },
    /// List earlier publishes that can be brought back
    History,
}

/// Take a person's page down at once.
#[cfg(feature = "publish")]
#[derive(Args)]
pub(crate) struct RemoveOrder {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Their id, as in the address of their page
    #[arg(value_name = "ID")]
    pub(crate) person: String,
    /// The reference of whoever asked, for the receipt
    #[arg(long, value_name = "REFERENCE")]
    pub(crate) reference: Option<String>,
    /// The language of the receipt [default: the site's first]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
}
