//! How a facility's file is checked beside its agency's.

use crate::ground::problem::Problem;
use crate::place::catalogue::Catalogue;
use crate::place::facility::{Facility, FacilityFile};
use crate::place::line::note_no_label;
use crate::record::checker::Checker;
use crate::record::facts::Around;
use crate::record::fields::Record;
use jiff::civil::Date;

/// Checks a facility's file.
pub fn check_facility(
    file: &FacilityFile,
    stem: &str,
    catalogue: &Catalogue,
    today: Date,
    structural: Vec<Problem>,
) -> (Option<Facility>, Vec<Problem>) {
    let mut checker = Checker::new(structural, Around { facts: catalogue, today }, stem);
    let facility = Facility::check(&mut checker, file);
    // Of an agency that nobody knows, or whose file could not be read, nothing is said of its label.
    let agency = file.agency.as_ref().and_then(|id| catalogue.agencies.get(id.as_str()));
    if agency.is_some_and(|agency| agency.number.is_none()) {
        for (index, route) in file.routes.iter().flatten().enumerate() {
            note_no_label(&mut checker, index, route.lines.as_deref().unwrap_or_default());
        }
    }
    (facility, checker.finish())
}
