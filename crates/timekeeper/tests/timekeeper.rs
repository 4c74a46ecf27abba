//! The program refuses to start without knowing which site it watches.

use std::process::Command;

#[test]
fn without_a_bucket_it_says_so() {
    let done = Command::new(env!("CARGO_BIN_EXE_timekeeper")).env_remove("SITE_BUCKET").output().unwrap();
    assert!(!done.status.success());
    assert!(String::from_utf8_lossy(&done.stderr).contains("SITE_BUCKET is not set"), "{done:?}");
}
