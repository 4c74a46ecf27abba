//! A bar for work that takes more than a second, only where a terminal is there to show it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use site::Progress;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// There is one terminal, and so one bar.
static BAR: Mutex<Option<Bar>> = Mutex::new(None);

/// Shows how far work has come.
pub(crate) fn show(progress: Progress) {
    let mut bar = BAR.lock().unwrap_or_else(PoisonError::into_inner);
    match progress {
        Progress::Begins { count, what } => *bar = Some(Bar::over(count, what)),
        Progress::Step => {
            if let Some(bar) = &*bar {
                bar.step();
            }
        }
        Progress::Ends => *bar = None,
    }
}

/// Work of fewer steps than this has long ones.
const FEW: usize = 1_000;

/// A bar that stays away for the first second.
struct Bar {
    bar: ProgressBar,
    began: Instant,
    /// After how many steps the clock is looked at: many small ones must not wait for it.
    every: u64,
}

impl Bar {
    fn over(count: usize, what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::hidden());
        let template = format!("{{bar:32}} {{human_pos}} of {{human_len}} {what}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Self { bar, began: Instant::now(), every: if count < FEW { 1 } else { 256 } }
    }

    fn step(&self) {
        self.bar.inc(1);
        if self.bar.is_hidden()
            && self.began.elapsed() > Duration::from_secs(1)
            && self.bar.position().is_multiple_of(self.every)
        {
            // Draws on a terminal only; a pipe or CI stays quiet.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
