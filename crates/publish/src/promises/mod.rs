//! What publishing promises to people who leave and to whoever publishes.

mod beside;
mod leaving;
mod returning;

use crate::bucket::ServiceError;
use crate::departing::Departed;
use crate::departures::{self, Leaver};
use crate::descent::Lineage;
use crate::descent::tests::Told;
use crate::due::{self, Passed};
use crate::edge::{Edge, gone_key};
use crate::fake::{World, Wrong};
use crate::manifest::Manifest;
use crate::publisher::manifest_key;
use crate::removal::{self, Removed};
use crate::round::RoundOptions;
use crate::session::{Published, Session};
use crate::small::{Site, site};
use crate::stage::{Watcher, clock, open, pass, put, remove, runtime};
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schema::ground::hash::{Hash, content_hash};
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::leaving::Hidden;
use site::made::Made;
use site::site_path::SitePath;
use site::standing::{Shown, Standing};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;

/// Three people, the same without the second, and the second's id.
fn leaving() -> (Site, Site, String) {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 0), (2, 0)], 0, 0));
    let person = from.people.difference(&to.people).next().unwrap().clone();
    (from, to, person)
}

/// A world in which sites were published, one after the other.
fn published<const N: usize>(sites: [&Site; N]) -> World {
    let world = World::new();
    for site in sites {
        put(&world, site, 1, None).unwrap();
    }
    world
}

/// What is done by a program that dies after so many calls.
fn dying<R>(world: &World, after: usize, act: impl FnOnce() -> R) -> R {
    world.goes(Wrong::Dies(after));
    let came = act();
    world.goes(Wrong::Nothing);
    came
}

/// Until then, whoever died may hold the lock.
fn until_the_lock_is_over() {
    pass(SignedDuration::from_mins(15));
}

/// A day so many days from the one on which the world is published.
fn day(days: i32) -> Date {
    TimeZone::UTC.to_datetime(clock()).date() + jiff::Span::new().days(days)
}

fn shown(since: Date) -> Standing {
    Standing::Shown(Shown { since, until: day(300), then: HiddenWhy::ConsentEnded, who: None })
}

/// The same of whom it is known who they are.
fn shown_as(since: Date, who: &str) -> Standing {
    Standing::Shown(Shown { since, until: day(300), then: HiddenWhy::ConsentEnded, who: Some(self::who(who)) })
}

/// Somebody who has a page until a day.
fn until(last: Date) -> Standing {
    Standing::Shown(Shown { since: day(0), until: last, then: HiddenWhy::ConsentEnded, who: None })
}

fn hidden(people: &BTreeSet<String>, why: HiddenWhy) -> BTreeMap<ProfileId, Hidden> {
    people.iter().map(|person| (ProfileId::parse(person).unwrap(), Hidden { why, who: None })).collect()
}

/// Who somebody is, by their agency and number.
fn who(who: &str) -> Hash {
    content_hash(who.as_bytes())
}

/// Takes somebody down whose profile says who they are.
fn remove_known(world: &World, person: &str, known: &str) -> anyhow::Result<Removed> {
    let (session, person) = (open(world, world.clone()), ProfileId::parse(person).unwrap());
    removal::remove(&session, &person, Some(who(known)), &Watcher(&Notify::new()))
}

/// People go whom a root's own profiles hide.
fn depart(world: &World, hidden: &BTreeMap<ProfileId, Hidden>, past: &Told) -> anyhow::Result<Departed> {
    let lineage = Lineage { past, seen: None, over: None };
    crate::departing::depart(&open(world, world.clone()), hidden, &lineage, &Watcher(&Notify::new()))
}

/// People go whose last day is over.
fn pass_hour(world: &World, today: Option<Date>) -> anyhow::Result<Passed> {
    due::pass(&open(world, world.clone()), today, &Watcher(&Notify::new()))
}

/// What a folder was made of, for the day on which the world is published.
fn made(sources: &str) -> Made {
    Made { day: day(0), sources: content_hash(sources.as_bytes()) }
}

const NO_GIT: Told = Told { commit: None, holds: false, has: false, news: true };

/// Publishes a site with whatever a session knows, while something happens at the moment at which each of its files goes up, and
/// right after each look at what is public: `look 1`, and `look 2` under the lock.
fn publish_while<E: Edge>(
    session: &Session<World, E>,
    (site, back): (&Site, &BTreeSet<String>),
    meanwhile: impl Fn(&str) + Sync,
) -> anyhow::Result<Published> {
    session.bucket.photos.lock().unwrap().extend(site.photos.clone());
    let read = |path: &SitePath| {
        meanwhile(path.as_str());
        Ok::<Vec<u8>, ServiceError>(site.bytes[path.as_str()].clone())
    };
    let (looks, never) = (AtomicUsize::new(1), Notify::new());
    let files = |_: &Manifest| {
        meanwhile(&format!("look {}", looks.fetch_add(1, Ordering::Relaxed)));
        Ok(crate::small::files(&site.bytes, &site.photos))
    };
    let asked = RoundOptions { readmit: back.clone(), ..RoundOptions::of(&files, &site.standings) };
    session.round(&asked, &read, None, &Watcher(&never))
}

/// Publishes a site with whatever a session knows.
fn publish_by<E: Edge>(session: &Session<World, E>, site: &Site) {
    publish_while(session, (site, &BTreeSet::new()), |_| {}).unwrap();
}

/// Publishes a site that brings some people back, while somebody is removed at the moment at which one file goes up.
fn publish_while_removed(world: &World, site: (&Site, &BTreeSet<String>), (when, person): (&str, &str)) {
    let meanwhile = |path: &str| {
        if path == when {
            beside(|| remove(world, person).map(drop)).unwrap();
        }
    };
    publish_while(&open(world, world.clone()), site, meanwhile).unwrap();
}

/// What somebody else does meanwhile.
fn beside<R: Send>(act: impl FnOnce() -> R + Send) -> R {
    std::thread::scope(|scope| scope.spawn(act).join().unwrap())
}

/// The page of somebody.
fn page_of(person: &str) -> String {
    format!("people/{person}/index.html")
}

/// Whether visitors are sent somebody's page.
fn is_up(world: &World, person: &str) -> bool {
    world.public().contains_key(&page_of(person))
}

/// Whether anything that visitors are sent is somebody's.
fn is_anywhere(world: &World, person: &str) -> bool {
    world.public().keys().any(|path| path.contains(person))
}

/// Whether the edge answers that somebody, or a photo, is gone.
fn is_marked(world: &World, name: &str) -> bool {
    world.marks().contains_key(&gone_key(name))
}

/// What is noted of somebody who left.
fn leaver(world: &World, person: &str) -> Leaver {
    leavers(world).remove(person).unwrap()
}

/// What is noted of everybody who left.
fn leavers(world: &World) -> BTreeMap<String, Leaver> {
    runtime().block_on(departures::read(world)).unwrap().0
}

/// What is public, as it is noted.
fn manifest(world: &World) -> Manifest {
    Manifest::read(&world.note(&manifest_key()).unwrap()).unwrap()
}
