//! Nobody who left comes back unless their own newer word or an editor says so.

use crate::descent::tests::Told;
use crate::promises::{
    day, depart, dying, hidden, is_marked, is_up, leaver, leaving, page_of, publish_while_removed, published, shown,
    shown_as, until_the_lock_is_over,
};
use crate::round::PublishOutcome;
use crate::small::{id, site};
use crate::stage::{Ask, ask, assert_converged, pass, put, remove, told};
use jiff::SignedDuration;
use schema::person::visibility::HiddenWhy;
use site::standing::Standing;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn nobody_who_left_on_request_comes_back_by_a_later_publish() {
    let (from, to, person) = leaving();
    let world = published([&from]);
    remove(&world, &person).unwrap();
    // The folder that was built before the removal; and one built from a profile that nobody withdrew.
    for stale in [&from, &site(&[(0, 0), (1, 0), (2, 0)], 0, 1)] {
        let error = told(&put(&world, stale, 1, None).err().unwrap());
        assert!(
            error.contains("left, and the built site shows them again")
                && error.contains(&format!("--return {person}")),
            "{error}"
        );
        assert!(is_marked(&world, &person));
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
    let world = published([&from, &to]);
    put(&world, &from, 1, None).unwrap();
    assert_converged(&world, &from, &BTreeSet::new());
}

#[test]
fn whoever_left_for_a_reason_comes_back_by_a_newer_word_or_by_name() {
    let (from, to, person) = leaving();
    for why in [HiddenWhy::Withdrawn, HiddenWhy::ConsentEnded, HiddenWhy::ListingBanned] {
        let to = to.clone().with(&person, Standing::Hidden(why));
        let world = published([&from, &to]);
        let left = leaver(&world, &person);
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
    let world = published([&from, &to.with(&person, Standing::Hidden(HiddenWhy::PastRelease))]);
    put(&world, &from, 1, None).unwrap();
    assert_converged(&world, &from, &BTreeSet::new());
}

#[test]
fn where_nobody_watches_nobody_comes_back_whatever_they_left_for() {
    let (from, to, person) = leaving();
    for why in [None, Some(HiddenWhy::PastRelease)] {
        let to = why.into_iter().fold(to.clone(), |to, why| to.with(&person, Standing::Hidden(why)));
        let world = published([&from, &to]);
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
    let world = published([&from, &to]);
    let first = leaver(&world, &person).steps;
    put(&world, &from, 1, None).unwrap();
    pass(SignedDuration::from_hours(24));
    remove(&world, &person).unwrap();
    let second = leaver(&world, &person).steps;
    assert!(second.iter().all(|(step, at)| first[step] < *at), "{first:?} {second:?}");
}

#[test]
fn whoever_comes_back_and_is_removed_meanwhile_is_answered_with_410() {
    let (from, to, person) = leaving();
    let world = published([&from, &to]);
    publish_while_removed(&world, (&from, &[person.clone()].into()), ("people/index.html", &person));
    assert!(is_marked(&world, &person) && !world.keeps(&page_of(&person)));
}

#[test]
fn whoever_left_first_is_known_with_their_reason_and_comes_back_by_a_newer_word() {
    let (from, _, person) = leaving();
    for (_, why) in HiddenWhy::ALL {
        let world = published([&from]);
        depart(&world, &hidden(&[person.clone()].into(), *why), &Told::default()).unwrap();
        let left = leaver(&world, &person);
        assert_eq!((left.asked, left.why, left.left_on), (false, Some(*why), Some(day(0))));
        assert_eq!(put(&world, &from, 1, None).is_err(), *why != HiddenWhy::PastRelease);
        put(&world, &from.clone().with(&person, shown(day(1))), 1, None).unwrap();
        assert_converged(&world, &from, &BTreeSet::new());
    }
}

#[test]
fn whoever_is_removed_before_their_first_publish_is_brought_up_by_none() {
    let (all, without, person) = leaving();
    let world = published([&without]);
    let none = remove(&world, &person).unwrap();
    assert!(none.leavers.is_empty() && none.was_there.is_empty(), "nothing was taken down");
    // Their profile stands where nobody has pulled the change.
    for unattended in [false, true] {
        let listed = all.clone().with(&person, shown(day(1)));
        let error = told(&ask(&world, &listed, Ask { unattended, ..Ask::default() }).err().unwrap());
        assert!(error.contains(&format!("--return {person}")), "{error}");
    }
    assert!(!is_up(&world, &person));
    ask(&world, &all, Ask { readmit: Some(&person), ..Ask::default() }).unwrap();
    assert_converged(&world, &all, &BTreeSet::new());
}

#[test]
fn whoever_left_comes_back_under_another_id_only_by_name() {
    let (from, to, person) = leaving();
    let from = from.with(&person, shown_as(day(-9), "franklin-doc 0123456"));
    let other = id(5);
    // The profile was renamed where nobody had pulled the change that takes it down.
    let renamed = |who| site(&[(0, 0), (2, 0), (5, 0)], 0, 0).with(&other, shown_as(day(1), who));
    let world = published([&from]);
    remove(&world, &person).unwrap();
    for unattended in [true, false] {
        let error =
            told(&ask(&world, &renamed("franklin-doc 0123456"), Ask { unattended, ..Ask::default() }).err().unwrap());
        let says = format!("{other}, who is {person}, left, and the built site shows them again");
        assert!(error.contains(&says) && error.contains(&format!("--return {other}")), "{error}");
    }
    assert!(!is_up(&world, &other));
    let stranger = renamed("franklin-doc 0999999");
    ask(&world, &stranger, Ask { unattended: true, ..Ask::default() }).unwrap();
    assert_converged(&world, &stranger, &[person.clone()].into());
    put(&world, &to, 1, None).unwrap();
    let named = renamed("franklin-doc 0123456");
    ask(&world, &named, Ask { readmit: Some(&other), ..Ask::default() }).unwrap();
    assert!(is_marked(&world, &person), "their old address stays answered with 410");
    // Once there by name, they are there as anybody is.
    ask(&world, &named, Ask { unattended: true, ..Ask::default() }).unwrap();
    assert!(is_up(&world, &other));
}

#[test]
fn who_somebody_was_is_kept_only_until_the_profiles_say_that_they_left() {
    let (from, to, person) = leaving();
    let from = from.with(&person, shown_as(day(-9), "franklin-doc 0123456"));
    let who = |world: &_| leaver(world, &person).who;
    for (site, days, is_kept) in [
        (to.clone(), 0, true),
        (to.clone().with(&person, Standing::Hidden(HiddenWhy::Withdrawn)), 0, false),
        (to.clone(), 30, true),
        (to.clone(), 31, false),
    ] {
        let world = published([&from]);
        remove(&world, &person).unwrap();
        assert!(who(&world).is_some());
        pass(SignedDuration::from_hours(24 * days));
        put(&world, &site, 1, None).unwrap();
        assert_eq!(who(&world).is_some(), is_kept, "{days} days");
        pass(SignedDuration::from_hours(-24 * days));
    }
}

#[test]
fn whoever_is_left_out_where_nobody_watches_is_still_known_afterwards() {
    let (from, to, person) = leaving();
    let from = from.with(&person, shown_as(day(-9), "franklin-doc 0123456"));
    let other = id(5);
    let renamed = site(&[(0, 0), (2, 0), (5, 0)], 0, 0).with(&other, shown_as(day(1), "franklin-doc 0123456"));
    let left_out = |now: &str| BTreeMap::from([(now.to_owned(), person.clone())]);
    let world = published([&from]);
    remove(&world, &person).unwrap();
    // A stale root lists them still; months later one lists them anew. Each time the rest goes up without them.
    for (stale, now, days) in [(&from, &person, 0), (&renamed, &other, 40)] {
        pass(SignedDuration::from_hours(24 * days));
        let error = told(&ask(&world, stale, Ask { unattended: true, ..Ask::default() }).err().unwrap());
        assert!(error.contains(&format!("--return {now}")), "{error}");
        let without = to.clone().with(now, Standing::Hidden(HiddenWhy::Withdrawn));
        let rest = Ask { unattended: true, left_out: Some(&left_out(now)), ..Ask::default() };
        ask(&world, &without, rest).unwrap();
        assert!(leaver(&world, &person).who.is_some(), "{now}");
    }
    assert!(ask(&world, &renamed, Ask { unattended: true, ..Ask::default() }).is_err(), "nor on the next night");
    assert!(!is_up(&world, &other));
}

#[test]
fn whoever_was_renamed_and_removed_does_not_come_back_under_the_first_id() {
    let (first, _, person) = leaving();
    let who = "franklin-doc 0123456";
    let (first, other) = (first.with(&person, shown_as(day(-9), who)), id(5));
    let renamed = site(&[(0, 0), (2, 0), (5, 0)], 0, 0).with(&other, shown_as(day(-9), who));
    let world = published([&first, &renamed]);
    remove(&world, &other).unwrap();
    let error = told(&put(&world, &first, 1, None).err().unwrap());
    assert!(error.contains(&format!("{person}, who is {other}, left")), "{error}");
    ask(&world, &first, Ask { readmit: Some(&person), ..Ask::default() }).unwrap();
    assert!(is_up(&world, &person));
}

#[test]
fn a_new_id_whose_first_publish_was_killed_goes_on_where_nobody_watches() {
    let (from, _, person) = leaving();
    let who = "franklin-doc 0123456";
    let from = from.with(&person, shown_as(day(-9), who));
    let renamed = site(&[(0, 0), (2, 0), (5, 0)], 0, 0).with(&id(5), shown_as(day(-9), who));
    let unattended = Ask { unattended: true, ..Ask::default() };
    for calls in 4..30 {
        let world = published([&from]);
        let _ = dying(&world, calls, || ask(&world, &renamed, unattended));
        until_the_lock_is_over();
        ask(&world, &renamed, unattended).unwrap();
        assert_converged(&world, &renamed, &[person.clone()].into());
    }
}
