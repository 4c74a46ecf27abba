//! YAML as people write it: read straight into text types, every mistake of a file found in one reading.
//!
//! 1. [`guard()`] looks at the bytes: size, UTF-8, byte order mark, unwanted characters.
//! 2. A file that is plain and right goes through `serde_yaml` alone ([`read_quickly`]).
//! 3. Anything else is parsed into a [`Tree`] with positions and read by [`read`], which notes each mistake and reads on.
//! 4. [`place()`] turns the key path of a later finding into line and column.

mod columns;
mod explain;
pub mod finding;
mod guard;
mod indent;
mod keys;
mod place;
mod quickly;
mod quotes;
mod tree;
mod written;

pub use explain::read;
pub use guard::{MAX_BYTES, guard, plain_text};
pub use keys::{Block, set_keys};
pub use place::place;
pub use quickly::read_quickly;
pub use tree::Tree;
pub use written::{Entries, Text, present};

pub(crate) use written::as_written;
