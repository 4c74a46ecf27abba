//! How a file as written becomes a thing as checked.

pub mod checker;
mod days;
pub mod facts;
pub mod fields;
pub mod id;
pub mod left_out;
pub mod lines;
pub mod rule;
pub mod spelt;
pub mod vocabulary;
pub mod words;
