//! What things are: people's profiles, facilities, agencies, services, forms, submissions, and the problems they may have.
//! Pure: no files, no network, no clock, no HTML. Dates come in as arguments; texts come in as text.

pub mod due;
pub mod form;
pub mod ground;
pub mod person;
pub mod place;
pub mod promotion;
pub mod ready;
pub mod record;
pub mod site;
pub mod submission;
pub mod yaml;

/// A civil date, as everywhere in this project: no time of day, no zone.
pub use jiff::civil::Date;
