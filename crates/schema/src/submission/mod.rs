//! What arrives through forms: private, and never a profile.

pub mod content;
pub mod decision;
pub mod digest;
pub mod kinds;
pub mod reference;
pub mod retention;
pub mod role;
pub mod row;
pub mod secret;
