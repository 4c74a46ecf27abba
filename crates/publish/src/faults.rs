//! What publishing promises, whatever fails and wherever it stops: every call of a publish fails once, loses its answer once,
//! and is the last one once; the site stays whole at each instant, and the next publish converges.

use crate::bucket::ServiceError;
use crate::bundle::Bundle;
use crate::descent::Lineage;
use crate::edge::{Edge, gone_key};
use crate::fake::{Photos, World, Wrong};
use crate::lock::{self, NotTaken};
use crate::manifest::{Files, Manifest, name_of_publish};
use crate::plan::leaves::ASSET_GRACE;
use crate::publisher::{intent_key, manifest_key};
use crate::removal::{self, Removed};
use crate::round::{Asked, NOBODY, PublishOutcome};
use crate::session::Session;
use crate::step::Step;
use crate::target::{Observer, Target};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use schema::ground::failure::Failure;
use schema::ground::hash::content_hash;
use schema::ground::zone::Zone;
use schema::person::profile::ProfileId;
use site::made::Made;
use site::site_path::SitePath;
use site::standing::{Standing, Standings};
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

/// A small site: its files and their bytes.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) bytes: BTreeMap<String, Vec<u8>>,
    pub(crate) photos: Photos,
    pub(crate) people: BTreeSet<String>,
    /// Where those stand of whom the build knows more than that they are here, or are not.
    pub(crate) standings: Standings,
}

/// People by number, each with the turn of their photo; the turn of the style; the turn of the words.
pub(crate) fn site(people: &[(u8, u8)], style: u8, words: u8) -> Site {
    let mut bytes: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut photos = BTreeMap::new();
    let css = format!("assets/site-{:012x}.css", 0xaaaa_0000 + u64::from(style));
    let mut list = format!("<link href=\"/{css}\">");
    for (number, turn) in people {
        let photo = format!("photos/{:016x}-160.jpg", 0xbbbb_0000 + u64::from(*number) * 256 + u64::from(*turn));
        let page = format!("<link href=\"/{css}\"><img src=\"/{photo}\"> {} words {words}", id(*number));
        bytes.insert(format!("people/{}/index.html", id(*number)), page.into_bytes());
        list.push_str(&format!("<a href=\"/people/{}/\"><img src=\"/{photo}\"></a>", id(*number)));
        bytes.insert(photo.clone(), format!("photo {number} {turn}").into_bytes());
        photos.insert(photo, BTreeSet::from([id(*number)]));
    }
    let search = format!("search/en-{:.12}.json", content_hash(list.as_bytes()));
    bytes.insert(search.clone(), list.clone().into_bytes());
    bytes.insert("people/index.html".into(), format!("{list}<script src=\"/{search}\">").into_bytes());
    if people.len() > 2 {
        bytes.insert("people/page/2/index.html".into(), list.into_bytes());
    }
    bytes.insert(css.clone(), format!("style {style}").into_bytes());
    bytes.insert("index.html".into(), format!("<link href=\"/{css}\"> words {words}").into_bytes());
    bytes.insert("410.html".into(), format!("<link href=\"/{css}\"> taken down").into_bytes());
    let people = people.iter().map(|(number, _)| id(*number)).collect();
    Site { bytes, photos, people, standings: Standings::new() }
}

/// The id of a person of a number.
pub(crate) fn id(number: u8) -> String {
    let digit = |number: u8| char::from(b'2' + number % 8);
    format!("ana-k7{}{}q", digit(number / 8), digit(number))
}

impl Site {
    /// The same, of which the build says where somebody stands.
    pub(crate) fn with(mut self, person: &str, standing: Standing) -> Self {
        self.standings.insert(ProfileId::parse(person).unwrap(), standing);
        self
    }

    /// The same, with the photo of one person as that of another too.
    pub(crate) fn sharing(mut self, one: u8, other: u8) -> Self {
        let (photo, own) = (self.photo_of(&id(one)), self.photo_of(&id(other)));
        self.bytes.remove(&own);
        self.photos.remove(&own);
        self.photos.get_mut(&photo).unwrap().insert(id(other));
        for bytes in self.bytes.values_mut() {
            *bytes = String::from_utf8(bytes.clone()).unwrap().replace(&own, &photo).into_bytes();
        }
        self
    }

    /// The path of somebody's photo.
    pub(crate) fn photo_of(&self, person: &str) -> String {
        self.photos.iter().find(|(_, owners)| owners.contains(person)).unwrap().0.clone()
    }

