//! Where a file of the site stands.

use schema::ground::problem::quoted;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::path::Path;

/// A file's path from the top of the site, without a slash before it: `people/marcus-k7m2q/index.html`. It leads nowhere else:
/// whatever is written below a folder, or asked for at an address, stays there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SitePath(String);

/// A text that is no path of the site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is no path of the site", quoted(.0))]
pub struct NotAPath(pub String);

impl SitePath {
    /// Reads a path.
    ///
    /// # Errors
    /// That it leads out of the site, to what the edge does not serve, or that an address would mean something else by it.
    pub fn new(path: impl Into<String>) -> Result<Self, NotAPath> {
        let path = path.into();
        let is_name = |name: &str| !name.is_empty() && !name.starts_with('.');
        let is_odd = |letter: char| letter.is_control() || matches!(letter, '\\' | '?' | '#' | '%' | ':');
        if path.split('/').all(is_name) && !path.contains(is_odd) { Ok(Self(path)) } else { Err(NotAPath(path)) }
    }

    /// The file that stands at an address: at `/people/x/`, `people/x/index.html`.
    ///
    /// # Errors
    /// Those of [`SitePath::new`].
    pub fn at(address: &str) -> Result<Self, NotAPath> {
        let path = address.strip_prefix('/').ok_or_else(|| NotAPath(address.to_owned()))?;
        let is_folder = path.is_empty() || path.ends_with('/');
        Self::new(if is_folder { format!("{path}index.html") } else { path.to_owned() })
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SitePath {
    type Error = NotAPath;

    fn try_from(path: String) -> Result<Self, NotAPath> {
        Self::new(path)
    }
}

impl From<SitePath> for String {
    fn from(path: SitePath) -> Self {
        path.0
    }
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<Path> for SitePath {
    fn as_ref(&self) -> &Path {
        self.0.as_ref()
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_the_top_of_the_site() {
        for good in ["index.html", "people/marcus-k7m2q/index.html", "assets/site-0123456789ab.css"] {
            assert_eq!(SitePath::new(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "/",
            "/index.html",
            "a//b",
            "a/",
            "../a",
            "a/../b",
            "a/./b",
            ".ssh/a",
            "a?b",
            "a#b",
            "a%2e",
            "a\\b",
            "c:a",
            "a\n",
        ] {
            assert_eq!(SitePath::new(bad), Err(NotAPath(bad.to_owned())), "{bad}");
            assert!(serde_json::from_value::<SitePath>(bad.into()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_folder_s_address_is_that_of_its_index() {
        for (address, path) in [
            ("/", "index.html"),
            ("/es/", "es/index.html"),
            ("/people/x/", "people/x/index.html"),
            ("/404.html", "404.html"),
        ] {
            assert_eq!(SitePath::at(address).unwrap().as_str(), path);
        }
        for bad in ["", "people/x/", "//", "//x/", "/../", "/a/?q"] {
            assert!(SitePath::at(bad).is_err(), "{bad}");
        }
    }
}
