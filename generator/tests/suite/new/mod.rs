//! A site of one's own: made in a moment, clean at once, without a word of the sample; and kept up to date without losing an edit.

mod changed;
mod fresh;
mod imported;
mod open;
mod ready;
mod upgraded;

use crate::site::{Root, Said, said, tree};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the flags say of a site.
const FLAGS: [(&str, &str); 7] = [
    ("--name", "Letters Home"),
    ("--url", "https://letters-home.org"),
    ("--email", "hello@letters-home.org"),
    ("--post", "PO Box 12"),
    ("--post", "Austin, TX 78701"),
    ("--agencies", "texas-doc,federal-bop"),
    ("--time-zone", "America/Chicago"),
];

/// `new`, with nobody at the terminal.
fn new(folder: &Path, flags: &[(&str, &str)], more: &[&str]) -> Said {
    let words = flags.iter().flat_map(|(flag, value)| [*flag, *value]).chain(more.iter().copied());
    let mut command = Command::new(env!("CARGO_BIN_EXE_inside-out"));
    said(command.arg("new").arg(folder).args(words).stdin(Stdio::null()).output().unwrap())
}

/// A new site.
fn made() -> Root {
    let root = Root::empty();
    let said = new(root.path(), &FLAGS, &[]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    root
}

fn assert_clean(root: &Root) {
    let said = root.check();
    assert!((said.status, said.out.starts_with("No problems: ")) == (0, true), "{}{}", said.out, said.err);
}

/// Every file of a site but what it was built to, by its path.
fn files(root: &Root) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut files = tree(root.path());
    files.retain(|path, _| !path.starts_with("site") && !path.starts_with("var"));
    files
}
