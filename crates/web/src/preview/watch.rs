//! Watches content, profiles and templates, through all that editors' programs do to files and folders.

use anyhow::{Context, Result};
use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

/// What a site is made of, below its root.
const FOLDERS: [&str; 4] = ["content", "profiles", "templates/html", "templates/assets"];

/// Changes that lie closer together than this are told as one.
const SETTLES: Duration = Duration::from_millis(80);

/// What watches; it ends when this is dropped.
pub(super) struct Watching(Sender<Told>);

/// What the thread that watches is told.
enum Told {
    Changed(Vec<DebouncedEvent>),
    End,
}

impl Drop for Watching {
    fn drop(&mut self) {
        // Nobody is left to be told where the thread has ended by itself.
        let _ = self.0.send(Told::End);
    }
}

/// Calls `changed` after files below the root have changed.
///
/// # Errors
/// That the machine watches no more files.
pub(super) fn watch(root: &Path, changed: impl Fn() + Send + 'static) -> Result<Watching> {
    let (tell, told) = channel();
    let (root, teller) = (root.canonicalize().context("watching files")?, tell.clone());
    let mut open = eyes(&root, &teller)?;
    thread::spawn(move || {
        while let Ok(Told::Changed(events)) = told.recv() {
            // A folder that went and came back under its old name is another one: the old is watched no more.
            if events.iter().any(|event| touches_a_folder(event, &root)) {
                // Where that fails, another change of a folder is another try, and what is still there is still watched.
                open = eyes(&root, &teller).unwrap_or(open);
            }
            if events.iter().any(|event| is_change(event, &root)) {
                changed();
            }
        }
        drop(open);
    });
    Ok(Watching(tell))
}

/// Eyes on each folder that is there, and on those above, in which one may come and go.
fn eyes(root: &Path, tell: &Sender<Told>) -> Result<Debouncer<RecommendedWatcher, RecommendedCache>> {
    let tell = tell.clone();
    let see = move |seen: DebounceEventResult| {
        if let Ok(events) = seen {
            let _ = tell.send(Told::Changed(events));
        }
    };
    let mut watcher = new_debouncer(SETTLES, None, see).context("watching files")?;
    let whole = FOLDERS.map(|folder| (root.join(folder), RecursiveMode::Recursive));
    let above = [root.to_owned(), root.join("templates")].map(|folder| (folder, RecursiveMode::NonRecursive));
    for (folder, mode) in whole.into_iter().chain(above) {
        if folder.is_dir() {
            watcher.watch(&folder, mode).with_context(|| format!("watching {}", folder.display()))?;
        }
    }
    Ok(watcher)
}

/// Whether one of the folders that are watched, or one above them, was made, renamed or removed.
fn touches_a_folder(event: &DebouncedEvent, root: &Path) -> bool {
    let is_one = |path: &PathBuf| path != root && FOLDERS.iter().any(|folder| root.join(folder).starts_with(path));
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(is_one)
}

/// Whether a file that is read may have changed: not where it was only looked at, nor where an editor's program keeps a note of its own.
fn is_change(event: &DebouncedEvent, root: &Path) -> bool {
    let is_read = |path: &PathBuf| {
        let below = FOLDERS.iter().any(|folder| path.starts_with(root.join(folder)));
        let inner = path.strip_prefix(root).unwrap_or(path);
        below && !inner.iter().any(|name| disk::is_passed_over(&name.to_string_lossy()))
    };
    let is_seen = matches!(event.kind, EventKind::Access(_));
    !is_seen && (event.paths.iter().any(is_read) || touches_a_folder(event, root))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::Receiver;

    /// A root that is watched, and what is told of it.
    fn watched() -> (tempfile::TempDir, Watching, Receiver<()>) {
        let root = tempfile::tempdir().unwrap();
        for folder in FOLDERS {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let (tell, told) = channel();
        let watching = watch(root.path(), move || tell.send(()).unwrap()).unwrap();
        (root, watching, told)
    }

    #[track_caller]
    fn hears(told: &Receiver<()>) {
        told.recv_timeout(Duration::from_secs(20)).expect("nothing was told");
        // More of the same change may come a moment later.
        while told.recv_timeout(SETTLES * 5).is_ok() {}
    }

    #[test]
    fn a_folder_that_was_restored_or_renamed_is_watched_again() {
        let (root, _watching, told) = watched();
        let at = |path: &str| root.path().join(path);
        std::fs::write(at("profiles/ana-k7m2q.yaml"), "a").unwrap();
        hears(&told);
        // As a version control does that puts a folder back, and as a person who sorts.
        for (folder, file) in [("profiles", "ana-k7m2q.yaml"), ("templates", "html/person.html")] {
            std::fs::rename(at(folder), at("elsewhere")).unwrap();
            hears(&told);
            std::fs::create_dir_all(at(folder).join(file).parent().unwrap()).unwrap();
            hears(&told);
            std::fs::write(at(folder).join(file), "b").unwrap();
            hears(&told);
            std::fs::remove_dir_all(at(folder)).unwrap();
            hears(&told);
            std::fs::rename(at("elsewhere"), at(folder)).unwrap();
            hears(&told);
            std::fs::write(at(folder).join(file), "c").unwrap_or_default();
            std::fs::write(at("content/site.yaml"), "d").unwrap();
            hears(&told);
        }
    }

    #[test]
    fn what_programs_keep_beside_a_file_is_no_change() {
        let (root, _watching, told) = watched();
        for kept in ["profiles/.ana.yaml.swp", "profiles/ana.yaml~", "content/x.partial", "notes.txt", "site.yaml"] {
            std::fs::write(root.path().join(kept), "left").unwrap();
        }
        std::fs::create_dir(root.path().join("var")).unwrap();
        assert!(told.recv_timeout(SETTLES * 10).is_err(), "a copy of an editor's program was told");
        std::fs::write(root.path().join("profiles/ana.yaml"), "hers").unwrap();
        hears(&told);
    }
}
