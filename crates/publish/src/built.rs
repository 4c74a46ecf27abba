//! A built folder, as its ledger tells of it.

use crate::manifest::{Entry, Files};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::ground::failure::Failure;
use site::ledger::{Kind, Ledger, Output};
use site::made::Made;
use std::path::Path;

/// A built folder.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) files: Files,
    /// What it was made of.
    pub(crate) made: Made,
}

/// The edge's function finds the words for a page that was taken down in its key-value store, where a value has this size at most.
const LONGEST_NOTICE: u64 = 1024;

/// The day for which a folder was built; none where it holds no built site.
pub fn day_of(folder: &Path) -> Option<Date> {
    Some(ledger_of(folder)?.made.day)
}

fn ledger_of(folder: &Path) -> Option<Ledger> {
    Ledger::read(&std::fs::read(folder.join(site::write::MARKER)).ok()?)
}

/// Reads the ledger of a built folder, and sees that everything in it is there. What the files hold is looked at when they are
/// sent: each must have the hash that the ledger names.
pub(crate) fn built(folder: &Path) -> Result<Built> {
    let Some(ledger) = ledger_of(folder) else {
        let failure = Failure::new(format!("{} holds no built site", folder.display()));
        return Err(failure.help("run `inside-out build` first, or name the folder with --site").into());
    };
    ledger.files.par_iter().try_for_each(|(_, output)| is_as_built(folder, output))?;
    let files = ledger.files.iter().map(|(path, output)| (path.clone(), Entry::of(output))).collect();
    Ok(Built { files, made: ledger.made })
}

fn is_as_built(folder: &Path, output: &Output) -> Result<()> {
    let place = folder.join(&output.path);
    let size = std::fs::metadata(&place).map(|meta| meta.len()).ok();
    if size != Some(output.size) {
        let is = if size.is_some() { "is not as it was built" } else { "is missing" };
        let failure = Failure::new(format!("{} {is}: visitors would miss it", place.display()));
        return Err(failure.help("build again, and publish when it is done").into());
    }
    if output.kind == Kind::Gone && output.size > LONGEST_NOTICE {
        let what = format!("{} has {} bytes, and the edge can keep {LONGEST_NOTICE}", place.display(), output.size);
        let help = "shorten `notice-gone-text` in content/, or templates/html/gone.html";
        return Err(Failure::new(what).help(help).into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use site::site_path::SitePath;

    fn folder_with(path: &str, bytes: &[u8]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger =
            Ledger::new(Made { day: date(2026, 11, 23), sources: schema::ground::hash::content_hash(b"") });
        ledger.add(Output::new(SitePath::new(path).unwrap(), Kind::Words, bytes)).unwrap();
        disk::place(&folder.path().join(site::write::MARKER), &ledger.to_bytes().unwrap()).unwrap();
        folder
    }

    #[test]
    fn a_folder_that_lacks_a_file_of_its_ledger_is_not_published() {
        let folder = folder_with("about/index.html", b"<p>");
        let said = |folder: &Path| {
            let error = built(folder).unwrap_err();
            let help = error.downcast_ref::<Failure>().unwrap().help.clone().unwrap();
            format!("{error}: {help}")
        };
        assert!(said(folder.path()).contains("about/index.html is missing"));
        assert!(said(folder.path()).contains("build again"));
        disk::place(&folder.path().join("about/index.html"), b"other").unwrap();
        assert!(said(folder.path()).contains("about/index.html is not as it was built"));
        disk::place(&folder.path().join("about/index.html"), b"<p>").unwrap();
        assert!(built(folder.path()).is_ok());
    }

    #[test]
    fn a_folder_that_no_build_made_is_not_published() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "mine").unwrap();
        assert!(built(folder.path()).unwrap_err().to_string().contains("holds no built site"));
    }
}
