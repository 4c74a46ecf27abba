//! A half-filled form that is put down and taken up again, here or on another device, by a code; and a copy of what was sent, to be
//! corrected. Nothing readable lies anywhere: whoever has the place and no code has nothing.

pub(crate) mod act;
pub(crate) mod copy;
pub(crate) mod pages;
pub(crate) mod sealed;
pub(crate) mod store;
