//! What every page is shown with: site, page, assets, links.

use serde::Serialize;

/// What every page knows besides its own view.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The site.
    pub site: SiteView,
    /// The page.
    pub page: PageView,
    /// Paths of style sheet and scripts.
    pub assets: AssetsView,
}

/// The site, as each page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// What it is called.
    pub name: String,
    /// `https://…`, no slash at the end.
    pub url: String,
    /// Whether everything is invented, which a banner then says.
    pub sample: bool,
    /// Our postal address.
    pub post: Vec<String>,
    /// Our e-mail address.
    pub email: String,
}

/// One page's own facts.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// Language id.
    pub lang: String,
    /// Title, without the site's name.
    pub title: String,
    /// One sentence for search engines and shared links.
    pub description: String,
    /// `/people/marcus-k7m2q/`; empty for answers of the function, which have no address of their own.
    pub path: String,
    /// What the paths of this language begin with: empty, or `/es`.
    pub prefix: String,
    /// Whether search engines are asked to stay out.
    pub noindex: bool,
    /// Part of the menu that is current: `people`, `how`, `register`, or empty.
    pub section: String,
    /// The same page in the site's other languages.
    pub alternates: Vec<AlternateView>,
    /// Kind of page for shared-link cards: `website`, `article` or `profile`.
    pub kind: String,
}

/// The same page in another language.
#[derive(Clone, Debug, Serialize)]
pub struct AlternateView {
    /// Language id.
    pub lang: String,
    /// The language's name in itself.
    pub name: String,
    /// Path of the page.
    pub path: String,
}

/// Paths of hashed files.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AssetsView {
    /// The style sheet.
    pub css: String,
    /// The script of pages with an address to copy or something to print.
    pub js: String,
    /// How envelopes, labels and letters are printed.
    pub print_css: String,
    /// The style sheet of the page on which a letter is written.
    pub write_css: String,
    /// The script of that page.
    pub write_js: String,
    /// What is run before a page with a search is painted.
    pub early: String,
    /// The script that searches.
    pub find: String,
    /// Script of a form: keeps what was typed in the browser.
    pub form: String,
    /// The script of kept people.
    pub kept: String,
    /// The script that makes a photo smaller.
    pub photo: String,
    /// The icon.
    pub icon: String,
}

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// Words.
    pub label: String,
    /// Path or address.
    pub path: String,
    /// How many people stand behind it, where that is worth saying.
    pub count: Option<usize>,
}

/// Links under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct LinksView {
    /// Heading.
    pub heading: String,
    /// Links.
    pub links: Vec<LinkView>,
}
