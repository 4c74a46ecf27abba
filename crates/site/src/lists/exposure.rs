//! How much each person is seen, by a model that anybody can run: no visitor is counted. From it come the places that the home
//! page keeps for those who are seen least, and a report for editors.
//!
//! The model: a list is visited as often as it has people. A visitor opens the list's own address, then each next page with
//! half the chance of the one before. The person in place r of a page gets 1 / log2(1 + r) of a look.

use crate::lists::list::List;
use crate::lists::order::{PAGE_DAYS, day_number, draw, part, point};
use crate::people::People;
use jiff::civil::Date;
use schema::person::profile::{Profile, ProfileId};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many places the home page has.
pub(crate) const HOME: usize = 6;
/// How many of them go by turns; the rest are for those who are seen least.
pub(super) const HOME_TURNS: usize = 3;

/// How much of a look the person in a place gets, from 0.
pub(crate) fn weight(place: usize) -> f64 {
    // A page has some dozens of places.
    1.0 / f64::from(u32::try_from(place + 2).unwrap_or(u32::MAX)).log2()
}

/// A count as the measures take it.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What each person is seen in the long run, when every page of every ring has opened its list equally often.
pub(crate) fn long_run(lists: &[List<'_>]) -> BTreeMap<ProfileId, f64> {
    let mut seen = BTreeMap::new();
    for list in lists {
        let pages = number(list.ring.len());
        let opened = (2.0 - (1.0 - pages).exp2()) / pages;
        for page in &list.ring {
            let each = (0..page.len()).map(weight).sum::<f64>() / number(page.len());
            for person in page {
                *seen.entry(person.id.clone()).or_insert(0.0) += number(list.total) * opened * each;
            }
        }
    }
    seen
}

/// Who stands on the home page on a day. Search engines read that page, so it shows only people who agreed to be found by them.
/// Half come by turns; to the other half, those whom lists and this page have shown least since the days were last divided by
/// [`PAGE_DAYS`]. Whoever had such a place yesterday waits, unless there is nobody else.
pub(crate) fn home<'a>(people: &People<'a>, seen: &BTreeMap<ProfileId, f64>, day: Date) -> Vec<&'a Profile> {
    let mut ring: Vec<&Profile> = people.listed.iter().filter(|person| person.search_engines).copied().collect();
    ring.sort_by_cached_key(|person| draw(&format!("/ {}", person.id)));
    let day = day_number(day);
    let since = day - day % PAGE_DAYS;
    let visits = number(people.listed.len());
    let of_lists = |person: &&Profile| number(PAGE_DAYS) * seen.get(&person.id).copied().unwrap_or(0.0);
    let mut looks: Vec<f64> = ring.iter().map(of_lists).collect();
    let (mut shown, mut yesterday) = (Vec::new(), Vec::new());
    for day in since..=day {
        shown = in_turn(ring.len(), day);
        let least = least(&looks, &shown, &yesterday);
        shown.extend(&least);
        yesterday = least;
        for (place, at) in shown.iter().enumerate() {
            if let Some(looks) = looks.get_mut(*at) {
                *looks += visits * weight(place);
            }
        }
    }
    shown.into_iter().filter_map(|at| ring.get(at).copied()).collect()
}

/// Whose turn it is in a ring of so many people: the one on whom the day's point falls, and those who follow.
fn in_turn(people: usize, day: usize) -> Vec<usize> {
    let (first, _) = part(point("/", day), people);
    (0..people.min(HOME_TURNS)).map(|step| (first + step) % people).collect()
}

/// The least seen of those who are not there yet; whoever had such a place yesterday comes last.
fn least(looks: &[f64], shown: &[usize], yesterday: &[usize]) -> Vec<usize> {
    let mut waiting: Vec<(bool, f64, usize)> = looks
        .iter()
        .enumerate()
        .filter(|(at, _)| !shown.contains(at))
        .map(|(at, looks)| (yesterday.contains(&at), *looks, at))
        .collect();
    let by_looks = |one: &(bool, f64, usize), other: &(bool, f64, usize)| {
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)).then(one.2.cmp(&other.2))
    };
    let places = HOME - HOME_TURNS;
    if waiting.len() > places {
        waiting.select_nth_unstable_by(places, by_looks);
        waiting.truncate(places);
    }
    waiting.sort_by(by_looks);
    waiting.into_iter().map(|(_, _, at)| at).collect()
}

