//! The editors' desk: list -> read -> plan a decision -> show it -> apply it. Values in, values out: nothing here prints, asks,
//! reads a clock or an environment, so a terminal and a browser show the very same.

pub mod apply;
pub mod decide;
mod draft;
pub mod forget;
mod judge;
pub mod list;
pub mod plan;
mod promotion;
pub mod read;

use crate::store::StoreError;
use schema::ground::failure::Failure;

/// Why a decision could not be made: what, and what an editor can do about it.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// It makes no sense, or somebody was faster.
    #[error(transparent)]
    Refused(#[from] Failure),
    /// The store's own.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk's own, with the path.
    #[error(transparent)]
    Disk(#[from] std::io::Error),
}
