//! What becomes of a form's answers.

pub(crate) mod flags;
pub(crate) mod judged;
pub(crate) mod place;
pub(crate) mod second;
pub(crate) mod send;
