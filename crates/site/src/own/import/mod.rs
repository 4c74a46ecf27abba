//! Facts from elsewhere brought into a root: a plan first, which is a value, then every file of it or none.
//!
//! What an editor looked up later than what comes stays, and so does whatever an import does not bring: keys, remarks, order.

mod columns;
mod facilities;
mod facts;
mod ids;
mod place;
mod row;
mod settle;
mod table;

pub use facilities::{FacilitiesAsked, facilities};
pub use facts::facts;

use anyhow::{Result, bail};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::place::catalogue::Catalogue;
use schema::record::facts::Set;
use std::path::{Path, PathBuf};

/// A file that is brought in.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// What it is called, for whoever must look into it.
    pub name: &'a str,
    /// What stands in it.
    pub bytes: &'a [u8],
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not there.
    New,
    /// Some of its keys are set anew.
    Changed,
    /// It says so already.
    Unchanged,
    /// It says otherwise, and stays.
    Kept,
}

/// A file, and what becomes of it.
pub struct Planned {
    /// Its path in the root.
    pub path: String,
    /// What becomes of it.
    pub change: Change,
    /// Why, or which keys.
    pub why: String,
    /// What will stand in it, where that is to be written.
    text: Option<String>,
}

/// What comes and is not taken.
pub struct Rejected {
    /// Where it stands: `line 12`, `agencies texas-doc`.
    pub at: String,
    /// Why it is not taken, and how to mend it.
    pub why: String,
}

/// Everything that an import would do.
pub struct Plan {
    /// The files, in the order in which they come.
    pub files: Vec<Planned>,
    /// What is not taken.
    pub rejected: Vec<Rejected>,
    /// The rows that are not taken as a table of their own, where they came from one.
    pub table: Option<Vec<u8>>,
}

impl Plan {
    /// Whether anything would be written into the root.
    pub fn writes(&self) -> bool {
        self.files.iter().any(|file| file.text.is_some())
    }
}

/// Carries a plan out: every file of it is there in the end, or none. `rejected` is where the table of rows goes that are not taken.
///
/// # Errors
/// That of writing, with the path.
pub fn apply(root: &Path, plan: &Plan, rejected: Option<&Path>) -> Result<()> {
    let file = |planned: &Planned| Some((root.join(&planned.path), planned.text.clone()?.into_bytes()));
    let mut files: Vec<(PathBuf, Vec<u8>)> = plan.files.iter().filter_map(file).collect();
    files.extend(rejected.zip(plan.table.as_ref()).map(|(path, table)| (path.to_owned(), table.clone())));
    Ok(disk::place_all(&files)?)
}

/// The facts of a root, in which every file of these sets could be read: one that could not might be the very place that comes.
fn facts_here(root: &Path, today: Date, sets: &[(Set, &str)]) -> Result<Catalogue> {
    if !root.join("content/site.yaml").exists() {
        let failure = Failure::new(format!("{} is not a site root: it has no content/site.yaml", root.display()));
        bail!(failure.help("go to the site's folder, or name it with --root; `inside-out new DIR` makes one"));
    }
    let catalogue = crate::source::load_facts(root, today)?;
    for (set, folder) in sets {
        if let Some(id) = catalogue.unread.get(set).and_then(|unread| unread.first()) {
            let failure = Failure::new(format!("content/{folder}/{id}.yaml cannot be read"));
            bail!(failure.help("mend it first: `inside-out check` says what is wrong in it; nothing was written"));
        }
    }
    Ok(catalogue)
}
