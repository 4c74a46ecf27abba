//! What is read again and again, and seldom changes.

/// What the service calls the bytes that stand under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag(pub(super) String);

/// What came of asking for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// These bytes stand there now.
    New(Vec<u8>, Tag),
    /// The same as before.
    Same,
    /// Nothing stands there.
    Absent,
}
