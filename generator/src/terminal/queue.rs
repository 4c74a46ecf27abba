//! What editors should look at: first what somebody waits for, then housekeeping, folded by kind.

use super::mouth::say;
use anyhow::Result;
use schema::due::Task;
use std::collections::BTreeMap;

/// How many things to look at are shown at once.
pub(crate) const MOST_TASKS: usize = 20;

/// What editors should look at, with the day by which: at most so many, then how many more; and how much housekeeping of each kind.
pub(crate) fn print_queue(queue: &[Task], most: usize) -> Result<()> {
    let (waiting, alike): (Vec<&Task>, Vec<&Task>) = queue.iter().partition(|task| task.kind.is_none());
    if !waiting.is_empty() {
        say(&format!("\nTo look at ({}):", waiting.len()))?;
        for task in waiting.iter().take(most) {
            say(&format!("  by {}  {}: {}", task.due, task.file, task.what))?;
        }
        if waiting.len() > most {
            say(&format!("  and {} more: `inside-out check --json` shows all", waiting.len() - most))?;
        }
    }
    print_alike(&alike)
}

/// A line for each kind: how many, and by when the first of them.
fn print_alike(alike: &[&Task]) -> Result<()> {
    // They come by day, so that the first of a kind is the first due.
    let mut kinds: BTreeMap<&str, (usize, &Task)> = BTreeMap::new();
    for task in alike {
        let kind = task.kind.as_deref().unwrap_or_default();
        kinds.entry(kind).or_insert((0, task)).0 += 1;
    }
    if kinds.is_empty() {
        return Ok(());
    }
    say(&format!("\nTo look up again, when there is time ({}):", alike.len()))?;
    let mut lines: Vec<_> = kinds.into_iter().collect();
    lines.sort_by_key(|(kind, (count, _))| (std::cmp::Reverse(*count), *kind));
    for (kind, (count, first)) in lines {
        say(&format!("  {count:>4}  {kind}; the first by {}, {}", first.due, first.file))?;
    }
    say("  `inside-out check --json` names each")
}
