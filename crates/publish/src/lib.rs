//! From the built site to the public one: manifest -> diff -> plan -> apply in order -> confirm.
//!
//! Each service of the cloud has one file; what is decided here is decided without them, and tested with every call failing.
//! Nothing here prints, and nobody is told anything: what happened is a value.

mod after_swap;
mod apply;
mod aws;
mod bucket;
mod bundle;
mod departures;
mod descent;
pub mod due;
mod edge;
#[cfg(test)]
mod fake;
#[cfg(test)]
mod faults;
mod fresh;
mod headers;
mod lock;
mod manifest;
mod origin;
mod plan;
#[cfg(test)]
mod promises;
mod publisher;
pub mod removal;
pub mod rollback;
mod round;
mod session;
pub mod show;
mod step;
mod subject;
mod take_down;
mod verify;

pub use departures::Leaver;
pub use descent::Lineage;
pub use headers::addresses;
pub use lock::NotTaken;
pub use manifest::Manifest;
pub use plan::Plan;
pub use round::{Look, PublishOutcome};
pub use session::{EdgeTarget, Observer, PublishOptions, Published, Session, Target};
pub use step::Step;
