//! A built site and the function of its forms behind one HTTP door. [`preview`] is that door on an editor's own machine: it builds
//! again when a file changes, and shows what is wrong in the page's place. [`serve`] is the door to the public.
//!
//! Nothing here prints, asks the clock or reads the environment: the handler's tools are given, a build is a value, and what
//! there is to tell goes back to whoever called.

mod answer;
mod drafts;
mod files;
mod function;
mod pages;
pub mod preview;
pub mod serve;
