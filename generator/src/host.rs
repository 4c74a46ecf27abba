//! What a build wants of this program: the function's pages tried, and a bar for work that takes more than a second, only where
//! a terminal is there to show it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use review::{Counters, Folder};
use site::{Host, Progress};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use submit_fn::{Front, Handler, Keys, Tools};
use templates::Theme;
use templates::bundle::Bundle;
use templates::trial::Trial;

/// This program, as a build sees it.
pub(crate) struct Terminal;

impl Host for Terminal {
    fn try_function(&self, bundle: Bundle) -> Trial {
        let Ok(theme) = Theme::open(&bundle.theme) else { return Trial::default() };
        let tools = Tools {
            keys: Keys::new(Vec::new()),
            front: Front::Loopback,
            clock: Timestamp::now,
            random: || [0; 16],
            measure: |_| {},
        };
        let store = Folder::new("var/review", Timestamp::now);
        Handler::new(bundle, theme, store, Counters::default(), tools).try_pages()
    }

    fn progress(&self, progress: Progress) {
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
}

/// There is one terminal, and so one bar.
static BAR: Mutex<Option<Bar>> = Mutex::new(None);

/// A bar that stays away for the first second.
struct Bar {
    bar: ProgressBar,
    began: Instant,
}

impl Bar {
    fn over(count: usize, what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::hidden());
        let template = format!("{{bar:32}} {{human_pos}} of {{human_len}} {what}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Self { bar, began: Instant::now() }
    }

    fn step(&self) {
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

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
