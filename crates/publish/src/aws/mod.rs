//! The services of the cloud, one file each.

pub(crate) mod cloudfront;
pub(crate) mod connection;
mod keyvalues;
pub(crate) mod s3;
