//! Ctrl-C, and a polite kill: a publish under way stops in good order and gives its lock back. Asked twice, it ends at once.

use crate::commands::server::asked_to_end;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::runtime::Runtime;
use tokio::sync::Notify;

/// How an interrupted command ends, as a shell counts it: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Whether somebody wants everything to stop.
pub(super) struct Interrupt {
    notify: Arc<Notify>,
    working: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on.
    pub(super) fn listen(runtime: &Runtime) -> Self {
        let interrupt = Self { notify: Arc::default(), working: Arc::default() };
        runtime.spawn(wait(interrupt.notify.clone(), interrupt.working.clone()));
        interrupt
    }

    /// What is told when everything is to stop.
    pub(super) fn told(&self) -> &Notify {
        &self.notify
    }

    /// Does work that stops in good order by itself.
    pub(super) fn while_working<R>(&self, work: impl FnOnce() -> R) -> R {
        self.working.store(true, Ordering::SeqCst);
        let done = work();
        self.working.store(false, Ordering::SeqCst);
        done
    }
}

async fn wait(notify: Arc<Notify>, working: Arc<AtomicBool>) {
    asked_to_end().await;
    if working.load(Ordering::SeqCst) {
        notify.notify_one();
        asked_to_end().await;
    }
    leave();
}

#[expect(clippy::exit, reason = "whoever asks twice, or while nothing is held, is not kept waiting")]
fn leave() {
    std::process::exit(INTERRUPTED)
}
