//! Whoever leaves goes under whichever id they have a page: a profile may have been renamed since, or elsewhere, or at this moment.

use crate::descent::tests::Told;
use crate::fake::{World, Wrong};
use crate::promises::{
    beside, day, depart, dying, is_anywhere, is_marked, is_up, leaver, leaving, manifest, pass_hour, publish_while,
    publish_while_removed, published, remove_known, shown_as, until_the_lock_is_over, who,
};
use crate::small::{Site, id, site};
use crate::stage::{Ask, ask, assert_converged, open, pass, put, remove, told};
use jiff::SignedDuration;
use proptest::prelude::*;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::leaving::Hidden;
use std::collections::{BTreeMap, BTreeSet};

const WHO: &str = "franklin-doc 0123456";

/// Three people, of whom the second is renamed; the same under the new id; both ids; and the site without them.
fn renamed() -> (Site, Site, [String; 2], Site) {
    let (from, without, old) = leaving();
    let new = id(5);
    let from = from.with(&old, shown_as(day(-9), WHO));
    let to = site(&[(0, 0), (2, 0), (5, 0)], 0, 0).with(&new, shown_as(day(-9), WHO));
    (from, to, [old, new], without)
}

/// Nothing of them is sent to anybody, and no later publish brings them up under either id.
fn assert_gone(world: &World, ids: &[String; 2], listed: [&Site; 2]) {
    for (person, site) in ids.iter().zip(listed) {
        assert!(!is_anywhere(world, person), "{person}");
        for unattended in [true, false] {
            let error = told(&ask(world, site, Ask { unattended, ..Ask::default() }).err().unwrap());
            assert!(error.contains(&format!("--return {person}")), "{error}");
        }
        assert!(!is_anywhere(world, person), "{person}");
    }
}

#[test]
fn whoever_is_removed_by_a_new_id_goes_under_the_old_one_that_is_still_up() {
    let (from, to, ids, without) = renamed();
    let [old, new] = &ids;
    for dies in 0..30 {
        let world = published([&from]);
        let _ = dying(&world, dies, || remove_known(&world, new, WHO));
        until_the_lock_is_over();
        let removed = remove_known(&world, new, WHO).unwrap();
        assert!(removed.leavers.keys().any(|id| id.as_str() == old), "{dies}: {:?}", removed.leavers);
        assert!(is_marked(&world, old) && leaver(&world, old).asked && leaver(&world, new).asked, "{dies}");
        assert_gone(&world, &ids, [&from, &to]);
        put(&world, &without, 1, None).unwrap();
        assert_converged(&world, &without, &[old.clone()].into());
    }
}

#[test]
fn whoever_a_renamed_profile_hides_goes_under_the_old_id_that_is_still_up() {
    let (from, to, ids, _) = renamed();
    let hidden =
        |who| BTreeMap::from([(ProfileId::parse(&ids[1]).unwrap(), Hidden { why: HiddenWhy::Withdrawn, who })]);
    let world = published([&from]);
    assert!(depart(&world, &hidden(Some(who("somebody else"))), &Told::default()).unwrap().left.is_empty());
    let departed = depart(&world, &hidden(Some(who(WHO))), &Told::default()).unwrap();
    assert_eq!(departed.left, [(ProfileId::parse(&ids[0]).unwrap(), HiddenWhy::Withdrawn)].into());
    assert!(is_marked(&world, &ids[0]));
    assert_gone(&world, &ids, [&from, &to]);
}

#[test]
fn whoever_is_removed_while_a_new_id_goes_up_stays_away_whichever_file_it_was() {
    let (from, to, ids, without) = renamed();
    let [old, new] = &ids;
    let is_sent = |path: &&String| from.bytes.get(*path) != to.bytes.get(*path);
    for when in to.bytes.keys().filter(is_sent) {
        let world = published([&from]);
        publish_while_removed(&world, (&to, &BTreeSet::new()), (when, old));
        assert!(is_marked(&world, old) && is_marked(&world, new), "{when}");
        assert!(leaver(&world, new).asked && !manifest(&world).shows(new), "{when}");
        assert_gone(&world, &ids, [&from, &to]);
        put(&world, &without, 1, None).unwrap();
        assert_converged(&world, &without, &ids.clone().into());
    }
}

#[test]
fn whoever_is_removed_before_a_new_id_goes_up_stays_away_whichever_look_had_passed() {
    let (from, to, ids, without) = renamed();
    for when in ["look 1", "look 2"] {
        for known in [true, false] {
            let world = published([&from]);
            let meanwhile = |path: &str| {
                if path == when {
                    beside(|| {
                        if known { remove_known(&world, &ids[0], WHO) } else { remove(&world, &ids[0]) }.map(drop)
                    })
                    .unwrap();
                }
            };
            let _ = publish_while(&open(&world, world.clone()), (&to, &BTreeSet::new()), meanwhile);
            assert!(is_marked(&world, &ids[0]) && !is_anywhere(&world, &ids[1]), "{when}");
            assert_gone(&world, &ids, [&from, &to]);
            put(&world, &without, 1, None).unwrap();
            assert!(!ids.iter().any(|id| is_anywhere(&world, id)), "{when}");
        }
    }
}

