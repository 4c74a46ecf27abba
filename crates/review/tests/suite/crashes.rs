//! Whatever call a crash meets, before it or after it, nothing is lost and nothing is doubled: a store in memory that breaks off
//! at call k, over random histories of sending, adding photos, correcting, taking back and sweeping.

use crate::common::{secret, submission};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use review::{
    Acceptance, Claim, Intake, LogLine, Revision, Store, StoreError, Transition, accept, add_photo, revise, sweep,
};
use schema::ground::hash::Hash;
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Where a crash falls: at the call of this number, before it takes effect or after.
#[derive(Clone, Copy, Debug)]
struct Crash {
    call: u32,
    after: bool,
}

#[derive(Default)]
struct Inside {
    rows: BTreeMap<Reference, Row>,
    objects: BTreeMap<String, Vec<u8>>,
    log: Vec<Decision>,
    calls: u32,
    crash: Option<Crash>,
    now: Timestamp,
}

#[derive(Default)]
struct Memory(Mutex<Inside>);

impl Memory {
    /// One call: it takes effect and is answered, unless the crash falls on it. After a crash nothing is reached any more.
    fn call<R>(&self, work: impl FnOnce(&mut Inside) -> R) -> Result<R, StoreError> {
        let mut inside = self.0.lock().unwrap();
        let at = inside.calls;
        inside.calls += 1;
        let lost = || Err(StoreError::Unavailable("crash".into()));
        match inside.crash {
            Some(crash) if at > crash.call || (at == crash.call && !crash.after) => lost(),
            Some(crash) if at == crash.call => {
                work(&mut inside);
                lost()
            }
            _ => Ok(work(&mut inside)),
        }
    }

    /// A new process begins: its calls are counted anew.
    fn begin(&self, crash: Option<Crash>, now: Timestamp) {
        let mut inside = self.0.lock().unwrap();
        (inside.calls, inside.crash, inside.now) = (0, crash, now);
    }

    fn turn(
        &self,
        id: &Reference,
        may: impl Fn(&Row) -> bool,
        change: impl Fn(&mut Row),
    ) -> Result<Transition, StoreError> {
        self.call(|inside| {
            let now = inside.now;
            let Some(row) = inside.rows.get_mut(id) else { return Transition::Unknown };
            if !may(row) {
                return Transition::Kept(row.clone());
            }
            change(row);
            row.changed_at = now;
            Transition::Done(row.clone())
        })
    }
}

impl Intake for Memory {
    async fn claim(&self, row: &Row) -> Result<Claim, StoreError> {
        self.call(|inside| match inside.rows.get(&row.id) {
            Some(taken) => Claim::Taken(Box::new(taken.clone())),
            None => {
                inside.rows.insert(row.id.clone(), row.clone());
                Claim::New
            }
        })
    }
    async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.call(|inside| {
            inside.objects.entry(key.to_owned()).or_insert_with(|| bytes.to_vec());
        })
    }
    async fn settle(&self, id: &Reference, to: State) -> Result<Transition, StoreError> {
        self.turn(id, |row| row.state == State::Pending, |row| row.state = to)
    }
    async fn row(&self, id: &Reference) -> Result<Option<Row>, StoreError> {
        self.call(|inside| inside.rows.get(id).cloned())
    }
    async fn set_photo(&self, id: &Reference, from: Option<Hash>, to: Option<Hash>) -> Result<Transition, StoreError> {
        let waits = |row: &Row| matches!(row.state, State::Received | State::Held) && row.photo_hash == from;
        self.turn(id, waits, |row| row.photo_hash = to)
    }
    async fn revise(&self, from: &Row, to: &Row) -> Result<Transition, StoreError> {
        let stands = |row: &Row| row.state == from.state && row.payload_hash == from.payload_hash;
        let change = |row: &mut Row| {
            let Row { state, payload_hash, earlier, flags, .. } = to.clone();
            *row = Row { state, payload_hash, earlier, flags, ..row.clone() };
        };
        self.turn(&from.id, stands, change)
    }
    async fn decide(&self, decision: &Decision) -> Result<Transition, StoreError> {
        // Row and line are one write.
        self.call(|inside| {
            let Some(row) = inside.rows.get_mut(&decision.id) else { return Transition::Unknown };
            if !decision.holds_for(row) {
                return Transition::Kept(row.clone());
            }
            (row.state, row.changed_at) = (decision.to, inside.now);
            inside.log.push(decision.clone());
            Transition::Done(row.clone())
        })
    }
}

