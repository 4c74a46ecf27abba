//! People as they are shown.

pub mod check;
pub mod contact;
pub mod envelope;
pub mod forgotten;
pub mod id;
pub mod introduction;
pub mod kinds;
pub mod life;
pub mod mail_name;
pub mod profile;
pub mod public_line;
pub mod rules;
pub mod visibility;
