//! The table of bad inputs: 128 ways in which a request can be wrong, or right in an odd way, and what must come of each.
//!
//! The same table runs against the handler in this process; where `tests/serve/run` asks for it, against `inside-out serve`; and, with the
//! feature `cloud`, against a function that `tests/function/run` has started. The site's words and forms are the repository's own.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that cannot set itself up has failed, and says where"
)]

mod body;
mod canary;
mod case;
#[path = "../../../crates/photo/tests/photo/corpus.rs"]
mod corpus;
mod crowd;
mod door;
mod double;
mod far;
mod filled;
#[cfg(feature = "cloud")]
mod function;
mod limits;
mod line;
mod listing;
#[path = "../../../crates/photo/tests/photo/make.rs"]
mod make;
mod mutated;
mod public;
mod put_down;
mod roles;
mod rows;
mod second;
mod server;
mod site;
mod stage;
mod table;
mod told;
mod visit;
mod wire;
