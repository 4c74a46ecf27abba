//! No picture, sound or hostile, costs more memory than the function has for it. Each is read in a process of its own, so that
//! none hides behind another's peak: this file runs itself, once for each picture, and prints what each took.
//!
//! `cargo test --workspace --all-features --locked --test memory`

#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot make its files has failed")]
#[path = "photo/corpus.rs"]
mod corpus;
#[expect(clippy::indexing_slicing, reason = "a test that cannot make its files has failed")]
#[path = "photo/flat.rs"]
mod flat;
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot make its files has failed")]
#[path = "photo/make.rs"]
mod make;
#[expect(dead_code, reason = "the colours are looked at in the photo tests")]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot make its files has failed")]
#[path = "photo/phones.rs"]
mod phones;

use photo::PhotoFault;
use std::io::{Error, Result, Write as _};
use std::path::Path;
use std::process::Command;

/// What `Limits::SUBMITTED` promises: megabytes over the idle process.
const MOST: f64 = 100.0;
/// Names the file that this run reads.
const FILE: &str = "PHOTO_OF_THIS_RUN";

type Wanted = std::result::Result<(u32, u32), PhotoFault>;

fn main() -> Result<()> {
    match std::env::var_os(FILE) {
        Some(file) => read_one(Path::new(&file)),
        None => read_all(),
    }
}

/// Prints the peak in megabytes over the idle process, and what became of the file.
fn read_one(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file)?;
    let before = peak()?;
    let read = photo::read(&bytes).map(|photo| (photo.width, photo.height));
    let held = peak()?.saturating_sub(before) as f64 / 1e6;
    writeln!(std::io::stdout(), "{held:.1} {read:?}")
}

fn read_all() -> Result<()> {
    let hostile = corpus::corpus().into_iter().map(|case| (case.name.to_owned(), case.bytes, case.wanted));
    let phones = phones::pictures().into_iter().map(|one| (one.name, one.bytes, one.wanted.map(|stored| stored.size)));
    let file = std::env::temp_dir().join(format!("photo-memory-{}", std::process::id()));
    let mut out = std::io::stdout().lock();
    let mut wrong = Vec::new();
    for (name, bytes, wanted) in hostile.chain(phones) {
        std::fs::write(&file, &bytes)?;
        let said = Command::new(std::env::current_exe()?).env(FILE, &file).output()?.stdout;
        let said = String::from_utf8_lossy(&said);
        writeln!(out, "{name:54} {:8} bytes {:>6} MB", bytes.len(), said.split(' ').next().unwrap_or_default())?;
        if !is_right(&said, wanted) {
            wrong.push(format!("{name}: {said}"));
        }
    }
    std::fs::remove_file(&file)?;
    if wrong.is_empty() { Ok(()) } else { Err(Error::other(wrong.concat())) }
}

fn is_right(said: &str, wanted: Wanted) -> bool {
    let Some((held, became)) = said.trim().split_once(' ') else { return false };
    became == format!("{wanted:?}") && held.parse().is_ok_and(|held: f64| held <= MOST)
}

/// The most memory that this process has held so far, in bytes.
fn peak() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let held = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = held.and_then(|held| held.trim().strip_suffix(" kB")).and_then(|held| held.trim().parse().ok());
    kilobytes.map(|kilobytes: u64| kilobytes * 1024).ok_or_else(|| Error::other("no peak in the process's status"))
}
