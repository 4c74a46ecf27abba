//! A handler that runs elsewhere: requests over a connection, effects read from the store.

use crate::door::Door;
use crate::rows;
use crate::table::{every, through};
use crate::wire::{Got, Sent};
use review::Store;
use schema::submission::row::Row;
use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// Longer than the function takes for a program's haste. Its clock cannot be set, so that this time must really pass.
const READING: Duration = Duration::from_millis(2500);

/// The way to a handler, given who asks it: each request comes with the address of its visitor.
pub(crate) struct Far<S, A> {
    store: S,
    ask: A,
    runtime: Runtime,
    visitor: AtomicU32,
    asked: Mutex<Instant>,
}

impl<S: Store, A: Fn(&Sent, String) -> Got + Sync> Far<S, A> {
    pub(crate) fn new(store: S, ask: A) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Self { store, ask, runtime, visitor: AtomicU32::new(0), asked: Mutex::new(Instant::now()) }
    }

    /// Shows every row of the part that is asked for.
    pub(crate) fn show(&self) {
        let (part, of) = part();
        every(rows::all().iter().skip(part - 1).step_by(of), |row| through(self, row));
    }
}

impl<S: Store, A: Fn(&Sent, String) -> Got + Sync> Door for Far<S, A> {
    fn ask(&self, sent: &Sent) -> Got {
        let own = address(self.visitor.fetch_add(1, Ordering::Relaxed));
        let got = (self.ask)(sent, sent.address.clone().unwrap_or(own));
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

/// The address of a visitor that no other has: of a request that brings none of its own.
fn address(number: u32) -> String {
    format!("10.{}.{}.{}:4000", number >> 16 & 255, number >> 8 & 255, number & 255)
}

/// Which part of the table is to be shown, of how many. Most rows wait for a reader, so that parts are shown at the same time, each
/// by a function and a store of its own.
fn part() -> (usize, usize) {
    let asked = env::var("ROWS").unwrap_or_else(|_| "1/1".to_owned());
    let part = asked.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    part.filter(|(part, of)| (1..=*of).contains(part))
        .unwrap_or_else(|| panic!("ROWS is `{asked}`, and not like `2/3`"))
}