impl Store for Memory {
    async fn get(&self, key: &str) -> Result<Vec<u8>, StoreError> {
        self.call(|inside| inside.objects.get(key).cloned())?.ok_or(StoreError::Unavailable("absent".into()))
    }
    async fn entries(&self) -> Result<Vec<Result<Row, StoreError>>, StoreError> {
        self.call(|inside| inside.rows.values().cloned().map(Ok).collect())
    }
    async fn has(&self, key: &str) -> Result<bool, StoreError> {
        self.call(|inside| inside.objects.contains_key(key))
    }
    async fn put_at(&self, _key: &str) -> Result<Option<Timestamp>, StoreError> {
        Ok(None)
    }
    async fn erase(&self, row: &Row) -> Result<(), StoreError> {
        // Each deletion is a call of its own, as in the cloud: a crash may fall between any two.
        let keys: Vec<String> = self.call(|inside| {
            assert!(inside.rows.get(&row.id).is_none_or(|row| row.state.is_empty()));
            inside.objects.keys().filter(|key| belongs(key, row)).cloned().collect()
        })?;
        for key in keys {
            self.call(|inside| inside.objects.remove(&key))?;
        }
        Ok(())
    }
    async fn strip(&self, id: &Reference) -> Result<Transition, StoreError> {
        self.turn(id, |row| row.state == State::Cleared, |row| *row = row.bare())
    }
    async fn forget(&self, id: &Reference) -> Result<(), StoreError> {
        self.call(|inside| inside.rows.remove(id)).map(|_| ())
    }
    async fn log(&self) -> Result<Vec<Decision>, StoreError> {
        self.call(|inside| inside.log.clone())
    }
    async fn lines(&self) -> Result<Vec<LogLine>, StoreError> {
        Ok(Vec::new())
    }
    async fn witness(&self, _: &[LogLine]) -> Result<(), StoreError> {
        Ok(())
    }
}

/// One thing that happens to the store.
#[derive(Clone, Debug)]
enum Step {
    Send { who: u8, words: u8, flagged: bool },
    Photo { who: u8, bytes: u8 },
    Correct { who: u8, words: u8, flagged: bool },
    TakeBack { who: u8 },
    Sweep { hours_later: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3u8, 0..2u8, any::<bool>()).prop_map(|(who, words, flagged)| Step::Send { who, words, flagged }),
        2 => (0..3u8, 0..3u8).prop_map(|(who, bytes)| Step::Photo { who, bytes }),
        2 => (0..3u8, 2..5u8, any::<bool>()).prop_map(|(who, words, flagged)| Step::Correct { who, words, flagged }),
        1 => (0..3u8).prop_map(|who| Step::TakeBack { who }),
        2 => (0..30i64).prop_map(|hours_later| Step::Sweep { hours_later }),
    ]
}

fn crash() -> impl Strategy<Value = Option<Crash>> {
    prop::option::weighted(0.7, (0..9u32, any::<bool>()).prop_map(|(call, after)| Crash { call, after }))
}

