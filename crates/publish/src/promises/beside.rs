//! What publishing promises to whoever publishes beside somebody else, to the function, and to hands in the bucket.

use crate::bucket::BUNDLE;
use crate::bundle::Bundle;
use crate::descent::Lineage;
use crate::edge::gone_key;
use crate::fake::{World, Wrong};
use crate::lock;
use crate::plan::leaves::KEPT;
use crate::promises::{
    NO_GIT, beside, day, dying, is_marked, is_up, leaving, made, manifest, page_of, publish_while, published,
    until_the_lock_is_over,
};
use crate::round::PublishOutcome;
use crate::small::{Site, id, site};
use crate::stage::{Ask, ask, assert_converged, clock, open, pass, put, remove, runtime, told};
use crate::step::Step;
use jiff::SignedDuration;
use schema::person::visibility::HiddenWhy;
use site::made::Made;
use site::standing::Standing;
use std::collections::BTreeSet;
use tokio::sync::Notify;

#[test]
fn what_somebody_changed_by_hand_is_found() {
    let world = published([&site(&[(0, 0)], 0, 0)]);
    let drift = || runtime().block_on(crate::verify::drift(&world, &world)).unwrap().paths;
    assert!(drift().is_empty());
    world.tamper("index.html", Some(b"not ours"));
    world.tamper("feed.html", Some(b"nobody put it there"));
    world.tamper("410.html", None);
    assert_eq!(drift().into_iter().collect::<Vec<_>>(), ["410.html", "feed.html", "index.html"]);
}

#[test]
fn a_photo_that_was_taken_back_is_nowhere_and_nor_are_those_before_it() {
    let (first, second) = (site(&[(0, 0), (1, 0)], 0, 0), site(&[(0, 0), (1, 1)], 0, 0));
    let mut bare = second.clone();
    let (oldest, newest) = (first.photo_of(&id(1)), second.photo_of(&id(1)));
    bare.bytes.remove(&newest);
    bare.photos.remove(&newest);
    for bytes in bare.bytes.values_mut() {
        *bytes =
            String::from_utf8(bytes.clone()).unwrap().replace(&format!("<img src=\"/{newest}\">"), "").into_bytes();
    }
    let world = published([&first, &second]);
    assert!(world.keeps(&oldest), "another took its place: a rollback would find it");
    put(&world, &bare, 1, None).unwrap();
    assert!(!world.keeps(&newest) && !world.keeps(&oldest), "no rollback brings it back");
    assert_converged(&world, &bare, &BTreeSet::new());
}

/// A root without commits that has last met a publish.
fn root<'a>(seen: Option<&str>) -> Lineage<'a> {
    Lineage { past: &NO_GIT, seen: seen.map(str::to_owned), over: None }
}

#[test]
fn a_stale_folder_undoes_nothing() {
    let (all, _, person) = leaving();
    let world = World::new();
    let publish = |site: &Site, sources: &str, lineage: &Lineage<'_>| {
        ask(&world, site, Ask { line: Some((made(sources), lineage)), ..Ask::default() })
    };
    let deploy = |came: (PublishOutcome, Vec<Step>)| match came.0 {
        PublishOutcome::Done(manifest) | PublishOutcome::Nothing(manifest) => manifest.last_whole().unwrap().to_owned(),
        _ => panic!("nothing was published"),
    };
    let first = deploy(publish(&all, "a", &root(None)).unwrap());
    // Another root takes somebody's page down, and brings somebody new.
    let newer = site(&[(0, 0), (2, 0), (3, 0)], 0, 0).with(&person, Standing::Hidden(HiddenWhy::Withdrawn));
    let second = deploy(publish(&newer, "b", &root(Some(&first))).unwrap());
    let error = told(&publish(&all, "a", &root(Some(&first))).err().unwrap());
    assert!(error.contains("nothing was published") && error.contains(&format!("--over {second}")), "{error}");
    assert_converged(&world, &newer, &[person.clone()].into());
    // Somebody leaves at once in between: the root that published last goes on.
    let goes = id(2);
    remove(&world, &goes).unwrap();
    let last = site(&[(0, 0), (3, 0)], 0, 1);
    let third = deploy(publish(&last, "c", &root(Some(&second))).unwrap());
    assert_ne!(third, second);
    assert_converged(&world, &last, &[person, goes].into());
}

#[test]
fn a_publish_of_the_same_sources_notes_each_day_once() {
    let (world, here) = (World::new(), site(&[(0, 0)], 0, 0));
    let publish = |days: i32| {
        let made = Made { day: day(days), ..made("a") };
        ask(&world, &here, Ask { line: Some((made, &root(None))), ..Ask::default() }).unwrap().0
    };
    assert!(matches!(publish(0), PublishOutcome::Done(_)));
    assert!(matches!(publish(0), PublishOutcome::Nothing(_)));
    assert!(matches!(publish(1), PublishOutcome::Done(_)), "an alarm counts the hours since");
    assert!(matches!(publish(1), PublishOutcome::Nothing(_)));
}

