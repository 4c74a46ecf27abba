//! How submissions come in: admit -> read form -> check -> seal or claim -> store -> answer.
//!
//! A static page carries no secret, so sending takes two steps: the form's answers come back on a page to be checked, with a
//! sealed token; what is sent from there is stored once, however often the button is pressed. The handler knows neither
//! Lambda nor files: store, limiter, clock and random bytes are given to it. It answers with the site's own pages only.

mod bundle;
mod fields;
mod flags;
mod front;
mod handler;
mod measure;
mod mine;
mod mine_pages;
mod pages;
pub mod photo;
mod rehearse;
mod request;
mod throttle;
mod token;

pub use bundle::Bundle;
pub use front::{Front, SECRET_HEADER};
pub use handler::{Handler, Tools};
pub use measure::Measure;
pub use rehearse::Rehearsal;
pub use token::Keys;
