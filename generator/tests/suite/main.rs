//! The command as people use it: files in, words and exit status out.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed, and says where")]
#![expect(
    clippy::indexing_slicing,
    reason = "what a test reads is the repository's own, and a slip in it fails the test"
)]

mod addresses;
mod arrows;
mod builds;
mod came_back;
mod cases;
mod commands;
mod documentation;
mod finding;
mod forget;
mod freshness;
mod mail;
mod mouth;
mod new;
mod promises;
mod promotion;
mod site;
mod strays;
mod watch;
mod words;
