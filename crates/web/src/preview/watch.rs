//! Watches content, profiles and templates.

use anyhow::{Context, Result};
use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use std::path::Path;
use std::time::Duration;

/// Calls `changed` after files below the root have changed; ends when the answer is dropped.
pub(super) fn watch(
    root: &Path,
    changed: impl Fn() + Send + 'static,
) -> Result<Debouncer<RecommendedWatcher, RecommendedCache>> {
    let react = move |result: DebounceEventResult| {
        let real = |kind: &EventKind| !matches!(kind, EventKind::Access(_));
        if result.is_ok_and(|events| events.iter().any(|event| real(&event.kind))) {
            changed();
        }
    };
    let mut watcher = new_debouncer(Duration::from_millis(80), None, react).context("watching files")?;
    for folder in ["content", "profiles", "templates/html", "templates/assets"] {
        let path = root.join(folder);
        if path.exists() {
            watcher.watch(&path, RecursiveMode::Recursive).with_context(|| format!("watching {folder}"))?;
        }
    }
    Ok(watcher)
}
