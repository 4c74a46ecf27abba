//! The one door to the disk. Every error names its path, every walk is sorted, and a file is there whole or not at all: it is
//! written aside under a name that nobody else has, then put in place.
//!
//! One rule of durability: what was typed by a person or decided about one is on the disk before it is in place
//! ([`replace`], [`create`]); what can be built again is not waited for ([`place`]).

mod aside;

pub use aside::Aside;
use fs_err as fs;
#[cfg(unix)]
use std::fs::Permissions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::{Builder, NamedTempFile};
use walkdir::WalkDir;

/// What the names of files that are being written end with: readers pass them over, and whatever was killed leaves only such.
pub const PARTIAL: &str = ".partial";

/// The bytes of a file below a root.
///
/// # Errors
/// That of reading, with the path.
pub fn read(root: &Path, file: &Path) -> io::Result<Vec<u8>> {
    fs::read(root.join(file))
}

/// Whether a name is that of a copy that an editor's program keeps beside a file, or of a note that a file manager keeps beside many.
pub fn is_left_behind(name: &str) -> bool {
    let ends =
        ["~", ".bak", ".orig", ".rej", ".old", ".tmp"].iter().any(|ending| name.to_lowercase().ends_with(ending));
    let begins = name.starts_with("~$") || name.starts_with('#') && name.ends_with('#');
    ends || begins || ["thumbs.db", "desktop.ini"].contains(&name.to_lowercase().as_str())
}

/// Whether nobody reads a file or a folder of that name: hidden, half written, or left behind by a program.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name.ends_with(PARTIAL) || is_left_behind(name)
}

/// Files directly in a folder below the root, as paths relative to the root, sorted. An absent folder has none; names that begin
/// with a dot are left out, what somebody who was killed left half written, and what programs leave behind.
///
/// # Errors
/// That of walking, with the path.
pub fn list(root: &Path, folder: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !root.join(folder).exists() {
        return Ok(files);
    }
    for entry in WalkDir::new(root.join(folder)).max_depth(1).sort_by_file_name() {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file() && !is_passed_over(&name) {
            files.push(relative(entry.path(), root));
        }
    }
    Ok(files)
}

/// All files anywhere below a folder, relative to it, sorted. An absent folder has none.
///
/// # Errors
/// That of walking, with the path.
pub fn tree(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(relative(entry.path(), folder));
        }
    }
    Ok(files)
}

fn relative(path: &Path, root: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}

/// Puts a file in place, over an older one, once it is on the disk; makes folders as needed.
///
/// # Errors
/// That of writing, with the path; the older file then stands untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = aside(path, bytes, Readers::Usual)?;
    aside.as_file().sync_all()?;
    aside.persist(path).map(drop).map_err(|error| about(path, &error.error))
}

/// Puts a file in place where none is, once it is on the disk: of two who try at once, one fails with
/// [`io::ErrorKind::AlreadyExists`].
///
/// # Errors
/// That of writing, with the path.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = aside(path, bytes, Readers::Usual)?;
    aside.as_file().sync_all()?;
    aside.persist_noclobber(path).map(drop).map_err(|error| about(path, &error.error))
}

/// As [`replace`], for what nobody but its owner may read, wherever it stands.
///
/// # Errors
/// That of writing, with the path; the older file then stands untouched.
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = aside(path, bytes, Readers::Owner)?;
    aside.as_file().sync_all()?;
    aside.persist(path).map(drop).map_err(|error| about(path, &error.error))
}

/// As [`create`], for what nobody but its owner may read, wherever it stands.
///
/// # Errors
/// That of writing, with the path.
pub fn create_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = aside(path, bytes, Readers::Owner)?;
    aside.as_file().sync_all()?;
    aside.persist_noclobber(path).map(drop).map_err(|error| about(path, &error.error))
}

/// Puts a file in place that can be made again at any time, without waiting for the disk.
///
/// # Errors
/// That of writing, with the path; the older file then stands untouched.
pub fn place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    aside(path, bytes, Readers::Usual)?.persist(path).map(drop).map_err(|error| about(path, &error.error))
}

/// Puts files in place as [`place`] does, all of them or none: each is written aside before the first is put in place, and where one
/// cannot be, what stood there before comes back.
///
/// # Errors
/// That of writing, with the path.
pub fn place_all(files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
    // Only their names are kept: so many files cannot be open at once.
    let write = |(path, bytes): &(PathBuf, Vec<u8>)| Ok(aside(path, bytes, Readers::Usual)?.into_temp_path());
    let asides = files.iter().map(write).collect::<io::Result<Vec<_>>>()?;
    let mut before = Vec::new();
    for ((path, _), aside) in files.iter().zip(asides) {
        let put = standing(path).and_then(|kept| {
            aside.persist(path).map_err(|error| about(path, &error.error))?;
            Ok(kept)
        });
        match put {
            Ok(kept) => before.push((path, kept)),
            Err(error) => {
                put_back(&before)?;
                return Err(error);
            }
        }
    }
    Ok(())
}

