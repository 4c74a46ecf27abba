//! The closed sets of words that a profile knows.

use crate::record::spelt::spelt;

spelt!(
    /// What the person wants of their listing.
    Status as "status" or "unknown-status" {
        /// Shown.
        Listed = "listed",
        /// Shown with the note that they have enough letters for now.
        Paused = "paused",
        /// Taken down.
        Withdrawn = "withdrawn",
    }
);

spelt!(
    /// How the person inside gave their consent.
    ConsentHow as "way to give consent" {
        /// In a letter.
        Letter = "letter",
        /// In a telephone or video call.
        Call = "call",
        /// In a visit.
        Visit = "visit",
        /// In an e-message.
        Message = "message",
    }
);
