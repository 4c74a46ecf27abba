//! Prints what each file of the photo tests costs: time of one processor, and the most memory held over that of an idle
//! process. Each file is read in a process of its own, so that none hides behind another's peak.
//!
//! `cargo run --release -p submit-fn --example photo_cost`

#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the makers of test files, used here as they are")]
#[path = "../tests/photo/corpus.rs"]
mod corpus;
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the makers of test files, used here as they are")]
#[path = "../tests/photo/make.rs"]
mod make;

use std::io::Write as _;
use std::process::Command;

fn main() -> std::io::Result<()> {
    match std::env::args().nth(1) {
        Some(file) => measure(&file),
        None => measure_all(),
    }
}

fn measure(file: &str) -> std::io::Result<()> {
    let bytes = std::fs::read(file)?;
    let before = peak()?;
    let started = processor_time()?;
    let read = photo::read(&bytes);
    let (time, held) = ((processor_time()? - started) / 1_000_000, peak()?.saturating_sub(before) as f64 / 1e6);
    let answer = answer(read.map(|photo| (photo.width, photo.height)));
    writeln!(std::io::stdout(), "{time:5} ms {held:6.1} MB  {answer}")
}

fn measure_all() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let file = std::env::temp_dir().join(format!("photo-cost-{}", std::process::id()));
    for case in corpus::corpus() {
        std::fs::write(&file, &case.bytes)?;
        let said = Command::new(std::env::current_exe()?).arg(&file).output()?.stdout;
        let said = String::from_utf8_lossy(&said);
        let said = said.trim_end();
        let verdict = if said.ends_with(&answer(case.wanted)) { "" } else { "  WRONG" };
        writeln!(out, "{:54} {:8} bytes {said}{verdict}", case.name, case.bytes.len())?;
    }
    std::fs::remove_file(&file)
}

fn answer(read: Result<(u32, u32), photo::PhotoFault>) -> String {
    read.map_or_else(|fault| fault.to_string(), |(width, height)| format!("{width} by {height}"))
}

/// What this process has had of the processors so far, in nanoseconds; waiting behind other processes does not count.
fn processor_time() -> std::io::Result<u64> {
    let times = std::fs::read_to_string("/proc/self/schedstat")?;
    Ok(times.split(' ').next().and_then(|time| time.parse().ok()).unwrap_or_default())
}

/// The most memory that this process has held so far, in bytes.
fn peak() -> std::io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let held = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        held.and_then(|held| held.trim().strip_suffix(" kB")).and_then(|held| held.trim().parse::<u64>().ok());
    Ok(kilobytes.unwrap_or_default() * 1024)
}