/// What stands at a path, if anything does.
fn standing(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn put_back(before: &[(&PathBuf, Option<Vec<u8>>)]) -> io::Result<()> {
    before.iter().try_for_each(|(path, kept)| match kept {
        Some(bytes) => place(path, bytes),
        None => fs::remove_file(path),
    })
}

/// Who may read a file that is written.
#[derive(Clone, Copy)]
enum Readers {
    /// Whoever may read any new file of its user.
    Usual,
    /// Its owner alone.
    Owner,
}

/// The bytes in a file beside their place, which goes by itself unless it is put there.
fn aside(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = Builder::new();
    builder.prefix(".").suffix(PARTIAL).rand_bytes(10);
    match readers {
        Readers::Usual => open_as_usual(&mut builder),
        // So is a temporary file by itself.
        Readers::Owner => {}
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes).map_err(|error| about(path, &error))?;
    Ok(file)
}

/// Gives a file what any new one gets from its user's mask: a server could not read one that is its owner's alone.
#[cfg(unix)]
fn open_as_usual(builder: &mut Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(Permissions::from_mode(0o666));
}

/// Other systems have no mask.
#[cfg(not(unix))]
fn open_as_usual(_: &mut Builder<'_, '_>) {}

/// Removes a file, and its folder where nothing else is left in it. That it is gone already is success.
///
/// # Errors
/// That of removing, with the path.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // A folder that still holds something refuses.
    let _ = path.parent().map(std::fs::remove_dir);
    Ok(())
}

/// Removes every file below a folder that was last written before a moment. Returns them, relative to the folder, sorted.
///
/// # Errors
/// That of walking, asking or removing, with the path.
pub fn remove_older(folder: &Path, moment: SystemTime) -> io::Result<Vec<PathBuf>> {
    let mut removed = tree(folder)?;
    removed.retain(|file| fs::metadata(folder.join(file)).and_then(|meta| meta.modified()).is_ok_and(|at| at < moment));
    removed.iter().try_for_each(|file| remove(&folder.join(file)))?;
    Ok(removed)
}

/// `var/` below a root, where everything goes that this machine makes and nobody else may read: it is made if it is not there,
/// its owner's alone, and ignored by git.
///
/// # Errors
/// That of making it, with the path.
pub fn var(root: &Path) -> io::Result<PathBuf> {
    let var = root.join("var");
    fs::create_dir_all(&var)?;
    keep_to_owner(&var)?;
    let ignore = var.join(".gitignore");
    if !ignore.exists() {
        place(&ignore, b"*\n")?;
    }
    Ok(var)
}

#[cfg(unix)]
fn keep_to_owner(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    // One that an older version made is mended too.
    if fs::metadata(folder)?.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_to_owner(_: &Path) -> io::Result<()> {
    Ok(())
}

fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// The name of a file without its ending.
pub fn stem(file: &Path) -> &str {
    file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
}

/// The ending of a file's name.
pub fn ending(file: &Path) -> &str {
    file.extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_who_write_one_file_at_once_leave_one_of_their_texts_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/one.txt");
        let texts: Vec<String> = (0..16).map(|number| format!("{number} ").repeat(4_000)).collect();
        std::thread::scope(|scope| {
            for text in &texts {
                scope.spawn(|| (0..20).for_each(|_| place(&path, text.as_bytes()).unwrap()));
            }
        });
        assert!(texts.contains(&std::fs::read_to_string(&path).unwrap()));
        assert_eq!(tree(folder.path()).unwrap(), [Path::new("deep/one.txt")], "something was left beside it");
    }

    #[test]
    fn of_many_who_create_one_file_one_wins_and_the_others_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one.txt");
        let made: usize = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..16).map(|_| scope.spawn(|| create(&path, b"x"))).collect();
            tries
                .into_iter()
                .map(|one| match one.join().unwrap() {
                    Ok(()) => 1,
                    Err(error) => {
                        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
                        assert!(error.to_string().contains("one.txt"), "{error}");
                        0
                    }
                })
                .sum()
        });
        assert_eq!(made, 1);
    }

    #[test]
    fn what_a_killed_writer_left_is_not_listed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["x.yaml", "x.yaml.1234.partial", ".abc.partial", "y.partial", ".hidden"] {
            std::fs::write(folder.path().join(name), b"x").unwrap();
        }
        assert_eq!(list(folder.path(), "").unwrap(), [Path::new("x.yaml")]);
    }

    #[cfg(unix)]
    #[test]
    fn var_is_its_owner_s_alone_and_no_part_of_the_repository() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let made = var(root.path()).unwrap();
        assert_eq!((made.as_path(), mode(&made)), (root.path().join("var").as_path(), 0o700));
        assert_eq!(std::fs::read_to_string(made.join(".gitignore")).unwrap(), "*\n");

        std::fs::set_permissions(&made, Permissions::from_mode(0o755)).unwrap();
        std::fs::write(made.join(".gitignore"), "*\n!kept\n").unwrap();
        var(root.path()).unwrap();
        assert_eq!(mode(&made), 0o700, "one that an older version made stays open");
        assert_eq!(std::fs::read_to_string(made.join(".gitignore")).unwrap(), "*\n!kept\n");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_private_is_its_owner_s_alone_and_of_two_one_creates_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/key");
        create_private(&path, b"x").unwrap();
        assert_eq!(create_private(&path, b"y").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        std::fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        replace_private(&path, b"z").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read(&path).unwrap(), b"z");
    }

    #[test]
    fn of_many_files_all_are_put_in_place_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("kept"), b"before").unwrap();
        std::fs::create_dir_all(path("taken/inside")).unwrap();
        let mut files = ["kept", "deep/new", "taken"].map(|name| (path(name), b"after".to_vec())).to_vec();
        assert!(place_all(&files).is_err(), "where a folder stands, no file can be put");
        assert_eq!(std::fs::read(path("kept")).unwrap(), b"before");
        assert!(!path("deep/new").exists());
        files.pop();
        place_all(&files).unwrap();
        assert_eq!(std::fs::read(path("kept")).unwrap(), b"after");
        assert_eq!(tree(folder.path()).unwrap(), [Path::new("deep/new"), Path::new("kept")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_has_the_permissions_of_any_other() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (ours, other) = (folder.path().join("ours"), folder.path().join("other"));
        replace(&ours, b"x").unwrap();
        std::fs::write(&other, b"x").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&other));
    }
}
