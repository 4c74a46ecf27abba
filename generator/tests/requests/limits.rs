//! Limits as people meet them. How the window slides is tested with the limiter itself, in `review`; who counts as one network,
//! in rows 86, 92 and 93 of the table.

use crate::filled::{Filled, registration, report, update};
use crate::site::site;
use crate::stage::{Stage, at_once};
use crate::visit::{Visit, mine};
use crate::wire::Got;
use jiff::SignedDuration;
use review::desk::list::list;
use schema::submission::kinds::Flag;
use schema::submission::row::Row;
use submit_fn::Measure;

/// Sends a form from an address of its own, or from the one that is given.
fn send(visit: &Visit<'_>, filled: &Filled, address: Option<&str>) -> Got {
    let mut sent = filled.checked();
    sent.address = address.map(str::to_owned);
    let page = visit.ask(&sent);
    visit.ask(&visit.button(&page, &sent))
}

fn fresh() -> Stage {
    let stage = Stage::new();
    // The hour begins, so that all that follows falls into it.
    stage.set_now("2026-11-30T12:00:00Z".parse().unwrap());
    stage
}

/// Sends a form, and gives what is stored of it.
fn stored(visit: &Visit<'_>, filled: &Filled, address: &str) -> Row {
    let got = send(visit, filled, Some(address));
    visit.kept(&got).unwrap_or_else(|| panic!("{} {}", got.status, got.main())).row
}

fn harmed() -> Filled {
    report().with("kind_of", "no_contact").telling("He writes to me although I asked him to stop.")
}

#[test]
fn a_flood_from_many_networks_keeps_no_bystander_out() {
    let stage = fresh();
    let visit = Visit { door: &stage, row: "limits".to_owned() };
    for number in 0..310 {
        let address = format!("[2001:db8:{:x}::1]:1", number / 10);
        stored(&visit, &report().telling(&format!("number {number}")), &address);
    }
    assert!(stage.counted().contains(&Measure::Flooded), "operators are told");
    let victim = stored(&visit, &harmed(), "203.0.113.7:1");
    assert!([Flag::Today, Flag::Flood].iter().all(|flag| victim.flags.contains(flag)), "{:?}", victim.flags);
    assert!(!victim.flags.contains(&Flag::Crowd) && victim.waits());
    assert!(!stored(&visit, &update(), "203.0.113.7:1").flags.contains(&Flag::Flood), "another form is not flooded");
}

#[test]
fn whoever_comes_in_no_crowd_is_read_before_the_crowd() {
    let stage = fresh();
    let visit = Visit { door: &stage, row: "limits".to_owned() };
    let crowd = |number: usize| stored(&visit, &harmed().telling(&format!("number {number}")), "203.0.113.6:1");
    let crowd: Vec<Row> = (0..250).map(crowd).collect();
    assert_eq!(crowd.iter().filter(|row| row.flags.contains(&Flag::Crowd)).count(), 210);
    let victim = stored(&visit, &harmed(), "203.0.113.7:1");
    let queue = at_once(list(&*stage.store.folder, false)).unwrap();
    assert!(queue.rows.iter().position(|row| row.id == victim.id).unwrap() <= 40);
}

#[test]
fn a_right_pair_takes_no_turn_and_no_crowd_keeps_it_out() {
    let stage = fresh();
    let visit = Visit { door: &stage, row: "limits".to_owned() };
    let address = "203.0.113.7:1";
    let own = visit.hand_in(&registration());
    let ask = |code: &str| visit.ask(&mine("status", &own.reference, code).from(address)).status;
    assert_eq!(std::iter::repeat_with(|| ask(&own.code)).take(70).filter(|status| *status == 200).count(), 70);
    assert_eq!(std::iter::repeat_with(|| ask("TX4R-K7MP-3DH6")).take(70).filter(|status| *status == 429).count(), 10);
    assert_eq!(ask(&own.code), 200);
    let change = |number: usize| update().telling(&format!("number {number}"));
    (0..200).for_each(|number| drop(stored(&visit, &change(number), address)));
    assert_eq!(send(&visit, &change(200), Some(address)).status, 429);
    let proven = change(201).also("reference", &own.reference).also("code", &own.code);
    assert!(!stored(&visit, &proven, address).flags.contains(&Flag::Crowd));
}

#[test]
fn a_network_has_room_again_as_the_hour_slides_away() {
    let stage = fresh();
    let visit = Visit { door: &stage, row: "limits".to_owned() };
    let free = |times: usize| {
        let words = |number: usize| report().telling(&format!("{} {number}", stage.now()));
        let rows = (0..times).map(|number| stored(&visit, &words(number), "203.0.113.7:1"));
        rows.filter(|row| !row.flags.contains(&Flag::Crowd)).count()
    };
    assert_eq!(free(42), 40);
    stage.set_now("2026-11-30T13:30:00Z".parse().unwrap());
    assert_eq!(free(24), 20, "half of the hour before still counts");
    stage.pass(SignedDuration::from_hours(3));
    assert_eq!(free(42), 40);
}

#[test]
fn a_limiter_that_is_down_keeps_nobody_out_and_is_counted() {
    let stage = fresh();
    let visit = Visit { door: &stage, row: "limits".to_owned() };
    stage.gate.goes_down();
    for number in 0..15 {
        let filled = report().telling(&format!("number {number}"));
        assert_eq!(send(&visit, &filled, Some("203.0.113.8:1")).status, 200);
    }
    let counted = stage.counted();
    assert_eq!(counted.iter().filter(|measure| **measure == Measure::LimiterDown).count(), 15);
    assert!(!counted.contains(&Measure::Limited));
}

#[test]
fn whoever_asks_too_often_is_told_when_and_how_to_go_on() {
    let stage = fresh();
    let visit = Visit { door: &stage, row: "limits".to_owned() };
    let ask = |step: &str| visit.ask(&mine(step, "KM7P-T4RX", "TX4R-K7MP-3DH6").from("203.0.113.9:1"));
    let refused = std::iter::repeat_with(|| ask("status")).take(100).find(|got| got.status == 429).unwrap();
    assert!(refused.body.contains(&site().text("mine-limited")), "{}", refused.main());
    assert_eq!(refused.header("retry-after"), Some("3600"));
    for line in &site().bundle.catalogue.site.contact.post {
        assert!(refused.body.contains(line.as_str()), "`{line}` of the postal address is missing");
    }
    assert_eq!(send(&visit, &report(), Some("203.0.113.9:1")).status, 200, "sending has a limit of its own");
}
