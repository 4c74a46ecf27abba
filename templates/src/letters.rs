//! What pages about letters are shown: how mail travels, an agency's rules, the page on which a letter is written.

use crate::views::LinkView;
use serde::Serialize;

/// How letters travel to a facility, or to an agency's facilities, on the day of the build.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MailView {
    /// The agency.
    pub agency: String,
    /// The page with everything that is known of the agency; empty where there is none.
    pub page: String,
    /// Whether a route is known.
    pub known: bool,
    /// Whether the sheet itself arrives, everywhere.
    pub whole: bool,
    /// What arrives, who opens it, what becomes of the paper: a sentence each.
    pub arrives: Vec<String>,
    /// Rules in groups, limits included.
    pub rules: Vec<RulesView>,
    /// Most pages in one envelope.
    pub pages: Option<u32>,
    /// One more sentence of the agency's.
    pub note: Option<String>,
    /// E-messaging services there.
    pub services: Vec<ServiceView>,
    /// Whether somebody has found out which there are: none is not the same as unknown.
    pub services_known: bool,
    /// The agency's public search page.
    pub locator: Option<String>,
    /// Where the rules are said.
    pub source: Option<String>,
    /// When somebody last looked, in words.
    pub checked: Option<String>,
    /// Whether the rules were not read at the agency's own page.
    pub unconfirmed: bool,
    /// A change that is near, in words.
    pub coming: Option<String>,
    /// That this may have changed at its source, in words.
    pub changed: Option<String>,
    /// The same of which services there are.
    pub services_changed: Option<String>,
}

/// Rules about one thing.
#[derive(Clone, Debug, Serialize)]
pub struct RulesView {
    /// `envelope`, `letter`, `photos` or `enclosures`.
    pub topic: String,
    /// One sentence each.
    pub rules: Vec<String>,
}

/// An e-messaging service.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `writer`, `person`, `varies` or `unknown`.
    pub first_contact: String,
    /// What a writer needs.
    pub needs: Option<String>,
    /// Most characters in a message.
    pub most: Option<u32>,
    /// The same as shown (`6,000`).
    pub limit: Option<String>,
    /// Which characters it loses, as words of its file; empty where nobody has found out.
    pub loses: String,
    /// What it costs.
    pub cost: Option<String>,
    /// Where to sign up.
    pub sign_up: String,
    /// Where this is said.
    pub source: String,
    /// When somebody last looked, in words.
    pub checked: String,
    /// Whether it was not read at the service's own page.
    pub unconfirmed: bool,
    /// That this may have changed at its source, in words.
    pub changed: Option<String>,
}

/// A fact with its name, ready to copy.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// What it is.
    pub label: String,
    /// The fact.
    pub value: String,
}

/// `agencies.html`: everything that is known of how mail travels, agency by agency.
#[derive(Clone, Debug, Serialize)]
pub struct AgenciesView {
    /// Agencies of which something is known, in groups.
    pub groups: Vec<AgencyGroupView>,
    /// Names of agencies of which nothing is known yet.
    pub unknown: Vec<String>,
    /// Messaging services.
    pub services: Vec<ServiceView>,
    /// The day on which somebody looked most of them up, in words.
    pub services_checked: Option<String>,
    /// Under which license the facts may be used.
    pub license: String,
    /// The files that hold them.
    pub files: Vec<LinkView>,
}

/// Agencies under a heading; none where there is only one group.
#[derive(Clone, Debug, Serialize)]
pub struct AgencyGroupView {
    /// The heading.
    pub heading: String,
    /// The day on which somebody looked most of them up, in words, where each has one: only the others say theirs.
    pub checked: Option<String>,
    /// Whether each holds something that was not read at the agency's own page: then it is said once.
    pub unconfirmed: bool,
    /// The agencies.
    pub agencies: Vec<AgencyRowView>,
}

/// One agency in the list.
#[derive(Clone, Debug, Serialize)]
pub struct AgencyRowView {
    /// Its id, to which the list of states jumps.
    pub id: String,
    /// State, or what stands in its place.
    pub state: String,
    /// Its page.
    pub link: LinkView,
    /// What arrives, in words.
    pub arrives: String,
    /// `allowed`, `restricted`, `banned` or `unknown`.
    pub listing: String,
    /// When somebody last looked, in words.
    pub checked: Option<String>,
    /// Whether something was not read at the agency's own page.
    pub unconfirmed: bool,
    /// That something may have changed at its source, in words.
    pub changed: Option<String>,
}

/// `agency.html`: one agency's mail rules.
#[derive(Clone, Debug, Serialize)]
pub struct AgencyView {
    /// The agency.
    pub name: String,
    /// State, or what stands in its place.
    pub place: String,
    /// The envelope, with words in place of a person's facts; empty where no route is known.
    pub envelope: Vec<String>,
    /// Whether a line is wider than the window of an envelope.
    pub wide: bool,
    /// How letters travel.
    pub mail: MailView,
    /// Since when, and until when, in words.
    pub since: Option<String>,
    /// A change that is known to come, in words.
    pub coming: Option<String>,
    /// `allowed`, `restricted`, `banned` or `unknown`.
    pub listing: String,
    /// What is said of listings.
    pub listing_reason: Option<String>,
    /// Where this is said.
    pub listing_source: Option<String>,
    /// How the agency told an editor, where it did.
    pub listing_heard: Option<String>,
    /// When somebody last looked, in words.
    pub listing_checked: Option<String>,
    /// Whether it was not read at the agency's own page.
    pub listing_unconfirmed: bool,
    /// That it may have changed at its source, in words.
    pub listing_changed: Option<String>,
    /// The same of legal mail and books.
    pub other_mail_changed: Option<String>,
    /// Legal mail and books.
    pub other_mail: Vec<OtherMailView>,
    /// Where all this was read.
    pub sources: Vec<SourceView>,
    /// The list of people there, if there is one.
    pub people: Option<LinkView>,
}

/// A page that was read, and what it says.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// Its address.
    pub url: String,
    /// Whose it is, as people know it: the host.
    pub host: String,
    /// `agency`, `document`, `report` or `inside`.
    pub kind: String,
    /// When somebody last read it, in words.
    pub read: String,
    /// Whether that was a stored copy.
    pub stored: bool,
    /// How old it says it is.
    pub dated: Option<String>,
    /// Its words.
    pub quotes: Vec<String>,
}

/// Post that goes another way than letters.
#[derive(Clone, Debug, Serialize)]
pub struct OtherMailView {
    /// `legal` or `books`.
    pub kind: String,
    /// Where it goes, in words.
    pub note: String,
    /// Where this is said.
    pub source: String,
}
