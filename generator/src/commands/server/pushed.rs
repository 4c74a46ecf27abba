//! A root as others pushed it, whether or not it was pulled: git's last fetch, laid out in folders that go again.

use anyhow::{Context, Result, bail};
use schema::ground::failure::Failure;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What others say, and what both sides stood on before.
pub(super) struct Pushed {
    /// The words and profiles as others pushed them.
    pub(super) theirs: Tree,
    /// The same where the two went apart.
    pub(super) before: Tree,
}

/// The content and profiles of a commit.
pub(super) struct Tree {
    pub(super) root: PathBuf,
    _folder: tempfile::TempDir,
}

/// Everything that others pushed and that is not here yet, a side for each branch that is followed; nothing where no git is, or no branch
/// follows another.
///
/// # Errors
/// That git cannot say: nobody may take that for nothing having been pushed.
pub(super) fn as_pushed(root: &Path) -> Result<Vec<Pushed>> {
    let root = fs_err::canonicalize(root)?;
    if !root.ancestors().any(|folder| folder.join(".git").exists()) {
        return Ok(Vec::new());
    }
    let git = Git { root: &root };
    let mut pushed = Vec::new();
    for commit in git.upstreams()? {
        let before = git.ask(&["merge-base", "HEAD", &commit])?;
        // All of it is here, and what is here is newer.
        if before != commit {
            pushed.push(Pushed { theirs: git.tree(&commit)?, before: git.tree(&before)? });
        }
    }
    Ok(pushed)
}

struct Git<'a> {
    root: &'a Path,
}

impl Git<'_> {
    /// The commits that are followed: that of the branch which is checked out; of all branches, where none is, as in a rebase that was
    /// stopped.
    fn upstreams(&self) -> Result<Vec<String>> {
        if let Ok(commit) = self.ask(&["rev-parse", "--verify", "--quiet", "@{upstream}^{commit}"]) {
            return Ok(vec![commit]);
        }
        let followed = self.ask(&["for-each-ref", "--format=%(upstream)", "refs/heads"])?;
        let mut commits: Vec<String> = followed
            .lines()
            .filter(|name| !name.is_empty())
            .map(|name| self.ask(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]))
            .collect::<Result<_>>()?;
        commits.sort();
        commits.dedup();
        Ok(commits)
    }

    /// Lays out the words and profiles of a commit. Nothing of the root's own is touched: the index is another.
    fn tree(&self, commit: &str) -> Result<Tree> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("root");
        fs_err::create_dir(&root)?;
        let (repository, within) =
            (self.ask(&["rev-parse", "--absolute-git-dir"])?, self.ask(&["rev-parse", "--show-prefix"])?);
        let git = || {
            let mut git = Command::new("git");
            git.env("GIT_INDEX_FILE", folder.path().join("index")).current_dir(&root);
            git.arg("--git-dir").arg(&repository).arg("--work-tree").arg(&root);
            git
        };
        run(git().arg("read-tree").arg(format!("{commit}:{}", within.trim_end_matches('/'))))?;
        let files = run(git().args(["ls-files", "-z"]))?;
        let wanted: Vec<&[u8]> = files.split(|byte| *byte == 0).filter(|file| is_wanted(file)).collect();
        feed(git().args(["checkout-index", "-z", "--stdin"]), &wanted.join(&0))?;
        Ok(Tree { root, _folder: folder })
    }

    fn ask(&self, words: &[&str]) -> Result<String> {
        let said = run(Command::new("git").arg("-C").arg(self.root).args(words))?;
        Ok(String::from_utf8_lossy(&said).trim_end_matches('\n').to_owned())
    }
}

/// Photos and looks are of no use here.
fn is_wanted(file: &[u8]) -> bool {
    let profile = file.strip_prefix(b"profiles/").and_then(|name| name.strip_suffix(b".yaml"));
    file.starts_with(b"content/") || profile.is_some_and(|name| !name.contains(&b'/'))
}

fn run(command: &mut Command) -> Result<Vec<u8>> {
    let done = command.output().context("git cannot be run")?;
    if !done.status.success() {
        bail!(Failure::new(format!("git says: {}", String::from_utf8_lossy(&done.stderr).trim())));
    }
    Ok(done.stdout)
}

fn feed(command: &mut Command, bytes: &[u8]) -> Result<()> {
    let mut git = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().context("git cannot be run")?;
    git.stdin.take().context("git takes no input")?.write_all(bytes)?;
    let done = git.wait_with_output()?;
    if !done.status.success() {
        bail!(Failure::new(format!("git says: {}", String::from_utf8_lossy(&done.stderr).trim())));
    }
    Ok(())
}