#[test]
fn whoever_asked_and_is_not_yet_down_comes_up_under_no_other_id() {
    let (from, to, ids, _) = renamed();
    let world = published([&from]);
    // It was stopped right after it had noted that they asked, and no profile said who they are.
    let _ = dying(&world, 1, || remove(&world, &ids[0]));
    assert!(is_up(&world, &ids[0]) && leaver(&world, &ids[0]).who.is_none());
    for unattended in [true, false] {
        let error = told(&ask(&world, &to, Ask { unattended, ..Ask::default() }).err().unwrap());
        assert!(error.contains(&format!("--return {}", ids[1])), "{error}");
    }
    pass_hour(&world, None).unwrap();
    assert!(is_marked(&world, &ids[0]));
    assert_gone(&world, &ids, [&from, &to]);
}

#[test]
fn whoever_is_removed_after_a_killed_renaming_is_nowhere() {
    let (from, to, ids, without) = renamed();
    let mut half = 0;
    for dies in 0..40 {
        for asked in &ids {
            let world = published([&from]);
            let _ = dying(&world, dies, || put(&world, &to, 1, None));
            let up: BTreeSet<String> = ids.iter().filter(|id| is_up(&world, id)).cloned().collect();
            half += usize::from(up.contains(&ids[1]) && !manifest(&world).shows(&ids[1]));
            // At once: whoever died may hold the lock still. The profile may be under either id where it is removed.
            remove_known(&world, asked, WHO).unwrap();
            assert!(!ids.iter().any(|id| is_anywhere(&world, id)), "{dies}: {asked}");
            until_the_lock_is_over();
            assert_gone(&world, &ids, [&from, &to]);
            put(&world, &without, 1, None).unwrap();
            assert_converged(&world, &without, &up);
        }
    }
    assert!(half > 0, "no publish died with the new page up");
}

#[test]
fn whoever_is_removed_before_their_first_publish_comes_up_under_no_id() {
    let (from, to, ids, without) = renamed();
    let world = published([&without]);
    let removed = remove_known(&world, &ids[0], WHO).unwrap();
    assert!(removed.leavers.is_empty() && removed.is_known);
    // Elsewhere the profile is renamed, and published.
    assert_gone(&world, &ids, [&from, &to]);
    ask(&world, &to, Ask { readmit: Some(&ids[1]), unattended: true, ..Ask::default() }).unwrap();
    assert_converged(&world, &to, &BTreeSet::new());
}

#[test]
fn whoever_is_removed_by_an_old_id_goes_under_the_new_one_however_long_ago_it_was_renamed() {
    let (from, to, ids, without) = renamed();
    let [old, new] = &ids;
    let again = {
        let mut again = to.clone();
        again.bytes.insert("about/index.html".into(), b"words".to_vec());
        again
    };
    let by_name = |world: &World| {
        remove(world, old).unwrap();
        ask(world, &to, Ask { readmit: Some(new), ..Ask::default() }).unwrap();
    };
    for (days, is_named) in [(0, false), (40, false), (0, true), (40, true)] {
        let world = published([&from]);
        if is_named {
            by_name(&world);
        } else {
            put(&world, &to, 1, None).unwrap();
        }
        pass(SignedDuration::from_hours(24 * days));
        put(&world, &again, 1, None).unwrap();
        // No profile has the old id any more.
        let removed = remove(&world, old).unwrap();
        assert_eq!(removed.was_there, [ProfileId::parse(new).unwrap()].into(), "{days} {is_named}");
        assert!(removed.is_known && is_marked(&world, new), "{days} {is_named}");
        assert_gone(&world, &ids, [&from, &to]);
        put(&world, &without, 1, None).unwrap();
        assert_eq!(leaver(&world, old).who.is_some(), days == 0, "nobody is there: thirty days are over");
        pass(SignedDuration::from_hours(-24 * days));
    }
}

#[test]
fn whoever_was_renamed_back_goes_by_either_id() {
    let (from, to, ids, _) = renamed();
    for asked in &ids {
        let world = published([&from, &to, &from]);
        assert!(is_up(&world, &ids[0]) && !is_up(&world, &ids[1]));
        remove(&world, asked).unwrap();
        assert!(is_marked(&world, &ids[0]));
        assert_gone(&world, &ids, [&from, &to]);
    }
}

