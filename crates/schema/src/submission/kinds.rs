//! The closed sets of words that submissions know.

use crate::record::spelt::spelt;

spelt!(
    /// How soon an editor should read a submission.
    #[derive(Default)]
    Urgency as "urgency" {
        /// In its turn.
        #[default]
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
    /// What a submission is about.
    SubmissionKind as "kind of form" {
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
    State as "state" {
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
        /// A registration that became a page, of which all that was sent is deleted: reference and code go on to prove whose page it is.
        Cleared = "cleared",
        /// Deleted with everything that was stored for it: only a line of the log still names it.
        Removed = "removed",
    }
);

impl State {
    /// Whether it is stored whole and waits for an editor.
    pub fn waits(self) -> bool {
        matches!(self, State::Received | State::Held)
    }

    /// Whether nothing that was sent is kept of it any more, or is about to go.
    pub fn is_empty(self) -> bool {
        matches!(self, State::Cleared | State::Removed)
    }

    /// Whether an editor has decided.
    pub fn is_decided(self) -> bool {
        matches!(self, State::Promoted | State::Published | State::Done | State::Rejected)
    }
}

spelt!(
    /// Why an editor should look at a submission twice.
    Flag as "mark" {
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
        /// An editor must look at the agency's rule first: it has conditions, or nobody has confirmed it, or nobody knows whose it is.
        ListingRule = "listing-rule",
        /// It came with the reference and the code of a registration.
        Proven = "proven",
        /// It came with another code than its reference's, or with those of another person. A reference that is not there claims
        /// nothing: what it stood for may be deleted by now.
        Unproven = "unproven",
        /// More came from its network in an hour than people send.
        Crowd = "crowd",
        /// More came from everybody together in an hour than people send.
        Flood = "flood",
        /// The same words came from the same network today, from another page.
        Repeated = "repeated",
        /// Enough urgent ones were announced in that hour: no mail of its own was sent for it.
        Quiet = "quiet",
        /// Its sender has another photo for the page: it comes along with it, while it waits.
        PhotoToCome = "photo-to-come",
        /// It is urgent: see [`Urgency::Soon`].
        Soon = "soon",
        /// It is more urgent still: see [`Urgency::Today`].
        Today = "today",
    }
);

impl Flag {
    /// Whether a submission with this flag is held rather than received.
    pub fn holds(self) -> bool {
        matches!(
            self,
            Flag::Honeypot
                | Flag::Hurried
                | Flag::Links
                | Flag::ListingRule
                | Flag::Unproven
                | Flag::Crowd
                | Flag::Flood
        )
    }

    /// Whether it says something of the answers, or of the page from which they came: where other answers take their place, it is
    /// judged anew. What the others say, of the hour and the network of what came first, stays true.
    pub fn is_of_answers(self) -> bool {
        match self {
            Flag::Honeypot
            | Flag::Hurried
            | Flag::Links
            | Flag::MixedScripts
            | Flag::NoOrigin
            | Flag::ListingRule
            | Flag::Proven
            | Flag::Unproven
            | Flag::Soon
            | Flag::Today
            | Flag::PhotoToCome => true,
            Flag::Crowd | Flag::Flood | Flag::Repeated | Flag::Quiet => false,
        }
    }
}
