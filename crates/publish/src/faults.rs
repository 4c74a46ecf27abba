//! What publishing promises, whatever fails and wherever it stops: every call of a publish fails once, loses its answer once,
//! and is the last one once; the site stays whole at each instant, and the next publish converges.

use crate::edge::gone_key;
use crate::fake::{World, Wrong};
use crate::plan::leaves::ASSET_GRACE;
use crate::publisher::manifest_key;
use crate::round::PublishOutcome;
use crate::small::{Site, site};
use crate::stage::{assert_converged, pass, put, remove, shown, told};
use crate::step::Step;
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Every call of the step from one site to another goes wrong once, in every way.
fn every_fault(from: &Site, to: &Site, parallel: usize) {
    let begin = || {
        let world = World::new();
        put(&world, from, parallel, None).unwrap();
        world
    };
    let left: BTreeSet<String> = from.people.difference(&to.people).cloned().collect();
    let smooth = begin();
    smooth.goes(Wrong::Nothing);
    put(&smooth, to, parallel, None).unwrap();
    assert_converged(&smooth, to, &left);
    let calls = smooth.state.lock().unwrap().calls;
    for at in 0..calls {
        for wrong in [Wrong::Fails(at), Wrong::Unanswered(at), Wrong::Dies(at)] {
            let world = begin();
            let before = world.note(&manifest_key());
            world.goes(wrong);
            let first = put(&world, to, parallel, None);
            let swapped = world.note(&manifest_key()) != before;
            assert!(first.is_err() || matches!(wrong, Wrong::Dies(_)) || at + 1 >= calls, "{wrong:?}: nobody noticed");
            if first.is_err() && !swapped {
                let public = world.public();
                let kept = from.bytes.keys().filter(|path| !to.bytes.contains_key(*path));
                for path in kept.filter(|path| !left.iter().any(|person| path.contains(person.as_str()))) {
                    let theirs = from.photos.get(path).is_some_and(|owners| owners.is_subset(&left));
                    assert!(theirs || public.contains_key(path), "{wrong:?}: {path} was deleted after a failure");
                }
            }
            world.goes(Wrong::Nothing);
            pass(SignedDuration::from_mins(15));
            put(&world, to, parallel, None).unwrap_or_else(|error| panic!("{wrong:?}: {error:#}"));
            assert_converged(&world, to, &left);
        }
    }
}

#[test]
fn every_call_may_fail_or_be_the_last_and_the_site_stays_whole() {
    let from = site(&[(0, 0), (1, 0), (2, 0)], 0, 0);
    for to in [
        site(&[(0, 0), (1, 0), (2, 0), (3, 0)], 0, 0),
        site(&[(0, 0), (1, 0)], 0, 0),
        site(&[(0, 1), (1, 0), (2, 0)], 1, 1),
        site(&[(0, 1), (3, 0)], 1, 0),
    ] {
        every_fault(&from, &to, 1);
        every_fault(&to, &from, 3);
    }
    every_fault(&site(&[], 0, 0), &from, 2);
}

#[test]
fn another_machine_may_go_on_with_another_site() {
    let (from, to, other) =
        (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 1), (3, 0)], 1, 1), site(&[(1, 0), (2, 1), (4, 0)], 2, 0));
    for at in 0..80 {
        let world = World::new();
        put(&world, &from, 1, None).unwrap();
        world.goes(Wrong::Dies(at));
        let _ = put(&world, &to, 1, None);
        let left = from.people.union(&shown(&world)).cloned().collect();
        world.goes(Wrong::Nothing);
        pass(SignedDuration::from_mins(15));
        put(&world, &other, 1, None).unwrap();
        assert_converged(&world, &other, &left);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_sites_with_random_faults_converge(
        sites in prop::collection::vec((prop::collection::btree_map(0u8..6, 0u8..3, 0..5), 0u8..3, 0u8..3), 2..6),
        faults in prop::collection::vec((0usize..60, 0u8..4), 6),
        parallel in 1usize..4,
    ) {
        let world = World::new();
        let sites: Vec<Site> =
            sites.iter().map(|(people, style, words)| site(&people.iter().map(|(n, t)| (*n, *t)).collect::<Vec<_>>(), *style, *words)).collect();
        let mut seen = BTreeSet::new();
        for (to, (at, kind)) in sites.iter().zip(&faults) {
            world.goes([Wrong::Nothing, Wrong::Fails(*at), Wrong::Unanswered(*at), Wrong::Dies(*at)][usize::from(*kind)]);
            let _ = put(&world, to, parallel, Some(1000));
            seen.extend(shown(&world));
            world.goes(Wrong::Nothing);
            pass(SignedDuration::from_hours(20));
        }
        let last = sites.last().unwrap();
        put(&world, last, parallel, Some(1000)).unwrap();
        assert_converged(&world, last, &seen);
    }
}

