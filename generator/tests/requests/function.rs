//! The same table against a function that runs elsewhere: requests over HTTP as the edge sends them, effects read from the
//! store. `tests/function/run` starts function and store, and says where they are:
//!
//! `FUNCTION_URL` (http://HOST:PORT), `FUNCTION_HOST` (its name there, if another), `ORIGIN_SECRET`, `BUNDLE` (the very bundle
//! that the function carries), `CANARY` if the log is searched, `ROWS` (`2/3` for the second third; without it, every row), and
//! all that the cloud store needs.

use crate::door::Door;
use crate::rows;
use crate::table::through;
use crate::wire::{Got, Sent};
use jiff::Timestamp;
use review::Store;
use review::cloud::{Cloud, Roots, Settings};
use schema::submission::row::Row;
use std::env;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use submit_fn::SECRET_HEADER;
use tokio::runtime::{Builder, Runtime};

/// Longer than the function takes for a program's haste. Its clock cannot be set, so that this time must really pass.
const READING: Duration = Duration::from_millis(2500);

struct Function {
    place: String,
    host: String,
    secret: String,
    cloud: Cloud,
    runtime: Runtime,
    visitor: AtomicU32,
    asked: Mutex<Instant>,
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set: tests/function/run sets it"))
}

impl Function {
    fn new() -> Self {
        let url = variable("FUNCTION_URL");
        let place = url.strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
        // The words of the pages are looked up in the bundle that the function carries.
        variable("BUNDLE");
        let settings = Settings::from_variables(|name| env::var(name).ok()).unwrap();
        assert!(settings.endpoint.is_some(), "the table runs against an emulator, never against Amazon");
        Self {
            host: env::var("FUNCTION_HOST").unwrap_or_else(|_| place.clone()),
            place,
            secret: variable("ORIGIN_SECRET"),
            cloud: Cloud::new(&settings, Roots::Amazon, Timestamp::now),
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
            visitor: AtomicU32::new(0),
            asked: Mutex::new(Instant::now()),
        }
    }

    /// The request as the edge sends it on.
    fn head(&self, sent: &Sent) -> Vec<u8> {
        let number = self.visitor.fetch_add(1, Ordering::Relaxed);
        let address = format!("10.{}.{}.{}:4000", number >> 16 & 255, number >> 8 & 255, number & 255);
        let address = sent.address.clone().unwrap_or(address);
        let mut head =
            format!("{} {} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", sent.method, sent.path, self.host);
        if !sent.is_direct {
            head.push_str(&format!("{SECRET_HEADER}: {}\r\ncloudfront-viewer-address: {address}\r\n", self.secret));
        }
        if !sent.body.is_empty() || sent.method == "POST" {
            head.push_str(&format!("content-length: {}\r\n", sent.body.len()));
        }
        let mut head = head.into_bytes();
        for (name, value) in &sent.headers {
            head.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        head.extend(b"\r\n");
        head
    }
}

impl Door for Function {
    fn ask(&self, sent: &Sent) -> Got {
        let mut stream = TcpStream::connect(&self.place).unwrap();
        stream.write_all(&[self.head(sent), sent.body.clone()].concat()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        *self.asked.lock().unwrap() = Instant::now();
        read(&answer)
    }

    fn rows(&self) -> Vec<Row> {
        self.runtime.block_on(self.cloud.rows()).unwrap()
    }

    fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        self.runtime.block_on(self.cloud.get(key)).ok()
    }

    fn read_a_while(&self) {
        let since = self.asked.lock().unwrap().elapsed();
        std::thread::sleep(READING.saturating_sub(since));
    }

    fn is_here(&self) -> bool {
        false
    }
}

/// Which part of the table is to be shown, of how many. Most rows wait for a reader, so that parts are shown at the same time, each
/// by a function and a store of its own.
fn part() -> (usize, usize) {
    let asked = env::var("ROWS").unwrap_or_else(|_| "1/1".to_owned());
    let part = asked.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    part.filter(|(part, of)| (1..=*of).contains(part))
        .unwrap_or_else(|| panic!("ROWS is `{asked}`, and not like `2/3`"))
}

/// An answer as it came over the wire.
fn read(answer: &[u8]) -> Got {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    let headers: Vec<(String, String)> = lines.filter_map(header).collect();
    let mut got = Got { status, headers, body: String::new() };
    let is_in_pieces = got.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
    let body = &answer[end + 4..];
    got.body = String::from_utf8(if is_in_pieces { pieces(body) } else { body.to_vec() }).unwrap();
    got
}

fn pieces(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|window| window == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend(&body[end + 2..end + 2 + size]);
        body = &body[end + 2 + size + 2..];
    }
}

#[test]
#[ignore = "tests/function/run starts the function that it asks"]
fn the_function_answers_every_row_as_it_should() {
    let function = Function::new();
    let (part, of) = part();
    let mut failed = Vec::new();
    for row in rows::all().iter().skip(part - 1).step_by(of) {
        let went = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| through(&function, row)));
        failed.extend(went.is_err().then_some(row.number));
    }
    assert!(failed.is_empty(), "these rows failed, as said above: {failed:?}");
}
