//! From the built site to the public one: manifest -> diff -> plan -> apply in order -> confirm.
//!
//! Each service of the cloud has one file; what is decided here is decided without them, and tested with every call failing.
//! Nothing here prints, and nobody is told anything: what happened is a value.

mod after_swap;
mod apply;
mod aws;
mod bucket;
mod built;
mod bundle;
mod departing;
mod departures;
mod descent;
pub mod due;
mod edge;
#[cfg(test)]
mod fake;
#[cfg(test)]
mod faults;
mod fresh;
mod git;
mod headers;
mod lock;
mod look;
mod manifest;
mod origin;
mod plan;
#[cfg(test)]
mod promises;
mod publisher;
pub mod removal;
pub mod rollback;
mod round;
pub mod seen;
mod session;
pub mod show;
#[cfg(test)]
mod small;
#[cfg(test)]
mod stage;
mod step;
mod subject;
mod take_down;
mod target;
mod verify;

pub use built::day_of;
pub use departing::{Departed, depart};
pub use departures::Leaver;
pub use descent::{Lineage, Past};
pub use git::Git;
pub use headers::addresses;
pub use look::Look;
pub use manifest::Manifest;
pub use origin::Uncommitted;
pub use plan::{Plan, named, who_left};
pub use round::PublishOutcome;
pub use session::{PublishOptions, Published, Session};
pub use step::Step;
pub use target::{EdgeTarget, Observer, Target};
