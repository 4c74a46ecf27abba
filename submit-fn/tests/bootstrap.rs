//! The function's own program: what it is told by its environment, it says by name and never by value.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed, and says where")]

use std::process::Command;

/// What the program says, with these variables and no others.
fn said(variables: &[(&str, &str)]) -> String {
    let ended =
        Command::new(env!("CARGO_BIN_EXE_bootstrap")).env_clear().envs(variables.iter().copied()).output().unwrap();
    assert!(!ended.status.success());
    format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr))
}

#[test]
fn a_variable_that_is_missing_or_mistyped_ends_it_by_name() {
    let mut variables = Vec::new();
    for (name, value) in [
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "canary-secret"),
        ("AWS_REGION", "us-east-1"),
        ("REVIEW_BUCKET", "review"),
        ("REVIEW_TABLE", "review"),
        ("DRAFTS_BUCKET", "drafts"),
        ("SEAL_KEYS", "canary-key"),
    ] {
        assert!(said(&variables).contains(&format!("{name} is not set")), "{}", said(&variables));
        variables.push((name, value));
    }
    let mistyped = said(&variables);
    assert!(mistyped.contains("SEAL_KEYS is not a list of 64 hexadecimal digits each"), "{mistyped}");
    assert!(!mistyped.contains("canary"), "{mistyped}");
}
