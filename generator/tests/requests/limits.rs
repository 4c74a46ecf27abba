//! Limits as people meet them. How the window slides is tested with the limiter itself, in `review`; who counts as one network,
//! in rows 86, 92 and 93 of the table.

use crate::door::Door;
use crate::filled::{Filled, report, update};
use crate::site::site;
use crate::stage::Stage;
use crate::visit::Visit;
use crate::wire::{Got, get};
use jiff::SignedDuration;
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
    stage.set_now("2026-11-23T12:00:00Z".parse().unwrap());
    stage
}

#[test]
fn everybody_together_is_limited_and_another_form_stays_open() {
    let stage = fresh();
    let visit = Visit { door: &stage, row: "limits".to_owned() };
    let page = |number: usize| {
        let sent = report().telling(&format!("number {number}")).checked();
        visit.button(&visit.ask(&sent), &sent)
    };
    let buttons: Vec<_> = (0..301).map(page).collect();
    stage.read_a_while();
    let statuses: Vec<u16> = buttons.iter().map(|button| visit.ask(button).status).collect();
    assert_eq!(statuses, [vec![200; 300], vec![429]].concat());
    assert!(stage.counted().contains(&Measure::Limited));
    assert_eq!(send(&visit, &update(), None).status, 200, "another form stays open");
    assert_eq!(visit.ask(&get("/send/tell-us")).status, 200, "and forms can be read");
    // Whoever was stored before the limit was reached is still told so.
    assert_eq!(visit.ask(&buttons[0]).status, 200);
}

#[test]
fn a_network_has_room_again_as_the_hour_slides_away() {
    let stage = fresh();
    let visit = Visit { door: &stage, row: "limits".to_owned() };
    let address = Some("203.0.113.7:1");
    let admitted = |times: usize| {
        let words = |number: usize| report().telling(&format!("{} {number}", stage.now()));
        (0..times).filter(|number| send(&visit, &words(*number), address).status == 200).count()
    };
    assert_eq!(admitted(12), 10);
    stage.set_now("2026-11-23T13:30:00Z".parse().unwrap());
    assert_eq!(admitted(8), 5, "half of the hour before still counts");
    stage.pass(SignedDuration::from_hours(3));
    assert_eq!(admitted(12), 10);
}

#[test]
fn a_limiter_that_is_down_keeps_nobody_out_and_is_counted() {
    let stage = fresh();
    let visit = Visit { door: &stage, row: "limits".to_owned() };
    stage.gate.is_down(true);
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
    let ask = |step: &str| visit.ask(&crate::visit::mine(step, "KM7P-T4RX", "TX4R-K7MP-3DH6").from("203.0.113.9:1"));
    let refused = std::iter::repeat_with(|| ask("status")).take(100).find(|got| got.status == 429).unwrap();
    assert!(refused.body.contains(&site().text("mine-limited")), "{}", refused.main());
    assert_eq!(refused.header("retry-after"), Some("3600"));
    for line in &site().bundle.catalogue.site.contact.post {
        assert!(refused.body.contains(line.as_str()), "`{line}` of the postal address is missing");
    }
    assert_eq!(send(&visit, &report(), Some("203.0.113.9:1")).status, 200, "sending has a limit of its own");
}
