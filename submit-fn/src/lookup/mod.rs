//! What people may do with what they sent.

pub(crate) mod act;
pub(crate) mod own;
pub(crate) mod pages;
