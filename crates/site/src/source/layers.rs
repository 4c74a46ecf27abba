//! A root with the program's base below it: the one place that knows of both. A file of the root wins; one that is not there is the
//! base's, where the root says in `content/site.yaml` that it stands on it.

use super::base::{Base, is_shared};
use schema::ground::failure::Failure;
use schema::yaml::finding::Finding;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// A root, and what lies below it.
pub(crate) struct Layers<'a> {
    root: &'a Path,
    base: Option<Base>,
    /// Names of pages of the base that the root does not want.
    without: Vec<String>,
}

/// What a root's own file says of the base.
#[derive(Deserialize)]
struct Settings {
    base: Option<bool>,
    without: Option<Vec<String>>,
}

impl<'a> Layers<'a> {
    /// A root as its own file says that it stands.
    ///
    /// # Errors
    /// That it stands on a base, and this program brings none.
    pub(crate) fn of(root: &'a Path) -> Result<Self, Failure> {
        let settings = settings(root);
        let base = (settings.base == Some(true)).then(Base::brought).transpose()?;
        Ok(Self { root, base, without: settings.without.unwrap_or_default() })
    }

    /// A root alone, for what no base holds.
    pub(crate) fn alone(root: &'a Path) -> Self {
        Self { root, base: None, without: Vec::new() }
    }

    /// The base below it.
    pub(crate) fn base(&self) -> Option<Base> {
        self.base
    }

    /// Files directly in a folder, as [`disk::list`] gives them.
    pub(crate) fn list(&self, folder: &str) -> io::Result<Vec<PathBuf>> {
        let own = disk::list(self.root, folder)?;
        let Some(base) = self.base else { return Ok(own) };
        let below = base.in_folder(folder).filter(|path| is_shared(path) && !self.is_left_out(path)).map(PathBuf::from);
        Ok(own.into_iter().chain(below).collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// Whether a file is there.
    pub(crate) fn has(&self, file: &Path) -> bool {
        self.root.join(file).exists() || self.below(file).is_some()
    }

    /// The bytes of a file, with plain line ends: an editor's machine may write others.
    pub(crate) fn read(&self, file: &Path) -> io::Result<Cow<'static, [u8]>> {
        match self.below(file).filter(|_| !self.root.join(file).exists()) {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => disk::read(self.root, file).map(|bytes| Cow::Owned(plain_ends(bytes))),
        }
    }

    /// Whether a file is the base's, and nothing in the root stands over it.
    pub(crate) fn is_of_base(&self, file: &Path) -> bool {
        self.below(file).is_some() && !self.root.join(file).exists()
    }

    /// Says of each problem in a file of the base that the file is not in the root, and what to do about it.
    pub(crate) fn name_base(&self, findings: &mut [Finding]) {
        for finding in findings.iter_mut().filter(|finding| self.is_of_base(&finding.file)) {
            let file = slashed(&finding.file);
            let own = format!(
                "this file is the program's own: `inside-out upgrade` brings your copies of others up to it, and \
                 `inside-out override {file}` brings it here"
            );
            let before = finding.help.take().map(|help| format!("{help}; "));
            finding.help = Some(before.unwrap_or_default() + &own);
        }
    }

    fn below(&self, file: &Path) -> Option<&'static [u8]> {
        let path = slashed(file);
        self.base?.get(&path).filter(|_| is_shared(&path) && !self.is_left_out(&path))
    }

    fn is_left_out(&self, path: &str) -> bool {
        let page = path.split_once("/pages/").and_then(|(_, name)| name.strip_suffix(".md"));
        page.is_some_and(|page| self.without.iter().any(|name| name == page))
    }
}

fn plain_ends(bytes: Vec<u8>) -> Vec<u8> {
    let ends = |at: usize| bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
    if !(0..bytes.len()).any(ends) {
        return bytes;
    }
    bytes.iter().enumerate().filter(|(at, _)| !ends(*at)).map(|(_, byte)| *byte).collect()
}

/// A path below a root as a base has it.
pub(crate) fn slashed(file: &Path) -> String {
    file.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Whether a root's own file says `base: true`.
pub(crate) fn stands_on_base(root: &Path) -> bool {
    settings(root).base == Some(true)
}

/// What a root's own file says of the base. A slip elsewhere in that file changes nothing about it: one problem would be a hundred.
fn settings(root: &Path) -> Settings {
    let bytes = disk::read(root, Path::new("content/site.yaml")).unwrap_or_default();
    serde_yaml::from_slice(&bytes).unwrap_or_else(|_| {
        let is_said = String::from_utf8_lossy(&bytes).lines().any(|line| line.trim_end() == "base: true");
        Settings { base: Some(is_said), without: None }
    })
}
