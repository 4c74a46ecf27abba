//! Which pages there are, and what stands on each.

mod agency;
mod feed;
mod list;
pub(crate) mod mail;
mod paper;
pub(crate) mod person;
pub(crate) mod plan;
pub(crate) mod render;
mod tombstones;
