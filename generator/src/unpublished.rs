//! What stands in for publishing in a command that was built without it: the way to get it.

use crate::args::publish::{PublishOrder, RemoveOrder};
use crate::run::Verdict;
use anyhow::{Result, bail};
use std::path::Path;

pub(crate) fn publish(_: &Path, order: &PublishOrder) -> Result<Verdict> {
    absent("publish", &order.words)
}

pub(crate) fn remove(_: &Path, order: &RemoveOrder) -> Result<Verdict> {
    absent("remove", &order.words)
}

fn absent(command: &str, words: &[String]) -> Result<Verdict> {
    let words: String = words.iter().map(|word| format!(" {word}")).collect();
    bail!(
        "this inside-out was built without what speaks to the cloud, so that previewing builds quickly\n  help: cargo run --features publish -- {command}{words}"
    )
}
