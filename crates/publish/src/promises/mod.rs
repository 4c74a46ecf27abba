//! What publishing promises to people who leave and to whoever publishes.

mod beside;
mod leaving;
mod returning;

use crate::departing::Departed;
use crate::descent::Lineage;
use crate::descent::tests::Told;
use crate::edge::Edge;
use crate::fake::World;
use crate::faults::Site;
use crate::faults::Watcher;
use crate::faults::clock;
use crate::faults::open;
use crate::faults::remove;
use crate::faults::site;
use crate::manifest::Manifest;
use crate::round::Asked;
use crate::session::Session;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schema::ground::hash::content_hash;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::made::Made;
use site::site_path::SitePath;
use site::standing::Shown;
use site::standing::Standing;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use tokio::sync::Notify;

/// Three people, the same without the second, and the second's id.
pub(super) fn leaving() -> (Site, Site, String) {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 0), (2, 0)], 0, 0));
    let person = from.people.difference(&to.people).next().unwrap().clone();
    (from, to, person)
}

/// A day so many days from the one on which the world is published.
pub(super) fn day(days: i32) -> Date {
    TimeZone::UTC.to_datetime(clock()).date() + jiff::Span::new().days(days)
}

pub(super) fn shown(since: Date) -> Standing {
    Standing::Shown(Shown { since, until: day(300), then: HiddenWhy::ConsentEnded })
}

pub(super) fn hidden(people: &BTreeSet<String>, why: HiddenWhy) -> BTreeMap<ProfileId, HiddenWhy> {
    people.iter().map(|person| (ProfileId::parse(person).unwrap(), why)).collect()
}

/// People go whom a root's own profiles hide.
pub(super) fn depart(world: &World, hidden: &BTreeMap<ProfileId, HiddenWhy>, past: &Told) -> anyhow::Result<Departed> {
    let lineage = Lineage { past, seen: None, over: None };
    crate::departing::depart(&open(world, world.clone()), hidden, &lineage, &Watcher(&Notify::new()))
}

/// What a folder was made of, for the day on which the world is published.
pub(super) fn made(sources: &str) -> Made {
    Made { day: day(0), sources: content_hash(sources.as_bytes()) }
}

pub(super) const NO_GIT: Told = Told { commit: None, holds: false, has: false, news: true };

/// Somebody who has a page until a day.
pub(super) fn until(last: Date) -> Standing {
    Standing::Shown(Shown { since: day(0), until: last, then: HiddenWhy::ConsentEnded })
}

/// Publishes a site with whatever a session knows.
pub(super) fn publish_by<E: Edge>(session: &Session<World, E>, site: &Site) {
    session.bucket.photos.lock().unwrap().extend(site.photos.clone());
    let read = |path: &SitePath| Ok(site.bytes[path.as_str()].clone());
    let (files, never) = (|_: &Manifest| Ok(crate::fake::files(&site.bytes, &site.photos)), Notify::new());
    session.round(&Asked::of(&files, &site.standings), &read, None, &Watcher(&never)).unwrap();
}

/// Publishes a site that brings some people back, while somebody is removed at the moment at which one file goes up.
pub(super) fn publish_while_removed(
    world: &World,
    (site, back): (&Site, &BTreeSet<String>),
    (when, person): (&str, &str),
) {
    world.photos.lock().unwrap().extend(site.photos.clone());
    let read = |path: &SitePath| {
        if path.as_str() == when {
            std::thread::scope(|scope| scope.spawn(|| remove(world, person).map(drop)).join().unwrap()).unwrap();
        }
        Ok(site.bytes[path.as_str()].clone())
    };
    let (files, never) = (|_: &Manifest| Ok(crate::fake::files(&site.bytes, &site.photos)), Notify::new());
    let asked = Asked { readmit: back.clone(), ..Asked::of(&files, &site.standings) };
    open(world, world.clone()).round(&asked, &read, None, &Watcher(&never)).unwrap();
}
