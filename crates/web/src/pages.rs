//! People's pages as the last build made them: what production reads from its bucket.

use fs_err as fs;
use review::StoreError;
use site::site_path::SitePath;
use std::io::ErrorKind;
use std::path::PathBuf;
use submit_fn::Published;

/// The built site.
pub(crate) struct SiteFolder(pub(crate) PathBuf);

impl Published for SiteFolder {
    async fn page(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Ok(file) = SitePath::new(path) else { return Ok(None) };
        match fs::read(self.0.join(file)) {
            Ok(page) => Ok(Some(page)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::Unavailable(error.to_string())),
        }
    }
}
