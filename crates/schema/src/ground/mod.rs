//! Ground: what everything else stands on, and which stands on nothing of ours.

pub mod days;
pub mod failure;
pub mod hash;
pub mod ids;
pub mod key_path;
pub mod nearest;
pub mod post_text;
pub mod problem;
pub mod text;
pub mod zone;
