//! A failed call, in words for logs and operators.

use crate::store::StoreError;

pub(crate) fn failed(call: &str, error: impl std::error::Error) -> StoreError {
    StoreError::Unavailable(explain(call, error))
}

/// A failed call, for logs and operators: which call, and what the service said. Never a value that somebody wrote.
pub fn explain(call: &str, error: impl std::error::Error) -> String {
    let mut said = format!("{call}: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        said.push_str(": ");
        said.push_str(&cause.to_string());
        source = cause.source();
    }
    said
}