#[test]
fn nothing_changed_is_three_calls_and_no_write() {
    let (world, here) = (World::new(), site(&[(0, 0), (1, 0)], 0, 0));
    put(&world, &here, 4, None).unwrap();
    world.goes(Wrong::Nothing);
    assert!(matches!(put(&world, &here, 4, None).unwrap().0, PublishOutcome::Nothing(_)));
    let state = world.state.lock().unwrap();
    assert_eq!((state.calls, state.writes), (3, 0));
}

#[test]
fn whoever_leaves_is_gone_before_anything_else_goes_up() {
    let world = World::new();
    put(&world, &site(&[(0, 0), (1, 0)], 0, 0), 1, None).unwrap();
    let (_, steps) = put(&world, &site(&[(0, 0)], 1, 1), 1, None).unwrap();
    use Step::*;
    assert_eq!(steps, [Marked, Erased, Uploaded, Swapped, Purged, Refreshed, Cleaned]);
}

#[test]
fn old_assets_stay_half_a_year_and_go_then() {
    let world = World::new();
    put(&world, &site(&[(0, 0)], 0, 0), 1, None).unwrap();
    let style = format!("assets/site-{:012x}.css", 0xaaaa_0000_u64);
    put(&world, &site(&[(0, 0)], 1, 0), 1, None).unwrap();
    assert!(world.public().contains_key(&style));
    pass(SignedDuration::from_hours(90 * 24));
    put(&world, &site(&[(0, 0)], 1, 1), 1, None).unwrap();
    assert!(world.public().contains_key(&style), "within its grace");
    pass(ASSET_GRACE);
    put(&world, &site(&[(0, 0)], 1, 1), 1, None).unwrap();
    assert!(!world.public().contains_key(&style), "its grace is over");
}

#[test]
fn somebody_removed_at_once_is_nowhere_after_the_next_publish() {
    let (from, to) = (site(&[(0, 0), (1, 0), (2, 0)], 0, 0), site(&[(0, 0), (2, 0)], 0, 0));
    let left: BTreeSet<String> = from.people.difference(&to.people).cloned().collect();
    let person = left.first().unwrap();
    for at in 0..60 {
        for turn in 0..2 {
            let world = World::new();
            put(&world, &from, 1, None).unwrap();
            let wrong = |now: usize| if now == turn { Wrong::Dies(at) } else { Wrong::Nothing };
            world.goes(wrong(0));
            let removed = remove(&world, person);
            world.goes(Wrong::Nothing);
            pass(SignedDuration::from_mins(15));
            if removed.is_err() {
                remove(&world, person).unwrap();
            }
            assert!(world.marks().contains_key(&gone_key(person)));
            assert!(!world.public().keys().any(|path| path.contains(person.as_str())));
            world.goes(wrong(1));
            let _ = put(&world, &to, 1, None);
            world.goes(Wrong::Nothing);
            pass(SignedDuration::from_mins(15));
            put(&world, &to, 1, None).unwrap();
            assert_converged(&world, &to, &left);
        }
    }
}

#[test]
fn a_shrunken_site_is_refused() {
    let all: Vec<(u8, u8)> = (0..6).map(|number| (number, 0)).collect();
    let world = World::new();
    put(&world, &site(&all, 0, 0), 1, None).unwrap();
    let before = world.public();
    let few = site(&[], 0, 0);
    let error = told(&put(&world, &few, 1, None).err().unwrap());
    assert!(error.contains("--allow-deletes 13"), "{error}");
    assert_eq!(world.public(), before);
    put(&world, &few, 1, Some(13)).unwrap();
    assert_converged(&world, &few, &site(&all, 0, 0).people);
}
