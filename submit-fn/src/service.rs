//! What every answer is made with: pages, store, limiter, and what the handler is given of the world around it.

use crate::http::front::Front;
use crate::measure::Measure;
use crate::pages::Pages;
use crate::throttle::{Sender, Throttle, Turn};
use crate::token::Keys;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use review::{Intake, Limiter, StoreError};
use schema::submission::kinds::Flag;
use templates::Theme;
use templates::bundle::Bundle;

/// What the handler is given besides its bundle.
pub struct Tools {
    /// Keys that seal the check page.
    pub keys: Keys,
    /// What stands in front.
    pub front: Front,
    /// The time.
    pub clock: fn() -> Timestamp,
    /// Sixteen bytes that nobody can guess.
    pub random: fn() -> [u8; 16],
    /// Takes what is counted.
    pub measure: fn(&Measure),
}

/// Answers requests to `/send/…`.
pub struct Handler<S, L> {
    pub(crate) pages: Pages,
    pub(crate) store: S,
    pub(crate) limiter: L,
    pub(crate) tools: Tools,
}

impl<S: Intake, L: Limiter> Handler<S, L> {
    /// A handler, with the theme compiled from its bundle.
    pub fn new(bundle: Bundle, theme: Theme, store: S, limiter: L, tools: Tools) -> Self {
        let pages = Pages { theme, catalogue: bundle.catalogue, forms: bundle.forms, clock: tools.clock };
        Self { pages, store, limiter, tools }
    }

    pub(crate) fn note_store_down(&self, error: &StoreError) {
        tracing::error!(error = %error, "not stored");
        (self.tools.measure)(&Measure::StoreDown);
    }

    /// Counts one more submission of a form.
    pub(crate) async fn turn_to_send(&self, form: &str, sender: Sender<'_>) -> Turn {
        self.noted(self.throttle().send(form, sender).await)
    }

    /// Counts one more photo, or one more wrong pair.
    pub(crate) async fn turn_to_ask(&self, sender: Sender<'_>) -> Turn {
        self.noted(self.throttle().ask(sender).await)
    }

    fn throttle(&self) -> Throttle<'_, L> {
        Throttle { limiter: &self.limiter, keys: &self.tools.keys, now: self.now() }
    }

    /// Operators hear of refusals, of floods, and of a limiter that does not answer: nobody is kept out for that.
    fn noted(&self, turn: Result<Turn, StoreError>) -> Turn {
        let turn = turn.unwrap_or_else(|error| {
            tracing::error!(error = %error, "the limiter did not answer");
            (self.tools.measure)(&Measure::LimiterDown);
            Turn::Taken(Vec::new())
        });
        match &turn {
            Turn::Refused => (self.tools.measure)(&Measure::Limited),
            Turn::Taken(marks) if marks.contains(&Flag::Flood) => (self.tools.measure)(&Measure::Flooded),
            Turn::Taken(_) => {}
        }
        turn
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.tools.clock)()
    }

    pub(crate) fn today(&self) -> Date {
        TimeZone::UTC.to_datetime(self.now()).date()
    }
}
