//! What publishing promises to people who leave, to whoever publishes beside somebody else, and to hands in the bucket.

use crate::bucket::BUNDLE;
use crate::bundle::Bundle;
use crate::departing::Departed;
use crate::departures;
use crate::descent::Lineage;
use crate::descent::tests::Told;
use crate::due;
use crate::edge::{AnyEdge, gone_key};
use crate::fake::{World, Wrong};
use crate::faults::{
    Ask, Site, Watcher, ask, assert_converged, clock, id, open, pass, put, remove, runtime, site, told,
};
use crate::lock;
use crate::manifest::Manifest;
use crate::plan::KEPT;
use crate::publisher::manifest_key;
use crate::removal;
use crate::round::{Asked, PublishOutcome};
use crate::step::Step;
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schema::ground::hash::content_hash;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::made::Made;
use site::site_path::SitePath;
use site::standing::{Shown, Standing};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::Notify;

/// Three people, the same without the second, and the second's id.
fn leaving() -> (Site, Site, String) {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 0), (2, 0)], 0, 0));
    let person = from.people.difference(&to.people).next().unwrap().clone();
    (from, to, person)
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

/// A day so many days from the one on which the world is published.
fn day(days: i32) -> Date {
    TimeZone::UTC.to_datetime(clock()).date() + jiff::Span::new().days(days)
}

fn shown(since: Date) -> Standing {
    Standing::Shown(Shown { since, until: day(300), then: HiddenWhy::ConsentEnded })
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
fn whoever_is_removed_while_files_go_up_stays_away_whichever_file_it_was() {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 1), (1, 1), (2, 1)], 1, 1));
    let person = id(1);
    for when in to.bytes.keys() {
        let world = World::new();
        put(&world, &from, 1, None).unwrap();
        world.photos.lock().unwrap().extend(to.photos.clone());
        let read = |path: &SitePath| {
            if path.as_str() == when {
                std::thread::scope(|scope| scope.spawn(|| remove(&world, &person).map(drop)).join().unwrap()).unwrap();
            }
            Ok(to.bytes[path.as_str()].clone())
        };
        let (files, never) = (|_: &Manifest| Ok(crate::fake::files(&to.bytes, &to.photos)), Notify::new());
        let published =
            open(&world, world.clone()).round(&Asked::of(&files, &to.standings), &read, None, &Watcher(&never));
        published.unwrap();
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
fn whoever_comes_back_and_is_removed_meanwhile_is_answered_with_410() {
    let (from, to, person) = leaving();
    let world = World::new();
    put(&world, &from, 1, None).unwrap();
    put(&world, &to, 1, None).unwrap();
    let read = |path: &SitePath| {
        if path.as_str() == "people/index.html" {
            std::thread::scope(|scope| scope.spawn(|| remove(&world, &person).map(drop)).join().unwrap()).unwrap();
        }
        Ok(from.bytes[path.as_str()].clone())
    };
    let (files, never) = (|_: &Manifest| Ok(crate::fake::files(&from.bytes, &from.photos)), Notify::new());
    let readmit = BTreeSet::from([person.clone()]);
    let asked = Asked { readmit, ..Asked::of(&files, &from.standings) };
    open(&world, world.clone()).round(&asked, &read, None, &Watcher(&never)).unwrap();
    assert!(world.marks().contains_key(&gone_key(&person)) && !world.keeps(&format!("people/{person}/index.html")));
}

#[test]
fn somebody_whose_first_publish_was_killed_leaves_like_anybody() {
    let until = Standing::Shown(Shown { since: day(0), until: day(3), then: HiddenWhy::ConsentEnded });
    let (from, to) = (site(&[(0, 0)], 0, 0), site(&[(0, 0), (1, 0)], 0, 0).with(&id(1), until));
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

#[test]
fn a_photo_that_was_taken_back_is_nowhere_and_nor_are_those_before_it() {
    let (first, second) = (site(&[(0, 0), (1, 0)], 0, 0), site(&[(0, 0), (1, 1)], 0, 0));
    let mut bare = second.clone();
    let theirs = |site: &Site| site.photos.iter().find(|(_, whose)| **whose == id(1)).unwrap().0.clone();
    let (oldest, newest) = (theirs(&first), theirs(&second));
    bare.bytes.remove(&newest);
    bare.photos.remove(&newest);
    for bytes in bare.bytes.values_mut() {
        *bytes =
            String::from_utf8(bytes.clone()).unwrap().replace(&format!("<img src=\"/{newest}\">"), "").into_bytes();
    }
    let world = World::new();
    put(&world, &first, 1, None).unwrap();
    put(&world, &second, 1, None).unwrap();
    assert!(world.keeps(&oldest), "another took its place: a rollback would find it");
    put(&world, &bare, 1, None).unwrap();
    assert!(!world.keeps(&newest) && !world.keeps(&oldest), "no rollback brings it back");
    assert_converged(&world, &bare, &BTreeSet::new());
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

/// People go whom a root's own profiles hide.
fn depart(world: &World, hidden: &BTreeMap<ProfileId, HiddenWhy>, past: &Told) -> anyhow::Result<Departed> {
    let lineage = Lineage { past, seen: None, over: None };
    crate::departing::depart(&open(world, world.clone()), hidden, &lineage, &Watcher(&Notify::new()))
}

fn hidden(people: &BTreeSet<String>, why: HiddenWhy) -> BTreeMap<ProfileId, HiddenWhy> {
    people.iter().map(|person| (ProfileId::parse(person).unwrap(), why)).collect()
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

/// What a folder was made of, for the day on which the world is published.
fn made(sources: &str) -> Made {
    Made { day: day(0), sources: content_hash(sources.as_bytes()) }
}

const NO_GIT: Told = Told { commit: None, holds: false, has: false, news: true };

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
        world.goes(Wrong::Dies(dies));
        let _ = publish(&world, &new, &second);
        assert!(carried(&world) == b"facts" || world.public().contains_key(style), "{dies}: its pages name no style");
        world.goes(Wrong::Nothing);
        pass(SignedDuration::from_mins(15));
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
