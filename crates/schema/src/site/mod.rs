//! The site itself.

pub mod address;
pub mod crawlers;
pub mod front_matter;
pub mod settings;
