//! Whether pages that agencies and services cite still say what is quoted from them: each is got once, politely, turned into words, and
//! held against its quotations. What does not stand there any more becomes a change in `content/changed.yaml`.
//!
//! The network stands behind one trait, [`Network`], clock and all: tests replay stored pages, and [`net`] is the real one.

mod cited;
mod fold;
mod html;
mod judge;
mod memory;
pub mod net;
mod network;
mod passage;
mod reading;
mod robots;
mod run;
mod seen;
mod visit;

pub use network::{Answer, Asked, Network};
pub use run::{Options, Report, Unreached, watch};
pub use seen::{Seen, seen};
pub use visit::NAME;
