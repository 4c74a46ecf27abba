//! What was found in a root, as text for whoever reads it: a person, a pull request, code scanning. Nothing is printed here. Whatever
//! a file says comes back [harmless](schema::ground::text::harmless): no text of it commands a terminal.

mod github;
mod problems;
mod queue;
mod sarif;
mod snippet;

pub use problems::{Shown, Source, Style, problems};
pub use queue::queue;
pub use sarif::log;
