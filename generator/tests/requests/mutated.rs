//! Row 109: 100,000 bodies that once were right, changed at random, always the same ones. Whatever comes of them, it is a page
//! of ours, no larger than what was sent allows, and never a breakdown.
//!
//! The time that a body takes is printed and not judged, for it depends on the machine; what is judged is what bounds it.

use crate::door::Door;
use crate::filled::{registration, report, update};
use crate::make::{exif_segment, fields, interlaced_png, jpeg, png, with_segments};
use crate::stage::Stage;
use crate::visit::Visit;
use crate::wire::Sent;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rustix::time::{ClockId, clock_gettime};
use std::cell::RefCell;
use submit_fn::Measure;

/// Bodies of each of the four shapes.
const BODIES: u32 = 25_000;
/// The largest page that holds no answers is smaller.
const PAGE: usize = 64 * 1024;
/// An answer stands on its page at most three times, and a sign of it takes up to six characters.
const ECHO: usize = 18;

/// What is done to a body, or around it. Places are taken modulo its length.
#[derive(Clone, Debug)]
enum Change {
    Flip { at: usize, bits: u8 },
    CutOff { at: usize },
    CutOut { from: usize, length: usize },
    Double { from: usize, length: usize },
    Splice { at: usize, other: usize, from: usize, length: usize },
    Insert { at: usize, what: usize },
    Header { name: usize, value: usize },
}

/// What stands out in the grammars that bodies are written in.
const SIGNS: [&[u8]; 14] = [
    b"&",
    b"=",
    b"%",
    b"%00",
    b"%C0%AF",
    b"\r\n",
    b"\n",
    b"--",
    b"\"",
    b"\0",
    b"\xFF\xFE",
    b"\r\n--x\r\n",
    b"Content-Disposition: form-data; name=\"details\"\r\n\r\n",
    b"\xE2\x80\xAE",
];
const NAMES: [&str; 6] = ["content-type", "sec-fetch-site", "origin", "content-encoding", "x-forwarded-for", "referer"];
const VALUES: [&str; 10] = [
    "",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=photo-edge",
    "multipart/form-data; boundary=\"\"",
    "text/plain; charset=utf-8",
    "application/x-www-form-urlencoded; charset=utf-7",
    "null",
    "same-origin",
    "https://insideoutconnects.example",
];

fn change() -> impl Strategy<Value = Change> {
    let place = || any::<u32>().prop_map(|place| place as usize);
    prop_oneof![
        4 => (place(), 1..=255_u8).prop_map(|(at, bits)| Change::Flip { at, bits }),
        1 => place().prop_map(|at| Change::CutOff { at }),
        2 => (place(), 1..64_usize).prop_map(|(from, length)| Change::CutOut { from, length }),
        2 => (place(), 1..512_usize).prop_map(|(from, length)| Change::Double { from, length }),
        2 => (place(), any::<usize>(), place(), 1..256_usize)
            .prop_map(|(at, other, from, length)| Change::Splice { at, other, from, length }),
        3 => (place(), 0..SIGNS.len()).prop_map(|(at, what)| Change::Insert { at, what }),
        1 => (0..NAMES.len(), 0..VALUES.len()).prop_map(|(name, value)| Change::Header { name, value }),
    ]
}

fn piece(body: &[u8], from: usize, length: usize) -> Vec<u8> {
    let from = from % body.len().max(1);
    body.iter().skip(from).take(length).copied().collect()
}

fn insert(body: &mut Vec<u8>, at: usize, what: &[u8]) {
    let at = at % (body.len() + 1);
    body.splice(at..at, what.iter().copied());
}

