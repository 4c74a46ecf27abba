//! Hashes of content.

use base16ct::lower;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use std::fmt;

/// The SHA-256 of some content. Written, it is 64 small hexadecimal letters; `{hash:.12}` writes the first twelve, as names of
/// files have them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

/// The hash of some bytes.
pub fn content_hash(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

impl Hash {
    /// Reads a hash as it is written, whole and in small letters.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let is_whole = lower::decode(text, &mut bytes).is_ok_and(|read| read.len() == 32);
        is_whole.then_some(Self(bytes))
    }

    /// The hash itself.
    pub fn bytes(self) -> [u8; 32] {
        self.0
    }
}

impl From<[u8; 32]> for Hash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(lower::encode_str(&self.0, &mut [0; 64]).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("a hash has 64 small hexadecimal letters"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_hash_is_written_and_read_as_its_64_letters() {
        let hash = content_hash(b"abc");
        assert_eq!(format!("{hash} {hash:.12} {hash:?}"), format!("{ABC} ba7816bf8f01 {ABC}"));
        assert_eq!(serde_json::to_string(&hash).unwrap(), format!("\"{ABC}\""));
        assert_eq!(serde_json::from_str::<Hash>(&format!("\"{ABC}\"")).unwrap(), hash);
        let others =
            ["", "ba78", &ABC.replace("ba", "b"), &format!("{ABC}00"), &ABC.to_uppercase(), &ABC.replace('b', "g")];
        assert_eq!(others.map(Hash::parse), [None; 6]);
        assert!(serde_json::from_str::<Hash>("\"\"").is_err());
    }

    #[test]
    fn hashes_sort_as_their_letters_do() {
        let mut hashes = [b"a", b"b", b"c", b"d"].map(|bytes| content_hash(bytes));
        hashes.sort_unstable();
        assert!(hashes.map(|hash| hash.to_string()).is_sorted());
    }
}