/// What editors may want to look at: `var/exposure.json`, which is never published.
#[derive(Serialize)]
pub(crate) struct Report {
    /// The day of the build.
    day: String,
    /// Inequality of what people are seen in the long run: 0 is equal.
    gini: f64,
    /// What the least seen person gets of the mean.
    least: f64,
    /// Who stands on the home page.
    home: Vec<ProfileId>,
    /// Every list.
    lists: Vec<ListReport>,
    /// What each person is seen, as a share of the mean, least first.
    people: Vec<(ProfileId, f64)>,
}

#[derive(Serialize)]
struct ListReport {
    path: String,
    people: usize,
    pages: usize,
    /// The page at which it opens today, from 1.
    opens_at: usize,
}

/// The report of a build.
pub(crate) fn report(lists: &[List<'_>], home: &[&Profile], day: Date) -> Report {
    let seen = long_run(lists);
    let mean = seen.values().sum::<f64>() / number(seen.len().max(1));
    let mut people: Vec<(ProfileId, f64)> =
        seen.into_iter().map(|(id, seen)| (id, (seen / mean * 1000.0).round() / 1000.0)).collect();
    people.sort_by(|one, other| one.1.total_cmp(&other.1).then_with(|| one.0.cmp(&other.0)));
    let shares: Vec<f64> = people.iter().map(|(_, share)| *share).collect();
    let of_list = |list: &List<'_>| ListReport {
        path: list.of.path(),
        people: list.total,
        pages: list.ring.len(),
        opens_at: list.opens_at + 1,
    };
    Report {
        day: day.to_string(),
        gini: gini(&shares),
        least: shares.first().copied().unwrap_or(1.0),
        home: home.iter().map(|person| person.id.clone()).collect(),
        lists: lists.iter().map(of_list).collect(),
        people,
    }
}

