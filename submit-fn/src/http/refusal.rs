//! Why a request is not admitted.

/// Why a request is not admitted; the name is that of its notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    NotFound,
    /// Only these methods.
    Method(&'static str),
    /// A page that was not ours sent it, or it did not come the way it must.
    Forbidden,
    WrongType,
    TooLarge,
    BadRequest,
    /// An address was opened instead of sent to: its beginning.
    ToStart(String),
}
