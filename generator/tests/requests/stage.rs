//! The handler in this process, on a store in a folder of its own, with a clock that the test sets.

use crate::door::Door;
use crate::double::{Double, Gate};
use crate::site::{SECRET, bundle};
use crate::wire::{Got, Sent};
use jiff::{SignedDuration, Timestamp};
use review::{Folder, Intake, Store, Transition};
use schema::ground::hash::content_hash;
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};
use submit_fn::{Front, Handler, Keys, Measure, SECRET_HEADER, Tools};
use tempfile::TempDir;
use templates::Theme;
use templates::bundle::Bundle;

thread_local! {
    /// The time in which the handler answers on this thread.
    static NOW: Cell<Timestamp> = const { Cell::new(Timestamp::UNIX_EPOCH) };
    /// When something is due that it waits for.
    static DUE: RefCell<Vec<Timestamp>> = const { RefCell::new(Vec::new()) };
    /// What it counted.
    static COUNTED: RefCell<Vec<Measure>> = const { RefCell::new(Vec::new()) };
}

/// The handler with all that belongs to it.
pub(crate) struct Stage {
    pub(crate) handler: Handler<Double, Gate, Double, Double>,
    pub(crate) store: Double,
    pub(crate) gate: Gate,
    now: Mutex<Timestamp>,
    counted: Mutex<Vec<Measure>>,
    visitor: AtomicU32,
    _folder: TempDir,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self::of(bundle())
    }

    /// With a site of its own.
    pub(crate) fn of(bundle: Bundle) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Double::new(Folder::new(folder.path(), || NOW.get()));
        let gate = Gate::default();
        let theme = Theme::open(&bundle.theme).ok().unwrap();
        let tools = Tools {
            keys: Keys::new([7; 32], Vec::new()),
            front: Front::CloudFront { secrets: vec![SECRET.to_owned()] },
            clock: || NOW.get(),
            random,
            sleep: |time| Box::pin(sleep(SignedDuration::try_from(time).unwrap())),
            measure: |measure| COUNTED.with_borrow_mut(|counted| counted.push(measure.clone())),
        };
        Self {
            handler: Handler::new(bundle, theme, (store.clone(), gate.clone(), store.clone(), store.clone()), tools),
            store,
            gate,
            now: Mutex::new("2026-11-30T12:00:00Z".parse().unwrap()),
            counted: Mutex::default(),
            visitor: AtomicU32::new(0),
            _folder: folder,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    pub(crate) fn set_now(&self, now: Timestamp) {
        *self.now.lock().unwrap() = now;
    }

    pub(crate) fn pass(&self, time: SignedDuration) {
        let mut now = self.now.lock().unwrap();
        *now += time;
    }

    /// An editor, or whoever publishes, turns a row.
    pub(crate) fn decide(&self, id: &Reference, to: State) {
        self.turn(id, to, None);
    }

    /// An editor makes a profile of it.
    pub(crate) fn promote(&self, id: &Reference, person: &str) {
        self.turn(id, State::Promoted, Some(person.to_owned()));
    }

    fn turn(&self, id: &Reference, to: State, profile: Option<String>) {
        NOW.set(self.now());
        let from = at_once(self.store.folder.row(id)).unwrap().unwrap().state;
        let (editor, at) = ("ed".to_owned(), self.now());
        let decision = Decision {
            at,
            editor,
            id: id.clone(),
            from,
            to,
            reason: None,
            profile,
            assured: Vec::new(),
            answers: None,
        };
        assert!(matches!(at_once(self.store.folder.decide(&decision)).unwrap(), Transition::Done(_)));
    }

    /// What was counted since this was last asked.
    pub(crate) fn counted(&self) -> Vec<Measure> {
        std::mem::take(&mut self.counted.lock().unwrap())
    }

    /// The request as it comes from the edge.
    pub(crate) fn through_the_edge(&self, sent: &Sent) -> Sent {
        if sent.is_direct {
            return sent.clone();
        }
        let number = self.visitor.fetch_add(1, Ordering::Relaxed);
        let own = || format!("10.{}.{}.{}:4000", number >> 16 & 255, number >> 8 & 255, number & 255);
        let address = sent.address.clone().unwrap_or_else(own);
        sent.clone().with(SECRET_HEADER, SECRET).with("cloudfront-viewer-address", address)
    }
}

impl Door for Stage {
    fn ask(&self, sent: &Sent) -> Got {
        NOW.set(self.now());
        let request = self.through_the_edge(sent).request();
        let got = Got::of(at_once(self.handler.answer(&request)));
        self.counted.lock().unwrap().extend(COUNTED.take());
        got
    }

    fn rows(&self) -> Vec<Row> {
        at_once(self.store.folder.rows()).unwrap()
    }

    fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        at_once(self.store.folder.get(key)).ok()
    }

    fn read_a_while(&self) {
        self.pass(SignedDuration::from_secs(40));
    }

    fn begin(&self) {
        // The limits of the row before are over.
        self.pass(SignedDuration::from_hours(3));
        self.store.mend();
        self.gate.mend();
        self.counted();
    }

    fn is_here(&self) -> bool {
        true
    }
}

/// Other bytes each time.
fn random() -> [u8; 16] {
    static DRAWN: AtomicU32 = AtomicU32::new(0);
    let hash = content_hash(&DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes()).bytes();
    std::array::from_fn(|place| hash[place])
}

async fn sleep(time: SignedDuration) {
    let due = NOW.get() + time;
    poll_fn(|_| {
        if NOW.get() >= due {
            return Poll::Ready(());
        }
        DUE.with_borrow_mut(|all| all.push(due));
        Poll::Pending
    })
    .await;
}

/// Carries out what waits for nothing outside this process. Where it waits for the clock, the clock goes on to what is due next.
pub(crate) fn at_once<R>(work: impl Future<Output = R>) -> R {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            DUE.take();
            return done;
        }
        if let Some(next) = DUE.take().into_iter().min() {
            NOW.set(next);
        }
    }
}
