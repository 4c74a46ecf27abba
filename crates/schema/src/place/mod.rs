//! Where people are, and how post reaches them: agencies, facilities, routes, services; the catalogue holds them all.

pub mod agency;
pub mod catalogue;
pub mod changed;
pub mod check;
pub mod facility;
pub mod interests;
pub mod jurisdiction;
pub mod kinds;
pub mod line;
pub mod mail_rules;
pub mod other_mail;
pub mod route;
pub mod service;
pub mod source;
