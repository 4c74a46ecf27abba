//! What git knows of a root: which commit holds its sources, and which came first. A root need not stand in a repository.

use crate::descent::Past;
use crate::origin::Uncommitted;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use site::leaving::grounds;
use site::made::SOURCES;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How many files git is asked about at once.
const BATCH: usize = 200;
/// How long what others have pushed may take to come.
const FETCH: Duration = Duration::from_secs(30);
/// How often it is looked whether it has come.
const PAUSE: Duration = Duration::from_millis(50);

/// A root, as git sees it.
pub struct Git<'a> {
    root: &'a Path,
    /// The commit on which it stands; none outside a repository, or in one that leaves its sources out.
    commit: Option<String>,
    /// Sources that no commit holds as they are, from the repository's own root; none where git cannot say.
    changed: Option<Vec<String>>,
    hashed: OnceCell<Uncommitted>,
    fetched: OnceCell<bool>,
}

impl<'a> Git<'a> {
    /// Asks git about a root.
    pub fn of(root: &'a Path) -> Self {
        let is_tracked = says(root, &["ls-files", "--", "content/site.yaml"]).is_some_and(|said| !said.is_empty());
        let commit = is_tracked.then(|| says(root, &["rev-parse", "HEAD"])).flatten();
        let status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--"];
        let status: Vec<&str> = status.into_iter().chain(SOURCES).collect();
        let said = if commit.is_some() { says(root, &status) } else { Some(String::new()) };
        // Two letters and a space stand before each path.
        let paths = |said: String| said.split('\0').filter_map(|line| line.get(3..)).map(str::to_owned).collect();
        let changed = said.map(paths);
        Self { root, commit, changed, hashed: OnceCell::new(), fetched: OnceCell::new() }
    }

    /// That something is not committed, where something is not.
    pub fn refuses(&self) -> Option<Failure> {
        let Some(changed) = &self.changed else {
            let help = "run `git status` here, and mend what it says. --uncommitted publishes it all the same";
            return Some(Failure::new("git cannot say what no commit holds: nothing was published").help(help));
        };
        let first = changed.first()?;
        let more = match changed.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        let help = "commit and push, then publish: whoever publishes next must be able to see what you did. \
                    --uncommitted publishes it all the same";
        Some(Failure::new(format!("no commit holds {first}{more}: nothing was published")).help(help))
    }

    /// Gets what others have pushed, where a commit is not here. The root's own files and branches stay as they are.
    fn find(&self, commit: &str) {
        if says(self.root, &["cat-file", "-e", commit]).is_none() {
            self.fetched.get_or_init(|| fetch(self.root, FETCH));
        }
    }

    /// Git's names for the bytes of what is not committed.
    fn hash(&self) -> Uncommitted {
        let up = says(self.root, &["rev-parse", "--show-cdup"]).unwrap_or_default();
        let place = |path: &String| format!("{up}{path}");
        let (there, deleted): (Vec<&String>, Vec<&String>) =
            self.changed.iter().flatten().partition(|path| self.root.join(place(path)).is_file());
        let mut hashed: Uncommitted = deleted.into_iter().map(|path| (path.clone(), None)).collect();
        for batch in there.chunks(BATCH) {
            let places: Vec<String> = batch.iter().map(|path| place(path)).collect();
            let words: Vec<&str> = ["hash-object", "--"].into_iter().chain(places.iter().map(String::as_str)).collect();
            let said = says(self.root, &words);
            // What git cannot name, no commit can be said to hold.
            let names = said.iter().flat_map(|said| said.lines()).chain(std::iter::repeat(""));
            hashed.extend(batch.iter().zip(names).map(|(path, name)| ((*path).clone(), Some(name.to_owned()))));
        }
        hashed
    }
}

impl Git<'_> {
    /// Whether the history of the root's commit holds these bytes under a path: what was only fetched is in no file here.
    fn held(&self, path: &str, bytes: &str) -> bool {
        if bytes.is_empty() {
            return false;
        }
        let object = format!("--find-object={bytes}");
        let place = format!(":(top,literal){path}");
        let words = ["log", "-m", "-1", "--full-history", "--format=%H", &object, "HEAD", "--", &place];
        says(self.root, &words).is_some_and(|said| !said.is_empty())
    }
}

impl Past for Git<'_> {
    fn commit(&self) -> Option<String> {
        self.commit.clone()
    }

    fn uncommitted(&self) -> Uncommitted {
        self.hashed.get_or_init(|| self.hash()).clone()
    }

    fn holds(&self, commit: &str) -> bool {
        says(self.root, &["merge-base", "--is-ancestor", commit, "HEAD"]).is_some()
    }

    fn has(&self, path: &str, bytes: Option<&str>) -> bool {
        match bytes {
            Some(bytes) => self.held(path, bytes),
            None => says(self.root, &["cat-file", "-e", &format!("HEAD:{path}")]).is_none(),
        }
    }

    fn grounds(&self, person: &ProfileId) -> Vec<PathBuf> {
        grounds(self.root, person)
    }

    fn is_news(&self, commit: &str, files: &[PathBuf]) -> bool {
        self.find(commit);
        // Of a commit that is not to be had nobody knows what it held.
        let Some(base) = says(self.root, &["merge-base", commit, "HEAD"]) else { return true };
        files.iter().map(|file| file.to_string_lossy()).any(|file| {
            let held = says(self.root, &["cat-file", "-e", &format!("{base}:./{file}")]).is_some();
            !held || says(self.root, &["diff", "--quiet", &base, "--", &file]).is_none()
        })
    }
}

