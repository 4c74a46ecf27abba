//! Nobody who left comes back unless their own newer word or an editor says so.

use super::day;
use super::depart;
use super::hidden;
use super::leaving;
use super::publish_while_removed;
use super::shown;
use crate::departures;
use crate::descent::tests::Told;
use crate::edge::gone_key;
use crate::fake::World;
use crate::faults::Ask;
use crate::faults::ask;
use crate::faults::assert_converged;
use crate::faults::pass;
use crate::faults::put;
use crate::faults::remove;
use crate::faults::runtime;
use crate::faults::site;
use crate::faults::told;
use crate::faults::{Watcher, open};
use crate::removal;
use crate::round::PublishOutcome;
use jiff::SignedDuration;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::standing::Standing;
use std::collections::BTreeSet;
use tokio::sync::Notify;

#[test]
fn nobody_who_left_on_request_comes_back_by_a_later_publish() {
    let (from, to, person) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    remove(&world, &person).unwrap();
    // The folder that was built before the removal; and one built from a profile that nobody withdrew.
    for stale in [&from, &site(&[(0, 0), (1, 0), (2, 0)], 0, 1)] {
        let error = told(&put(&world, stale, 1, None).err().unwrap());
        assert!(
            error.contains("left, and the built site shows them again")
                && error.contains(&format!("--return {person}")),
            "{error}"
        );
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
fn whoever_was_lost_by_accident_comes_back_without_a_word() {
    let (from, to, _) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    put(&world, &to, 1, None).unwrap();
    put(&world, &from, 1, None).unwrap();
    assert_converged(&world, &from, &BTreeSet::new());
}

#[test]
fn whoever_left_for_a_reason_comes_back_by_a_newer_word_or_by_name() {
    let (from, to, person) = leaving();
    for why in [HiddenWhy::Withdrawn, HiddenWhy::ConsentEnded, HiddenWhy::ListingBanned] {
        let world = World::new();
        put(&world, &from, 1, None).unwrap();
        let to = to.clone().with(&person, Standing::Hidden(why));
        put(&world, &to, 1, None).unwrap();
        let left = runtime().block_on(departures::read(&world)).unwrap().0.remove(&person).unwrap();
        assert_eq!((left.asked, left.why, left.left_on), (false, Some(why), Some(day(0))));
        // A folder of before; one with a word as old as their leaving; one with a newer word, where nobody watches.
        let listed = |days| from.clone().with(&person, shown(day(days)));
        let unattended = Ask { unattended: true, ..Ask::default() };
        for (site, how) in [(from.clone(), Ask::default()), (listed(0), Ask::default()), (listed(1), unattended)] {
            let error = told(&ask(&world, &site, how).err().unwrap());
            assert!(
                error.contains(&format!("--return {person}")) && error.contains("nothing was published"),
                "{error}"
            );
            assert_converged(&world, &to, &[person.clone()].into());
        }
        let newer = listed(1);
        ask(&world, &newer, Ask::default()).unwrap();
        assert_converged(&world, &newer, &BTreeSet::new());
        put(&world, &to, 1, None).unwrap();
        ask(&world, &from, Ask { readmit: Some(&person), unattended: true, ..Ask::default() }).unwrap();
        assert_converged(&world, &from, &BTreeSet::new());
    }
}

#[test]
fn a_release_year_that_was_wrong_holds_nobody_back() {
    let (from, to, person) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    put(&world, &to.with(&person, Standing::Hidden(HiddenWhy::PastRelease)), 1, None).unwrap();
    put(&world, &from, 1, None).unwrap();
    assert_converged(&world, &from, &BTreeSet::new());
}

#[test]
fn where_nobody_watches_nobody_comes_back_whatever_they_left_for() {
    let (from, to, person) = leaving();
    for why in [None, Some(HiddenWhy::PastRelease)] {
        let world = World::new();
        put(&world, &from, 1, None).unwrap();
        let to = why.into_iter().fold(to.clone(), |to, why| to.with(&person, Standing::Hidden(why)));
        put(&world, &to, 1, None).unwrap();
        let unattended = Ask { unattended: true, ..Ask::default() };
        let error = told(&ask(&world, &from, unattended).err().unwrap());
        assert!(error.contains(&format!("--return {person}")), "a file that was deleted, and came back: {error}");
        ask(&world, &from, Ask { readmit: Some(&person), ..unattended }).unwrap();
        assert_converged(&world, &from, &BTreeSet::new());
    }
}

#[test]
fn who_leaves_again_is_told_of_this_time() {
    let (from, to, person) = leaving();
    let steps = |world: &World| runtime().block_on(departures::read(world)).unwrap().0.remove(&person).unwrap().steps;
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    put(&world, &to, 1, None).unwrap();
    let first = steps(&world);
    put(&world, &from, 1, None).unwrap();
    pass(SignedDuration::from_hours(24));
    remove(&world, &person).unwrap();
    let second = steps(&world);
    assert!(second.iter().all(|(step, at)| first[step] < *at), "{first:?} {second:?}");
}

#[test]
fn whoever_comes_back_and_is_removed_meanwhile_is_answered_with_410() {
    let (from, to, person) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    put(&world, &to, 1, None).unwrap();
    publish_while_removed(&world, (&from, &[person.clone()].into()), ("people/index.html", &person));
    assert!(world.marks().contains_key(&gone_key(&person)) && !world.keeps(&format!("people/{person}/index.html")));
}

#[test]
fn whoever_left_first_is_known_with_their_reason_and_comes_back_by_a_newer_word() {
    let (from, _, person) = leaving();
    for (_, why) in HiddenWhy::ALL {
        let world = World::new();
        put(&world, &from, 1, None).unwrap();
        depart(&world, &hidden(&[person.clone()].into(), *why), &Told::default()).unwrap();
        let left = runtime().block_on(departures::read(&world)).unwrap().0.remove(&person).unwrap();
        assert_eq!((left.asked, left.why, left.left_on), (false, Some(*why), Some(day(0))));
        assert_eq!(put(&world, &from, 1, None).is_err(), *why != HiddenWhy::PastRelease);
        put(&world, &from.clone().with(&person, shown(day(1))), 1, None).unwrap();
        assert_converged(&world, &from, &BTreeSet::new());
    }
}

#[test]
fn whoever_is_removed_before_their_first_publish_is_brought_up_by_none() {
    let (all, without, person) = leaving();
    let world = World::new();
    put(&world, &without, 1, None).unwrap();
    let session = open(&world, world.clone());
    let none = removal::remove(&session, &ProfileId::parse(&person).unwrap(), &Watcher(&Notify::new())).unwrap();
    assert!(none.is_none(), "nothing was taken down");
    // Their profile stands where nobody has pulled the change.
    for unattended in [false, true] {
        let listed = all.clone().with(&person, shown(day(1)));
        let error = told(&ask(&world, &listed, Ask { unattended, ..Ask::default() }).err().unwrap());
        assert!(error.contains(&format!("--return {person}")), "{error}");
    }
    assert!(!world.public().contains_key(&format!("people/{person}/index.html")));
    ask(&world, &all, Ask { readmit: Some(&person), ..Ask::default() }).unwrap();
    assert_converged(&world, &all, &BTreeSet::new());
}
