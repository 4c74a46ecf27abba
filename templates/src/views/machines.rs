//! What programs read: feeds, sitemap, robots; and the page of who was taken down.

use serde::Serialize;

/// `feed.xml`: people newly listed, as Atom.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// What it is called.
    pub title: String,
    /// Newest change, RFC 3339.
    pub updated: String,
    /// Path of the feed.
    pub path: String,
    /// Path of the list that it is of.
    pub list_path: String,
    /// People, newest first.
    pub entries: Vec<FeedEntryView>,
    /// People whose pages were taken down of late.
    pub tombstones: Vec<TombstoneView>,
}

/// A person who is no longer in the feed: readers forget the entry.
#[derive(Clone, Debug, Serialize)]
pub struct TombstoneView {
    /// Path of the page that was theirs.
    pub path: String,
    /// Day it went, RFC 3339.
    pub when: String,
}

/// A person in the feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedEntryView {
    /// Path of their page.
    pub path: String,
    /// Shown name and place.
    pub title: String,
    /// First sentence in their own words.
    pub summary: String,
    /// Day listed, RFC 3339.
    pub updated: String,
}

/// `sitemap.xml`: addresses that search engines may show, or, past 50,000 of them, the maps that hold them.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapView {
    /// Paths of maps.
    pub maps: Vec<String>,
    /// Paths of pages.
    pub paths: Vec<String>,
}

/// `robots.txt`
#[derive(Clone, Debug, Serialize)]
pub struct RobotsView {
    /// When the list of crawlers was last looked through.
    pub checked: String,
    /// Crawlers that are asked to stay out.
    pub crawlers: Vec<String>,
}

/// `write.html`, which needs nothing but the frame.
#[derive(Clone, Debug, Serialize)]
pub struct NoView {}
