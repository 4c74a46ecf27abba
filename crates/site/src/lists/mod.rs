//! The lists that people stand in, and the rule of who stands where.

pub(crate) mod exposure;
pub(crate) mod facets;
pub(crate) mod list;
pub(crate) mod order;
#[cfg(test)]
mod published;
