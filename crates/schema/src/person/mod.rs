//! People as they are shown.

pub mod envelope;
pub mod introduction;
pub mod kinds;
pub mod mail_name;
pub mod profile;
pub mod visibility;
pub mod written;
