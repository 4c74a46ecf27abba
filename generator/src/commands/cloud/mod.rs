//! The commands that speak to the cloud: publish and remove; and the review store, which may lie there.

mod due;
mod interrupt;
mod notify;
mod observing;
mod publish;
mod remove;
mod store;
mod target;

pub(crate) use publish::{PublishArgs, publish};
pub(crate) use remove::{RemoveArgs, remove};
pub(crate) use store::{WithStore, with_store};
