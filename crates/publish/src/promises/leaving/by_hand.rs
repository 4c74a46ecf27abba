//! Whoever is removed on request is gone at once.

use crate::descent::tests::Told;
use crate::edge::AnyEdge;
use crate::fake::World;
use crate::promises::{
    depart, dying, hidden, is_anywhere, is_marked, is_up, leaver, leaving, manifest, page_of, publish_by,
    publish_while_removed, published, until_the_lock_is_over,
};
use crate::removal::{self, Removed};
use crate::small::{id, site};
use crate::stage::{Ask, Watcher, ask, assert_converged, open, put, remove, told};
use crate::step::Step;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use std::collections::BTreeSet;
use tokio::sync::Notify;

/// Takes somebody down, and knows of no edge.
fn remove_blindly(world: &World, person: &str) -> Removed {
    let session = open(world, AnyEdge::<World>::None);
    removal::remove(&session, &ProfileId::parse(person).unwrap(), None, &Watcher(&Notify::new())).unwrap()
}

#[test]
fn whoever_is_removed_while_files_go_up_stays_away_whichever_file_it_was() {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 1), (1, 1), (2, 1)], 1, 1));
    let person = id(1);
    for when in to.bytes.keys() {
        let world = published([&from]);
        publish_while_removed(&world, (&to, &BTreeSet::new()), (when, &person));
        assert!(is_marked(&world, &person), "{when}");
        assert!(!is_up(&world, &person) && !world.keeps(&page_of(&person)), "{when}: they are public again");
        let manifest = manifest(&world);
        assert!(!manifest.shows(&person) && manifest.is_gone(&person), "{when}");
        let left = leaver(&world, &person);
        assert!(left.asked && !left.steps.contains_key(&Step::Refreshed), "{when}: lists still name them");
        let last = site(&[(0, 1), (2, 1)], 1, 1);
        put(&world, &last, 1, None).unwrap();
        assert_converged(&world, &last, &[person.clone()].into());
    }
}

#[test]
fn a_dead_publisher_holds_up_no_removal() {
    let (from, to, person) = leaving();
    let mut held = 0;
    for dies in 8..30 {
        let world = published([&from]);
        let _ = dying(&world, dies, || put(&world, &site(&[(0, 1), (1, 1), (2, 0)], 1, 1), 1, None));
        held += usize::from(remove(&world, &person).unwrap().waits.is_some());
        assert!(is_marked(&world, &person), "{dies}");
        assert!(!is_anywhere(&world, &person), "{dies}");
        until_the_lock_is_over();
        assert!(put(&world, &from, 1, None).is_err(), "a build from before does not bring them back");
        put(&world, &to, 1, None).unwrap();
        assert_converged(&world, &to, &[person.clone()].into());
    }
    assert!(held > 0, "nobody held the lock");
}

#[test]
fn whoever_shared_a_photo_that_was_replaced_is_removed() {
    // Two brothers on one picture, and then on another.
    let brothers = |turn| site(&[(0, 0), (1, turn), (2, 0)], 0, 0).sharing(1, 2);
    let (first, second, last) = (brothers(0), brothers(1), site(&[(0, 0), (2, 0)], 0, 1));
    let (person, other) = (id(1), id(2));
    let (old, new) = (first.photo_of(&person), second.photo_of(&person));
    let world = published([&first, &second]);
    let removed = remove(&world, &person).unwrap();
    assert!(!removed.was_there.is_empty() && removed.waits.is_none() && leaver(&world, &person).asked);
    assert!(is_marked(&world, &person) && !is_anywhere(&world, &person));
    assert!(!world.keeps(&old), "nobody is sent it, and no rollback brings it back");
    assert!(is_up(&world, &other) && world.public().contains_key(&new), "their brother's picture stays");
    put(&world, &last, 1, None).unwrap();
    assert_converged(&world, &last, &[person].into());
}

#[test]
fn whoever_is_most_of_a_site_is_removed() {
    let (mut all, without) = (site(&[(0, 0), (1, 0)], 0, 0), site(&[(0, 0)], 0, 0));
    for turn in 0..60_u64 {
        let photo = format!("photos/{:016x}-160.jpg", 0xcccc_0000 + turn);
        all.bytes.insert(photo.clone(), format!("photo {turn}").into_bytes());
        all.photos.insert(photo, BTreeSet::from([id(1)]));
    }
    let world = published([&all]);
    assert!(remove(&world, &id(1)).unwrap().waits.is_none());
    assert!(is_marked(&world, &id(1)) && !manifest(&world).shows(&id(1)));
    put(&world, &without, 1, None).unwrap();
    assert_converged(&world, &without, &[id(1)].into());
}

