//! What publishing promises to people who leave, to whoever publishes beside somebody else, and to hands in the bucket.

use crate::bucket::ServiceError;
use crate::departures;
use crate::edge::{AnyEdge, gone_key};
use crate::fake::{World, Wrong, kind_of};
use crate::faults::{Ask, Site, ask, assert_converged, clock, pass, put, runtime, site, told};
use crate::lock;
use crate::manifest::Manifest;
use crate::plan::{Away, KEPT, Removal};
use crate::publisher::{Publisher, manifest_key};
use crate::round::PublishOutcome;
use crate::step::Step;
use jiff::SignedDuration;
use site::site_path::SitePath;
use std::collections::BTreeSet;
use tokio::sync::Notify;

/// Three people, the same without the second, and the second's id.
fn leaving() -> (Site, Site, String) {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 0), (2, 0)], 0, 0));
    let person = from.people.difference(&to.people).next().unwrap().clone();
    (from, to, person)
}

fn alone(person: &str) -> Ask<'_> {
    Ask { allowed: Some(9), only_person: Some(person), ..Ask::default() }
}

#[test]
fn what_somebody_changed_by_hand_is_found() {
    let (world, here) = (World::new(), site(&[(0, 0)], 0, 0));
    put(&world, &here, 1, None).unwrap();
    let drift = || runtime().block_on(crate::verify::drift(&world, &world)).unwrap().paths;
    assert!(drift().is_empty());
    world.tamper("index.html", Some(b"not ours"));
    world.tamper("feed.html", Some(b"nobody put it there"));
    world.tamper("410.html", None);
    assert_eq!(drift().into_iter().collect::<Vec<_>>(), ["410.html", "feed.html", "index.html"]);
}

#[test]
fn nobody_who_left_on_request_comes_back_by_a_later_publish() {
    let (from, to, person) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    ask(&world, &from, alone(&person)).unwrap();
    // The folder that was built before the removal; and one built from a profile that nobody withdrew.
    for stale in [&from, &site(&[(0, 0), (1, 0), (2, 0)], 0, 1)] {
        let error = told(&put(&world, stale, 1, None).err().unwrap());
        assert!(error.contains("left on request") && error.contains(&format!("--return {person}")), "{error}");
        assert!(world.marks().contains_key(&gone_key(&person)));
    }
    put(&world, &to, 1, None).unwrap();
    assert!(put(&world, &from, 1, None).is_err(), "nor by one after the next");
    assert_converged(&world, &to, &[person.clone()].into());
    ask(&world, &from, Ask { readmit: Some(&person), ..Ask::default() }).unwrap();
    assert_converged(&world, &from, &BTreeSet::new());
    assert!(matches!(put(&world, &from, 1, None).unwrap().0, PublishOutcome::Nothing(_)));
}

#[test]
fn whoever_is_only_hidden_comes_back_without_a_word() {
    let (from, to, _) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    put(&world, &to, 1, None).unwrap();
    put(&world, &from, 1, None).unwrap();
    assert_converged(&world, &from, &BTreeSet::new());
}

#[test]
fn a_dead_publisher_holds_up_no_removal() {
    let (from, to, person) = leaving();
    let mut held = 0;
    for dies in 8..30 {
        let world = World::new();
        put(&world, &from, 1, None).unwrap();
        world.goes(Wrong::Dies(dies));
        let _ = put(&world, &site(&[(0, 1), (1, 1), (2, 0)], 1, 1), 1, None);
        world.goes(Wrong::Nothing);
        if ask(&world, &from, alone(&person)).is_err() {
            held += 1;
            take_down_without_a_lock(&world, &from, &person);
        }
        assert!(world.marks().contains_key(&gone_key(&person)), "{dies}");
        assert!(!world.public().keys().any(|path| path.contains(&person)), "{dies}");
        pass(SignedDuration::from_mins(15));
        assert!(put(&world, &from, 1, None).is_err(), "a build from before does not bring them back");
        put(&world, &to, 1, None).unwrap();
        assert_converged(&world, &to, &[person.clone()].into());
    }
    assert!(held > 0, "nobody held the lock");
}

fn take_down_without_a_lock(world: &World, site: &Site, person: &str) {
    let theirs = |path: &&String| path.contains(person) || site.photos.get(*path).is_some_and(|owner| owner == person);
    let paths = site.bytes.keys().filter(theirs).map(|path| Away::new(path, kind_of(path))).collect();
    let removal = Removal { person: person.to_owned(), paths };
    let source = |path: &SitePath| Err(ServiceError::Unavailable(path.to_string()));
    let work = Publisher {
        bucket: world,
        edge: world,
        source: &source,
        parallel: 1,
        tags: true,
        clock,
        told: &|_| {},
        stepped: &|| {},
    };
    let down = async { work.finish(work.take_down(&[removal], &[], true, "now").await?).await };
    runtime().block_on(down).unwrap();
}