fn apply(sent: &mut Sent, change: &Change, all: &[Sent]) {
    let body = &mut sent.body;
    let length_now = body.len().max(1);
    match change {
        Change::Flip { at, bits } => {
            if let Some(byte) = body.get_mut(at % length_now) {
                *byte ^= bits;
            }
        }
        Change::CutOff { at } => body.truncate(at % length_now),
        Change::CutOut { from, length } => {
            let from = from % length_now;
            body.drain(from.min(body.len())..(from + length).min(body.len()));
        }
        Change::Double { from, length } => {
            let piece = piece(body, *from, *length);
            insert(body, *from, &piece);
        }
        Change::Splice { at, other, from, length } => {
            let piece = piece(&all[other % all.len()].body, *from, *length);
            insert(body, *at, &piece);
        }
        Change::Insert { at, what } => insert(body, *at, SIGNS[*what]),
        Change::Header { name, value } => *sent = sent.clone().with(NAMES[*name], VALUES[*value]),
    }
}

/// Changes the requests of one shape, and sends them all.
fn never_breaks(shape: &str, stage: &Stage, all: &[Sent]) {
    // Nobody is kept out here: what is asked is what the handler does, not what the limiter does.
    stage.gate.goes_down();
    stage.counted();
    let visit = Visit { door: stage, row: format!("row 109, {shape}") };
    let took = RefCell::new(Vec::new());
    let config = Config { cases: BODIES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let strategy = (0..all.len(), prop::collection::vec(change(), 1..5));
    let ran = runner.run(&strategy, |(chosen, changes)| {
        let mut sent = all[chosen].clone();
        changes.iter().for_each(|change| apply(&mut sent, change, all));
        let before = cpu();
        let got = stage.ask(&sent);
        took.borrow_mut().push(cpu() - before);
        visit.is_a_page(&sent, &got);
        let counted = stage.counted();
        prop_assert!(got.status < 500 && !counted.contains(&Measure::Panicked), "{}: {}", got.status, got.main());
        let most = PAGE + ECHO * sent.body.len().min(256 * 1024);
        prop_assert!(got.body.len() <= most, "{} bytes for {}", got.body.len(), sent.body.len());
        Ok(())
    });
    ran.unwrap();
    say(shape, took.into_inner());
}

/// Time of this thread on the processor, in microseconds.
fn cpu() -> i64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec * 1_000_000 + time.tv_nsec / 1000
}

#[expect(clippy::print_stdout, reason = "a figure for whoever asks for it with --nocapture")]
fn say(shape: &str, mut took: Vec<i64>) {
    took.sort_unstable();
    let of = |share: usize| took[(took.len() - 1) * share / 1000];
    println!(
        "{shape}: {} bodies, CPU in microseconds: median {}, 999 of 1000 within {}, most {}",
        took.len(),
        of(500),
        of(999),
        of(1000)
    );
}

/// What is sent from the pages that show these forms' answers.
fn ready(stage: &Stage) -> Vec<Sent> {
    let visit = Visit { door: stage, row: "row 109".to_owned() };
    let forms = [report().also("website", ""), update(), registration()];
    let pages = forms.map(|filled| (visit.check(&filled), filled.checked()));
    stage.read_a_while();
    pages.map(|(page, sent)| visit.button(&page, &sent)).into()
}

#[test]
fn changed_pairs_never_break_the_handler() {
    let stage = Stage::new();
    let all = [report(), update(), registration()].map(|filled| filled.checked());
    never_breaks("answers as pairs", &stage, &all);
}

#[test]
fn changed_parts_never_break_the_handler() {
    let stage = Stage::new();
    let all = [report(), update(), registration()].map(|filled| filled.checked_in_parts());
    never_breaks("answers in parts", &stage, &all);
}

#[test]
fn changed_sealed_answers_never_break_the_handler() {
    let stage = Stage::new();
    let all = ready(&stage);
    never_breaks("sealed answers", &stage, &all);
}

#[test]
fn changed_photos_never_break_the_handler() {
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "row 109".to_owned() };
    let kept = visit.hand_in(&registration());
    let small = fields(24, 16);
    let tagged = with_segments(&jpeg(&small, 80), &[exif_segment(6)]);
    let all = [jpeg(&small, 90), png(&small), interlaced_png(&small), tagged].map(|file| visit.photo(&kept, &file));
    never_breaks("photos", &stage, &all);
}
