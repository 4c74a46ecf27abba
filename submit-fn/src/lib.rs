//! How submissions come in: admit -> read form -> check -> seal or claim -> store -> answer.
//!
//! A static page carries no secret, so sending takes two steps: the form's answers come back on a page to be checked, with a
//! sealed token; what is sent from there is stored once, however often the button is pressed. The handler knows neither
//! Lambda nor files: store, limiter, clock and random bytes are given to it. It answers with the site's own pages only.

mod answer;
mod deadline;
mod draft;
mod form;
mod http;
mod lookup;
mod measure;
mod pages;
mod published;
mod seed;
mod service;
mod throttle;
mod token;
mod trial;

pub use draft::store::{DraftKey, Drafts};
pub use http::front::{Front, SECRET_HEADER, Visitor};
pub use http::route::largest_body;
pub use measure::Measure;
pub use published::place::Published;
pub use service::{Handler, Sleep, Tools};
pub use token::Keys;
