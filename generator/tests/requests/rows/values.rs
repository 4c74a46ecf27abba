//! Rows 57 to 64: traps for programs, dates, choices, consent.

use crate::case::{Case, Says, accepted, faulty, held};
use crate::filled::{Filled, registration, report, update};
use crate::stage::Stage;
use crate::table::{How, Row, cases, here, row, visit};
use crate::visit::Visit;
use jiff::SignedDuration;
use schema::submission::kinds::{Flag, State};
use submit_fn::Measure;

pub(crate) fn rows() -> Vec<Row> {
    let links = format!("row 57 {}", "see https://example.org/ and ".repeat(50));
    let full = |details: &str| report().telling(details).also("website", "https://example.org");
    vec![
        cases(57, "fifty links", vec![held("links", report().telling(&links).checked(), Flag::Links)]),
        cases(58, "the trap is filled", vec![held("trap", full("row 58").checked(), Flag::Honeypot)]),
        here(59, "a password manager filled the trap", restored),
        visit(60, "sent within a moment", hurried),
        cases(61, "dates", dates()),
        // A release lies this year or later, and whoever is listed was born 19 years ago or earlier: no pair can contradict
        // itself without one of the two being wrong by itself.
        cases(
            62,
            "a release before the birth",
            vec![
                faulty("release", &years("1980", "1979"), Says::Fault("register", "release_year", "year-over", 0)),
                faulty("birth", &years("2030", "2031"), Says::Fault("register", "birth_year", "year-not-yet", 0)),
            ],
        ),
        row(63, "values that are not offered", vec![How::Cases(choices()), How::Here(counted_as_tampering)]),
        cases(
            64,
            "consent that is none",
            vec![
                faulty("missing", &update().without("consent_asked"), Says::Ask("update", "consent_asked")),
                consent("off"),
                consent("false"),
                // Blanks around a value are no answer; the word is still not the one that the form has.
                consent("on "),
                faulty(
                    "of a registration",
                    &registration().without("consent_adult"),
                    Says::Ask("register", "consent_adult"),
                ),
            ],
        ),
    ]
}

/// Row 59: an editor gives back what was held by mistake.
fn restored(visit: &Visit<'_>, stage: &Stage) {
    let kept = visit.hand_in(&report().telling("row 59").also("website", "https://example.org"));
    assert_eq!(kept.row.state, State::Held);
    let decision = schema::submission::decision::Decision {
        at: stage.now(),
        editor: "ed".into(),
        id: kept.row.id.clone(),
        from: State::Held,
        to: State::Received,
        reason: None,
        profile: None,
        assured: Vec::new(),
        answers: None,
    };
    let turned = crate::stage::at_once(review::Intake::decide(&stage.store, &decision)).unwrap();
    assert!(matches!(turned, review::Transition::Done(row) if row.state == State::Received));
}

/// Row 60: the sender sees no difference.
fn hurried(visit: &Visit<'_>) {
    let page = visit.check(&report().telling("row 60"));
    let kept = visit.send(&page, &report().checked()).unwrap();
    assert_eq!(kept.row.state, State::Held);
    assert!(kept.row.flags.contains(&Flag::Hurried), "{:?}", kept.row.flags);
}

fn on(day: &str, month: &str, year: &str) -> Filled {
    let filled = report().telling(&format!("row 61 {day} {month} {year}")).with("kind_of", "moved");
    filled.also("seen_on-day", day).also("seen_on-month", month).also("seen_on-year", year)
}

/// Each says which part to mend.
fn dates() -> Vec<Case> {
    let wrong = [
        ("31", "2", "2026", "date-not-real"),
        ("29", "2", "2023", "date-not-real"),
        ("1", "13", "2026", "date-not-a-month"),
        ("0", "1", "2026", "date-not-real"),
        ("-1", "1", "2026", "date-not-real"),
        ("٣", "1", "2026", "date-not-real"),
        ("1", "1", "26", "date-short-year"),
        ("1", "1", "1850", "date-long-ago"),
        ("", "1", "2026", "date-no-day"),
        ("31", "12", "2999", "date-future"),
        ("third", "1", "2026", "date-not-real"),
    ];
    let right = [
        ("1", "jan", "2026", "2026-01-01"),
        ("09", "August", "2026", "2026-08-09"),
        ("29", "2", "2024", "2024-02-29"),
        ("1st", "setiembre", "2026.", "2026-09-01"),
    ];
    let mut all: Vec<Case> = wrong
        .map(|(day, month, year, fault)| {
            let says = Says::Fault("report", "seen_on", fault, 0);
            faulty(format!("{day}/{month}/{year}"), &on(day, month, year), says)
        })
        .into();
    all.extend(
        right.map(|(day, month, year, stored)| {
            accepted(stored, on(day, month, year).checked()).stores("seen_on", stored)
        }),
    );
    all
}

fn years(birth: &str, release: &str) -> Filled {
    registration().with("birth_year", birth).with("release", "year").with("release_year", release)
}

fn choices() -> Vec<Case> {
    vec![
        faulty("one of several", &report().with("kind_of", "nothing-offered"), Says::Wrong("report", "kind_of")),
        faulty("some of several", &update().also("change", "nothing-offered"), Says::Wrong("update", "change")),
        faulty("from a list", &registration().with("facility", "nothing-offered"), Says::Wrong("register", "facility")),
    ]
}

/// Row 63: operators see that somebody sends what no page of ours offers.
fn counted_as_tampering(visit: &Visit<'_>, stage: &Stage) {
    for filled in [
        report().with("kind_of", "nothing-offered"),
        update().also("change", "nothing-offered"),
        update().with("consent_asked", "off"),
    ] {
        assert_eq!(visit.ask(&filled.checked()).status, 422);
        assert!(stage.counted().contains(&Measure::Tampered), "{filled:?}");
    }
    // What people can type is no tampering, however wrong it is.
    assert_eq!(visit.ask(&update().with("email", "a@localhost").without("who").checked()).status, 422);
    assert!(!stage.counted().contains(&Measure::Tampered));
    stage.pass(SignedDuration::from_hours(1));
}

fn consent(value: &str) -> Case {
    faulty(
        format!("{value:?}"),
        &update().with("consent_asked", value),
        Says::Fault("update", "consent_asked", "wrong", 0),
    )
}
