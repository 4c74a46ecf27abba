//! The function of the forms on a machine of one's own: the very handler of production, on the folders of a root.

use crate::drafts::DraftFolder;
use crate::pages::SiteFolder;
use anyhow::Result;
use review::{Counters, Folder};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use submit_fn::{Handler, Tools};
use templates::Theme;
use templates::bundle::Bundle;

/// What answers `/send/…` on this machine.
pub(crate) type Answering = Handler<Folder, Arc<Counters>, DraftFolder, SiteFolder>;

/// Whether an address is the function's: `/send/…`, and `/LANGUAGE/send/…`.
pub(crate) fn is_function(path: &str) -> bool {
    path.starts_with("/send/") || path.split('/').nth(2) == Some("send")
}

/// Where everything lies.
pub(crate) struct Places {
    /// The site root, below which `var` is.
    pub(crate) root: PathBuf,
    /// The built site.
    pub(crate) out: PathBuf,
}

impl Places {
    /// The places of a root whose site is built into a folder.
    pub(crate) fn of(root: &Path, out: &Path) -> Self {
        Self { root: root.to_owned(), out: out.to_owned() }
    }

    /// What answers with the words and facts of a build, and counts with these counters.
    ///
    /// # Errors
    /// That its theme does not compile, or that `var` cannot be made.
    pub(crate) fn handler(&self, bundle: Bundle, counters: Arc<Counters>, tools: &Tools) -> Result<Answering> {
        let theme =
            Theme::open(&bundle.theme).map_err(|_| anyhow::anyhow!("the theme that was built does not compile"))?;
        let var = disk::var(&self.root)?;
        let store = Folder::new(var.join("review"), tools.clock);
        let places = (store, counters, DraftFolder(var), SiteFolder { out: self.out.clone(), clock: tools.clock });
        Ok(Handler::new(bundle, theme, places, tools.clone()))
    }
}
