//! The same table against `inside-out serve`: requests over HTTP as a trusted proxy sends them on, effects read from the folder store.

use crate::far::Far;
use crate::line::ask;
use crate::site::built;
use crate::wire::Sent;
use jiff::Timestamp;
use review::Folder;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

struct Server {
    process: Child,
    place: String,
    root: TempDir,
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
        Self { process, place, root }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which the rows have told.
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}

#[test]
#[ignore = "most rows wait as a reader would: tests/serve/run shows parts of the table at the same time"]
fn a_server_of_one_s_own_answers_every_row_as_it_should() {
    let server = Server::new();
    let store = Folder::new(server.root.path().join("var/review"), Timestamp::now);
    let door = Far::new(store, |sent: &Sent, address| {
        // A proxy puts what it saw behind what the visitor wrote.
        let passed_on = if sent.is_direct { sent.clone() } else { sent.clone().also("x-forwarded-for", address) };
        ask((&server.place, &server.place), &passed_on, &[])
    });
    door.show();
}
