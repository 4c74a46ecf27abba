//! Whoever is hidden by their profile, or by where they are, goes by a publish or ahead of it.

use crate::descent::Lineage;
use crate::descent::tests::Told;
use crate::fake::{World, Wrong};
use crate::plan::{Away, Removal};
use crate::promises::{
    day, depart, dying, hidden, is_anywhere, is_marked, is_up, leaver, leaving, made, manifest, page_of, published,
    until_the_lock_is_over,
};
use crate::small::{Site, id, site};
use crate::stage::{Ask, ask, assert_converged, open, put};
use crate::step::Step;
use schema::person::visibility::HiddenWhy;
use site::ledger::Kind;
use site::standing::Standing;
use std::collections::BTreeSet;

/// Sixty people, the same without them, and who they are.
fn sixty(why: HiddenWhy) -> (Site, Site, BTreeSet<String>) {
    let numbers = |range: std::ops::Range<u8>| range.map(|number| (number, 0)).collect::<Vec<_>>();
    let (all, few) = (site(&numbers(0..64), 0, 0), site(&numbers(60..64), 0, 0));
    let left: BTreeSet<String> = all.people.difference(&few.people).cloned().collect();
    let few = left.iter().fold(few, |few, person| few.with(person, Standing::Hidden(why)));
    (all, few, left)
}

/// A world in which a site was published with several requests at once.
fn published_in_parallel(site: &Site) -> World {
    let world = World::new();
    put(&world, site, 4, None).unwrap();
    world
}

#[test]
fn sixty_who_leave_for_a_reason_go_without_a_question() {
    for (_, why) in HiddenWhy::ALL {
        let (all, few, left) = sixty(*why);
        let world = published_in_parallel(&all);
        put(&world, &few, 4, None).unwrap();
        assert_converged(&world, &few, &left);
    }
}

#[test]
fn however_much_goes_at_once_the_edge_drops_its_copies() {
    let (from, to, person) = leaving();
    let to = to.with(&person, Standing::Hidden(HiddenWhy::ListingBanned));
    let world = published([&from]);
    let photo = |number: u32| Away::new(&format!("photos/{number:016x}-160.jpg"), Kind::Photo);
    let page = Away::new(&page_of(&person), Kind::Person);
    let paths = (0..3001).map(photo).chain([page]).collect();
    let gone = Removal { person: person.clone(), why: Some(HiddenWhy::ListingBanned), paths };
    let session = open(&world, world.clone());
    session.take_down(&[gone], &manifest(&world), &|_| Ok(Vec::new())).unwrap();
    assert!(leaver(&world, &person).steps.contains_key(&Step::Purged));
    put(&world, &to, 1, None).unwrap();
    assert!(!is_anywhere(&world, &person));
}

#[test]
fn sixty_go_first_whichever_call_dies() {
    let (all, few, left) = sixty(HiddenWhy::ListingBanned);
    let hidden = hidden(&left, HiddenWhy::ListingBanned);
    let whys = hidden.iter().map(|(person, hidden)| (person.clone(), hidden.why)).collect();
    let begun = published_in_parallel(&all);
    let smooth = begun.fork();
    smooth.goes(Wrong::Nothing);
    assert_eq!(depart(&smooth, &hidden, &Told::default()).unwrap().left, whys);
    let calls = smooth.state.lock().unwrap().calls;
    for dies in 0..calls {
        let world = begun.fork();
        let first = dying(&world, dies, || depart(&world, &hidden, &Told::default()));
        assert!(first.is_err() || dies + 3 > calls, "{dies} of {calls}: nobody noticed");
        // At once: whoever died may hold the lock still.
        let again = depart(&world, &hidden, &Told::default()).unwrap();
        for person in &left {
            assert!(is_marked(&world, person), "{dies}: {person}");
            assert!(!is_anywhere(&world, person), "{dies}: {person}");
        }
        assert!(is_up(&world, &id(63)), "nobody else");
        assert!(again.waits.is_some() || again.left.is_empty() || again.left == whys, "{dies}");
        until_the_lock_is_over();
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
        assert_eq!(is_up(&world, &person), !news, "somebody may have listed them again");
    }
}
