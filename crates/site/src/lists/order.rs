//! Who stands where in a list, and where the list opens today: the rule of the page "How we order people", and nothing else.
//!
//! The people of a list are spread over a ring of pages. Each has a draw, a number made from the list's path and their id; in
//! order of id, each takes the page that it names, or the next around the ring that still has room. So somebody who comes or
//! goes moves a few people of neighbouring pages, and not everybody who follows. The list's own address opens each day at another point of the ring: the page on which
//! it falls, and the person there. No secret is in it: anybody can do the sum again.

use jiff::civil::{Date, date};
use schema::ground::days::days_between;
use sha2::{Digest, Sha256};

/// Day 0 of the rule.
pub(crate) const FIRST_DAY: Date = date(2026, 1, 1);
/// For so many days the people of one page keep their places on it.
pub(crate) const PAGE_DAYS: usize = 28;

/// Days since day 0, never negative.
pub(crate) fn day_number(day: Date) -> usize {
    usize::try_from(days_between(FIRST_DAY, day).rem_euclid(3_650_000)).unwrap_or(0)
}

/// How many pages the ring of so many people has.
pub(crate) fn ring_pages(people: usize, per_page: usize) -> usize {
    people.div_ceil(per_page.max(1)).max(1)
}

/// How many people a page of a ring can hold: an eighth more than it holds on average, so that there is room to give.
pub(crate) fn room(per_page: usize) -> usize {
    per_page + per_page.div_ceil(8)
}

/// For each of the ids, which must be in order, the page of the ring that they stand on, from 0: the page that their draw
/// names, or the next one around the ring that has room.
pub(crate) fn spread<'i>(list: &str, ids: impl ExactSizeIterator<Item = &'i str>, per_page: usize) -> Vec<usize> {
    let pages = ring_pages(ids.len(), per_page);
    if pages == 1 {
        return vec![0; ids.len()];
    }
    let around = around(pages);
    let mut places = vec![0; pages];
    for (at, page) in around.iter().enumerate() {
        if let Some(place) = places.get_mut(*page) {
            *place = at;
        }
    }
    let (most, mut load) = (room(per_page), vec![0; pages]);
    let mut taken: Vec<usize> = Vec::with_capacity(ids.len());
    for id in ids {
        let first = places.get(page_of(draw(&format!("{list} {id}")), pages)).copied().unwrap_or(0);
        let has_room = |place: &usize| load.get(*place).is_some_and(|load| *load < most);
        let place = (first..pages).chain(0..first).find(has_room).unwrap_or(first);
        if let Some(load) = load.get_mut(place) {
            *load += 1;
        }
        taken.push(place);
    }
    fill_empty(&mut taken, &mut load);
    taken.into_iter().map(|place| around.get(place).copied().unwrap_or(0)).collect()
}

/// No page is empty: should one be, the last person of the fullest page comes over.
fn fill_empty(taken: &mut [usize], load: &mut [usize]) {
    while let Some(empty) = load.iter().position(|load| *load == 0) {
        let fullest = load.iter().enumerate().max_by_key(|(at, load)| (**load, *at)).map_or(0, |(at, _)| at);
        let Some(last) = taken.iter_mut().rev().find(|place| **place == fullest) else { return };
        *last = empty;
        load.iter_mut().enumerate().filter(|(at, _)| *at == fullest).for_each(|(_, load)| *load -= 1);
        if let Some(load) = load.get_mut(empty) {
            *load += 1;
        }
    }
}

/// The page that a draw names. When the ring grows by a page, only draws of one other page change to it (linear hashing,
/// Litwin 1980).
fn page_of(draw: u64, pages: usize) -> usize {
    let half = 1_u64 << pages.max(1).ilog2();
    let whole = usize::try_from(draw % (2 * half)).unwrap_or(0);
    if whole < pages { whole } else { whole - usize::try_from(half).unwrap_or(0) }
}

