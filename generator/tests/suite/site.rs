//! A site root of a test's own: a copy of the tests' own, changed as the test says.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The day on which tests stand.
pub(crate) const DAY: &str = "2026-11-30";

/// A site root in a folder that goes away with the test.
pub(crate) struct Root {
    folder: TempDir,
}

/// What a command said.
pub(crate) struct Said {
    /// Exit status.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// The repository that the tests are in.
pub(crate) fn repository() -> PathBuf {
    fixture::repository().canonicalize().unwrap()
}

impl Root {
    /// A copy of the site on which tests stand.
    pub(crate) fn copy() -> Self {
        Self { folder: fixture::laid().unwrap() }
    }

    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// Reads a file.
    pub(crate) fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path().join(file)).unwrap()
    }

    /// Replaces words in a file; they must be there.
    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) -> &Self {
        let text = self.read(file);
        assert!(text.contains(from), "{file} does not hold {from:?}");
        self.write(file, text.replacen(from, to, 1))
    }

    /// Runs the command in this root.
    pub(crate) fn run(&self, words: &[&str]) -> Said {
        said(
            Command::new(env!("CARGO_BIN_EXE_inside-out")).arg("--root").arg(self.path()).args(words).output().unwrap(),
        )
    }

    /// Runs the command in this root, which must succeed.
    #[track_caller]
    pub(crate) fn succeeds(&self, words: &[&str]) -> Said {
        let said = self.run(words);
        assert_eq!(said.status, 0, "{words:?}: {}{}", said.out, said.err);
        said
    }

    /// Runs `check` on the tests' day.
    pub(crate) fn check(&self) -> Said {
        self.run(&["check", "--date", DAY])
    }

    /// Runs `build` on the tests' day.
    pub(crate) fn build(&self) -> Said {
        self.run(&["build", "--date", DAY])
    }
}

/// What a finished command said.
pub(crate) fn said(output: Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// Every file below a folder with its bytes.
pub(crate) fn tree(folder: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut files = std::collections::BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let inner = tree(&path);
            files.extend(
                inner.into_iter().map(|(name, bytes)| (Path::new(path.file_name().unwrap()).join(name), bytes)),
            );
        } else {
            files.insert(PathBuf::from(path.file_name().unwrap()), std::fs::read(&path).unwrap());
        }
    }
    files
}
