//! Whoever leaves goes, whoever else is at work, whatever dies, and although nobody builds.

use super::NO_GIT;
use super::day;
use super::depart;
use super::hidden;
use super::leaving;
use super::made;
use super::publish_by;
use super::publish_while_removed;
use super::shown;
use super::until;
use crate::departures;
use crate::descent::Lineage;
use crate::descent::tests::Told;
use crate::due;
use crate::edge::AnyEdge;
use crate::edge::gone_key;
use crate::fake::World;
use crate::fake::Wrong;
use crate::faults::Ask;
use crate::faults::Site;
use crate::faults::Watcher;
use crate::faults::ask;
use crate::faults::assert_converged;
use crate::faults::clock;
use crate::faults::id;
use crate::faults::open;
use crate::faults::pass;
use crate::faults::put;
use crate::faults::remove;
use crate::faults::runtime;
use crate::faults::site;
use crate::faults::told;
use crate::manifest::Manifest;
use crate::publisher::intent_key;
use crate::publisher::manifest_key;
use crate::removal;
use crate::step::Step;
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schema::ground::zone::Zone;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::standing::Shown;
use site::standing::Standing;
use std::collections::BTreeSet;
use tokio::sync::Notify;

#[test]
fn whoever_is_removed_while_files_go_up_stays_away_whichever_file_it_was() {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 1), (1, 1), (2, 1)], 1, 1));
    let person = id(1);
    for when in to.bytes.keys() {
        let world = World::new();
        put(&world, &from, 1, None).unwrap();
        publish_while_removed(&world, (&to, &BTreeSet::new()), (when, &person));
        assert!(world.marks().contains_key(&gone_key(&person)), "{when}");
        let page = format!("people/{person}/index.html");
        assert!(!world.public().contains_key(&page) && !world.keeps(&page), "{when}: they are public again");
        let manifest = Manifest::read(&world.note(&manifest_key()).unwrap()).unwrap();
        assert!(!manifest.shows(&person) && manifest.is_gone(&person), "{when}");
        let left = runtime().block_on(departures::read(&world)).unwrap().0.remove(&person).unwrap();
        assert!(left.asked && !left.steps.contains_key(&Step::Refreshed), "{when}: lists still name them");
        let last = site(&[(0, 1), (2, 1)], 1, 1);
        put(&world, &last, 1, None).unwrap();
        assert_converged(&world, &last, &[person.clone()].into());
    }
}

#[test]
fn somebody_whose_first_publish_was_killed_leaves_like_anybody() {
    let (from, to) = (site(&[(0, 0)], 0, 0), site(&[(0, 0), (1, 0)], 0, 0).with(&id(1), until(day(3))));
    let page = format!("people/{}/index.html", id(1));
    let mut half = 0;
    for dies in 5..40 {
        let begun = World::new();
        put(&begun, &from, 1, None).unwrap();
        begun.goes(Wrong::Dies(dies));
        let _ = put(&begun, &to, 1, None);
        begun.goes(Wrong::Nothing);
        let is_up = begun.public().contains_key(&page);
        half += usize::from(is_up);
        let (left, over) = (begun.fork(), begun);
        // Until then, the dead may hold the lock.
        pass(SignedDuration::from_mins(15));
        depart(&left, &hidden(&[id(1)].into(), HiddenWhy::Withdrawn), &Told::default()).unwrap();
        assert!(!left.public().contains_key(&page), "{dies}: their profile hides them");
        assert!(!is_up || left.marks().contains_key(&gone_key(&id(1))), "{dies}");
        let again = depart(&left, &hidden(&[id(1)].into(), HiddenWhy::Withdrawn), &Told::default()).unwrap();
        assert!(again.left.is_empty(), "{dies}: once is enough");
        let before = clock();
        pass(SignedDuration::from_hours(24 * 4));
        due::pass(&open(&over, over.clone()), None, &Watcher(&Notify::new())).unwrap();
        assert!(!over.public().contains_key(&page), "{dies}: their last day is over");
        pass(before.duration_since(clock()));
    }
    assert!(half > 0, "no publish died with their page up");
}

/// Sixty people, the same without them, and who they are.
fn sixty(why: HiddenWhy) -> (Site, Site, BTreeSet<String>) {
    let numbers = |range: std::ops::Range<u8>| range.map(|number| (number, 0)).collect::<Vec<_>>();
    let (all, few) = (site(&numbers(0..64), 0, 0), site(&numbers(60..64), 0, 0));
    let left: BTreeSet<String> = all.people.difference(&few.people).cloned().collect();
    let few = left.iter().fold(few, |few, person| few.with(person, Standing::Hidden(why)));
    (all, few, left)
}

#[test]
fn sixty_who_leave_for_a_reason_go_without_a_question() {
    for (_, why) in HiddenWhy::ALL {
        let (all, few, left) = sixty(*why);
        let world = World::new();
        put(&world, &all, 4, None).unwrap();
        put(&world, &few, 4, None).unwrap();
        assert_converged(&world, &few, &left);
    }
}

