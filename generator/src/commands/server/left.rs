//! `left`: on a server of one's own, the names of whoever has left, for the host to answer with 410. It asks the profiles themselves:
//! leaving waits for no build.

use crate::args::today;
use crate::terminal::{Verdict, hint, say};
use anyhow::{Context, Result, bail};
use clap::Args;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use site::leaving::{hidden, names};
use site::ledger::Ledger;
use site::write::MARKER;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Args)]
pub(crate) struct LeftArgs {
    /// The built site, which visitors see
    #[arg(long, value_name = "FOLDER")]
    site: Option<PathBuf>,
    /// Also whoever left by what others pushed, as git last fetched it, though it was not pulled
    #[arg(long)]
    others: bool,
}

/// Prints the last part of the address of each page and photo whose person has left.
pub(crate) fn left(root: &Path, args: &LeftArgs) -> Result<Verdict> {
    let out = args.site.clone().unwrap_or_else(|| root.join("site"));
    let ledger = match fs_err::read(out.join(MARKER)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Verdict::Clean),
        bytes => Ledger::read(&bytes?).with_context(|| format!("{} holds no built site", out.display()))?,
    };
    let day = today(root);
    let mut people: BTreeSet<ProfileId> = hidden(root, day)?.into_keys().collect();
    let theirs = if args.others { as_pushed(root) } else { Ok(None) };
    let theirs = theirs.and_then(|pushed| pushed.map(|pushed| hidden(&pushed.root, day)).transpose());
    let verdict = match theirs {
        Ok(theirs) => {
            people.extend(theirs.into_iter().flat_map(BTreeMap::into_keys));
            Verdict::Clean
        }
        // Whoever left by what is here goes all the same.
        Err(error) => {
            let help = "look at it with `git log @{upstream}` in this root";
            hint(&Failure::new(format!("what others pushed could not be read: {error:#}")).help(help))?;
            Verdict::Problems
        }
    };
    for name in names(&ledger, &people) {
        say(&name)?;
    }
    Ok(verdict)
}

/// A root as others pushed it, in a folder that goes with this value.
struct Pushed {
    root: PathBuf,
    _folder: tempfile::TempDir,
}

/// The words and profiles of the upstream of the branch that is checked out; nothing where there is none.
fn as_pushed(root: &Path) -> Result<Option<Pushed>> {
    let asked = |words: &[&str]| git(root, words).map(|said| said.trim_end().to_owned());
    let Ok(commit) = asked(&["rev-parse", "--verify", "--quiet", "@{upstream}^{commit}"]) else { return Ok(None) };
    let (repository, within) = (asked(&["rev-parse", "--absolute-git-dir"])?, asked(&["rev-parse", "--show-prefix"])?);
    let folder = tempfile::tempdir()?;
    let tree = folder.path().join("tree");
    fs_err::create_dir(&tree)?;
    // With an index of its own: nothing of the root's is touched.
    let mut checkout = Command::new("git");
    checkout.env("GIT_INDEX_FILE", folder.path().join("index")).current_dir(&tree);
    checkout.arg("--git-dir").arg(&repository).arg("--work-tree").arg(&tree).args(["-c", "core.hooksPath=/dev/null"]);
    checkout.args(["checkout", "--quiet", &commit, "--"]);
    run(checkout.args([format!(":(glob){within}content/**"), format!(":(glob){within}profiles/*.yaml")]))?;
    Ok(Some(Pushed { root: tree.join(within), _folder: folder }))
}

fn git(root: &Path, words: &[&str]) -> Result<String> {
    run(Command::new("git").arg("-C").arg(root).args(words))
}

fn run(command: &mut Command) -> Result<String> {
    let done = command.output().context("git cannot be run")?;
    if !done.status.success() {
        bail!(Failure::new(format!("git says: {}", String::from_utf8_lossy(&done.stderr).trim())));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
