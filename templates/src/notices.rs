//! What pages say of what happened: kinds in place of words, which the strings have.

use schema::spelt;

spelt!(
    /// What a page says in place of what was asked for, or above it.
    NoticeKind {
        /// There is no such page.
        NotFound = "not-found",
        /// A person's page was taken down.
        Gone = "gone",
        /// What was sent cannot be read.
        BadRequest = "bad-request",
        /// It was not sent by a page of ours.
        Forbidden = "forbidden",
        /// The address is not used in this way.
        Method = "method",
        /// It is more than we take.
        TooLarge = "too-large",
        /// It is of a kind that we do not take.
        WrongType = "wrong-type",
        /// The answers are not those that were checked.
        Changed = "changed",
        /// Nobody can tell whether they are.
        Unsure = "unsure",
        /// They were taken back after they had been sent.
        TakenBackBefore = "taken-back-before",
        /// They were to take the place of something that nobody finds.
        OfNothing = "of-nothing",
        /// The page was open for too long.
        Expired = "expired",
        /// The store did not answer.
        Unavailable = "unavailable",
        /// The platform answered in the function's place: the edge's own page for that.
        Busy = "busy",
        /// Something went wrong that should not have.
        Broken = "broken",
        /// Too many came from one network.
        Limited = "limited",
        /// The page was sent before, with other answers.
        AlreadySent = "already-sent",
        /// A submission is taken back.
        TakenBack = "taken-back",
        /// A page will be taken down.
        ComingDown = "coming-down",
    }
);

spelt!(
    /// Where something stands, as whoever sent it is told. That somebody looks at it twice is the editors' own affair, unless they wait
    /// for an agency's rule.
    Told {
        /// Not all of it has arrived.
        Pending = "pending",
        /// It waits for an editor.
        Received = "received",
        /// It waits until an editor knows the agency's rule.
        WaitsForRule = "waits-for-rule",
        /// It will be a page.
        Promoted = "promoted",
        /// The page is there.
        Live = "published",
        /// The page is there, and has enough letters for now.
        Paused = "paused",
        /// The page is hidden: the year of release is over.
        PastRelease = "past-release",
        /// The page is hidden: consent was not renewed.
        ConsentEnded = "consent-ended",
        /// The page is hidden: the agency forbids listings.
        ListingBanned = "listing-banned",
        /// Its sender asked for the page to come down.
        ComingDown = "coming-down",
        /// An editor has dealt with that.
        AskedDown = "asked-down",
        /// The page is taken down.
        TakenDown = "taken-down",
        /// Nothing is known of the page any more.
        Gone = "gone",
        /// A change that an editor has made, not yet to be seen.
        ChangeMade = "change-made",
        /// A change that can be seen.
        ChangeShown = "change-shown",
        /// An editor has dealt with it.
        Done = "done",
        /// It is declined.
        Rejected = "rejected",
        /// It is taken back.
        Withdrawn = "withdrawn",
        /// Its person is forgotten: it is on its way out, and nobody took it back.
        Forgotten = "forgotten",
        /// It is deleted.
        Removed = "removed",
    }
);

spelt!(
    /// What somebody has just done with what they sent.
    StatusNotice {
        /// Added a photo.
        PhotoAdded = "photo-added",
        /// Tried to, when it no longer waited for an editor or another photo came at the same moment.
        PhotoTooLate = "photo-too-late",
        /// Tried to send a second version, when an editor had decided already.
        SecondTooLate = "second-too-late",
    }
);

spelt!(
    /// What was just done with a form that is not sent, or what it is.
    FormNotice {
        /// It is what was sent, opened to be corrected.
        Correcting = "correcting",
        /// It was taken up by its code.
        TakenUp = "taken-up",
        /// What was kept of it is deleted.
        Deleted = "deleted",
        /// It could not be kept.
        NotKept = "not-kept",
        /// It was not kept: too many came from one network.
        NotKeptNow = "not-kept-now",
        /// What was kept of it could not be deleted.
        NotDeleted = "not-deleted",
    }
);
