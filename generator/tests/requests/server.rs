//! The same table against `inside-out serve`: requests over HTTP as a trusted proxy sends them on, effects read from the folder store.

use crate::door::Door;
use crate::line::{READING, address, ask, part};
use crate::rows;
use crate::site::built;
use crate::table::through;
use crate::wire::{Got, Sent};
use jiff::Timestamp;
use review::{Folder, Store};
use schema::submission::row::Row;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

struct Server {
    process: Child,
    place: String,
    store: Folder,
    runtime: Runtime,
    visitor: AtomicU32,
    asked: Mutex<Instant>,
    _root: TempDir,
}

impl Server {
    fn new() -> Self {
        let root = built(str::to_owned);
        let mut process = Command::new(env!("CARGO_BIN_EXE_inside-out"))
            .args(["--root", root.path().to_str().unwrap(), "serve"])
            .args(["--listen", "127.0.0.1:0", "--trust-proxy", "127.0.0.1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let place = said
            .filter_map(|line| Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned()))
            .next()
            .expect("it says where it serves");
        Self {
            process,
            place,
            store: Folder::new(root.path().join("var/review"), Timestamp::now),
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
            visitor: AtomicU32::new(0),
            asked: Mutex::new(Instant::now()),
            _root: root,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which the rows have told.
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}

impl Door for Server {
    fn ask(&self, sent: &Sent) -> Got {
        let own = address(self.visitor.fetch_add(1, Ordering::Relaxed));
        // A proxy puts what it saw behind what the visitor wrote.
        let address = sent.address.clone().unwrap_or(own);
        let passed_on = if sent.is_direct { sent.clone() } else { sent.clone().also("x-forwarded-for", address) };
        let got = ask((&self.place, &self.place), &passed_on, &[]);
        *self.asked.lock().unwrap() = Instant::now();
        got
    }

    fn rows(&self) -> Vec<Row> {
        self.runtime.block_on(self.store.rows()).unwrap()
    }

    fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        self.runtime.block_on(self.store.get(key)).ok()
    }

    fn read_a_while(&self) {
        let since = self.asked.lock().unwrap().elapsed();
        std::thread::sleep(READING.saturating_sub(since));
    }

    fn is_here(&self) -> bool {
        false
    }
}

#[test]
#[ignore = "most rows wait as a reader would: tests/serve/run shows parts of the table at the same time"]
fn a_server_of_one_s_own_answers_every_row_as_it_should() {
    let server = Server::new();
    let (part, of) = part();
    let mut failed = Vec::new();
    for row in rows::all().iter().skip(part - 1).step_by(of) {
        let went = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| through(&server, row)));
        failed.extend(went.is_err().then_some(row.number));
    }
    assert!(failed.is_empty(), "these rows failed, as said above: {failed:?}");
}
