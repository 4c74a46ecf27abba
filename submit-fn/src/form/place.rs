//! Where the words of a page go. A page that is sent again goes where it went before, as long as that waits for an editor;
//! what was decided or taken back is over, and the same words are then a new submission, under a reference of its own.

use crate::draft::store::Drafts;
use crate::published::place::Published;
use crate::seed::Seed;
use crate::service::Handler;
use review::{Intake, Limiter, StoreError};
use schema::submission::kinds::State;
use schema::submission::row::Row;

/// How often the same page is followed from what is over to what came after it.
const MOST: usize = 20;

/// Where the words of a page go.
pub(crate) struct Place {
    /// Their reference and code.
    pub(crate) seed: Seed,
    /// What stands there already: something that still arrives, or waits.
    pub(crate) row: Option<Row>,
    /// What the same page sent before, where that is over.
    pub(crate) over: Option<Over>,
}

/// Why what was sent before is over.
pub(crate) enum Over {
    /// An editor has decided: how, and by when, is in its row.
    Decided(Box<Row>),
    /// Its sender took it back.
    TakenBack,
}

impl Place {
    /// What waits there for an editor, so that sending it again changes nothing.
    pub(crate) fn waiting(&self) -> Option<&Row> {
        self.row.as_ref().filter(|row| row.waits())
    }

    /// What was decided of the same page before.
    pub(crate) fn decided(&self) -> Option<&Row> {
        match &self.over {
            Some(Over::Decided(row)) => Some(row),
            Some(Over::TakenBack) | None => None,
        }
    }

    /// Whether the words that were to be sent are those that their sender took back.
    pub(crate) fn is_taken_back(&self) -> bool {
        self.row.is_none() && matches!(self.over, Some(Over::TakenBack))
    }
}

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// Where the words of a page go that was sealed with a seed.
    pub(crate) async fn place(&self, seed: Seed) -> Result<Place, StoreError> {
        let mut place = Place { seed, row: None, over: None };
        for _ in 0..MOST {
            let Some(row) = self.store.row(&place.seed.reference()).await? else { break };
            // Another's row may stand under the same reference, by accident.
            let is_own = place.seed.secret().opens(row.secret_hash);
            match row.state {
                State::Pending | State::Received | State::Held if is_own => {
                    place.row = Some(row);
                    break;
                }
                State::Withdrawn | State::Removed if is_own => place.over = Some(Over::TakenBack),
                _ if is_own && row.state.is_decided() => place.over = Some(Over::Decided(Box::new(row))),
                _ => {}
            }
            place.seed = place.seed.next();
        }
        Ok(place)
    }
}
