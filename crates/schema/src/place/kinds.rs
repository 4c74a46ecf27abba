//! The closed sets of words that agencies, routes and services know.

use crate::record::spelt::spelt;

spelt!(
    /// What an agency says of pen-pal listings.
    ListingRule as "listing rule" {
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

/// What stands between the people of an agency and a page, as its rule has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListingGate {
    /// Nothing: the agency allows it, and somebody read so there.
    Open,
    /// An editor must have read the rule: nobody knows it, or nobody confirmed it at the agency.
    Rule,
    /// An editor must have seen the agency's form for the person, signed.
    Permission,
    /// Nothing opens it.
    Shut,
}

spelt!(
    /// What arrives of a letter.
    Arrival as "way to arrive" {
        /// The sheet itself.
        Original = "original",
        /// A copy on paper.
        Copy = "copy",
        /// A scan on a screen.
        Screen = "screen",
        /// A scan on a screen, or a copy on paper for whoever has none.
        ScreenOrCopy = "screen-or-copy",
        /// The sheet itself in some places, a copy on paper in others.
        OriginalOrCopy = "original-or-copy",
        /// The sheet itself in some places, a scan on a screen in others.
        OriginalOrScreen = "original-or-screen",
    }
);

spelt!(
    /// Who opens a letter.
    Handler as "handler" {
        /// Staff of the agency.
        Staff = "staff",
        /// A company that the agency pays.
        Company = "company",
    }
);

spelt!(
    /// What is left of a letter's colors.
    Shade as "shade" {
        /// They arrive.
        Color = "color",
        /// All is gray.
        Gray = "gray",
    }
);

spelt!(
    /// What an agency counts as a page of a letter.
    PageCount as "way to count pages" {
        /// Sheets, whether one side is written on or both.
        Sheets = "sheets",
        /// Sides that are written on.
        Sides = "sides",
        /// Copied pages, of which the envelope is one.
        WithEnvelope = "with-envelope",
    }
);

spelt!(
    /// Whose words a source is.
    SourceKind as "kind of source" {
        /// The agency's own page.
        Agency = "agency",
        /// The messaging service's own page.
        Service = "service",
        /// A law, a regulation, a policy, a handbook, a court.
        Document = "document",
        /// The press, advocates, guides, companies.
        Report = "report",
        /// People inside.
        Inside = "inside",
    }
);

spelt!(
    /// What a source is quoted for.
    QuotedFor as "fact" {
        /// The number and its form.
        Number = "number",
        /// The page on which people are looked up.
        Locator = "locator",
        /// The rule for listings.
        Listing = "listing",
        /// How letters travel.
        Routes = "routes",
        /// How other post travels.
        OtherMail = "other_mail",
        /// Which messaging services work.
        Services = "services",
        /// Who must act first on a service.
        FirstContact = "first_contact",
        /// What a writer needs for it.
        Needs = "needs",
        /// How long a message may be.
        CharacterLimit = "character_limit",
        /// Which characters it loses.
        Loses = "loses",
        /// What it costs.
        Cost = "cost",
        /// Where writers sign up.
        SignUp = "sign_up",
    }
);

spelt!(
    /// What happened to a page that is cited.
    ChangeKind as "kind of change" {
        /// Words that are quoted from it are not there any more.
        Words = "words",
        /// The whole page is not there any more.
        Gone = "gone",
        /// It is a document whose words no program reads here, and it is another one than before.
        Document = "document",
    }
);

spelt!(
    /// Who must act first on a messaging service.
    FirstContact as "first contact" {
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
    LostCharacters as "kind of character" {
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
    OtherMailKind as "kind of mail" {
        /// Mail from lawyers and courts.
        Legal = "legal",
        /// Books and magazines.
        Books = "books",
    }
);

spelt!(
    /// What a rule for letters is about, in the order in which rules are shown.
    RuleTopic as "topic of rules" {
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
