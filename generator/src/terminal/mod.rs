//! The one mouth: everything that this program says is said here, and here the exit status is chosen. A test holds the rest of
//! the program to it.

mod ask;
pub(crate) mod bar;
mod github;
mod mouth;
mod outcome;
mod problems;
mod queue;
mod sarif;
mod snippet;

pub(crate) use ask::{ask, can_ask};
pub(crate) use mouth::{advise, agreed, hint, say, say_json, tell_damaged};
pub(crate) use outcome::{Verdict, end, explain};
pub(crate) use problems::{Format, in_root, print_findings, print_problems};
pub(crate) use queue::{MOST_TASKS, print_queue};
pub(crate) use sarif::log;
