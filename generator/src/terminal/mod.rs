//! The one mouth: everything that this program says is said here, and here the exit status is chosen. A test holds the rest of
//! the program to it.

mod ask;
pub(crate) mod bar;
mod mouth;
mod outcome;
mod shown;

pub(crate) use ask::{ask, can_ask};
pub(crate) use mouth::{advise, agreed, hint, say, say_json, tell_damaged};
pub(crate) use outcome::{Verdict, end, explain};
pub(crate) use shown::{Format, MOST_TASKS, in_root, print_findings, print_problems, print_queue};
