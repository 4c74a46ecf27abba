//! How often one network, and everybody together, may send something. A limit on one form leaves the others open, and where
//! the limiter does not answer, families still get through.

use crate::http::front::Client;
use crate::http::route::MINE;
use crate::token::Keys;
use jiff::{SignedDuration, Timestamp};
use review::{Limit, Limiter};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// How often something may happen.
struct Limits {
    /// Of one network. A library or a family centre shares one.
    each: Limit,
    /// Of everybody together.
    all: Limit,
}

const SENDING: Limits = Limits { each: Limit { most: 10, window: HOUR }, all: Limit { most: 300, window: HOUR } };

/// Looking, and trying one photo after another, is one person's work of an evening; nobody guesses a code in sixty tries an hour.
const ASKING: Limits = Limits { each: Limit { most: 60, window: HOUR }, all: Limit { most: 1200, window: HOUR } };

/// What the limiter says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    Admitted,
    Refused,
    /// It did not answer, for this reason; nobody is kept out for that.
    Unknown(String),
}

/// Counts one more of `what`: a form's id, or [`MINE`].
pub(crate) async fn admit(
    limiter: &impl Limiter,
    keys: &Keys,
    client: &Client,
    what: &str,
    now: Timestamp,
) -> Admission {
    // The table holds no address, only what a key of ours makes of it.
    let network = keys.veil(&client.network);
    let limits = if what == MINE { ASKING } else { SENDING };
    for (key, limit) in [(format!("{what}#{network}"), limits.each), (format!("{what}#all"), limits.all)] {
        match limiter.admit(&key, limit, now).await {
            Ok(true) => {}
            Ok(false) => return Admission::Refused,
            Err(error) => return Admission::Unknown(error.to_string()),
        }
    }
    Admission::Admitted
}
