//! A file of the program's, brought into a root to be changed there.

use super::kept::{base_of, copy_in};
use crate::source::layers::slashed;
use crate::source::{Base, is_shared};
use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use schema::ground::nearest::nearest;
use schema::ground::problem::quoted;
use std::io::ErrorKind;
use std::path::Path;

/// The files that can be brought into a root, with whether each is there already.
///
/// # Errors
/// That the root takes nothing from the program.
pub fn can_be_brought(root: &Path) -> Result<Vec<(&'static str, bool)>, Failure> {
    let base = base_of(root)?;
    Ok(base.paths().filter(|path| is_shared(path)).map(|path| (path, root.join(path).exists())).collect())
}

/// Copies a file of the program's into a root. Returns its path there.
///
/// # Errors
/// That there is no such file, or that the root has it already.
pub fn bring(root: &Path, file: &Path) -> Result<&'static str> {
    let base = base_of(root)?;
    let inner = file.strip_prefix(root).or(file.strip_prefix(".")).unwrap_or(file);
    let wanted = slashed(inner);
    let Some(path) = base.paths().filter(|path| is_shared(path)).find(|path| *path == wanted) else {
        bail!(unknown(base, &wanted))
    };
    // Its copy is as it came: it must not become another program's.
    if root.join(path).exists() {
        bail!(is_here(path));
    }
    match copy_in(root, path, base.needed(path)?) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!(is_here(path))
        }
        done => Ok(done.map(|()| path)?),
    }
}

fn is_here(path: &str) -> Failure {
    let help = "change it there; `inside-out upgrade` brings in what newer programs change";
    Failure::new(format!("{path} is in this site already")).help(help)
}

fn unknown(base: Base, wanted: &str) -> Failure {
    let failure = Failure::new(format!("the program has no file {}", quoted(wanted)));
    let ends = |path: &&str| path.rsplit('/').next() == wanted.rsplit('/').next();
    let near = base.paths().filter(|path| is_shared(path)).find(ends);
    match near.or_else(|| nearest(wanted, base.paths().filter(|path| is_shared(path)))) {
        Some(near) => failure.help(format!("did you mean {near}?")),
        None => failure.help("`inside-out override` alone lists the files that there are"),
    }
}
