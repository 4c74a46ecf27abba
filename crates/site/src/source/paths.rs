//! Where things stand in a root.

use schema::person::profile::ProfileId;
use std::path::PathBuf;

/// The path of a profile's file.
pub fn profile_path(id: &ProfileId) -> PathBuf {
    PathBuf::from(format!("profiles/{id}.yaml"))
}

/// The path of a profile's photo, from the id of the profile.
pub fn photo_path(id: &str) -> PathBuf {
    PathBuf::from(format!("profiles/photos/{id}.jpg"))
}
