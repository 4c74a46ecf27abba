//! The keys that seal forms, in a file of their own: one a line, the newest first, as in the function's secret. The newest seals, all
//! open, so that keys can be changed while somebody reads their answers or has put a form down.

use anyhow::{Context, Result};
use fs_err as fs;
use schema::ground::failure::Failure;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use submit_fn::Keys;

/// The file in `var`.
pub(crate) const FILE: &str = "seal.keys";

/// The keys of a root; a first one of these bytes where it has none yet.
///
/// # Errors
/// That the file holds no keys, that others can read it, or those of the disk.
pub(crate) fn keys(var: &Path, random: fn() -> [u8; 16]) -> Result<Keys> {
    let place = var.join(FILE);
    let text = match fs::read_to_string(&place) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = line(random);
            disk::create_private(&place, key.as_bytes())?;
            key
        }
        Err(error) => return Err(error).context("reading the keys that seal forms"),
    };
    is_private(&place)?;
    parse(&text).ok_or_else(|| {
        let help = "one key a line, 64 hexadecimal digits each, the newest first; bring the file back from a backup";
        Failure::new(format!("{} holds no keys", place.display())).help(help).into()
    })
}

/// Puts a new key before those of a root. Returns where they are.
///
/// # Errors
/// That the file holds no keys, that others can read it, or those of the disk.
pub fn turn(root: &Path, random: fn() -> [u8; 16]) -> Result<PathBuf> {
    let var = disk::var(root)?;
    keys(&var, random)?;
    let place = var.join(FILE);
    let before = fs::read_to_string(&place)?;
    disk::replace_private(&place, format!("{}{before}", line(random)).as_bytes())?;
    Ok(place)
}

fn line(random: fn() -> [u8; 16]) -> String {
    base16ct::lower::encode_string(&[random(), random()].concat()) + "\n"
}

fn parse(text: &str) -> Option<Keys> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Keys::parse(&lines.join(","))
}

#[cfg(unix)]
fn is_private(place: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(place)?.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    let help = format!("chmod 600 {}, and put a new key into it with `inside-out serve --new-key`", place.display());
    Err(Failure::new(format!("others on this machine can read {}", place.display())).help(help).into())
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ones() -> [u8; 16] {
        [1; 16]
    }

    fn twos() -> [u8; 16] {
        [2; 16]
    }

    #[test]
    fn a_first_key_is_made_for_its_owner_alone_and_kept() {
        let root = tempfile::tempdir().unwrap();
        let var = disk::var(root.path()).unwrap();
        keys(&var, ones).unwrap();
        keys(&var, twos).unwrap();
        assert_eq!(fs::read_to_string(var.join(FILE)).unwrap(), format!("{}\n", "01".repeat(32)));
        turn(root.path(), twos).unwrap();
        let text = fs::read_to_string(var.join(FILE)).unwrap();
        assert_eq!(text, format!("{}\n{}\n", "02".repeat(32), "01".repeat(32)));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(var.join(FILE)).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(var.join(FILE), PermissionsExt::from_mode(0o640)).unwrap();
            assert!(keys(&var, ones).err().unwrap().to_string().contains("others on this machine"));
        }
    }

    #[test]
    fn a_file_that_holds_no_keys_is_never_put_over() {
        let root = tempfile::tempdir().unwrap();
        let var = disk::var(root.path()).unwrap();
        for text in ["", "no key\n", "0101\n"] {
            disk::replace_private(&var.join(FILE), text.as_bytes()).unwrap();
            assert!(keys(&var, ones).err().unwrap().to_string().contains("holds no keys"), "{text:?}");
            assert!(turn(root.path(), ones).is_err());
            assert_eq!(fs::read_to_string(var.join(FILE)).unwrap(), text);
        }
    }
}
