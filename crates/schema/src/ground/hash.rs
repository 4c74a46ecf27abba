//! Hashes of content.

use sha2::{Digest, Sha256};

/// SHA-256 in small hexadecimal letters.
pub fn content_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
