//! Pages of people, and the lists that lead to them.

use super::frame::{LinkView, LinksView};
use crate::face::Face;
use crate::letters::{FactView, MailView};
use serde::Serialize;

/// A person as a small letter.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// Path of their page.
    pub path: String,
    /// Shown name.
    pub name: String,
    /// Age reached this year.
    pub age: i16,
    /// Facility's town and jurisdiction.
    pub place: String,
    /// First sentence in their own words.
    pub teaser: String,
    /// Language of the teaser.
    pub teaser_lang: String,
    /// Two interests, in words.
    pub likes: Vec<String>,
    /// Languages beside the page's own, in words.
    pub languages: Vec<String>,
    /// Whether letters may have to wait.
    pub paused: bool,
    /// Photo or stamp.
    pub face: Face,
}

/// `home.html`
#[derive(Clone, Debug, Serialize)]
pub struct HomeView<'a> {
    /// People to show.
    pub people: Vec<&'a CardView>,
    /// How many are listed in all.
    pub total: usize,
}

/// `browse.html`: people under one heading, a page of them.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseView<'a> {
    /// Heading.
    pub heading: String,
    /// How many in all, in words.
    pub lead: String,
    /// How those in it were chosen, where the heading does not say.
    pub note: Option<String>,
    /// The way here.
    pub crumbs: Vec<LinkView>,
    /// People on this page.
    pub people: Vec<&'a CardView>,
    /// Other pages of the list; absent where there is one page.
    pub pager: Option<PagerView>,
    /// The facility that the list is of.
    pub facility: Option<FacilityView>,
    /// The feed of new people in this list.
    pub feed: Option<LinkView>,
    /// The ways to look for somebody, at the address of the whole list.
    pub find: Option<FindView>,
}

/// The ways to look for somebody: lists to go to, and, by script, a search over all of them.
#[derive(Clone, Debug, Serialize)]
pub struct FindView {
    /// The first of the search index, as JSON; empty where there is none.
    pub index: String,
    /// How many people stand on one page of a search.
    pub per_page: usize,
    /// Facets with their values.
    pub facets: Vec<FindFacetView>,
    /// Lists that are of no facet.
    pub others: Vec<LinkView>,
}

/// A facet as it is offered.
#[derive(Clone, Debug, Serialize)]
pub struct FindFacetView {
    /// Its name in the address of a search.
    pub key: String,
    /// Its words.
    pub heading: String,
    /// Its values; empty where they are too many for a page.
    pub links: Vec<FindLinkView>,
    /// Its index, and how many values stand there.
    pub all: LinkView,
}

/// A value of a facet.
#[derive(Clone, Debug, Serialize)]
pub struct FindLinkView {
    /// Its id.
    pub value: String,
    /// Its words.
    pub label: String,
    /// Path of its list.
    pub path: String,
    /// How many people have it.
    pub count: usize,
}

/// `kept.html`: the people that a visitor has kept. Who they are, only the visitor's browser knows.
#[derive(Clone, Debug, Serialize)]
pub struct KeptView {}

/// Pages of a list.
#[derive(Clone, Debug, Serialize)]
pub struct PagerView {
    /// This page of the ring, from 1.
    pub current: usize,
    /// Number of pages.
    pub total: usize,
    /// The list's own address.
    pub today: String,
    /// Whether this is the list's own address.
    pub is_today: bool,
    /// The page before; the ring has no end.
    pub previous: PagerLink,
    /// The page after.
    pub next: PagerLink,
}

/// A page of the same list.
#[derive(Clone, Debug, Serialize)]
pub struct PagerLink {
    /// Words that make sense out of context.
    pub label: String,
    /// Path.
    pub path: String,
}

/// A facility, above the list of its people.
#[derive(Clone, Debug, Serialize)]
pub struct FacilityView {
    /// Its name.
    pub name: String,
    /// Town and jurisdiction.
    pub place: String,
    /// Who runs it.
    pub agency: String,
    /// How letters travel there.
    pub mail: MailView,
}

/// `index.html`: groups of links to lists.
#[derive(Clone, Debug, Serialize)]
pub struct IndexView {
    /// Heading.
    pub heading: String,
    /// One sentence.
    pub lead: String,
    /// Links in groups; a group may have an empty heading.
    pub groups: Vec<LinksView>,
}

/// `person.html`
#[derive(Clone, Debug, Serialize)]
pub struct PersonView {
    /// Profile id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// The first word of it, for sentences.
    pub first_name: String,
    /// Photo or stamp.
    pub face: Face,
    /// Age reached this year.
    pub age: i16,
    /// In their own words, or nothing.
    pub pronouns: Option<String>,
    /// Town and jurisdiction.
    pub place: String,
    /// Languages in words.
    pub languages: Vec<String>,
    /// Language of the introduction.
    pub introduction_lang: String,
    /// The introduction: safe HTML.
    pub introduction_html: String,
    /// Interests with the path of their list.
    pub likes: Vec<LinkView>,
    /// Kinds of tie, in words.
    pub hopes: Vec<String>,
    /// When they expect to be released, in words.
    pub release: String,
    /// Month first listed, in words.
    pub listed: String,
    /// Day last checked, in words; nothing where nobody has checked it yet.
    pub checked: Option<String>,
    /// Whether that is longer ago than it should be.
    pub check_is_due: bool,
    /// Whether letters may have to wait.
    pub paused: bool,
    /// That letters to them came back within a year, in words; nothing where none did.
    pub came_back: Option<String>,
    /// The envelope's lines; empty where a fact is missing.
    pub envelope: Vec<String>,
    /// Whether a line is wider than the window of an envelope, so that all are set smaller.
    pub wide: bool,
    /// Day on which somebody last looked its address up, in words, where that is known.
    pub address_checked: Option<String>,
    /// How large the lines are set on each paper, as classes.
    pub fits: String,
    /// What is missing for an envelope, a sentence each.
    pub missing: Vec<String>,
    /// Name and number, as they stand on every page of a letter.
    pub letter_head: String,
    /// Their number, which is no telephone number.
    pub number: String,
    /// What a messaging service asks for: name, number, state, facility, ready to copy.
    pub sign_up: Vec<FactView>,
    /// Where a letter to them is written.
    pub write_path: String,
    /// Their facility, with the path of its page.
    pub facility: LinkView,
    /// How letters travel.
    pub mail: MailView,
    /// Where to say that they have moved, or a letter came back.
    pub report_path: String,
    /// Where their family may change or take down the page.
    pub update_path: String,
    /// What the page says, as data: see [`listed`](crate::listed).
    pub says: String,
}

/// `content.html`: a page of words.
#[derive(Clone, Debug, Serialize)]
pub struct ContentView {
    /// Heading.
    pub title: String,
    /// One sentence below it.
    pub summary: String,
    /// The text: safe HTML.
    pub body_html: String,
    /// Its `##` headings, for pages long enough to want a list of them.
    pub contents: Vec<LinkView>,
    /// Whether the two calls to action follow.
    pub shows_actions: bool,
    /// Whether it follows that everything is invented.
    pub shows_sample: bool,
    /// Whether our addresses follow.
    pub shows_contact: bool,
}
