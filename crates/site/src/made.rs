//! What a folder was built from, and for which day: whoever publishes holds it against the root, and against what is public.

use crate::source::layers::Layers;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::ground::hash::{Hash, content_hash};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// The folders of a root that a site is made from.
pub const SOURCES: [&str; 3] = ["content", "profiles", "templates"];

/// What a built folder was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The day for which it was built.
    pub day: Date,
    /// The hash of every file in [`SOURCES`], names included, and of the program's base where the root stands on it.
    pub sources: Hash,
}

impl Made {
    /// What a build for a day is made of, as the root stands now.
    ///
    /// # Errors
    /// That of reading, with the path.
    pub fn of(root: &Path, day: Date) -> io::Result<Self> {
        Ok(Self { day, sources: sources(root)? })
    }
}

/// The hash of a root's sources as they stand now.
///
/// # Errors
/// That of reading, with the path.
pub fn sources(root: &Path) -> io::Result<Hash> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in SOURCES {
        files.extend(disk::tree(&root.join(folder))?.into_iter().map(|file| Path::new(folder).join(file)));
    }
    files.retain(|file| !is_passed_over(file));
    let line = |file: &PathBuf| Ok(format!("{} {}\n", content_hash(&disk::read(root, file)?), file.display()));
    let mut all = files.par_iter().map(line).collect::<io::Result<String>>()?;
    // Another program brings other words to a root that stands on its base.
    if let Some(base) = Layers::of(root).ok().and_then(|layers| layers.base()) {
        all.push_str(&format!("base {}\n", base.hash()));
    }
    Ok(content_hash(all.as_bytes()))
}

/// What no reader of a root looks at.
fn is_passed_over(file: &Path) -> bool {
    file.file_name().is_some_and(|name| disk::is_passed_over(&name.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_changed_added_or_moved_makes_other_sources_and_what_nobody_reads_does_not() {
        let root = tempfile::tempdir().unwrap();
        let put = |file: &str, text: &str| disk::place(&root.path().join(file), text.as_bytes()).unwrap();
        let now = || sources(root.path()).unwrap();
        put("content/site.yaml", "name: A");
        put("profiles/ana-k7m2q.yaml", "shown_name: Ana");
        let first = now();
        put("var/cache/x", "x");
        put("site/index.html", "x");
        put("profiles/.swap", "x");
        put("profiles/x.partial", "x");
        assert_eq!(now(), first);
        put("profiles/ana-k7m2q.yaml", "shown_name: Eva");
        let second = now();
        put("templates/html/new.html", "");
        let third = now();
        std::fs::rename(root.path().join("profiles/ana-k7m2q.yaml"), root.path().join("profiles/eva-k7m2q.yaml"))
            .unwrap();
        let all = [first, second, third, now()];
        assert!((1..4).all(|at| !all[..at].contains(&all[at])), "{all:?}");
    }
}
