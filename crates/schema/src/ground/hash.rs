//! Hashes of content.

use sha2::{Digest, Sha256};

/// SHA-256 in small hexadecimal letters.
pub fn content_hash(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(&Sha256::digest(bytes))
}