#[test]
fn the_function_is_given_what_it_needs_once_and_after_the_assets() {
    let (first, second) = (Bundle::new(b"facts".to_vec()), Bundle::new(b"a ban".to_vec()));
    let carried = |world: &World| world.note(BUNDLE).unwrap();
    let publish = |world: &World, site: &Site, bundle| {
        ask(world, site, Ask { bundle: Some(bundle), ..Ask::default() }).map(|came| came.0)
    };
    let (old, new) = (site(&[(0, 0)], 0, 0), site(&[(0, 0)], 1, 0));
    let style = new.bytes.keys().find(|path| path.starts_with("assets/") && !old.bytes.contains_key(*path)).unwrap();
    for dies in 0..40 {
        let world = World::new();
        publish(&world, &old, &first).unwrap();
        assert_eq!(carried(&world), b"facts");
        assert!(matches!(publish(&world, &old, &first).unwrap(), PublishOutcome::Nothing(_)));
        let _ = dying(&world, dies, || publish(&world, &new, &second));
        assert!(carried(&world) == b"facts" || world.public().contains_key(style), "{dies}: its pages name no style");
        until_the_lock_is_over();
        publish(&world, &new, &second).unwrap();
        assert_eq!(carried(&world), b"a ban", "{dies}");
    }
    // Where only people leave, it keeps what it has.
    let world = World::new();
    publish(&world, &old, &first).unwrap();
    remove(&world, &id(0)).unwrap();
    assert_eq!(carried(&world), b"facts");
}

#[test]
fn a_second_publisher_waits_for_the_first_unless_it_knows_that_the_first_is_dead() {
    let (world, here) = (World::new(), site(&[(0, 0)], 0, 0));
    assert!(dying(&world, 9, || put(&world, &here, 1, None)).is_err());
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
    let world = published([&old, &new]);
    assert!(!world.public().contains_key(photo), "visitors are not sent it");
    assert!(world.keeps(photo), "a rollback would find it");
    put(&world, &old, 1, None).unwrap();
    assert_converged(&world, &old, &BTreeSet::new());
    assert!(!world.marks().keys().any(|key| photo.ends_with(key.trim_start_matches("gone/"))));
    put(&world, &new, 1, None).unwrap();
    put(&world, &without, 1, None).unwrap();
    assert!(!world.keeps(photo), "it is somebody's who has left");
    let world = published([&old, &new]);
    pass(KEPT);
    put(&world, &new, 1, None).unwrap();
    assert!(!world.keeps(photo), "its time is over");
    assert!(manifest(&world).replaced.is_empty());
}

#[test]
fn what_is_as_it_was_published_is_not_published_again() {
    let (from, to, person) = leaving();
    let world = published([&from, &to]);
    let drift = || runtime().block_on(crate::verify::drift(&world, &world)).unwrap();
    assert!(drift().paths.is_empty() && !drift().edge);
    world.tamper_edge(&gone_key(&person));
    assert!(drift().edge, "the edge has forgotten somebody");
}

#[test]
fn what_a_dead_publish_gave_the_function_is_put_right_by_the_next() {
    let (ban, lifted) = (Bundle::new(b"a ban".to_vec()), Bundle::new(b"none".to_vec()));
    let here = site(&[(0, 0), (1, 0)], 0, 0);
    let publish = |world: &World, bundle| ask(world, &here, Ask { bundle: Some(bundle), ..Ask::default() });
    let mut wrong = 0;
    for dies in 0..20 {
        let world = World::new();
        publish(&world, &ban).unwrap();
        let _ = dying(&world, dies, || publish(&world, &lifted));
        wrong += usize::from(world.note(BUNDLE).unwrap() == b"none" && manifest(&world).bundle == Some(ban.hash));
        until_the_lock_is_over();
        // Somebody leaves in between, which brings the function nothing.
        remove(&world, &id(1)).unwrap();
        ask(&world, &site(&[(0, 0)], 0, 0), Ask { bundle: Some(&ban), ..Ask::default() }).unwrap();
        assert_eq!(world.note(BUNDLE).unwrap(), b"a ban", "{dies}");
    }
    assert!(wrong > 0, "no publish died between the two");
}

#[test]
fn a_publisher_that_slept_over_its_lock_puts_nothing_and_takes_back_what_it_put() {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 1), (1, 1), (2, 1)], 1, 1));
    let person = id(1);
    for when in to.bytes.keys() {
        let world = published([&from]);
        let before = clock();
        let meanwhile = |path: &str| {
            if path == when {
                // It sleeps with this file in its hands; meanwhile its time runs out, and somebody is removed.
                pass(SignedDuration::from_hours(2));
                let now = clock();
                let removed = beside(|| {
                    pass(now.duration_since(clock()));
                    remove(&world, &person).map(drop)
                });
                removed.unwrap();
            }
        };
        let came = publish_while(&open(&world, world.clone()), (&to, &BTreeSet::new()), meanwhile);
        assert!(came.is_err(), "{when}: the lock was over");
        assert!(!is_up(&world, &person) && !world.keeps(&page_of(&person)), "{when}: they are public again");
        assert!(is_marked(&world, &person), "{when}");
        pass(before.duration_since(clock()));
    }
}
