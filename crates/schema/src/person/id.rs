//! The name of a profile, which is also its address on the site.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a profile: first name, hyphen, five characters that nobody confuses. Also its address on the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProfileId(String);

impl ProfileId {
    /// Characters of the five: no look-alikes.
    pub const ALPHABET: &'static [u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

    /// Reads an id.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, code) = text.rsplit_once('-')?;
        let named = (1..=30).contains(&name.len())
            && name
                .split('-')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        let coded = code.len() == 5
            && code.bytes().all(|byte| Self::ALPHABET.contains(&byte))
            && code.bytes().any(|byte| byte.is_ascii_digit());
        (named && coded).then(|| Self(text.to_owned()))
    }

    /// The person who is named by their id or by the address of their page.
    pub fn named(about: &str) -> Option<Self> {
        about.trim().trim_end_matches('/').rsplit('/').next().and_then(Self::parse)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProfileId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
