//! From bytes to an admitted request: who asks, for what, with which fields.

pub(crate) mod admitted;
pub(crate) mod fields;
pub(crate) mod front;
pub(crate) mod refusal;
pub(crate) mod route;
