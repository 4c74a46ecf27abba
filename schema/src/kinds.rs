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
        /// It differs from place to place.
        Varies = "varies",
        /// Nobody has found out yet.
        Unknown = "unknown",
    }
);

spelt!(
    /// Characters that a messaging service does not carry.
    LostCharacters {
        /// Latin letters with accents.
        Accents = "accents",
        /// Typists' quotes, dashes and dots.
        Marks = "marks",
        /// Letters that are not Latin.
        Scripts = "scripts",
        /// Emoji, and whatever else lies beyond the first 65,536 characters.
        Emoji = "emoji",
    }
);

spelt!(
    /// Post that goes another way than letters: it has a type of its own, so that it is never printed as a letter's address.
    OtherMailKind {
        /// Mail from lawyers and courts.
        Legal = "legal",
        /// Books and magazines.
        Books = "books",
    }
);

spelt!(
    /// What a rule for letters is about, in the order in which rules are shown.
    RuleTopic {
        /// The envelope and what stands on it.
        Envelope = "envelope",
        /// Paper, ink, pages, language.
        Letter = "letter",
        /// Photos.
        Photos = "photos",
        /// What stays out of the envelope.
        Enclosures = "enclosures",
    }
);

spelt!(
    /// How soon an editor should read a submission.
    Urgency {
        /// In its turn.
        Usual = "usual",
        /// Before others: letters go astray, or a page is wrong.
        Soon = "soon",
        /// Today: somebody may be harmed.
        Today = "today",
    }
);

impl Urgency {
    /// The mark by which the editors' list knows it; none for what waits its turn.
    pub fn flag(self) -> Option<Flag> {
        match self {
            Urgency::Usual => None,
            Urgency::Soon => Some(Flag::Soon),
            Urgency::Today => Some(Flag::Today),
        }
    }

    /// What the marks of a submission say.
    pub fn of(flags: &[Flag]) -> Self {
        match flags {
            _ if flags.contains(&Flag::Today) => Urgency::Today,
            _ if flags.contains(&Flag::Soon) => Urgency::Soon,
            _ => Urgency::Usual,
        }
    }
}

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
        /// Carried out: an update that the profile now shows, or a report that needs nothing more.
        Done = "done",
        /// Declined, with a reason.
        Rejected = "rejected",
        /// Taken back by its submitter.
        Withdrawn = "withdrawn",
        /// Deleted with everything that was stored for it: only a line of the log still names it.
        Removed = "removed",
    }
);

spelt!(
    /// Why an editor should look at a submission twice.
    Flag {
        /// A field that people do not see was filled.
        Honeypot = "honeypot",
        /// It was sent within a moment of the page to check it.
        Hurried = "hurried",
        /// It is full of links.
        Links = "links",
        /// A name mixes alphabets whose letters look alike.
        MixedScripts = "mixed-scripts",
        /// The browser did not say which page sent it.
        NoOrigin = "no-origin",
        /// It came with the reference and the code of a registration.
        Proven = "proven",
        /// It came with a reference that is not there, with another code than that one's, or with those of another person.
        Unproven = "unproven",
        /// It is urgent: see [`Urgency::Soon`].
        Soon = "soon",
        /// It is more urgent still: see [`Urgency::Today`].
        Today = "today",
    }
);

impl Flag {
    /// Whether a submission with this flag is held rather than received.
    pub fn holds(self) -> bool {
        matches!(self, Flag::Honeypot | Flag::Hurried | Flag::Links | Flag::Unproven)
    }
}
