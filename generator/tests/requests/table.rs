//! The table itself: every number of the reference stands in it once, with the way in which it is shown.

use crate::case::Case;
use crate::door::Door;
use crate::rows;
use crate::stage::Stage;
use crate::visit::Visit;
use submit_fn::Measure;

/// How a row is shown.
pub(crate) enum How {
    /// By requests and what comes of each.
    Cases(Vec<Case>),
    /// By a visit: several requests, each of which depends on the one before.
    Visit(fn(&Visit<'_>)),
    /// By a visit with a hand on clock, store or limiter.
    Here(fn(&Visit<'_>, &Stage)),
    /// By the platform alone, for this reason.
    Platform(&'static str),
    /// Elsewhere in this workspace.
    Elsewhere(&'static str),
}

/// A row of the table.
pub(crate) struct Row {
    pub(crate) number: u32,
    pub(crate) name: &'static str,
    pub(crate) how: Vec<How>,
}

/// A row.
pub(crate) fn row(number: u32, name: &'static str, how: Vec<How>) -> Row {
    Row { number, name, how }
}

/// A row of requests.
pub(crate) fn cases(number: u32, name: &'static str, cases: Vec<Case>) -> Row {
    row(number, name, vec![How::Cases(cases)])
}

/// A row that is a visit.
pub(crate) fn visit(number: u32, name: &'static str, visit: fn(&Visit<'_>)) -> Row {
    row(number, name, vec![How::Visit(visit)])
}

/// A row with a hand on clock, store or limiter.
pub(crate) fn here(number: u32, name: &'static str, here: fn(&Visit<'_>, &Stage)) -> Row {
    row(number, name, vec![How::Here(here)])
}

/// What can be shown through any door.
pub(crate) fn through(door: &dyn Door, row: &Row) {
    let visit = Visit { door, row: format!("row {}, {}", row.number, row.name) };
    door.begin();
    for how in &row.how {
        match how {
            How::Cases(cases) => visit.cases(cases),
            How::Visit(go) => go(&visit),
            How::Here(_) | How::Platform(_) | How::Elsewhere(_) => {}
        }
    }
}

/// Shows rows, and fails once all are shown.
pub(crate) fn every<'a>(rows: impl IntoIterator<Item = &'a Row>, show: impl Fn(&Row)) {
    let mut failed = Vec::new();
    for row in rows {
        let went = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| show(row)));
        failed.extend(went.is_err().then_some(row.number));
    }
    assert!(failed.is_empty(), "these rows failed, as said above: {failed:?}");
}

#[test]
fn every_row_stands_in_the_table_once() {
    let numbers: Vec<u32> = rows::all().iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=128).collect::<Vec<u32>>());
    for row in rows::all() {
        let told = row.how.iter().all(|how| match how {
            How::Cases(cases) => !cases.is_empty(),
            How::Platform(why) | How::Elsewhere(why) => why.len() > 20,
            How::Visit(_) | How::Here(_) => true,
        });
        assert!(told && !row.how.is_empty(), "row {}, {}, says nothing", row.number, row.name);
    }
}

#[test]
fn the_handler_answers_every_row_as_it_should() {
    let stage = Stage::new();
    every(&rows::all(), |row| in_process(&stage, row));
}

fn in_process(stage: &Stage, row: &Row) {
    through(stage, row);
    let panicked = || stage.counted().contains(&Measure::Panicked);
    assert!(!panicked(), "row {}, {}, broke the handler", row.number, row.name);
    for how in &row.how {
        if let How::Here(go) = how {
            stage.begin();
            go(&Visit { door: stage, row: format!("row {}, {}", row.number, row.name) }, stage);
        }
    }
    // Row 100 breaks the handler on purpose, and looks at what was counted itself.
    assert!(!panicked(), "row {}, {}, broke the handler", row.number, row.name);
}
