//! What every answer is made with: pages, store, limiter, and what the handler is given of the world around it.

use crate::deadline::{Deadline, LIMITER};
use crate::draft::store::Drafts;
use crate::http::admitted::Admitted;
use crate::http::front::Front;
use crate::measure::Measure;
use crate::pages::Pages;
use crate::published::place::Published;
use crate::throttle::{Bell, Sender, Throttle, Turn};
use crate::token::Keys;
use futures_util::future::{Either, select};
use jiff::Timestamp;
use jiff::civil::Date;
use review::{Intake, Limiter, StoreError};
use schema::submission::digest::{NOTE, more_came};
use schema::submission::kinds::{Flag, Urgency};
use std::pin::{Pin, pin};
use std::time::Duration;
use templates::Theme;
use templates::bundle::Bundle;

/// Something that ends after a time.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What the handler is given besides its bundle.
#[derive(Clone)]
pub struct Tools {
    /// Keys that seal the check page.
    pub keys: Keys,
    /// What stands in front.
    pub front: Front,
    /// The time.
    pub clock: fn() -> Timestamp,
    /// Sixteen bytes that nobody can guess.
    pub random: fn() -> [u8; 16],
    /// Waits so long.
    pub sleep: fn(Duration) -> Sleep,
    /// Takes what is counted.
    pub measure: fn(&Measure),
}

/// Answers requests to `/send/…`.
pub struct Handler<S, L, D, P> {
    pub(crate) pages: Pages,
    pub(crate) store: S,
    pub(crate) limiter: L,
    pub(crate) drafts: D,
    pub(crate) published: P,
    pub(crate) tools: Tools,
}

impl<S, L, D, P> Handler<S, L, D, P> {
    /// A handler, with the theme compiled from its bundle: where submissions wait, what counts them, where half-filled forms
    /// lie, where the site is published.
    pub fn new(bundle: Bundle, theme: Theme, (store, limiter, drafts, published): (S, L, D, P), tools: Tools) -> Self {
        let Bundle { catalogue, forms, lives, theme: _ } = bundle;
        let pages = Pages { theme, catalogue, forms, lives, clock: tools.clock };
        Self { pages, store, limiter, drafts, published, tools }
    }
}

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    pub(crate) fn note_store_down(&self, error: &StoreError) {
        tracing::error!(error = %error, "not stored");
        (self.tools.measure)(&Measure::StoreDown);
    }

    /// Counts one more submission of a form.
    pub(crate) async fn turn_to_send(&self, form: &str, sender: Sender<'_>) -> Turn {
        self.noted(self.soon(self.throttle().send(form, sender)).await)
    }

    /// Counts one more photo, or one more wrong pair.
    pub(crate) async fn turn_to_ask(&self, sender: Sender<'_>) -> Turn {
        self.noted(self.soon(self.throttle().ask(sender)).await)
    }

    /// The mark of what came before in the same words from the same network.
    pub(crate) async fn repeated(&self, admitted: &Admitted<'_>) -> Option<Flag> {
        let is_new = self.soon(self.throttle().is_new(&admitted.form.id, &admitted.client, &admitted.answers)).await;
        is_new.is_ok_and(|is_new| !is_new).then_some(Flag::Repeated)
    }

    /// The mark of an urgent one that gets no mail of its own: its bell announced so many in that hour that one more mail would be
    /// lost among them. One mail says in each hour that more came; the sweep says how many still wait.
    pub(crate) async fn quiet(&self, flags: &[Flag], bell: Bell<'_>) -> Result<Option<Flag>, StoreError> {
        let is_urgent = Urgency::of(flags) == Urgency::Today;
        if !is_urgent || self.soon(self.throttle().ring(bell)).await.unwrap_or(true) {
            return Ok(None);
        }
        // What was put in this hour stays as it is, and rings no second time.
        self.store.put(&more_came(self.now()), NOTE).await?;
        Ok(Some(Flag::Quiet))
    }

    /// What the limiter says, if it says so soon: nobody waits long for it.
    pub(crate) async fn soon<T>(&self, asked: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        self.until(Deadline::after(self.now(), LIMITER), asked).await.flatten()
    }

    /// Does something until a moment; past it, what was under way is dropped, and can be repeated.
    pub(crate) async fn until<T>(&self, deadline: Deadline, work: impl Future<Output = T>) -> Result<T, StoreError> {
        match select(pin!(work), (self.tools.sleep)(deadline.left(self.now()))).await {
            Either::Left((done, _)) => Ok(done),
            Either::Right(_) => Err(StoreError::Unavailable("it did not answer in time".to_owned())),
        }
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
        self.pages.catalogue.site.time_zone.day(self.now())
    }
}