#[test]
fn sixty_go_first_whichever_call_dies() {
    let (all, few, left) = sixty(HiddenWhy::ListingBanned);
    let hidden = hidden(&left, HiddenWhy::ListingBanned);
    let begun = World::new();
    put(&begun, &all, 4, None).unwrap();
    let smooth = begun.fork();
    smooth.goes(Wrong::Nothing);
    assert_eq!(depart(&smooth, &hidden, &Told::default()).unwrap().left, hidden);
    let calls = smooth.state.lock().unwrap().calls;
    for dies in 0..calls {
        let world = begun.fork();
        world.goes(Wrong::Dies(dies));
        let first = depart(&world, &hidden, &Told::default());
        assert!(first.is_err() || dies + 3 > calls, "{dies} of {calls}: nobody noticed");
        world.goes(Wrong::Nothing);
        // At once: whoever died may hold the lock still.
        let again = depart(&world, &hidden, &Told::default()).unwrap();
        for person in &left {
            assert!(world.marks().contains_key(&gone_key(person)), "{dies}: {person}");
            assert!(!world.public().keys().any(|path| path.contains(person.as_str())), "{dies}: {person}");
        }
        assert!(world.public().contains_key(&format!("people/{}/index.html", id(63))), "nobody else");
        assert!(again.waits.is_some() || again.left.is_empty() || again.left == hidden, "{dies}");
        pass(SignedDuration::from_mins(15));
        put(&world, &few, 4, None).unwrap();
        assert_converged(&world, &few, &left);
    }
}

#[test]
fn an_older_root_takes_down_only_whom_it_hides_anew() {
    let (from, _, person) = leaving();
    let mut newer = made("b");
    newer.day = day(0);
    let hidden = hidden(&[person.clone()].into(), HiddenWhy::Withdrawn);
    for news in [false, true] {
        let world = World::new();
        let published = Told { commit: Some("c2"), holds: true, ..Told::default() };
        let lineage = Lineage { past: &published, seen: None, over: None };
        ask(&world, &from, Ask { line: Some((newer, &lineage)), ..Ask::default() }).unwrap();
        let older = Told { commit: Some("c1"), holds: false, news, ..Told::default() };
        depart(&world, &hidden, &older).unwrap();
        let page = format!("people/{person}/index.html");
        assert_eq!(world.public().contains_key(&page), !news, "somebody may have listed them again");
    }
}

#[test]
fn sixty_days_without_a_build_take_down_whoever_is_due() {
    let numbers: Vec<(u8, u8)> = (0..63).map(|number| (number, 0)).collect();
    let until = |number: u8| {
        let then = if number.is_multiple_of(2) { HiddenWhy::ConsentEnded } else { HiddenWhy::PastRelease };
        Standing::Shown(Shown { since: day(-300), until: day(i32::from(number)), then })
    };
    let all = numbers.iter().fold(site(&numbers, 0, 0), |all, (number, _)| all.with(&id(*number), until(*number)));
    let world = World::new();
    let lineage = Lineage { past: &NO_GIT, seen: None, over: None };
    ask(&world, &all, Ask { line: Some((made("a"), &lineage)), ..Ask::default() }).unwrap();
    let first = clock();
    let hour = || due::pass(&open(&world, world.clone()), None, &Watcher(&Notify::new()));
    let mut begun = 0;
    for days in 1..=60 {
        pass(SignedDuration::from_hours(24));
        // Now and then it dies at work, and finishes in the next hour.
        if days % 7 == 0 {
            world.goes(Wrong::Dies(usize::try_from(days).unwrap()));
            let _ = hour();
            world.goes(Wrong::Nothing);
            pass(SignedDuration::from_mins(15));
        }
        let passed = hour().unwrap();
        assert!(passed.published_at.unwrap() <= first, "nobody has published since");
        begun += usize::from(passed.waits.is_some());
        let here = |number: i32| {
            world.public().contains_key(&format!("people/{}/index.html", id(u8::try_from(number).unwrap())))
        };
        assert!((0..days).all(|number| !here(number)) && (days..63).all(here), "day {days}");
        let marks = world.marks();
        assert!(
            (0..days).all(|number| marks.contains_key(&gone_key(&id(u8::try_from(number).unwrap())))),
            "day {days}"
        );
    }
    let left = runtime().block_on(departures::read(&world)).unwrap().0;
    let why: BTreeSet<_> = left.values().map(|leaver| leaver.why).collect();
    assert_eq!(begun, 0, "nobody held the lock");
    assert_eq!((left.len(), why), (60, [Some(HiddenWhy::PastRelease), Some(HiddenWhy::ConsentEnded)].into()));
}

