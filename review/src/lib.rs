//! Where submissions wait. One trait, [`Store`], named after what we need of it; [`Folder`] keeps everything in a folder of
//! this machine (`var/review`), with the very keys and states that the cloud store will have.
//!
//! The order of writes is what keeps anything from being lost: the row first, as pending; then the answers; then the row as
//! received; only then is the submitter told. [`accept()`] is that order. Decisions are conditional: two editors, one outcome.

mod accept;
mod folder;
mod store;

pub use accept::{Acceptance, accept};
pub use folder::Folder;
pub use store::{Claim, Store, StoreError, Turn};
