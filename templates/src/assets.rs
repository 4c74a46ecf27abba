//! Style sheet, script and icon under names that hold their content's hash, so that they may be kept for ever by browsers.

use crate::views::AssetsView;
use schema::submission::content_hash;

/// A file of the theme that browsers fetch.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Asset {
    /// `site.css`
    pub name: String,
    /// Its bytes.
    pub text: String,
}

impl Asset {
    /// `/assets/site-0123456789ab.css`
    pub fn path(&self) -> String {
        let hash = content_hash(self.text.as_bytes());
        let short = hash.get(..12).unwrap_or_default();
        match self.name.rsplit_once('.') {
            Some((stem, ending)) => format!("/assets/{stem}-{short}.{ending}"),
            None => format!("/assets/{}-{short}", self.name),
        }
    }
}

/// The paths that pages refer to.
pub fn paths(assets: &[Asset]) -> AssetsView {
    let path = |name: &str| assets.iter().find(|asset| asset.name == name).map(Asset::path).unwrap_or_default();
    AssetsView { css: path("site.css"), js: path("site.js"), icon: path("icon.svg") }
}