    fn files(&self) -> Files {
        crate::fake::files(&self.bytes, &self.photos)
    }
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
    let asked = Asked {
        allowed: ask.allowed,
        bundle: ask.bundle,
        line: ask.line,
        unattended: ask.unattended,
        left_out: ask.left_out.unwrap_or(&NOBODY),
        readmit: ask.readmit.into_iter().map(str::to_owned).collect(),
        ..Asked::of(&files, &site.standings)
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

fn lock_is_over(world: &World) -> bool {
    let note: serde_json::Value = serde_json::from_slice(&world.note(&lock::key()).unwrap()).unwrap();
    note["until"].as_str().unwrap().parse::<Timestamp>().unwrap() <= clock()
}

/// Everybody who has a page now.
fn shown(world: &World) -> BTreeSet<String> {
    let public = world.public();
    public
        .keys()
        .filter_map(|path| path.strip_prefix("people/")?.split_once('/'))
        .filter(|(_, rest)| *rest == "index.html")
        .map(|(id, _)| id.to_owned())
        .filter(|id| id != "page")
        .collect()
}

/// Every call of the step from one site to another goes wrong once, in every way.
fn every_fault(from: &Site, to: &Site, parallel: usize) {
    let begin = || {
        let world = World::new();
        put(&world, from, parallel, None).unwrap();
        world
    };
    let left: BTreeSet<String> = from.people.difference(&to.people).cloned().collect();
    let smooth = begin();
    smooth.goes(Wrong::Nothing);
    put(&smooth, to, parallel, None).unwrap();
    assert_converged(&smooth, to, &left);
    let calls = smooth.state.lock().unwrap().calls;
    for at in 0..calls {
        for wrong in [Wrong::Fails(at), Wrong::Unanswered(at), Wrong::Dies(at)] {
            let world = begin();
            let before = world.note(&manifest_key());
            world.goes(wrong);
            let first = put(&world, to, parallel, None);
            let swapped = world.note(&manifest_key()) != before;
            assert!(first.is_err() || matches!(wrong, Wrong::Dies(_)) || at + 1 >= calls, "{wrong:?}: nobody noticed");
            if first.is_err() && !swapped {
                let public = world.public();
                let kept = from.bytes.keys().filter(|path| !to.bytes.contains_key(*path));
                for path in kept.filter(|path| !left.iter().any(|person| path.contains(person.as_str()))) {
                    let theirs = from.photos.get(path).is_some_and(|owners| owners.is_subset(&left));
                    assert!(theirs || public.contains_key(path), "{wrong:?}: {path} was deleted after a failure");
                }
            }
            world.goes(Wrong::Nothing);
            pass(SignedDuration::from_mins(15));
            put(&world, to, parallel, None).unwrap_or_else(|error| panic!("{wrong:?}: {error:#}"));
            assert_converged(&world, to, &left);
        }
    }
}

#[test]
fn every_call_may_fail_or_be_the_last_and_the_site_stays_whole() {
    let from = site(&[(0, 0), (1, 0), (2, 0)], 0, 0);
    for to in [
        site(&[(0, 0), (1, 0), (2, 0), (3, 0)], 0, 0),
        site(&[(0, 0), (1, 0)], 0, 0),
        site(&[(0, 1), (1, 0), (2, 0)], 1, 1),
        site(&[(0, 1), (3, 0)], 1, 0),
    ] {
        every_fault(&from, &to, 1);
        every_fault(&to, &from, 3);
    }
    every_fault(&site(&[], 0, 0), &from, 2);
}

#[test]
fn another_machine_may_go_on_with_another_site() {
    let (from, to, other) =
        (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 1), (3, 0)], 1, 1), site(&[(1, 0), (2, 1), (4, 0)], 2, 0));
    for at in 0..80 {
        let world = World::new();
        put(&world, &from, 1, None).unwrap();
        world.goes(Wrong::Dies(at));
        let _ = put(&world, &to, 1, None);
        let left = from.people.union(&shown(&world)).cloned().collect();
        world.goes(Wrong::Nothing);
        pass(SignedDuration::from_mins(15));
        put(&world, &other, 1, None).unwrap();
        assert_converged(&world, &other, &left);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_sites_with_random_faults_converge(
        sites in prop::collection::vec((prop::collection::btree_map(0u8..6, 0u8..3, 0..5), 0u8..3, 0u8..3), 2..6),
        faults in prop::collection::vec((0usize..60, 0u8..4), 6),
        parallel in 1usize..4,
    ) {
        let world = World::new();
        let sites: Vec<Site> =
            sites.iter().map(|(people, style, words)| site(&people.iter().map(|(n, t)| (*n, *t)).collect::<Vec<_>>(), *style, *words)).collect();
        let mut seen = BTreeSet::new();
        for (to, (at, kind)) in sites.iter().zip(&faults) {
            world.goes([Wrong::Nothing, Wrong::Fails(*at), Wrong::Unanswered(*at), Wrong::Dies(*at)][usize::from(*kind)]);
            let _ = put(&world, to, parallel, Some(1000));
            seen.extend(shown(&world));
            world.goes(Wrong::Nothing);
            pass(SignedDuration::from_hours(20));
        }
        let last = sites.last().unwrap();
        put(&world, last, parallel, Some(1000)).unwrap();
        assert_converged(&world, last, &seen);
    }
}

