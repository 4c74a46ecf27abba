//! What every action at the desk is made with.

use crate::args::Editor;
use ::review::desk::decide;
use anyhow::Result;
use jiff::Timestamp;
use site::source::Root;
use std::future::Future;
use std::path::Path;

/// The store and the site that decisions are about.
pub(super) struct Desk<'a, S> {
    pub(super) root: &'a Path,
    pub(super) store: &'a S,
    pub(super) site: Root,
}

/// Whoever decides, now.
pub(crate) fn by(editor: &Editor) -> decide::Editor<'_> {
    decide::Editor { name: &editor.name, now: Timestamp::now() }
}

/// Waits for a store's answer.
pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> Result<T> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work))
}
