//! What editors should look at.

use super::mouth::say;
use anyhow::Result;
use schema::due::Task;

/// How many things to look at are shown at once.
pub(crate) const MOST_TASKS: usize = 20;

/// What editors should look at, with the day by which: at most so many, then how many more.
pub(crate) fn print_queue(queue: &[Task], most: usize) -> Result<()> {
    if queue.is_empty() {
        return Ok(());
    }
    say(&format!("\nTo look at ({}):", queue.len()))?;
    for task in queue.iter().take(most) {
        say(&format!("  by {}  {}: {}", task.due, task.file, task.what))?;
    }
    if queue.len() > most {
        say(&format!("  and {} more: `inside-out check --json` shows all", queue.len() - most))?;
    }
    Ok(())
}