#[test]
fn what_was_done_and_when_is_known_after_every_way_of_leaving() {
    let (from, to, person) = leaving();
    let leaver = |world: &World| runtime().block_on(departures::read(world)).unwrap().0.remove(&person).unwrap();
    let steps = [Step::Marked, Step::Erased, Step::Purged];
    for at in 0..60 {
        let world = World::new();
        put(&world, &from, 1, None).unwrap();
        world.goes(Wrong::Dies(at));
        let _ = ask(&world, &from, alone(&person));
        world.goes(Wrong::Nothing);
        pass(SignedDuration::from_mins(15));
        ask(&world, &from, alone(&person)).unwrap();
        let left = leaver(&world);
        assert!(left.asked && left.steps.keys().eq(&steps), "{at}: {left:?}");
        assert!(left.paths.iter().any(|path| path.starts_with("photos/")), "{at}: {left:?}");
    }
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    put(&world, &to, 1, None).unwrap();
    let left = leaver(&world);
    let all = [Step::Marked, Step::Erased, Step::Purged, Step::Refreshed];
    assert!(!left.asked && left.steps.keys().eq(&all), "{left:?}");
}

#[test]
fn without_an_edge_nothing_is_said_of_one() {
    let (from, _, person) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    let source = |path: &SitePath| Err(ServiceError::Unavailable(path.to_string()));
    let edge = AnyEdge::<World>::None;
    let (bucket, told, stepped) = (&world, &|_| {}, &|| {});
    let work = Publisher { bucket, edge: &edge, source: &source, parallel: 1, tags: true, clock, told, stepped };
    let page = format!("people/{person}/index.html");
    let removal = Removal { person: person.clone(), paths: vec![Away::new(&page, kind_of(&page))] };
    let down = async { work.finish(work.take_down(&[removal], &[], true, "now").await?).await };
    runtime().block_on(down).unwrap();
    let left = runtime().block_on(departures::read(&world)).unwrap().0.remove(&person).unwrap();
    assert_eq!(left.steps.into_keys().collect::<Vec<_>>(), [Step::Erased]);
}

#[test]
fn a_second_publisher_waits_for_the_first_unless_it_knows_that_the_first_is_dead() {
    let (world, here) = (World::new(), site(&[(0, 0)], 0, 0));
    world.goes(Wrong::Dies(9));
    assert!(put(&world, &here, 1, None).is_err());
    world.goes(Wrong::Nothing);
    let held = told(&put(&world, &here, 1, None).err().unwrap());
    assert!(held.contains("test is publishing") && held.contains("--break-lock 'test'"), "{held}");
    let other = Ask { break_lock_of: Some("somebody else"), ..Ask::default() };
    assert!(ask(&world, &here, other).is_err(), "the lock is not theirs");
    ask(&world, &here, Ask { break_lock_of: Some("test"), ..Ask::default() }).unwrap();
    assert_converged(&world, &here, &BTreeSet::new());
}

#[test]
fn whoever_stops_a_publish_gives_the_lock_back() {
    let (world, here) = (World::new(), site(&[(0, 0)], 0, 0));
    let stop = Notify::new();
    stop.notify_one();
    let stopped = ask(&world, &here, Ask { stop: Some(&stop), ..Ask::default() }).err().unwrap();
    assert!(stopped.to_string().contains("stopped"), "{stopped:#}");
    for call in 0..40 {
        let world = World::new();
        world.goes(Wrong::Stops(call));
        let came = ask(&world, &here, Ask { stop: Some(&world.stop), ..Ask::default() });
        assert!(world.note(&lock::key()).is_none(), "{call}: the lock is still held");
        world.goes(Wrong::Nothing);
        if came.is_err() {
            put(&world, &here, 1, None).unwrap();
        }
        assert_converged(&world, &here, &BTreeSet::new());
    }
}

#[test]
fn a_replaced_photo_can_come_back_and_goes_with_its_person() {
    let (old, new, without) = (site(&[(0, 0), (1, 0)], 0, 0), site(&[(0, 0), (1, 1)], 0, 0), site(&[(0, 0)], 0, 0));
    let photo = old.photos.keys().find(|path| !new.photos.contains_key(*path)).unwrap();
    let world = World::new();
    put(&world, &old, 1, None).unwrap();
    put(&world, &new, 1, None).unwrap();
    assert!(!world.public().contains_key(photo), "visitors are not sent it");
    assert!(world.keeps(photo), "a rollback would find it");
    put(&world, &old, 1, None).unwrap();
    assert_converged(&world, &old, &BTreeSet::new());
    assert!(!world.marks().keys().any(|key| photo.ends_with(key.trim_start_matches("gone/"))));
    put(&world, &new, 1, None).unwrap();
    put(&world, &without, 1, None).unwrap();
    assert!(!world.keeps(photo), "it is somebody's who has left");
    let world = World::new();
    put(&world, &old, 1, None).unwrap();
    put(&world, &new, 1, None).unwrap();
    pass(KEPT);
    put(&world, &new, 1, None).unwrap();
    assert!(!world.keeps(photo), "its time is over");
    let manifest = Manifest::read(&world.note(&manifest_key()).unwrap()).unwrap();
    assert!(manifest.replaced.is_empty());
}

#[test]
fn what_is_as_it_was_published_is_not_published_again() {
    let (from, to, person) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    put(&world, &to, 1, None).unwrap();
    let drift = || runtime().block_on(crate::verify::drift(&world, &world)).unwrap();
    assert!(drift().paths.is_empty() && !drift().edge);
    world.tamper_edge(&gone_key(&person));
    assert!(drift().edge, "the edge has forgotten somebody");
}
