//! What reference and code of a submission are made of.

use schema::ground::hash::content_hash;
use schema::submission::reference::Reference;
use schema::submission::secret::Secret;

/// Sixteen bytes that nobody can guess. Whoever holds them holds reference and code, and those of the same words sent again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seed([u8; 16]);

impl Seed {
    pub(crate) fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    pub(crate) fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    pub(crate) fn reference(self) -> Reference {
        Reference::from_random(self.0)
    }

    pub(crate) fn secret(self) -> Secret {
        Secret::from_random(self.0)
    }

    /// That of the same words sent again, once this one's time is over: the same however often they are sent.
    pub(crate) fn next(self) -> Self {
        let hash = content_hash(&[b"sent again".as_slice(), &self.0].concat()).bytes();
        let mut random = [0; 16];
        random.iter_mut().zip(hash).for_each(|(place, byte)| *place = byte);
        Self(random)
    }
}
