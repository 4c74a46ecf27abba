//! What somebody sent, opened by its reference and code.

use schema::submission::kinds::{Flag, SubmissionKind};
use schema::submission::row::Row;
use schema::submission::secret::Secret;

/// The row that a right pair opens.
pub(crate) struct OpenedSubmission {
    pub(crate) row: Row,
    pub(crate) secret: Secret,
}

/// A photo joins a registration that waits for an editor, and a change whose sender has another one.
pub(crate) fn can_have_photo(row: &Row) -> bool {
    let is_wanted = row.kind == SubmissionKind::Registration || row.flags.contains(&Flag::PhotoToCome);
    is_wanted && row.waits()
}

/// What belongs to a report stays among reports: what is to be said about one comes as another.
pub(crate) fn can_have_second(kind: SubmissionKind) -> bool {
    kind != SubmissionKind::Report
}