/// The first eight bytes of a SHA-256, as a number.
pub(crate) fn draw(words: &str) -> u64 {
    let digest = Sha256::digest(words.as_bytes());
    digest.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// What the people of a ring's page are sorted by. Each page draws anew every [`PAGE_DAYS`] days, each on its own day.
pub(crate) fn place_on_page(list: &str, page: usize, day: usize, id: &str) -> u64 {
    draw(&format!("{list} {id} turn {}", (day + page) / PAGE_DAYS))
}

/// The golden section of 2^64. Steps of it fall evenly on a ring, however many there are, and go on doing so when people come
/// and go, which steps counted in pages would not.
pub(super) const STEP: u64 = 11_400_714_819_323_198_485;

/// The point of a list's ring at which it opens on a day, in parts of 2^64.
pub(crate) fn point(list: &str, day: usize) -> u64 {
    draw(list).wrapping_add(STEP.wrapping_mul(u64::try_from(day).unwrap_or(0)))
}

/// Which of so many equal parts of a ring a point falls into, from 0, and the point of that part, as in a ring of its own.
pub(crate) fn part(point: u64, parts: usize) -> (usize, u64) {
    let [low, high] = [0, 64].map(|shift| (u128::from(point) * parts.max(1) as u128) >> shift);
    (usize::try_from(high).unwrap_or(0), u64::try_from(low % (1 << 64)).unwrap_or(0))
}

/// The pages of a ring in the order in which "Next page" leads around it: by their numbers read as bits from the other end. So a
/// page that is new stands right after the one that it takes draws from, and no other page moves far (van der Corput 1935).
pub(crate) fn around(pages: usize) -> Vec<usize> {
    let mut around: Vec<usize> = (0..pages).collect();
    around.sort_by_key(|page| page.reverse_bits());
    around
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn ids(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("person-{number:05}")).collect()
    }

    fn pages(ids: &[String], per_page: usize) -> Vec<Vec<&str>> {
        let mut pages = vec![Vec::new(); ring_pages(ids.len(), per_page)];
        for (id, page) in ids.iter().zip(spread("/people/", ids.iter().map(String::as_str), per_page)) {
            pages[page].push(id.as_str());
        }
        pages
    }

    fn changed(before: &[String], after: &[String]) -> usize {
        let (before, after) = (pages(before, 24), pages(after, 24));
        (0..before.len().max(after.len())).filter(|at| before.get(*at) != after.get(*at)).count()
    }

    #[test]
    fn every_page_has_people_and_none_too_many() {
        for count in [1, 24, 25, 49, 240, 2_400, 2_401, 10_007] {
            let ids = ids(count);
            let pages = pages(&ids, 24);
            assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), count);
            assert!(pages.iter().all(|page| !page.is_empty() && page.len() <= room(24)), "{count}");
        }
    }

    #[test]
    fn one_who_comes_or_goes_changes_a_few_pages_of_a_hundred() {
        // 2,390 people: one more or one fewer leaves the ring at 100 pages.
        let before = ids(2_390);
        let (mut all, mut most) = (0, 0);
        for turn in 0..100 {
            let mut gone = before.clone();
            gone.remove(turn * 23);
            let mut come = before.clone();
            come.push(format!("person-{:05}-new", turn * 23));
            come.sort();
            for after in [gone, come] {
                let changed = changed(&before, &after);
                all += changed;
                most = most.max(changed);
            }
        }
        println!("200 changes touched {all} pages, one of them {most}");
        assert!(all <= 500, "{all} pages in 200 changes");
        assert!(most <= 8, "one change touched {most} pages");
    }

    #[test]
    fn a_ring_that_grows_by_a_page_leaves_all_but_a_few_pages_alone() {
        for count in [24, 48, 240, 600, 1_536, 1_800, 2_400, 2_592, 3_000] {
            let changed = changed(&ids(count), &ids(count + 1));
            println!("{} pages become one more: {changed} change", count / 24);
            assert!((1..=10).contains(&changed), "{changed} pages changed at {count}");
        }
    }

    #[test]
    fn no_page_is_empty_however_short_pages_are() {
        for count in 1..200 {
            let ids = ids(count);
            assert!(pages(&ids, 3).iter().all(|page| !page.is_empty() && page.len() <= room(3)), "{count}");
        }
    }

    #[test]
    fn a_list_opens_at_every_page_of_its_ring_within_twice_as_many_days() {
        for pages in 1..200 {
            for from in [0, 300] {
                let opened = (0..2 * pages).map(|day| part(point("/x/", from + day), pages).0);
                assert_eq!(opened.collect::<BTreeSet<usize>>().len(), pages);
            }
        }
    }

    #[test]
    fn nobody_of_three_or_more_is_first_two_days_running() {
        for people in 3..28 {
            let first: Vec<usize> = (0..400).map(|day| part(point("/x/", day), people).0).collect();
            assert!(first.windows(2).all(|pair| pair[0] != pair[1]), "{people}");
        }
    }

    #[test]
    fn a_new_page_stands_after_the_one_that_it_takes_from_and_moves_no_other_past_another() {
        for pages in 1..300_usize {
            let (before, after) = (around(pages), around(pages + 1));
            let others: Vec<usize> = after.iter().copied().filter(|page| *page != pages).collect();
            assert_eq!(before, others);
            let at = after.iter().position(|page| *page == pages).unwrap();
            assert_eq!(after[at - 1], pages - (1 << pages.ilog2()));
        }
    }
}
