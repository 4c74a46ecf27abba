//! Whoever leaves goes, whoever else is at work, whatever dies, and although nobody builds.

mod by_any_id;
mod by_clock;
mod by_hand;
mod by_profile;
