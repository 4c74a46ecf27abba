//! How a file as written becomes a thing as checked.

pub mod checker;
pub mod id;
pub mod lines;
pub mod source;
pub mod spelt;
pub mod vocabulary;
pub mod words;