/// What git says; none where it has nothing to say, or is not there.
fn says(root: &Path, words: &[&str]) -> Option<String> {
    let said = git(root, words).output().ok()?;
    said.status.success().then(|| String::from_utf8_lossy(&said.stdout).trim_end().to_owned())
}

fn git(root: &Path, words: &[&str]) -> Command {
    let mut git = Command::new("git");
    // Nobody is there to be asked for a password.
    git.env("GIT_TERMINAL_PROMPT", "0").env("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=10");
    git.arg("-C").arg(root).args(words).stdin(Stdio::null());
    git
}

/// Gets what others have pushed, within a time: whoever has to leave waits for no host that does not answer.
fn fetch(root: &Path, limit: Duration) -> bool {
    let slow = ["-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=10"];
    let words: Vec<&str> = slow.into_iter().chain(["fetch", "--quiet", "--no-tags"]).collect();
    let mut git = git(root, &words);
    // What it starts may outlive it, and would hold pipes open.
    git.stdout(Stdio::null()).stderr(Stdio::null());
    git.spawn().is_ok_and(|child| ends_within(child, limit))
}

/// Whether a command ends well within a time; otherwise it is ended.
fn ends_within(mut child: Child, limit: Duration) -> bool {
    let start = Instant::now();
    while start.elapsed() < limit {
        match child.try_wait() {
            Ok(None) => sleep(PAUSE),
            Ok(Some(status)) => return status.success(),
            Err(_) => break,
        }
    }
    // Whether it can be ended or has just ended, nothing more is to be had of it.
    let _ = child.kill().and_then(|()| child.wait());
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{create_dir_all, write};
    use std::net::TcpListener;

    /// A repository with two agencies, each with a facility, and a person in the first.
    fn repository() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for part in ["content/agencies", "content/facilities", "profiles"] {
            create_dir_all(root.join(part)).unwrap();
        }
        write(root.join("content/site.yaml"), "name: site\n").unwrap();
        for one in ["a", "b"] {
            write(root.join(format!("content/agencies/{one}.yaml")), "rule: banned\n").unwrap();
            write(root.join(format!("content/facilities/at-{one}.yaml")), format!("agency: {one}\n")).unwrap();
        }
        write(root.join("profiles/ana-k7m2q.yaml"), "facility: at-a\n").unwrap();
        run(root, &["init", "-q", "-b", "main"]);
        commit(root);
        folder
    }

    fn run(root: &Path, words: &[&str]) -> String {
        let who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
        let words: Vec<&str> = who.into_iter().chain(words.iter().copied()).collect();
        says(root, &words).unwrap()
    }

    fn commit(root: &Path) -> String {
        run(root, &["add", "-A"]);
        run(root, &["commit", "-q", "-m", "state"]);
        run(root, &["rev-parse", "HEAD"])
    }

    #[test]
    fn what_was_only_fetched_is_held_by_nothing_here() {
        let (mine, file) = (repository(), "profiles/ana-k7m2q.yaml");
        let hers = tempfile::tempdir().unwrap();
        run(hers.path(), &["clone", "-q", &mine.path().display().to_string(), "."]);
        write(hers.path().join(file), "facility: at-b\n").unwrap();
        commit(hers.path());
        let bytes = run(hers.path(), &["rev-parse", &format!("HEAD:{file}")]);
        run(mine.path(), &["fetch", "-q", &hers.path().display().to_string()]);
        assert!(says(mine.path(), &["cat-file", "-e", &bytes]).is_some(), "it is here, in no commit of ours");
        assert!(!Git::of(mine.path()).has(file, Some(&bytes)));
        run(mine.path(), &["merge", "-q", "FETCH_HEAD"]);
        assert!(Git::of(mine.path()).has(file, Some(&bytes)));
        assert!(!Git::of(mine.path()).has("profiles/eve-k7m2q.yaml", Some(&bytes)), "as another file's bytes");
        // What came after it does not undo it.
        write(mine.path().join(file), "facility: at-a # again\n").unwrap();
        commit(mine.path());
        assert!(Git::of(mine.path()).has(file, Some(&bytes)));
        assert!(!Git::of(mine.path()).has(file, Some(&"0".repeat(40))), "what nobody has here");
    }

    #[test]
    fn of_a_ban_only_the_person_s_own_file_and_their_agency_s_are_news() {
        let folder = repository();
        let (root, person) = (folder.path(), ProfileId::parse("ana-k7m2q").unwrap());
        let base = run(root, &["rev-parse", "HEAD"]);
        let is_news = || {
            let git = Git::of(root);
            git.is_news(&base, &git.grounds(&person))
        };
        write(root.join("content/agencies/b.yaml"), "rule: allowed\n").unwrap();
        write(root.join("content/facilities/at-b.yaml"), "agency: b # new\n").unwrap();
        assert!(!is_news(), "another agency's");
        write(root.join("content/agencies/a.yaml"), "rule: banned # read anew\n").unwrap();
        assert!(is_news());
        run(root, &["checkout", "-q", "content/agencies/a.yaml"]);
        write(root.join("profiles/ana-k7m2q.yaml"), "facility: at-b\n").unwrap();
        assert!(is_news());
    }

    #[test]
    fn a_host_that_does_not_answer_keeps_nobody_up() {
        let (folder, host) = (repository(), TcpListener::bind("127.0.0.1:0").unwrap());
        let url = format!("http://{}/site.git", host.local_addr().unwrap());
        run(folder.path(), &["remote", "add", "origin", &url]);
        let start = Instant::now();
        assert!(!fetch(folder.path(), Duration::from_millis(300)));
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
