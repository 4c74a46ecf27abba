//! Holds the page "How we order people" against the code: each number of the rule stands there as it is here.

use crate::lists::exposure::{HOME, HOME_TURNS};
use crate::lists::list::{NEW_DAYS, WAITING_SHARE};
use crate::lists::order::{FIRST_DAY, PAGE_DAYS, STEP, room};
use crate::search::{SHARD, TURN, TURNS};

/// `11400714` as `11,400,714`.
fn with_commas(number: u64) -> String {
    let digits: Vec<char> = number.to_string().chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    groups.join(",")
}

#[test]
fn the_page_about_the_order_tells_the_numbers_of_the_rule() {
    let page = std::fs::read_to_string(fixture::source("content/en/pages/order.md")).unwrap();
    let site = std::fs::read_to_string(fixture::source("content/site.yaml")).unwrap();
    let per_page: usize =
        site.lines().find_map(|line| line.strip_prefix("people_per_page: ")).unwrap().trim().parse().unwrap();
    let words = ["none", "one", "two", "three", "four", "five", "six"];
    let six = words[HOME];
    let three = words[HOME_TURNS];
    for told in [
        format!("Count the days since {}.", FIRST_DAY.strftime("%-d %B %Y")),
        format!("Add the day times {}.", with_commas(STEP)),
        format!("Divide the number of people by {per_page} and round up. A page takes {} people", room(per_page)),
        format!("Every {} weeks the people on each page change places", words[PAGE_DAYS / 7]),
        format!("Add the day and the page, divide by {PAGE_DAYS} and drop the rest"),
        format!("take that {PAGE_DAYS} times"),
        format!("Begin at the last day that {PAGE_DAYS} divides"),
        format!("{} people stand there. {} come by turns.", capital(six), capital(three)),
        format!("The other {} places", words[HOME - HOME_TURNS]),
        format!("give {} places to those with the fewest looks", words[HOME - HOME_TURNS]),
        format!("That person and the next {} have the first {three} places", words[HOME_TURNS - 1]),
        format!("everyone listed in the last {NEW_DAYS} days"),
        format!("Everyone listed fewer than {NEW_DAYS} days ago"),
        format!("holds one person in {}", if WAITING_SHARE == 10 { "ten" } else { "?" }),
        format!("Take a {}, rounded up", if WAITING_SHARE == 10 { "tenth" } else { "?" }),
        format!("more than {} people with a page", SHARD.start()),
        format!("Take the day times {}, modulo {}", with_commas(TURN as u64), with_commas(TURNS as u64)),
        format!("divide by {}, and drop the rest", with_commas(TURNS as u64)),
    ] {
        assert!(page.contains(&told), "content/en/pages/order.md does not say: {told}");
    }
    let script = std::fs::read_to_string(fixture::source("templates/assets/find.js")).unwrap();
    assert!(script.contains(&format!("((index.day * {TURN}) % {TURNS}) * waiting) / {TURNS}")));
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
