//! What people may do with what they sent.

pub(crate) mod act;
pub(crate) mod opened;
pub(crate) mod pages;
pub(crate) mod pair;
pub(crate) mod proof;
pub(crate) mod stands;
