//! Tests of the stores: one suite for all of them, and crashes at every call.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed, and says where")]

#[cfg(feature = "cloud")]
mod cloud;
mod common;
mod crashes;
mod desk;
mod folder;
mod retention;
#[cfg(feature = "cloud")]
mod wire;
mod witness;
