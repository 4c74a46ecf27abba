//! Where submissions wait. One trait, [`Store`], named after what we need of it; [`Folder`] keeps everything in a folder of
//! this machine (`var/review`), with the very keys and states that the cloud store will have.
//!
//! The order of writes is what keeps anything from being lost: the row first, as pending; then the answers; then the row as
//! received; only then is the submitter told. [`accept()`] is that order. Decisions are conditional: two editors, one outcome. What
//! waits may be corrected by its sender: [`revise()`] puts the new answers first, then their name in the row.
//! What the public function may do is [`Intake`]; [`Store`] is that and what only editors and the sweeper may.
//!
//! [`sweep()`] settles what stayed half done and removes what was kept as long as promised; [`witness()`] holds the log to what it was; [`Limiter`] counts how often
//! something happens. Behind the feature `cloud`, the `cloud` module keeps it all in S3 and DynamoDB.

mod accept;
#[cfg(feature = "cloud")]
pub mod cloud;
pub mod desk;
mod folder;
mod limits;
pub mod papers;
mod store;
mod sweep;
mod witness;

pub use accept::{Acceptance, Revision, accept, add_photo, revise, was_sent};
pub use folder::Folder;
pub use limits::{Counters, Limit, Limiter};
pub use store::{Claim, Intake, LogLine, Store, StoreError, Transition};
pub use sweep::{SWEEPER, Swept, ring_again, sweep};
pub use witness::{LogFault, log_faults, witness};
