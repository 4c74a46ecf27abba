//! What somebody sent, opened by its reference and code.

use schema::submission::kinds::{State, SubmissionKind};
use schema::submission::row::Row;
use schema::submission::secret::Secret;

/// The row that a right pair opens.
pub(crate) struct OpenedSubmission {
    pub(crate) row: Row,
    pub(crate) secret: Secret,
}

/// It can be taken back while it waits, or while what came of it stands.
pub(crate) fn can_be_taken_back(row: &Row) -> bool {
    row.waits() || matches!(row.state, State::Promoted | State::Published)
}

/// The same of correcting it. A report stays among reports: what is to be said about it comes as another one.
pub(crate) fn can_be_corrected(row: &Row) -> bool {
    can_be_taken_back(row) && row.kind != SubmissionKind::Report
}

/// A photo joins a registration that waits for an editor.
pub(crate) fn can_have_photo(row: &Row) -> bool {
    row.kind == SubmissionKind::Registration && row.waits()
}