#[test]
fn a_day_to_come_takes_nobody_down() {
    let (from, _, person) = leaving();
    let from = from.with(&person, shown(day(0)));
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    let due = |today: Date| due::pass(&open(&world, world.clone()), Some(today), &Watcher(&Notify::new()));
    let error = told(&due(day(1)).err().unwrap());
    assert!(error.contains("is a day to come") && error.contains("counts from today"), "{error}");
    assert!(due(day(0)).unwrap().left.is_empty());
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
        held += usize::from(remove(&world, &person).unwrap().waits.is_some());
        assert!(world.marks().contains_key(&gone_key(&person)), "{dies}");
        assert!(!world.public().keys().any(|path| path.contains(&person)), "{dies}");
        pass(SignedDuration::from_mins(15));
        assert!(put(&world, &from, 1, None).is_err(), "a build from before does not bring them back");
        put(&world, &to, 1, None).unwrap();
        assert_converged(&world, &to, &[person.clone()].into());
    }
    assert!(held > 0, "nobody held the lock");
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
        let _ = remove(&world, &person);
        world.goes(Wrong::Nothing);
        pass(SignedDuration::from_mins(15));
        remove(&world, &person).unwrap();
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
    let session = open(&world, AnyEdge::<World>::None);
    removal::remove(&session, &ProfileId::parse(&person).unwrap(), &Watcher(&Notify::new())).unwrap();
    let left = runtime().block_on(departures::read(&world)).unwrap().0.remove(&person).unwrap();
    assert_eq!(left.steps.into_keys().collect::<Vec<_>>(), [Step::Erased]);
}

#[test]
fn an_edge_that_was_not_told_is_said_so_and_told_by_the_next_who_knows_it() {
    let (from, to, person) = leaving();
    let id = ProfileId::parse(&person).unwrap();
    let begun = World::new();
    put(&begun, &from, 1, None).unwrap();
    let blind = open(&begun, AnyEdge::<World>::None);
    let removed = removal::remove(&blind, &id, &Watcher(&Notify::new())).unwrap().unwrap();
    assert!(removed.untold && removed.was_there && !begun.marks().contains_key(&gone_key(&person)));
    let photo = from.photos.iter().find(|(_, whose)| **whose == person).unwrap().0;
    let is_told = |world: &World| {
        let left = runtime().block_on(departures::read(world)).unwrap().0.remove(&person).unwrap();
        let marks = world.marks();
        let name = photo.rsplit('/').next().unwrap();
        marks.contains_key(&gone_key(&person))
            && marks.contains_key(&gone_key(name))
            && [Step::Marked, Step::Purged].iter().all(|step| left.steps.contains_key(step))
    };
    let again = begun.fork();
    let removed = remove(&again, &person).unwrap();
    assert!(removed.was_there && !removed.untold && is_told(&again));
    assert!(!remove(&again, &person).unwrap().was_there, "all is done");
    put(&begun, &to, 1, None).unwrap();
    // Until the edge was told, its copies named what was no longer there.
    begun.state.lock().unwrap().broken.clear();
    assert!(is_told(&begun));
    assert_converged(&begun, &to, &[person.clone()].into());
}

#[test]
fn whoever_was_to_leave_sooner_by_a_publish_that_was_killed_leaves_then() {
    let listed = |days: i32| site(&[(0, 0), (1, 0)], 0, 0).with(&id(1), until(day(days)));
    let (page, theirs) = (format!("people/{}/index.html", id(1)), ProfileId::parse(&id(1)).unwrap());
    let mut noted = 0;
    for dies in 5..40 {
        let world = World::new();
        put(&world, &listed(300), 1, None).unwrap();
        world.goes(Wrong::Dies(dies));
        // Their release year was corrected.
        let _ = put(&world, &listed(3), 1, None);
        world.goes(Wrong::Nothing);
        let is_noted = world.note(&intent_key()).is_some();
        noted += usize::from(is_noted);
        let (before, is_done) =
            (clock(), Manifest::read(&world.note(&manifest_key()).unwrap()).unwrap().due[&theirs].until == day(3));
        pass(SignedDuration::from_hours(24 * 4));
        due::pass(&open(&world, world.clone()), None, &Watcher(&Notify::new())).unwrap();
        assert!(!is_noted && !is_done || !world.public().contains_key(&page), "{dies}: their last day is over");
        pass(before.duration_since(clock()));
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
    due::pass(&open(&world, world.clone()), None, &Watcher(&Notify::new())).unwrap();
    let left = runtime().block_on(departures::read(&world)).unwrap().0.remove(&person).unwrap();
    assert_eq!(left.left_on, Some(there));
    assert_ne!(left.left_on, Some(TimeZone::UTC.to_datetime(clock()).date()), "the test tells nothing apart");
}

#[test]
fn whoever_was_lost_by_accident_is_not_asked_for_when_others_go() {
    let (from, to, person) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    let blind = open(&world, AnyEdge::<World>::None);
    publish_by(&blind, &to);
    let is_asked = || runtime().block_on(departures::read(&world)).unwrap().0[&person].asked;
    assert!(!is_asked() && !world.marks().contains_key(&gone_key(&person)));
    // An hour that knows the edge takes somebody else down, and tells the edge what it is owed.
    depart(&world, &hidden(&[id(2)].into(), HiddenWhy::ConsentEnded), &Told::default()).unwrap();
    assert!(world.marks().contains_key(&gone_key(&person)) && !is_asked());
    remove(&world, &person).unwrap();
    assert!(is_asked(), "now somebody did");
}
