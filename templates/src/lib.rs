//! How things look. A page is a typed view: every text, date, address and order in it is decided in Rust, and a template only
//! sets it. Words come from Fluent files, looked up by templates with `t(k="…")`
//! and by code through [`texts`].
//!
//! [`Theme`] owns the compiled templates and strings of every language; [`views`] are what they can be shown.

mod asked;
pub mod assets;
pub mod bundle;
pub mod context;
pub mod dates;
pub mod face;
mod fluent;
pub mod forms;
pub mod frame;
pub mod headers;
pub mod letters;
pub mod listed;
pub mod markdown;
pub mod menu;
mod notices;
pub mod preview;
mod source;
pub mod strings;
mod text;
pub mod texts;
pub mod theme;
pub mod trial;
pub mod views;

pub use strings::Strings;
pub use theme::{Theme, ThemeSource};
