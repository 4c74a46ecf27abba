//! A half-filled form that is put down and taken up again, here or on another device, by a code. Nothing readable lies anywhere: whoever
//! has the place and no code has nothing.

pub(crate) mod act;
pub(crate) mod pages;
pub(crate) mod sealed;
pub(crate) mod store;
