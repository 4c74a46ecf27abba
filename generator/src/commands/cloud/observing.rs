//! The terminal while something is published: the plan, then how far it is.

use super::interrupt::Interrupt;
use crate::host::Terminal;
use crate::terminal::say;
use anyhow::Result;
use publish::{Look, Observer, Plan, show};
use site::{Host, Progress};
use tokio::sync::Notify;

/// A terminal that watches a publish.
pub(super) struct Observing<'a> {
    pub(super) interrupt: &'a Interrupt,
    pub(super) json: bool,
}

impl Observer for Observing<'_> {
    fn planned(&self, plan: &Plan, look: &Look, tags: bool) -> Result<()> {
        Terminal.progress(Progress::Begins { count: plan.upload_count(), what: "files" });
        if !self.json {
            show::lines(plan, look, tags).iter().try_for_each(|line| say(line))?;
        }
        Ok(())
    }

    fn sent(&self) {
        Terminal.progress(Progress::Step);
    }

    fn stop(&self) -> &Notify {
        self.interrupt.told()
    }
}

impl Drop for Observing<'_> {
    fn drop(&mut self) {
        Terminal.progress(Progress::Ends);
    }
}
