//! The rows, in the order of the reference.

mod fire;
mod front;
mod listed;
pub(crate) mod once;
mod parts;
mod photos;
mod second;
mod sizes;
mod store;
mod text;
mod values;
mod wire;

use crate::table::Row;

/// All rows.
pub(crate) fn all() -> Vec<Row> {
    let rows = [
        wire::rows(),
        parts::rows(),
        sizes::rows(),
        text::rows(),
        values::rows(),
        photos::rows(),
        front::rows(),
        once::rows(),
        store::rows(),
        fire::rows(),
        second::rows(),
        listed::rows(),
    ];
    rows.into_iter().flatten().collect()
}