#[test]
fn two_who_remove_one_person_by_two_ids_meet_in_the_same() {
    let (from, to, ids, _) = renamed();
    let world = published([&from, &to]);
    std::thread::scope(|scope| {
        let removing = ids.iter().map(|person| scope.spawn(|| remove_known(&world, person, WHO).map(drop)));
        removing.collect::<Vec<_>>().into_iter().for_each(|one| drop(one.join().unwrap()));
    });
    beside(|| ids.iter().try_for_each(|person| remove_known(&world, person, WHO).map(drop))).unwrap();
    assert!(ids.iter().all(|person| leaver(&world, person).asked));
    assert_gone(&world, &ids, [&from, &to]);
}

#[test]
fn of_an_id_that_nobody_knows_it_is_said_so() {
    let (from, ..) = renamed();
    let world = published([&from]);
    let removed = remove(&world, &id(7)).unwrap();
    assert!(!removed.is_known && removed.leavers.is_empty() && removed.was_there.is_empty());
    assert!(is_up(&world, &id(0)));
}

/// What somebody does to the site.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// A root publishes: the old id, the new one, both, or neither.
    Publish { old: bool, new: bool, unattended: bool },
    /// Somebody asks by the old id, or by the new one.
    Remove { by_new: bool },
    /// A root hides them by the profile that it has.
    Hide { by_new: bool },
    /// An hour strikes.
    Hour,
}

fn acts() -> impl Strategy<Value = (Act, usize, u8)> {
    let publish = || {
        let any = (any::<bool>(), any::<bool>(), any::<bool>());
        any.prop_map(|(old, new, unattended)| Act::Publish { old, new, unattended })
    };
    let act = prop_oneof![
        publish(),
        publish(),
        any::<bool>().prop_map(|by_new| Act::Remove { by_new }),
        any::<bool>().prop_map(|by_new| Act::Hide { by_new }),
        Just(Act::Hour),
    ];
    (act, 0_usize..50, 0_u8..5)
}

/// Whether it came to its end.
fn does(world: &World, act: Act, words: u8) -> bool {
    let ids = [id(1), id(5)];
    match act {
        Act::Publish { old, new, unattended } => {
            let some = [(0, true), (1, old), (2, true), (5, new)];
            let some: Vec<(u8, u8)> = some.iter().filter(|(_, is)| *is).map(|(number, _)| (*number, 0)).collect();
            let listed = site(&some, 0, words);
            let here: Vec<&String> = ids.iter().filter(|id| listed.people.contains(*id)).collect();
            let listed = here.iter().fold(listed.clone(), |site, id| site.with(id, shown_as(day(-9), WHO)));
            ask(world, &listed, Ask { unattended, ..Ask::default() }).is_ok()
        }
        Act::Remove { by_new } => remove_known(world, &ids[usize::from(by_new)], WHO).is_ok(),
        Act::Hide { by_new } => {
            let person = ProfileId::parse(&ids[usize::from(by_new)]).unwrap();
            let hidden = Hidden { why: HiddenWhy::Withdrawn, who: Some(who(WHO)) };
            depart(world, &[(person, hidden)].into(), &Told::default()).is_ok()
        }
        Act::Hour => pass_hour(world, None).is_ok(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_and_wherever_it_stops_nobody_comes_back_who_asked(acts in prop::collection::vec(acts(), 3..9)) {
        let world = published([&site(&[(0, 0), (2, 0)], 0, 0)]);
        let (mut is_asked, mut words) = (false, 0);
        for (act, at, wrong) in acts {
            words += 1;
            world.goes([Wrong::Nothing, Wrong::Nothing, Wrong::Fails(at), Wrong::Unanswered(at), Wrong::Dies(at)][usize::from(wrong)]);
            let is_done = does(&world, act, words);
            world.goes(Wrong::Nothing);
            is_asked |= is_done && matches!(act, Act::Remove { .. });
            let is_hidden = is_done && matches!(act, Act::Hide { .. });
            let is_there = || [id(1), id(5)].iter().any(|person| is_anywhere(&world, person));
            prop_assert!(!(is_asked || is_hidden) || !is_there(), "{act:?}");
            pass(SignedDuration::from_mins(8));
        }
        // Whatever was begun is finished within the hour, and the rest goes up.
        until_the_lock_is_over();
        pass_hour(&world, None).unwrap();
        let last = site(&[(0, 0), (2, 0)], 0, words + 1);
        ask(&world, &last, Ask { unattended: true, ..Ask::default() }).unwrap();
        let gone = if is_asked { [id(1), id(5)].into_iter().filter(|person| is_marked(&world, person)).collect() } else { BTreeSet::new() };
        // What names them goes before what still refers to it: whole at each instant is what a publish promises, not a removal after a
        // publish that was stopped before it dropped its copies.
        world.state.lock().unwrap().broken.clear();
        assert_converged(&world, &last, &gone);
    }
}
