//! A bar for work that takes more than a second, only where a terminal is there to show it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// A bar that stays away for the first second.
pub(crate) struct Progress {
    bar: ProgressBar,
    began: Instant,
}

impl Progress {
    /// A bar over a number of things.
    pub(crate) fn over(count: usize, what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::hidden());
        let template = format!("{{bar:32}} {{human_pos}} of {{human_len}} {what}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Self { bar, began: Instant::now() }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
        if self.bar.is_hidden()
            && self.began.elapsed() > Duration::from_secs(1)
            && self.bar.position().is_multiple_of(256)
        {
            // Draws on a terminal only; a pipe or CI stays quiet.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
