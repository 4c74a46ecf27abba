//! The same table against a function that runs elsewhere: requests over HTTP as the edge sends them, effects read from the
//! store. `tests/function/run` starts function and store, and says where they are:
//!
//! `FUNCTION_URL` (http://HOST:PORT), `FUNCTION_HOST` (its name there, if another), `ORIGIN_SECRET`, `BUNDLE` (the very bundle
//! that the function carries), `CANARY` if the log is searched, `ROWS` (`2/3` for the second third; without it, every row), and
//! all that the cloud store needs.

use crate::door::Door;
use crate::line::{READING, address, ask, part};
use crate::rows;
use crate::table::through;
use crate::wire::{Got, Sent};
use jiff::Timestamp;
use review::Store;
use review::cloud::{Cloud, Roots, Settings};
use schema::submission::row::Row;
use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;
use submit_fn::SECRET_HEADER;
use tokio::runtime::{Builder, Runtime};

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

    /// What the edge writes beside a request.
    fn edge(&self, sent: &Sent) -> Vec<(&'static str, String)> {
        let own = address(self.visitor.fetch_add(1, Ordering::Relaxed));
        let address = sent.address.clone().unwrap_or(own);
        let edge = [(SECRET_HEADER, self.secret.clone()), ("cloudfront-viewer-address", address)];
        edge.into_iter().filter(|_| !sent.is_direct).collect()
    }
}

impl Door for Function {
    fn ask(&self, sent: &Sent) -> Got {
        let got = ask((&self.place, &self.host), sent, &self.edge(sent));
        *self.asked.lock().unwrap() = Instant::now();
        got
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
