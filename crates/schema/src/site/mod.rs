//! The site itself.

pub mod crawlers;
pub mod settings;
