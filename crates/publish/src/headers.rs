//! What a file of the site is sent with: how long browsers and the edge may keep it, and by what names the edge can drop it.

use crate::subject::Subject;
use schema::ground::hash::content_hash;
use site::media::content_type;
use site::site_path::SitePath;

/// The tag by which the edge drops every file that keeps its name while its content changes.
pub(crate) const PAGES_TAG: &str = "pages";

/// What a stored file is sent with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headers {
    pub(crate) content_type: &'static str,
    pub(crate) cache_control: &'static str,
    /// Names by which the edge can drop it, separated by commas.
    pub(crate) tags: String,
}

impl Headers {
    /// Those of a file.
    pub(crate) fn of(path: &SitePath, subject: &Subject) -> Self {
        let kept = subject.kind.is_immutable();
        let names =
            || std::iter::once(PAGES_TAG.to_owned()).chain(subject.people.iter().map(|id| person_tag(id.as_str())));
        let tags = if kept { String::new() } else { names().collect::<Vec<_>>().join(",") };
        let cache_control = if kept {
            "public, max-age=31536000, immutable"
        } else {
            // Browsers ask each time; the edge keeps it until a publish drops it there.
            "public, max-age=0, s-maxage=31536000, must-revalidate"
        };
        Self { content_type: content_type(path.as_ref()), cache_control, tags }
    }

    /// A short hash, by which a change of headers alone is seen.
    pub(crate) fn hash(&self) -> String {
        let all = content_hash(format!("{}\n{}\n{}", self.content_type, self.cache_control, self.tags).as_bytes());
        format!("{all:.8}")
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
    use schema::person::profile::ProfileId;
    use site::ledger::{Class, Kind};

    #[test]
    fn each_kind_has_its_class_and_its_headers() {
        for (kind, class, kept, tags) in [
            (Kind::Asset, Class::Asset, true, ""),
            (Kind::Photo, Class::Photo, true, ""),
            (Kind::Search, Class::Search, true, ""),
            (Kind::Person, Class::Page, false, "pages,p-marcus-k7m2q"),
            (Kind::Words, Class::Page, false, "pages"),
            (Kind::List, Class::Listing, false, "pages"),
            (Kind::Index, Class::Listing, false, "pages"),
            (Kind::Feed, Class::Entry, false, "pages"),
            (Kind::Home, Class::Entry, false, "pages"),
            (Kind::Gone, Class::Entry, false, "pages"),
        ] {
            let marcus = ProfileId::parse("marcus-k7m2q").filter(|_| matches!(kind, Kind::Person | Kind::Photo));
            let subject = Subject { people: marcus.into_iter().collect(), ..Subject::of(kind) };
            let headers = Headers::of(&SitePath::new("x/index.html").unwrap(), &subject);
            assert_eq!((kind.class(), kind.is_immutable()), (class, kept), "{kind:?}");
            assert_eq!((headers.tags.as_str(), headers.cache_control.contains("immutable")), (tags, kept), "{kind:?}");
        }
    }
}