#[test]
fn whoever_shares_photos_is_removed_wherever_the_publish_of_both_was_killed() {
    let brothers = |turn| site(&[(0, 0), (1, turn), (2, 0)], 0, 0).sharing(1, 2);
    let (person, other, alone) = (id(1), id(2), site(&[(0, 0)], 0, 0));
    let again = site(&[(0, 0), (2, 0)], 0, 0);
    let mut held = 0;
    for before in [&alone, &brothers(0)] {
        for dies in 0..40 {
            for waits in [false, true] {
                let world = published([before]);
                let _ = dying(&world, dies, || put(&world, &brothers(1), 1, None));
                if waits {
                    until_the_lock_is_over();
                }
                let was_there = is_up(&world, &person);
                held += usize::from(remove(&world, &person).unwrap().waits.is_some());
                assert!(leaver(&world, &person).asked, "{dies}");
                assert!(!is_anywhere(&world, &person) && is_marked(&world, &person) >= was_there, "{dies}");
                until_the_lock_is_over();
                assert!(put(&world, &brothers(1), 1, None).is_err(), "{dies}: by nobody");
                put(&world, &again, 1, None).unwrap();
                assert!(is_up(&world, &other) && !is_anywhere(&world, &person), "{dies}");
            }
        }
    }
    assert!(held > 0, "nobody held the lock");
}

#[test]
fn whoever_is_asked_for_is_noted_before_anything_else_and_comes_up_by_no_publish() {
    let (from, to, person) = leaving();
    for dies in 2..30 {
        let world = published([&from]);
        let _ = dying(&world, dies, || remove(&world, &person));
        until_the_lock_is_over();
        assert!(leaver(&world, &person).asked, "{dies}");
        let unattended = Ask { unattended: true, ..Ask::default() };
        let error = told(&ask(&world, &from, unattended).err().unwrap());
        assert!(error.contains(&format!("--return {person}")), "{dies}: {error}");
        put(&world, &to, 1, None).unwrap();
        assert_converged(&world, &to, &[person.clone()].into());
    }
}

#[test]
fn what_was_done_and_when_is_known_after_every_way_of_leaving() {
    let (from, to, person) = leaving();
    let steps = [Step::Marked, Step::Erased, Step::Purged];
    for at in 0..60 {
        let world = published([&from]);
        let _ = dying(&world, at, || remove(&world, &person));
        until_the_lock_is_over();
        remove(&world, &person).unwrap();
        let left = leaver(&world, &person);
        assert!(left.asked && left.steps.keys().eq(&steps), "{at}: {left:?}");
        assert!(left.paths.iter().any(|path| path.starts_with("photos/")), "{at}: {left:?}");
    }
    let left = leaver(&published([&from, &to]), &person);
    let all = [Step::Marked, Step::Erased, Step::Purged, Step::Refreshed];
    assert!(!left.asked && left.steps.keys().eq(&all), "{left:?}");
}

#[test]
fn without_an_edge_nothing_is_said_of_one() {
    let (from, _, person) = leaving();
    let world = published([&from]);
    remove_blindly(&world, &person);
    assert_eq!(leaver(&world, &person).steps.into_keys().collect::<Vec<_>>(), [Step::Erased]);
}

#[test]
fn an_edge_that_was_not_told_is_said_so_and_told_by_the_next_who_knows_it() {
    let (from, to, person) = leaving();
    let begun = published([&from]);
    let removed = remove_blindly(&begun, &person);
    assert!(removed.untold && !removed.was_there.is_empty() && !is_marked(&begun, &person));
    let photo = from.photo_of(&person);
    let is_told = |world: &World| {
        let left = leaver(world, &person);
        is_marked(world, &person)
            && is_marked(world, photo.rsplit('/').next().unwrap())
            && [Step::Marked, Step::Purged].iter().all(|step| left.steps.contains_key(step))
    };
    let again = begun.fork();
    let removed = remove(&again, &person).unwrap();
    assert!(!removed.was_there.is_empty() && !removed.untold && is_told(&again));
    assert!(remove(&again, &person).unwrap().was_there.is_empty(), "all is done");
    put(&begun, &to, 1, None).unwrap();
    // Until the edge was told, its copies named what was no longer there.
    begun.state.lock().unwrap().broken.clear();
    assert!(is_told(&begun));
    assert_converged(&begun, &to, &[person.clone()].into());
}

#[test]
fn whoever_was_lost_by_accident_is_not_asked_for_when_others_go() {
    let (from, to, person) = leaving();
    let world = published([&from]);
    let blind = open(&world, AnyEdge::<World>::None);
    publish_by(&blind, &to);
    let is_asked = || leaver(&world, &person).asked;
    assert!(!is_asked() && !is_marked(&world, &person));
    // An hour that knows the edge takes somebody else down, and tells the edge what it is owed.
    depart(&world, &hidden(&[id(2)].into(), HiddenWhy::ConsentEnded), &Told::default()).unwrap();
    assert!(is_marked(&world, &person) && !is_asked());
    remove(&world, &person).unwrap();
    assert!(is_asked(), "now somebody did");
}
