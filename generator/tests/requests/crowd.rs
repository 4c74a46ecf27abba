//! A thousand people at once, while the store fails one call in ten: whoever holds a reference has exactly one record, and
//! whoever holds none was told so, with their answers in hand.

use crate::case::given;
use crate::door::Door;
use crate::double::Fault;
use crate::filled::{Filled, report, update};
use crate::site::site;
use crate::stage::Stage;
use crate::visit::Visit;
use crate::wire::Sent;
use schema::submission::kinds::State;
use std::collections::BTreeSet;

const CLIENTS: usize = 50;
const EACH: usize = 20;
/// How often somebody presses the button before they leave it for today.
const PATIENCE: usize = 6;

/// What somebody was told at last.
enum Told {
    Reference(String),
    NotSaved,
}

/// Every client does the same at the same time as all others.
fn together<R: Send>(work: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let work = &work;
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..CLIENTS).map(|client| scope.spawn(move || work(client))).collect();
        all.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

fn own(client: usize, number: usize) -> Filled {
    let form = if number.is_multiple_of(2) { report() } else { update() };
    form.telling(&format!("client {client}, number {number}"))
}

fn press(visit: &Visit<'_>, button: &Sent) -> Told {
    for _ in 0..PATIENCE {
        let got = visit.ask(button);
        if let Some(reference) = got.between("id=\"reference\">", "<").filter(|_| got.status == 200) {
            return Told::Reference(reference);
        }
        assert_eq!(got.status, 500, "{}", got.main());
        assert!(got.body.contains(&site().text("notice-unavailable-text")), "{}", got.main());
        assert!(got.body.contains("client "), "the answers are kept");
    }
    Told::NotSaved
}

#[test]
fn a_thousand_at_once_are_each_stored_once_or_told_that_they_are_not() {
    let stage = Stage::new();
    // So many in one hour are more than the limits let through, which have tests of their own.
    stage.gate.goes_down();
    let visit = Visit { door: &stage, row: "a thousand at once".to_owned() };
    let buttons: Vec<Vec<Sent>> = together(|client| {
        let ready = |number| {
            let filled = own(client, number);
            visit.button(&visit.check(&filled), &filled.checked())
        };
        (0..EACH).map(ready).collect()
    });
    stage.read_a_while();
    stage.store.plan(|call, _| match call % 20 {
        4 => Some(Fault::Before),
        14 => Some(Fault::After),
        _ => None,
    });
    let told = together(|client| buttons[client].iter().map(|button| press(&visit, button)).collect::<Vec<Told>>());
    let calls = stage.store.calls().len();
    stage.store.mend();

    let rows = stage.rows();
    let words: BTreeSet<String> = rows
        .iter()
        .filter(|row| row.state != State::Pending)
        .map(|row| given(&visit.submission(row), "details").unwrap().to_owned())
        .collect();
    let references: Vec<&String> = told
        .iter()
        .flatten()
        .filter_map(|told| match told {
            Told::Reference(reference) => Some(reference),
            Told::NotSaved => None,
        })
        .collect();
    for (client, told) in told.iter().enumerate() {
        for (number, told) in told.iter().enumerate() {
            let Told::Reference(reference) = told else { continue };
            let own: Vec<_> = rows.iter().filter(|row| row.id.to_string() == *reference).collect();
            assert!(matches!(own.as_slice(), [row] if row.state == State::Received), "{reference}: {own:?}");
            let details = format!("client {client}, number {number}");
            let submission = visit.submission(own[0]);
            let told = given(&submission, "details").and_then(|told| told.split(':').next());
            assert_eq!(told, Some(details.as_str()));
        }
    }
    assert_eq!(references.iter().collect::<BTreeSet<_>>().len(), references.len(), "no two have the same reference");
    assert_eq!(words.len(), rows.iter().filter(|row| row.state != State::Pending).count(), "nothing is stored twice");
    assert!(rows.len() <= CLIENTS * EACH);
    assert!(references.len() > CLIENTS * EACH * 9 / 10, "{} of {}", references.len(), CLIENTS * EACH);
    assert!(calls > 3 * references.len(), "some calls were repeated: {calls}");
}
