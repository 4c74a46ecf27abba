//! Whoever's last day is over goes, although nobody publishes.

use crate::descent::Lineage;
use crate::descent::tests::Told;
use crate::fake::World;
use crate::promises::{
    NO_GIT, day, depart, dying, hidden, is_marked, is_up, leaver, leavers, leaving, made, manifest, pass_hour,
    publish_by, published, shown, until, until_the_lock_is_over,
};
use crate::publisher::intent_key;
use crate::small::{id, site};
use crate::stage::{Ask, ask, assert_converged, clock, open, pass, put, remove, told};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use schema::ground::zone::Zone;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::standing::{Shown, Standing};
use std::collections::BTreeSet;

/// Four days go by, and the hour that takes people down; then it is as late as it was.
fn four_days_later(world: &World) {
    let before = clock();
    pass(SignedDuration::from_hours(24 * 4));
    pass_hour(world, None).unwrap();
    pass(before.duration_since(clock()));
}

#[test]
fn somebody_whose_first_publish_was_killed_leaves_like_anybody() {
    let (from, to) = (site(&[(0, 0)], 0, 0), site(&[(0, 0), (1, 0)], 0, 0).with(&id(1), until(day(3))));
    let mut half = 0;
    for dies in 5..40 {
        let begun = published([&from]);
        let _ = dying(&begun, dies, || put(&begun, &to, 1, None));
        let was_up = is_up(&begun, &id(1));
        half += usize::from(was_up);
        let (left, over) = (begun.fork(), begun);
        until_the_lock_is_over();
        let depart = || depart(&left, &hidden(&[id(1)].into(), HiddenWhy::Withdrawn), &Told::default()).unwrap();
        depart();
        assert!(!is_up(&left, &id(1)), "{dies}: their profile hides them");
        assert!(!was_up || is_marked(&left, &id(1)), "{dies}");
        assert!(depart().left.is_empty(), "{dies}: once is enough");
        four_days_later(&over);
        assert!(!is_up(&over, &id(1)), "{dies}: their last day is over");
    }
    assert!(half > 0, "no publish died with their page up");
}

#[test]
fn a_removal_that_was_stopped_is_finished_within_the_hour() {
    let (from, to, person) = leaving();
    let mut half = 0;
    for dies in 1..30 {
        let world = published([&from]);
        let _ = dying(&world, dies, || remove(&world, &person));
        let is_half = manifest(&world).shows(&person);
        half += usize::from(is_half);
        // At once: whoever died may hold the lock still.
        let passed = pass_hour(&world, None).unwrap();
        assert_eq!((passed.left.len(), passed.asked.len()), (0, usize::from(is_half)), "{dies}");
        assert!(is_marked(&world, &person) && !is_up(&world, &person), "{dies}");
        until_the_lock_is_over();
        pass_hour(&world, None).unwrap();
        assert!(!manifest(&world).shows(&person) && pass_hour(&world, None).unwrap().asked.is_empty(), "{dies}");
        put(&world, &to, 1, None).unwrap();
        assert_converged(&world, &to, &[person.clone()].into());
        // Whoever comes back by name is not asked for any more.
        ask(&world, &from, Ask { readmit: Some(&person), ..Ask::default() }).unwrap();
        assert!(pass_hour(&world, None).unwrap().asked.is_empty() && is_up(&world, &person), "{dies}");
    }
    assert!(half > 0, "no removal was stopped in its middle");
}

#[test]
fn sixty_days_without_a_build_take_down_whoever_is_due() {
    let numbers: Vec<(u8, u8)> = (0..63).map(|number| (number, 0)).collect();
    let until = |number: u8| {
        let then = if number.is_multiple_of(2) { HiddenWhy::ConsentEnded } else { HiddenWhy::PastRelease };
        Standing::Shown(Shown { since: day(-300), until: day(i32::from(number)), then, who: None })
    };
    let all = numbers.iter().fold(site(&numbers, 0, 0), |all, (number, _)| all.with(&id(*number), until(*number)));
    let world = World::new();
    let lineage = Lineage { past: &NO_GIT, seen: None, over: None };
    ask(&world, &all, Ask { line: Some((made("a"), &lineage)), ..Ask::default() }).unwrap();
    let first = clock();
    let mut begun = 0;
    for days in 1..=60 {
        pass(SignedDuration::from_hours(24));
        // Now and then it dies at work, and finishes in the next hour.
        if days % 7 == 0 {
            let _ = dying(&world, usize::from(days), || pass_hour(&world, None));
            until_the_lock_is_over();
        }
        let passed = pass_hour(&world, None).unwrap();
        assert!(passed.published_at.unwrap() <= first, "nobody has published since");
        begun += usize::from(passed.waits.is_some());
        let here = |number: u8| is_up(&world, &id(number));
        assert!((0..days).all(|number| !here(number)) && (days..63).all(here), "day {days}");
        assert!((0..days).all(|number| is_marked(&world, &id(number))), "day {days}");
    }
    let left = leavers(&world);
    let why: BTreeSet<_> = left.values().map(|leaver| leaver.why).collect();
    assert_eq!(begun, 0, "nobody held the lock");
    assert_eq!((left.len(), why), (60, [Some(HiddenWhy::PastRelease), Some(HiddenWhy::ConsentEnded)].into()));
}

#[test]
fn a_day_to_come_takes_nobody_down() {
    let (from, _, person) = leaving();
    let from = from.with(&person, shown(day(0)));
    let world = published([&from]);
    let error = told(&pass_hour(&world, Some(day(1))).err().unwrap());
    assert!(error.contains("is a day to come") && error.contains("counts from today"), "{error}");
    assert!(pass_hour(&world, Some(day(0))).unwrap().left.is_empty());
    assert_converged(&world, &from, &BTreeSet::new());
}

#[test]
fn whoever_was_to_leave_sooner_by_a_publish_that_was_killed_leaves_then() {
    let listed = |days: i32| site(&[(0, 0), (1, 0)], 0, 0).with(&id(1), until(day(days)));
    let theirs = ProfileId::parse(&id(1)).unwrap();
    let mut noted = 0;
    for dies in 5..40 {
        let world = published([&listed(300)]);
        // Their release year was corrected.
        let _ = dying(&world, dies, || put(&world, &listed(3), 1, None));
        let is_noted = world.note(&intent_key()).is_some();
        noted += usize::from(is_noted);
        let is_done = manifest(&world).due[&theirs].until == day(3);
        four_days_later(&world);
        assert!(!is_noted && !is_done || !is_up(&world, &id(1)), "{dies}: their last day is over");
    }
    assert!(noted > 0, "no publish died at work");
}

#[test]
fn whoever_leaves_by_the_clock_leaves_on_the_day_it_is_where_the_site_is() {
    let auckland = Zone::parse("Pacific/Auckland").unwrap();
    let (from, _, person) = leaving();
    let from = from.with(&person, until(day(0)));
    let world = World::new();
    let mut session = open(&world, world.clone());
    session.target.zone = auckland.clone();
    publish_by(&session, &from);
    pass(SignedDuration::from_hours(4));
    let there = auckland.day(clock());
    // Whoever only tells the time knows no zone but that of what is public.
    pass_hour(&world, None).unwrap();
    let left = leaver(&world, &person);
    assert_eq!(left.left_on, Some(there));
    assert_ne!(left.left_on, Some(TimeZone::UTC.to_datetime(clock()).date()), "the test tells nothing apart");
}
