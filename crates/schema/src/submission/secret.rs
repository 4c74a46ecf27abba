//! What a submitter keeps beside the reference, and nobody else has: with both, they may ask where a submission stands, take
//! it back, or add a photo. The store keeps only its hash.

use crate::ground::hash::{Hash, content_hash};
use crate::submission::reference::{as_typed, spell};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// Twelve characters, `TX4R-K7MP-3DH6`: about 50 bits, far beyond guessing at the few tries that a limit allows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

const LENGTH: usize = 12;

impl Secret {
    /// The secret that belongs to the random bytes a [`Reference`](crate::submission::reference::Reference) was made of. The reference
    /// says nothing about it, and a retry gives the same.
    pub fn from_random(random: [u8; 16]) -> Self {
        let digest = Sha256::new().chain_update(b"secret").chain_update(random).finalize();
        Self(spell(digest.get(..LENGTH * 2).unwrap_or_default()))
    }

    /// Reads a secret as people type it: any case, with or without hyphens and spaces.
    pub fn parse(typed: &str) -> Option<Self> {
        as_typed(typed, LENGTH).map(Self)
    }

    /// What the store keeps of it.
    pub fn hash(&self) -> Hash {
        content_hash(format!("secret of a submission: {}", self.0).as_bytes())
    }

    /// Whether a stored hash is this secret's, in a time that does not depend on where they differ.
    pub fn opens(&self, stored: Hash) -> bool {
        self.hash().bytes().ct_eq(&stored.bytes()).into()
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<&str> =
            self.0.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        out.write_str(&groups.join("-"))
    }
}

impl fmt::Debug for Secret {
    /// Never the secret itself: what is debugged ends in logs.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed_back_and_opens_its_own_hash_only(random: [u8; 16], other: [u8; 16]) {
            let secret = Secret::from_random(random);
            let typed = Secret::parse(&format!(" {} ", secret.to_string().to_lowercase())).unwrap();
            prop_assert!(typed.opens(secret.hash()));
            prop_assert_eq!(Secret::from_random(other).opens(secret.hash()), random == other);
            prop_assert_eq!(format!("{secret:?}"), "Secret");
        }
    }
}
