//! What stands around every page, made from the site's facts.

use crate::views::{AlternateView, AssetsView, Frame, PageView, SiteView};
use schema::place::catalogue::Catalogue;
use schema::site::settings::SiteSettings;

/// What a page says of itself.
pub struct About<'a> {
    /// Language id.
    pub lang: &'a str,
    /// Title, without the site's name.
    pub title: String,
    /// One sentence for search engines and shared links.
    pub description: String,
    /// Path without the language's prefix; empty for answers of the function.
    pub path: &'a str,
    /// Whether search engines are asked to stay out.
    pub noindex: bool,
    /// Part of the menu that is current.
    pub section: &'a str,
    /// `website`, `article` or `profile`.
    pub kind: &'a str,
}

/// The site, as each page shows it.
pub fn site_view(site: &SiteSettings) -> SiteView {
    SiteView {
        name: site.name.clone(),
        url: site.url.clone(),
        sample: site.sample,
        post: site.contact.post.clone(),
        email: site.contact.email.clone(),
    }
}

/// The frame of a page.
pub fn frame(catalogue: &Catalogue, assets: &AssetsView, about: About<'_>) -> Frame {
    let site = &catalogue.site;
    let prefix = site.prefix(about.lang);
    let others = site.languages.iter().filter(|language| *language != about.lang && !about.path.is_empty());
    let alternates = others
        .map(|language| AlternateView {
            lang: language.clone(),
            name: catalogue.languages.name(language, language).to_owned(),
            path: format!("{}{}", site.prefix(language), about.path),
        })
        .collect();
    let path = if about.path.is_empty() { String::new() } else { format!("{prefix}{}", about.path) };
    let page = PageView {
        lang: about.lang.to_owned(),
        title: about.title,
        description: about.description,
        path,
        prefix,
        noindex: about.noindex,
        section: about.section.to_owned(),
        alternates,
        kind: about.kind.to_owned(),
    };
    Frame { site: site_view(site), page, assets: assets.clone() }
}