/// The Gini coefficient of numbers in rising order: 0 where all are equal, near 1 where one has all.
pub(crate) fn gini(rising: &[f64]) -> f64 {
    let (count, total) = (number(rising.len()), rising.iter().sum::<f64>());
    if total <= 0.0 {
        return 0.0;
    }
    let ranked: f64 = rising.iter().enumerate().map(|(at, value)| number(at + 1) * value).sum();
    2.0 * ranked / (count * total) - (count + 1.0) / count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::list::{ListOf, lists};
    use crate::people::people;
    use crate::sample::SampleOptions;
    use jiff::ToSpan;
    use jiff::civil::date;

    const DAYS: i64 = 90;

    /// What people are seen over some days, by the lists as they are built on each.
    struct Watch {
        seen: BTreeMap<ProfileId, f64>,
    }

    impl Watch {
        fn over(people: &People<'_>) -> Self {
            Self { seen: people.listed.iter().map(|person| (person.id.clone(), 0.0)).collect() }
        }

        fn see(&mut self, page: &[&Profile], chance: f64) {
            for (place, person) in page.iter().enumerate() {
                *self.seen.get_mut(&person.id).unwrap() += chance * weight(place);
            }
        }

        /// A visitor opens the list, then each next page with half the chance.
        fn visit(&mut self, list: &List<'_>, visits: f64) {
            let mut chance = visits;
            self.see(&list.today, chance);
            let from = list.around.iter().position(|page| *page == list.opens_at).unwrap();
            for step in 1..list.ring.len().min(20) {
                chance /= 2.0;
                self.see(&list.ring[list.around[(from + step) % list.ring.len()]], chance);
            }
        }

        fn measure(&self) -> (f64, f64) {
            let mut seen: Vec<f64> = self.seen.values().copied().collect();
            seen.sort_by(f64::total_cmp);
            (gini(&seen), seen[0] / (seen.iter().sum::<f64>() / number(seen.len())))
        }
    }

    fn with_sample(count: u32, then: impl Fn(&People<'_>, &schema::place::catalogue::Catalogue)) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        let options = SampleOptions { folder: &root, day: date(2026, 12, 31), count, seed: 1 };
        crate::sample::sample(fixture::laid().unwrap().path(), options, &crate::host::Alone).unwrap();
        let site = crate::source::load(&root, date(2026, 11, 23)).unwrap();
        let mut people = people(&site, date(2026, 11, 23));
        people.listed.truncate(2_400);
        then(&people, &site.content.catalogue);
    }

    #[test]
    fn a_list_of_2400_is_fair_over_90_days() {
        with_sample(2_900, |people, _| {
            assert_eq!(people.listed.len(), 2_400);
            let mut watch = Watch::over(people);
            for day in 0..DAYS {
                let day = date(2026, 11, 23) + day.days();
                watch.visit(&List::new(ListOf::All, &people.listed, 24, day).unwrap(), 1.0);
            }
            let (gini, least) = watch.measure();
            println!("one list of 2,400 over 90 days: Gini {gini:.3}, least {least:.2} of the mean");
            assert!(gini <= 0.22, "Gini {gini}");
            assert!(least >= 1.0 / 3.0, "the least seen has {least} of the mean");
        });
    }

    /// People who are there all 90 days of a list of 2,400 from which so many leave and to which so many come on a day.
    fn with_comings_and_goings(
        people: &People<'_>,
        gone: impl Fn(usize) -> usize,
        come: impl Fn(usize) -> usize,
    ) -> (f64, f64) {
        let id = |number: usize| {
            let code: String =
                (0..4).map(|place| char::from(b"abcdefghjk"[number / 10_usize.pow(place) % 10])).collect();
            // Ids fall anywhere among the others.
            ProfileId::parse(&format!("sam-{code}{}", 2 + number % 7)).unwrap()
        };
        let all: Vec<Profile> =
            (0..9_000).map(|number| Profile { id: id(number * 7 % 9_000 + 1), ..people.listed[0].clone() }).collect();
        let mut watch = Watch { seen: all.iter().map(|person| (person.id.clone(), 0.0)).collect() };
        let days = usize::try_from(DAYS).unwrap();
        for day in 0..days {
            let mut here: Vec<&Profile> = all[gone(day)..2_400 + come(day)].iter().collect();
            here.sort_by(|one, other| one.id.cmp(&other.id));
            let date = date(2026, 11, 23) + i64::try_from(day).unwrap().days();
            watch.visit(&List::new(ListOf::All, &here, 24, date).unwrap(), 1.0);
        }
        let stayed = gone(days - 1)..2_400 + (0..days).map(&come).min().unwrap();
        let stayed: std::collections::BTreeSet<&ProfileId> = all[stayed].iter().map(|person| &person.id).collect();
        watch.seen.retain(|id, _| stayed.contains(id));
        watch.measure()
    }

    #[test]
    fn a_list_stays_fair_while_people_come_and_go() {
        with_sample(10, |people, _| {
            let none = |_: usize| 0_usize;
            let daily = |count: usize| move |day: usize| count * day;
            let told = |what: &str, (gini, least): (f64, f64), most: f64| {
                println!("| {what} | {gini:.3} | {:.0} % |", 100.0 * least);
                assert!(gini <= most, "{what}: Gini {gini}");
                assert!(least >= 0.05, "{what}: the least seen has {least} of the mean");
            };
            told("nobody comes or goes", with_comings_and_goings(people, none, none), 0.22);
            told("1 comes on day 45", with_comings_and_goings(people, none, |day| usize::from(day >= 45)), 0.25);
            told("1 goes on day 45", with_comings_and_goings(people, |day| usize::from(day >= 45), none), 0.25);
            told("1 comes or goes, day about", with_comings_and_goings(people, none, |day| day % 2), 0.25);
            for count in [1, 4, 24] {
                let most = if count == 24 { 0.31 } else { 0.26 };
                told(&format!("{count} come a day"), with_comings_and_goings(people, none, daily(count)), most);
                let gone = daily(count.min(20));
                told(&format!("{} go a day", count.min(20)), with_comings_and_goings(people, gone, none), most);
                told(&format!("{count} come and go a day"), with_comings_and_goings(people, gone, daily(count)), most);
            }
        });
    }

    #[test]
    fn all_lists_and_the_home_page_together_are_fair_over_90_days() {
        with_sample(2_900, |people, catalogue| {
            let mut by_size = Watch::over(people);
            let mut equal = Watch::over(people);
            for day in 0..DAYS {
                let day = date(2026, 11, 23) + day.days();
                let lists = lists(people, catalogue, day).unwrap();
                for list in &lists {
                    by_size.visit(list, number(list.total));
                    equal.visit(list, 1.0);
                }
                let home = home(people, &long_run(&lists), day);
                by_size.see(&home, number(people.listed.len()));
                equal.see(&home, 1.0);
            }
            let ((gini, least), (spread, spread_least)) = (by_size.measure(), equal.measure());
            println!("all lists, visits by size, and home: Gini {gini:.3}, least {least:.2} of the mean");
            println!("all lists, visits spread equally: Gini {spread:.3}, least {spread_least:.2} of the mean");
            assert!(gini <= 0.20, "Gini {gini}");
            assert!(least >= 0.05, "the least seen has {least} of the mean");
        });
    }

    #[test]
    fn home_has_six_people_who_agreed_and_other_ones_each_day() {
        with_sample(400, |people, catalogue| {
            let on = |day: Date| home(people, &long_run(&lists(people, catalogue, day).unwrap()), day);
            let (one, next) = (on(date(2026, 11, 23)), on(date(2026, 11, 24)));
            assert_eq!((one.len(), next.len()), (HOME, HOME));
            assert!(one.iter().chain(&next).all(|person| person.search_engines));
            let names = |people: &[&Profile]| {
                people.iter().map(|person| person.id.clone()).collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!(names(&one).len(), HOME, "somebody stands there twice");
            assert!(names(&one) != names(&next));
        });
    }

    #[test]
    fn home_has_six_of_those_who_agreed_on_every_day_and_nobody_on_all_of_them() {
        with_sample(200, |people, catalogue| {
            for agreed in [3, 6, 7, 8, 10, 13, 27] {
                let mut some: Vec<Profile> = people.listed.iter().take(60).map(|person| (*person).clone()).collect();
                some.iter_mut().enumerate().for_each(|(at, person)| person.search_engines = at < agreed);
                let listed: Vec<&Profile> = some.iter().collect();
                let people = People { with_page: listed.clone(), listed, gone: Vec::new(), standings: BTreeMap::new() };
                let mut times: BTreeMap<ProfileId, usize> = BTreeMap::new();
                for step in 0..28 {
                    let day = date(2026, 11, 23) + step.days();
                    let seen = long_run(&lists(&people, catalogue, day).unwrap());
                    let shown: std::collections::BTreeSet<ProfileId> =
                        home(&people, &seen, day).iter().map(|person| person.id.clone()).collect();
                    assert_eq!(shown.len(), HOME.min(agreed), "{agreed} agreed, day {step}");
                    shown.into_iter().for_each(|id| *times.entry(id).or_default() += 1);
                }
                assert!(agreed <= HOME || times.values().all(|times| *times < 28), "{agreed} agreed: {times:?}");
            }
        });
    }

    #[test]
    fn the_least_seen_come_first_and_take_turns_among_equals() {
        assert_eq!(least(&[5.0, 1.0, 3.0, 2.0, 4.0], &[1], &[]), [3, 2, 4]);
        assert_eq!(least(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0], &[], &[0, 1, 2]), [3, 4, 5]);
        assert_eq!(least(&[1.0, 2.0], &[0], &[1]), [1], "nobody else is there");
    }

    #[test]
    fn equal_shares_are_fair_and_one_who_has_all_is_not() {
        assert!(gini(&[1.0, 1.0, 1.0, 1.0]).abs() < 1e-9);
        assert!((gini(&[0.0, 0.0, 0.0, 1.0]) - 0.75).abs() < 1e-9);
    }
}
