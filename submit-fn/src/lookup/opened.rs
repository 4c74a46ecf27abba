//! What somebody sent, opened by its reference and code.

use schema::submission::kinds::SubmissionKind;
use schema::submission::row::Row;
use schema::submission::secret::Secret;

/// The row that a right pair opens.
pub(crate) struct OpenedSubmission {
    pub(crate) row: Row,
    pub(crate) secret: Secret,
}

/// A photo joins a registration that waits for an editor.
pub(crate) fn can_have_photo(row: &Row) -> bool {
    row.kind == SubmissionKind::Registration && row.waits()
}
