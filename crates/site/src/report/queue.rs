//! What editors should look at: first what somebody waits for, then cited pages that changed, then housekeeping, folded by kind.

use schema::due::{CHANGED, Task};
use std::collections::BTreeMap;

/// What editors should look at, with the day by which, and cited pages that changed: at most so many of both, then how many more; and how
/// much housekeeping of each kind.
/// A line each, none where nothing is to be looked at.
pub fn queue(queue: &[Task], most: usize) -> Vec<String> {
    let (waiting, alike): (Vec<&Task>, Vec<&Task>) = queue.iter().partition(|task| task.kind.is_none());
    let (changed, alike): (Vec<&Task>, Vec<&Task>) =
        alike.into_iter().partition(|task| task.kind.as_deref() == Some(CHANGED));
    let mut lines = shown("To look at", &waiting, most);
    lines.extend(shown("Cited pages that may say something else now", &changed, most));
    lines.extend(folded(&alike));
    lines
}

/// A line for each under a heading, at most so many.
fn shown(heading: &str, tasks: &[&Task], most: usize) -> Vec<String> {
    if tasks.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("\n{heading} ({}):", tasks.len())];
    lines.extend(tasks.iter().take(most).map(|task| format!("  by {}  {}: {}", task.due, task.file, task.what)));
    if tasks.len() > most {
        lines.push(format!("  and {} more: `inside-out check --json` shows all", tasks.len() - most));
    }
    lines
}

/// A line for each kind: how many, and by when the first of them.
fn folded(alike: &[&Task]) -> Vec<String> {
    // They come by day, so that the first of a kind is the first due.
    let mut kinds: BTreeMap<&str, (usize, &Task)> = BTreeMap::new();
    for task in alike {
        let kind = task.kind.as_deref().unwrap_or_default();
        kinds.entry(kind).or_insert((0, task)).0 += 1;
    }
    if kinds.is_empty() {
        return Vec::new();
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, (count, _))| (std::cmp::Reverse(*count), *kind));
    let heading = format!("\nTo look up again, when there is time ({}):", alike.len());
    let line = |(kind, (count, first)): (&str, (usize, &Task))| {
        format!("  {count:>4}  {kind}; the first by {}, {}", first.due, first.file)
    };
    let rest = "  `inside-out check --json` names each".to_owned();
    [heading].into_iter().chain(kinds.into_iter().map(line)).chain([rest]).collect()
}
