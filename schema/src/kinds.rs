//! The closed sets of words that files and programs share, each spelt once.

use serde::{Deserialize, Serialize};

/// Declares an enum whose variants are spelt in files and in storage as given.
macro_rules! spelt {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$inner])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every word with its meaning.
            pub const ALL: &[(&'static str, $name)] = &[$(($word, $name::$variant),)*];

            /// The word as it is spelt.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The meaning of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
            }
        }
    };
}

spelt!(
    /// What the person wants of their listing.
    Status {
        /// Shown.
        Listed = "listed",
        /// Shown with the note that they have enough letters for now.
        Paused = "paused",
        /// Taken down.
        Withdrawn = "withdrawn",
    }
);

spelt!(
    /// What an agency says of pen-pal listings.
    ListingRule {
        /// Allowed.
        Allowed = "allowed",
        /// Allowed under conditions.
        Restricted = "restricted",
        /// Forbidden; a listing can get the person punished.
        Banned = "banned",
        /// Nobody has found out yet.
        Unknown = "unknown",
    }
);

spelt!(
    /// What becomes of a letter on its way.
    Handling {
        /// The sheet itself is handed over.
        Delivered = "delivered",
        /// A paper copy is handed over.
        Photocopied = "photocopied",
        /// A scan is shown on a screen.
        Scanned = "scanned",
    }
);

spelt!(
    /// Who must act first on a messaging service.
    FirstContact {
        /// The writer may begin.
        Writer = "writer",
        /// The person inside must add the writer first.
        Person = "person",
    }
);

spelt!(
    /// How the person inside gave their consent.
    ConsentHow {
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

spelt!(
    /// What a submission is about.
    SubmissionKind {
        /// Somebody is to be listed.
        Registration = "registration",
        /// A listing is to be changed or taken down.
        Update = "update",
        /// Something is wrong.
        Report = "report",
    }
);

spelt!(
    /// Where a submission stands.
    State {
        /// Claimed, its answers not yet stored whole.
        Pending = "pending",
        /// Stored, waiting for an editor.
        Received = "received",
        /// Set aside by an editor, or by a check that a person must look at.
        Held = "held",
        /// Made into a profile that is not yet on the public site.
        Promoted = "promoted",
        /// On the public site.
        Published = "published",
        /// Declined, with a reason.
        Rejected = "rejected",
        /// Taken back by its submitter.
        Withdrawn = "withdrawn",
    }
);
