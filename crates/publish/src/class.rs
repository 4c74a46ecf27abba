//! What a file of the site is, by its path: when it goes up, how long browsers and the edge may keep it, by what name the edge
//! can drop it. Nothing else decides about headers of stored files.

use schema::ground::hash::content_hash;
use schema::ground::ids::is_language_code;
use schema::person::profile::ProfileId;
use site::media::content_type;
use std::path::Path;

/// The order of publishing: what pages refer to, then pages, then what leads to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Class {
    /// Style sheet, script, icon.
    Asset,
    /// Photos of people.
    Photo,
    /// Files that the search script reads.
    Search,
    /// A page of a person, or of words.
    Page,
    /// A page that lists people or lists.
    Listing,
    /// The first page, feeds, maps for search engines, notices.
    Entry,
}

/// Folders whose pages are lists.
const LISTS: &[&str] = &[
    "people",
    "facilities",
    "places",
    "interests",
    "languages",
    "ties",
    "services",
    "ages",
    "new",
    "waiting",
    "search",
];

/// The tag by which the edge drops every file that keeps its name while its content changes.
pub(crate) const PAGES_TAG: &str = "pages";

impl Class {
    /// Every class, in the order of publishing.
    pub(crate) const ALL: [Class; 6] =
        [Class::Asset, Class::Photo, Class::Search, Class::Page, Class::Listing, Class::Entry];

    /// The class of a path.
    pub(crate) fn of(path: &str) -> Self {
        let inner = without_language(path);
        let folder = inner.split_once('/').map_or("", |(folder, _)| folder);
        let html = inner.ends_with(".html");
        match folder {
            "assets" => Class::Asset,
            "photos" => Class::Photo,
            "search" if !html => Class::Search,
            _ if person_of(path).is_some() => Class::Page,
            "" => Class::Entry,
            _ if !html => Class::Entry,
            _ if LISTS.contains(&folder) => Class::Listing,
            _ => Class::Page,
        }
    }

    /// What it is called in a plan.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Class::Asset => "assets",
            Class::Photo => "photos",
            Class::Search => "search files",
            Class::Page => "pages",
            Class::Listing => "listings",
            Class::Entry => "home, feeds and notices",
        }
    }
}

/// Whether a path's bytes never change: its name holds their hash.
pub(crate) fn is_immutable(path: &str) -> bool {
    let named = matches!(Class::of(path), Class::Asset | Class::Photo | Class::Search);
    let file = path.rsplit('/').next().unwrap_or_default();
    named && file.split(|c: char| !c.is_ascii_hexdigit()).any(|run| run.len() >= 8)
}

/// The person whom a page is about: one segment of its path is their id.
pub(crate) fn person_of(path: &str) -> Option<&str> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.split('/').find(|segment| ProfileId::parse(segment).is_some())
}

fn without_language(path: &str) -> &str {
    match path.split_once('/') {
        Some((first, rest)) if first.len() == 2 && is_language_code(first) => rest,
        _ => path,
    }
}

/// What a stored file is sent with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headers {
    pub(crate) content_type: &'static str,
    pub(crate) cache_control: &'static str,
    /// Names by which the edge can drop it, separated by commas.
    pub(crate) tags: String,
}

impl Headers {
    /// Those of a path.
    pub(crate) fn of(path: &str) -> Self {
        let kept = is_immutable(path);
        let tags = match (kept, person_of(path)) {
            (true, _) => String::new(),
            (false, None) => PAGES_TAG.to_owned(),
            (false, Some(person)) => format!("{PAGES_TAG},{}", person_tag(person)),
        };
        let cache_control = if kept {
            "public, max-age=31536000, immutable"
        } else {
            // Browsers ask each time; the edge keeps it until a publish drops it there.
            "public, max-age=0, s-maxage=31536000, must-revalidate"
        };
        Self { content_type: content_type(Path::new(path)), cache_control, tags }
    }

    /// A short hash, by which a change of headers alone is seen.
    pub(crate) fn hash(&self) -> String {
        let all = content_hash(format!("{}\n{}\n{}", self.content_type, self.cache_control, self.tags).as_bytes());
        all.get(..8).unwrap_or_default().to_owned()
    }
}

/// The tag of everything that shows one person alone.
pub(crate) fn person_tag(person: &str) -> String {
    format!("p-{person}")
}

/// The addresses at which visitors and the edge know a file: `/people/x/` and `/people/x/index.html` are one.
pub fn addresses(path: &str) -> Vec<String> {
    let own = format!("/{path}");
    match own.strip_suffix("index.html") {
        Some(folder) => vec![folder.to_owned(), own.clone()],
        None => vec![own],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_has_its_class_and_its_headers() {
        for (path, class, kept, tags) in [
            ("assets/site-0123456789ab.css", Class::Asset, true, ""),
            ("assets/plain.css", Class::Asset, false, "pages"),
            ("photos/0123456789abcdef-160.jpg", Class::Photo, true, ""),
            ("search/en-0123456789ab.json", Class::Search, true, ""),
            ("search/index.html", Class::Listing, false, "pages"),
            ("people/marcus-k7m2q/index.html", Class::Page, false, "pages,p-marcus-k7m2q"),
            ("es/write/marcus-k7m2q/index.html", Class::Page, false, "pages,p-marcus-k7m2q"),
            ("about/index.html", Class::Page, false, "pages"),
            ("people/index.html", Class::Listing, false, "pages"),
            ("es/people/page/2/index.html", Class::Listing, false, "pages"),
            ("facilities/river-bend/index.html", Class::Listing, false, "pages"),
            ("places/franklin/feed.xml", Class::Entry, false, "pages"),
            ("index.html", Class::Entry, false, "pages"),
            ("es/index.html", Class::Entry, false, "pages"),
            ("410.html", Class::Entry, false, "pages"),
        ] {
            assert_eq!((Class::of(path), is_immutable(path)), (class, kept), "{path}");
            assert_eq!(Headers::of(path).tags, tags, "{path}");
        }
    }
}
