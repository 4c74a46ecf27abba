//! How submissions come in: admit -> read form -> check -> seal or claim -> store -> answer.
//!
//! A static page carries no secret, so sending takes two steps: the form's answers come back on a page to be checked, with a
//! sealed token; what is sent from there is stored once, however often the button is pressed. The handler knows neither
//! Lambda nor files: store, clock and random bytes are given to it.

mod bundle;
mod handler;
mod pages;
mod request;
mod token;

pub use bundle::Bundle;
pub use handler::{Handler, Tools};
pub use token::Keys;