#[test]
fn nothing_changed_is_three_calls_and_no_write() {
    let (world, here) = (World::new(), site(&[(0, 0), (1, 0)], 0, 0));
    put(&world, &here, 4, None).unwrap();
    world.goes(Wrong::Nothing);
    assert!(matches!(put(&world, &here, 4, None).unwrap().0, PublishOutcome::Nothing(_)));
    let state = world.state.lock().unwrap();
    assert_eq!((state.calls, state.writes), (3, 0));
}

#[test]
fn whoever_leaves_is_gone_before_anything_else_goes_up() {
    let world = World::new();
    put(&world, &site(&[(0, 0), (1, 0)], 0, 0), 1, None).unwrap();
    let (_, steps) = put(&world, &site(&[(0, 0)], 1, 1), 1, None).unwrap();
    use Step::*;
    assert_eq!(steps, [Marked, Erased, Uploaded, Swapped, Purged, Refreshed, Cleaned]);
}

#[test]
fn old_assets_stay_half_a_year_and_go_then() {
    let world = World::new();
    put(&world, &site(&[(0, 0)], 0, 0), 1, None).unwrap();
    let style = format!("assets/site-{:012x}.css", 0xaaaa_0000_u64);
    put(&world, &site(&[(0, 0)], 1, 0), 1, None).unwrap();
    assert!(world.public().contains_key(&style));
    pass(SignedDuration::from_hours(90 * 24));
    put(&world, &site(&[(0, 0)], 1, 1), 1, None).unwrap();
    assert!(world.public().contains_key(&style), "within its grace");
    pass(ASSET_GRACE);
    put(&world, &site(&[(0, 0)], 1, 1), 1, None).unwrap();
    assert!(!world.public().contains_key(&style), "its grace is over");
}

#[test]
fn somebody_removed_at_once_is_nowhere_after_the_next_publish() {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 0), (2, 0)], 0, 0));
    let left: BTreeSet<String> = from.people.difference(&to.people).cloned().collect();
    let person = left.first().unwrap();
    for at in 0..60 {
        for turn in 0..2 {
            let world = World::new();
            put(&world, &from, 1, None).unwrap();
            let wrong = |now: usize| if now == turn { Wrong::Dies(at) } else { Wrong::Nothing };
            world.goes(wrong(0));
            let removed = remove(&world, person);
            world.goes(Wrong::Nothing);
            pass(SignedDuration::from_mins(15));
            if removed.is_err() {
                remove(&world, person).unwrap();
            }
            assert!(world.marks().contains_key(&gone_key(person)));
            assert!(!world.public().keys().any(|path| path.contains(person.as_str())));
            world.goes(wrong(1));
            let _ = put(&world, &to, 1, None);
            world.goes(Wrong::Nothing);
            pass(SignedDuration::from_mins(15));
            put(&world, &to, 1, None).unwrap();
            assert_converged(&world, &to, &left);
        }
    }
}

#[test]
fn a_shrunken_site_is_refused() {
    let all: Vec<(u8, u8)> = (0..6).map(|number| (number, 0)).collect();
    let world = World::new();
    put(&world, &site(&all, 0, 0), 1, None).unwrap();
    let before = world.public();
    let few = site(&[], 0, 0);
    let error = told(&put(&world, &few, 1, None).err().unwrap());
    assert!(error.contains("--allow-deletes 13"), "{error}");
    assert_eq!(world.public(), before);
    put(&world, &few, 1, Some(13)).unwrap();
    assert_converged(&world, &few, &site(&all, 0, 0).people);
}
