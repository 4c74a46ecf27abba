//! What things are: people's profiles, facilities, agencies, services, forms, submissions, and the problems they may have.
//! Pure: no files, no network, no clock, no HTML. Dates come in as arguments; texts come in as text.

pub mod address;
pub mod agency;
pub mod catalogue;
pub mod checker;
pub mod crawlers;
pub mod facility;
pub mod form;
pub mod introduction;
pub mod kinds;
pub mod line;
pub mod listing;
pub mod mail_name;
pub mod mail_rules;
pub mod other_mail;
pub mod problem;
pub mod profile;
pub mod promotion;
pub mod queue;
pub mod reference;
pub mod retention;
pub mod route;
pub mod secret;
pub mod service;
pub mod site;
pub mod submission;
pub mod text;
pub mod vocabulary;
pub mod words;
pub mod yaml;

/// A civil date, as everywhere in this project: no time of day, no zone.
pub use jiff::civil::Date;
