//! A publish as tests ask for it, on a clock of their own; and what must hold once it is through.

use crate::bucket::ServiceError;
use crate::bundle::Bundle;
use crate::descent::Lineage;
use crate::edge::{Edge, gone_key};
use crate::fake::World;
use crate::lock::{self, NotTaken};
use crate::manifest::{Manifest, name_of_publish};
use crate::publisher::{intent_key, manifest_key};
use crate::removal::{self, Removed};
use crate::round::{NOBODY, PublishOutcome, RoundOptions};
use crate::session::Session;
use crate::small::Site;
use crate::step::Step;
use crate::target::{Observer, Target};
use jiff::{SignedDuration, Timestamp};
use schema::ground::failure::Failure;
use schema::ground::zone::Zone;
use schema::person::profile::ProfileId;
use site::made::Made;
use site::site_path::SitePath;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::Notify;

thread_local! {
    static NOW: Cell<i64> = const { Cell::new(1_800_000_000) };
}

pub(crate) fn clock() -> Timestamp {
    Timestamp::from_second(NOW.get()).unwrap()
}

pub(crate) fn pass(time: SignedDuration) {
    NOW.set(NOW.get() + time.as_secs() + 1);
}

/// What a publish is asked for, out of the ordinary.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ask<'a> {
    pub(crate) parallel: usize,
    pub(crate) allowed: Option<usize>,
    pub(crate) unattended: bool,
    pub(crate) left_out: Option<&'a BTreeMap<String, String>>,
    pub(crate) line: Option<(Made, &'a Lineage<'a>)>,
    pub(crate) bundle: Option<&'a Bundle>,
    pub(crate) readmit: Option<&'a str>,
    pub(crate) break_lock_of: Option<&'a str>,
    pub(crate) stop: Option<&'a Notify>,
}

/// Somebody who watches, and may stop it.
pub(crate) struct Watcher<'a>(pub(crate) &'a Notify);

impl Observer for Watcher<'_> {
    fn stop(&self) -> &Notify {
        self.0
    }
}

/// Opens a world, with or without an edge.
pub(crate) fn open<E: Edge>(world: &World, edge: E) -> Session<World, E> {
    let target = Target {
        bucket: "site".to_owned(),
        edge: None,
        endpoint: None,
        tags: true,
        parallel: 1,
        owner: "test".to_owned(),
        break_lock: None,
        zone: Zone::default(),
    };
    let deploy = name_of_publish(clock()).unwrap();
    pass(SignedDuration::ZERO);
    Session { bucket: world.clone(), edge, target, deploy, runtime: runtime(), clock }
}

/// Publishes a site into a world, with one or more requests at once.
pub(crate) fn put(
    world: &World,
    site: &Site,
    parallel: usize,
    allowed: Option<usize>,
) -> anyhow::Result<(PublishOutcome, Vec<Step>)> {
    ask(world, site, Ask { parallel, allowed, ..Ask::default() })
}

/// The same, as it is asked for.
pub(crate) fn ask(world: &World, site: &Site, ask: Ask<'_>) -> anyhow::Result<(PublishOutcome, Vec<Step>)> {
    world.photos.lock().unwrap().extend(site.photos.clone());
    let read = |path: &SitePath| {
        site.bytes.get(path.as_str()).cloned().ok_or_else(|| ServiceError::Unavailable(format!("{path} is not there")))
    };
    let mut session = open(world, world.clone());
    session.target.parallel = ask.parallel.max(1);
    session.target.break_lock = ask.break_lock_of.map(str::to_owned);
    let (files, never) = (|_: &Manifest| Ok(site.files()), Notify::new());
    let asked = RoundOptions {
        allowed: ask.allowed,
        bundle: ask.bundle,
        line: ask.line,
        unattended: ask.unattended,
        left_out: ask.left_out.unwrap_or(&NOBODY),
        readmit: ask.readmit.into_iter().map(str::to_owned).collect(),
        ..RoundOptions::of(&files, &site.standings)
    };
    let published = session.round(&asked, &read, None, &Watcher(ask.stop.unwrap_or(&never)))?;
    if let PublishOutcome::Refused(why) = published.outcome {
        anyhow::bail!(why);
    }
    Ok((published.outcome, published.steps.into_iter().map(|(step, _)| step).collect()))
}

/// Takes somebody down at once, as `remove` does.
pub(crate) fn remove(world: &World, person: &str) -> anyhow::Result<Removed> {
    let person = ProfileId::parse(person).unwrap();
    removal::remove(&open(world, world.clone()), &person, None, &Watcher(&Notify::new()))
}

/// Everything that a refusal says, its help too.
pub(crate) fn told(error: &anyhow::Error) -> String {
    let failure = match error.downcast_ref() {
        Some(NotTaken::Held(failure)) => Some(failure),
        _ => error.downcast_ref::<Failure>(),
    };
    format!("{error}, {}", failure.and_then(|failure| failure.help.as_deref()).unwrap_or_default())
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
}

/// All is as the site says: what visitors get, the manifest, the notes, and nothing left of whoever left.
pub(crate) fn assert_converged(world: &World, site: &Site, left: &BTreeSet<String>) {
    let broken = world.state.lock().unwrap().broken.clone();
    assert!(broken.is_empty(), "{broken:#?}");
    let public = world.public();
    for (path, bytes) in &site.bytes {
        assert_eq!(public.get(path), Some(bytes), "{path}");
    }
    let manifest = Manifest::read(&world.note(&manifest_key()).unwrap()).unwrap();
    for path in public.keys().filter(|path| !site.bytes.contains_key(*path)) {
        assert!(manifest.retired.contains_key(path), "{path} is left over");
    }
    assert!(world.note(&intent_key()).is_none());
    // Whoever died after the last of their work has left a lock, which holds nobody back once its time is over.
    assert!(world.note(&lock::key()).is_none() || lock_is_over(world));
    let marks = world.marks();
    assert_eq!(marks.get("notice").map(String::as_bytes), site.bytes.get("410.html").map(Vec::as_slice));
    for person in left.iter().filter(|person| !site.people.contains(*person)) {
        assert!(marks.contains_key(&gone_key(person)), "{person} is not answered with 410");
        assert_eq!(world.mentions(person), Vec::<String>::new(), "{person} is still somewhere");
    }
    assert!(
        site.people.iter().all(|person| !marks.contains_key(&gone_key(person))),
        "somebody who is here is answered with 410"
    );
    let mut gone = marks.keys().filter_map(|key| key.strip_prefix("gone/"));
    assert!(gone.all(|key| manifest.gone.contains_key(key)), "the edge knows of more than the manifest");
}

pub(crate) fn lock_is_over(world: &World) -> bool {
    let note: serde_json::Value = serde_json::from_slice(&world.note(&lock::key()).unwrap()).unwrap();
    note["until"].as_str().unwrap().parse::<Timestamp>().unwrap() <= clock()
}

/// Everybody who has a page now.
pub(crate) fn shown(world: &World) -> BTreeSet<String> {
    let public = world.public();
    public
        .keys()
        .filter_map(|path| path.strip_prefix("people/")?.split_once('/'))
        .filter(|(_, rest)| *rest == "index.html")
        .map(|(id, _)| id.to_owned())
        .filter(|id| id != "page")
        .collect()
}
