//! A site root becomes pages: source -> people -> lists -> pages -> write. What is wrong with one becomes a [report].
//!
//! Nothing here prints, asks the clock or reads the environment: the day is an argument, and what a build wants of the program
//! around it is the trait [`Host`]. So one process may build several roots at once.

pub mod build;
pub mod came_back;
pub mod facts;
pub mod forget;
pub mod host;
pub mod leaving;
pub mod ledger;
mod links;
mod lists;
pub mod made;
pub mod media;
pub mod own;
mod pages;
mod people;
mod published_photos;
pub mod report;
mod rewrite;
pub mod sample;
mod search;
pub mod site_path;
pub mod source;
pub mod standing;
mod trial;
pub mod withdraw;
pub mod write;

pub use host::{Host, Progress};
