//! What people are told: that a page is live, changed or down, that something was dealt with or declined; editors, that something
//! urgent waits; and how the words travel. It asks the public site two questions, through the trait [`Public`], and knows nothing else
//! of publishing.

pub mod bell;
mod carrier;
mod letter;
mod news;
mod notifier;
pub mod receipt;
#[cfg(test)]
mod tests;

pub use carrier::Post;
pub use letter::Wording;
pub use notifier::{Notices, Notifier, Public};
