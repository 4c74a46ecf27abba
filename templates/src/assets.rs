//! Style sheet, script and icon under names that hold their content's hash, so that they may be kept for ever by browsers.

use crate::views::AssetsView;
use schema::submission::content_hash;

/// A file of the theme that browsers fetch.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Asset {
    /// `site.css`
    pub name: String,
    /// `/assets/site-0123456789ab.css`
    pub path: String,
    /// Its bytes; empty where only pages are made that refer to it.
    pub text: String,
}

impl Asset {
    /// An asset with its path.
    pub fn new(name: String, text: String) -> Self {
        let hash = content_hash(text.as_bytes());
        let short = hash.get(..12).unwrap_or_default();
        let path = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("/assets/{stem}-{short}.{ending}"),
            None => format!("/assets/{name}-{short}"),
        };
        Self { name, path, text }
    }
}

/// The paths that pages refer to.
pub fn paths(assets: &[Asset]) -> AssetsView {
    let path =
        |name: &str| assets.iter().find(|asset| asset.name == name).map(|asset| asset.path.clone()).unwrap_or_default();
    AssetsView {
        css: path("site.css"),
        js: path("site.js"),
        print_css: path("print.css"),
        write_css: path("write.css"),
        write_js: path("write.js"),
        find: path("find.js"),
        kept: path("kept.js"),
        icon: path("icon.svg"),
    }
}
