//! What every answer is made with: pages, store, limiter, and what the handler is given of the world around it.

use crate::http::front::{Client, Front};
use crate::measure::Measure;
use crate::pages::Pages;
use crate::throttle::{self, Admission};
use crate::token::Keys;
use jiff::Timestamp;
use jiff::civil::Date;
use review::{Intake, Limiter, StoreError};
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

    /// Whether one more of `what` is admitted; where the limiter does not answer, it is, and that is counted.
    pub(crate) async fn is_admitted(&self, client: &Client, what: &str) -> bool {
        match throttle::admit(&self.limiter, &self.tools.keys, client, what, self.now()).await {
            Admission::Admitted => true,
            Admission::Refused => {
                (self.tools.measure)(&Measure::Limited);
                false
            }
            Admission::Unknown(why) => {
                tracing::error!(error = why, "the limiter did not answer");
                (self.tools.measure)(&Measure::LimiterDown);
                true
            }
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.tools.clock)()
    }

    pub(crate) fn today(&self) -> Date {
        self.pages.catalogue.site.time_zone.day(self.now())
    }
}