/// What a request or a sweep does, and what its sender is told.
async fn happen(store: &Memory, step: &Step, written_at: Timestamp, now: Timestamp) -> Result<Option<Row>, StoreError> {
    match step {
        Step::Send { who, words, flagged } => {
            let sent = submission(*who, SubmissionKind::Registration, &words.to_string(), written_at);
            let flags = if *flagged { vec![Flag::Honeypot, Flag::Today] } else { Vec::new() };
            match accept(store, &sent, &secret(*who), flags).await? {
                Acceptance::Stored(row) => Ok(Some(row)),
                Acceptance::Changed(_) | Acceptance::Gone => Ok(None),
            }
        }
        Step::Photo { who, bytes } => {
            if let Some(row) = store.row(&Reference::from_random([*who; 16])).await? {
                add_photo(store, &row, &[*bytes]).await?;
            }
            Ok(None)
        }
        Step::Correct { who, words, flagged } => {
            let Some(row) = store.row(&Reference::from_random([*who; 16])).await? else { return Ok(None) };
            let sent = submission(*who, SubmissionKind::Registration, &words.to_string(), written_at);
            let judged = if *flagged { [Flag::Links, Flag::Today].as_slice() } else { &[] };
            match revise(store, &row, &sent, judged).await? {
                Revision::Stored(row) => Ok(Some(row)),
                Revision::Overtaken(_) | Revision::Over(_) | Revision::Unknown => Ok(None),
            }
        }
        Step::TakeBack { who } => {
            if let Some(row) = store.row(&Reference::from_random([*who; 16])).await? {
                let decision = Decision {
                    at: now,
                    editor: "submitter".into(),
                    id: row.id,
                    from: row.state,
                    to: State::Withdrawn,
                    reason: None,
                    profile: None,
                    assured: Vec::new(),
                    answers: None,
                };
                if row.state != State::Removed {
                    store.decide(&decision).await?;
                }
            }
            Ok(None)
        }
        Step::Sweep { .. } => sweep(store, now).await.map(|_| None),
    }
}

/// Whether an object is a row's: its answers, its photo, its note.
fn belongs(key: &str, row: &Row) -> bool {
    key.starts_with(&row.prefix()) || row.note_keys().any(|note| note == key)
}

/// What must hold at every instant, crash or not.
fn is_whole(store: &Memory) {
    let inside = store.0.lock().unwrap();
    for key in inside.objects.keys() {
        let owned = inside.rows.values().any(|row| belongs(key, row));
        assert!(owned, "{key} has no row");
    }
    for row in inside.rows.values().filter(|row| matches!(row.state, State::Received | State::Held)) {
        assert!(inside.objects.contains_key(&row.object_key()), "{:?} waits without its answers", row.id);
        for answers in &row.earlier {
            assert!(inside.objects.contains_key(&row.key_of(*answers)), "{:?} lost what was sent before", row.id);
            assert_ne!(*answers, row.payload_hash, "{:?} names the same answers twice", row.id);
        }
        let mut notes = row.note_keys();
        assert!(
            row.note_key().is_none() || notes.any(|key| inside.objects.contains_key(&key)),
            "{:?} is urgent and was not announced",
            row.id
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn a_crash_at_any_call_loses_and_doubles_nothing(history in prop::collection::vec((step(), crash()), 1..6)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let store = Memory::default();
            let start = Timestamp::from_second(1_800_000_000).unwrap();
            let mut now = start;
            for (step, crash) in &history {
                now += SignedDuration::from_secs(60);
                if let Step::Sweep { hours_later } = step {
                    now += SignedDuration::from_hours(*hours_later);
                }
                store.begin(*crash, now);
                if let Ok(Some(row)) = happen(&store, step, start, now).await {
                    // "Sent" is said only of what is stored, and an editor will see.
                    let inside = store.0.lock().unwrap();
                    prop_assert_eq!(inside.rows.get(&row.id), Some(&row));
                    prop_assert!(row.state != State::Pending && inside.objects.contains_key(&row.object_key()));
                }
                is_whole(&store);
            }
            // Whatever went before: a send that is not disturbed ends in one record, or says that it was something else.
            store.begin(None, now);
            let last = Step::Send { who: 0, words: 0, flagged: false };
            if let Some(row) = happen(&store, &last, start, now).await.unwrap() {
                prop_assert!(matches!(row.state, State::Received | State::Held));
            }
            // And in the end the sweeper leaves nothing half done.
            for hours in [1, 48, 49] {
                store.begin(None, now + SignedDuration::from_hours(hours));
                let swept = sweep(&store, now + SignedDuration::from_hours(hours)).await.unwrap();
                prop_assert!(swept.failed.is_empty());
            }
            is_whole(&store);
            let inside = store.0.lock().unwrap();
            for row in inside.rows.values() {
                prop_assert!(matches!(row.state, State::Received | State::Held));
                let photo = row.photo_key();
                prop_assert!(photo.is_none_or(|key| inside.objects.contains_key(&key)), "a photo is named that is not there");
            }
            Ok(())
        })?;
    }
}
