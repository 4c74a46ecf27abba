//! What the published site says of somebody: a change starts from it, and what is the same is no change.

pub(crate) mod place;
pub(crate) mod read;
