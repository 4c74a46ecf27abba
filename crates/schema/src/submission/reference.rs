//! What a submitter keeps: eight characters that can be read over a telephone, made so that they never spell a word.

use crate::ground::text::is_unwanted;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A submission's reference, `KM7P-T4RX`: letters and digits without look-alikes, a digit at every third place.
/// It is also the submission's id in the store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

const LETTERS: &[u8] = b"ABCDEFGHJKLMNPRSTUVWXY";
const DIGITS: &[u8] = b"23456789";
const LENGTH: usize = 8;

impl Reference {
    /// Makes a reference of random bytes. About 33 bits of them are used.
    pub fn from_random(random: [u8; 16]) -> Self {
        Self(spell(&random))
    }

    /// Reads a reference as people type it: any case, with or without hyphen and spaces.
    pub fn parse(typed: &str) -> Option<Self> {
        as_typed(typed, LENGTH).map(Self)
    }

    /// As it stands in keys: eight characters.
    pub fn key(&self) -> &str {
        &self.0
    }
}

/// One character for each two random bytes, with a digit at every third place, so that no word is ever spelt.
pub(crate) fn spell(random: &[u8]) -> String {
    let characters = random.chunks_exact(2).enumerate().map(|(place, pair)| {
        let number = pair.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
        let alphabet = alphabet(place);
        char::from(*alphabet.get(number % alphabet.len()).unwrap_or(&b'A'))
    });
    characters.collect()
}

/// What was spelt so, as people type it back or paste it: in any case, with or without hyphens and spaces.
pub(crate) fn as_typed(typed: &str, length: usize) -> Option<String> {
    let wanted = |c: &char| !c.is_whitespace() && !is_unwanted(*c) && !matches!(c, '-' | '‐' | '‑' | '–' | '−');
    let plain: String = typed.chars().filter(wanted).map(|c| c.to_ascii_uppercase()).take(length + 1).collect();
    let sound = plain.len() == length && plain.bytes().enumerate().all(|(place, byte)| alphabet(place).contains(&byte));
    sound.then_some(plain)
}

fn alphabet(place: usize) -> &'static [u8] {
    if place % 3 == 2 { DIGITS } else { LETTERS }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, tail) = self.0.split_at_checked(4).unwrap_or((&self.0, ""));
        write!(out, "{head}-{tail}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed_back(random: [u8; 16]) {
            let reference = Reference::from_random(random);
            prop_assert_eq!(Reference::parse(&reference.to_string()), Some(reference.clone()));
            prop_assert_eq!(Reference::parse(&format!(" {} ", reference.to_string().to_lowercase())), Some(reference));
        }

        #[test]
        fn marks_that_came_along_are_no_part_of_it(random: [u8; 16]) {
            let reference = Reference::from_random(random);
            for pasted in [format!("\u{202A}{reference}\u{202C}"), format!("\u{2066}{reference}\u{2069}\u{200F}")] {
                prop_assert_eq!(Reference::parse(&pasted), Some(reference.clone()));
            }
        }

        #[test]
        fn any_typing_is_answered(typed in "\\PC{0,20}") {
            let _ = Reference::parse(&typed);
        }
    }
}
