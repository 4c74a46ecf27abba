//! Lists of people as pages: their headings, their pages, the ways between them.

use crate::lists::facets::Facet;
use crate::lists::list::{List, ListOf};
use crate::pages::mail::{Voice, mail_view};
use crate::pages::plan::Planned;
use crate::pages::render::Renderer;
use anyhow::Result;
use jiff::civil::Date;
use templates::frame::About;
use templates::views::{
    BrowseView, FacilityView, FindFacetView, FindLinkView, FindView, IndexView, LinkView, LinksView, PagerLink,
    PagerView,
};

/// A facet with more values than this is not offered whole on the page to find people, but by a link to its index.
const MOST_OFFERED: usize = 120;

impl Renderer<'_> {
    pub(super) fn list(&self, page: &Planned, at: usize, number: usize) -> Result<String> {
        let voice = self.voice(page);
        let empty = List::new(ListOf::All, &[], 1, Date::ZERO);
        let list = self.lists.get(at).unwrap_or(&empty);
        let heading = self.list_heading(&voice, &list.of);
        let view = BrowseView {
            lead: match number {
                0 => voice.strings.count(voice.lang, "browse-count", "count", list.total),
                // No count on the pages of a ring: whoever comes or goes would change them all.
                _ => voice.strings.text(voice.lang, "browse-ring-lead"),
            },
            note: self.list_note(&voice, &list.of),
            crumbs: self.crumbs(&voice, &list.of),
            people: self.cards(&voice, list.page(number)),
            pager: pager(&voice, list, number, &heading),
            facility: facility_view(&voice, &list.of),
            feed: self.feed_of(&voice, &list.of),
            find: (list.of == ListOf::All && number == 0).then(|| self.find(&voice)),
            heading,
        };
        let title = match number {
            0 => view.heading.clone(),
            _ => {
                let words = voice.strings.format(voice.lang, "page-number", &[("page", number.to_string())]);
                format!("{}, {words}", view.heading)
            }
        };
        let about = About { section: "people", ..self.about(page, title, view.lead.clone()) };
        self.set(page, about, "browse.html", &view)
    }

    fn list_heading(&self, voice: &Voice<'_>, of: &ListOf) -> String {
        let text = |id: &str| voice.strings.text(voice.lang, id);
        match of {
            ListOf::All => text("browse-all-heading"),
            ListOf::Waiting => text("browse-waiting-heading"),
            ListOf::New => text("browse-new-heading"),
            ListOf::Value(facet, _) => {
                let name = self.list_name(voice, of);
                voice.strings.format(voice.lang, &format!("browse-{}-heading", facet.key()), &[("name", name)])
            }
        }
    }

    /// How those who stand in a list without a facet were chosen.
    fn list_note(&self, voice: &Voice<'_>, of: &ListOf) -> Option<String> {
        let id = match of {
            ListOf::Waiting => "browse-waiting-note",
            ListOf::New => "browse-new-note",
            _ => return None,
        };
        Some(voice.strings.text(voice.lang, id))
    }

    pub(super) fn list_name(&self, voice: &Voice<'_>, of: &ListOf) -> String {
        match of {
            ListOf::Value(facet, value) => facet.name(value, voice.catalogue, voice.strings, voice.lang),
            other => self.list_heading(voice, other),
        }
    }

    fn crumbs(&self, voice: &Voice<'_>, of: &ListOf) -> Vec<LinkView> {
        let crumb = |id: &str, path: &str| LinkView {
            label: voice.strings.text(voice.lang, id),
            path: voice.path(path),
            count: None,
        };
        let all = crumb("crumb-people", "/people/");
        match of {
            ListOf::All => Vec::new(),
            ListOf::Waiting | ListOf::New => vec![all],
            ListOf::Value(facet, _) => vec![all, crumb(&format!("index-{}-heading", facet.plural()), facet.path())],
        }
    }

    /// The feed of a jurisdiction's new people, where there is one.
    fn feed_of(&self, voice: &Voice<'_>, of: &ListOf) -> Option<LinkView> {
        let path = format!("{}feed.xml", of.path());
        let ListOf::Value(Facet::Jurisdiction, _) = of else { return None };
        self.feeds.contains(&path).then(|| LinkView {
            label: voice.strings.format(voice.lang, "feed-title-place", &[("name", self.list_name(voice, of))]),
            path: voice.path(&path),
            count: None,
        })
    }

    /// The lists of a facet, in order of name; spans of ages in order of age.
    fn of_facet(&self, voice: &Voice<'_>, facet: Facet) -> Vec<FindLinkView> {
        let link = |list: &List<'_>| match &list.of {
            ListOf::Value(of, value) if *of == facet => Some(FindLinkView {
                value: value.clone(),
                label: self.list_name(voice, &list.of),
                path: voice.path(&list.of.path()),
                count: list.total,
            }),
            _ => None,
        };
        let mut links: Vec<FindLinkView> = self.lists.iter().filter_map(link).collect();
        if facet != Facet::Age {
            links.sort_by_cached_key(|link| link.label.to_lowercase());
        }
        links
    }

    /// The ways to look for somebody: links to lists, which a script turns into a search.
    fn find(&self, voice: &Voice<'_>) -> FindView {
        let words = |id: String| voice.strings.text(voice.lang, &id);
        let facet_view = |facet: Facet| {
            let links = self.of_facet(voice, facet);
            FindFacetView {
                key: facet.key().to_owned(),
                heading: words(format!("find-{}", facet.key())),
                all: LinkView {
                    label: words(format!("index-{}-all", facet.plural())),
                    path: voice.path(facet.path()),
                    count: Some(links.len()),
                },
                links: if links.len() > MOST_OFFERED { Vec::new() } else { links },
            }
        };
        let list_link = |of: ListOf| {
            let list = self.lists.iter().find(|list| list.of == of)?;
            Some(LinkView {
                label: self.list_heading(voice, &of),
                path: voice.path(&of.path()),
                count: Some(list.total),
            })
        };
        FindView {
            index: self.search.get(voice.lang).cloned().unwrap_or_default(),
            per_page: voice.catalogue.site.people_per_page,
            facets: Facet::ALL.into_iter().map(facet_view).filter(|facet| facet.all.count != Some(0)).collect(),
            others: [ListOf::New, ListOf::Waiting].into_iter().filter_map(list_link).collect(),
        }
    }

    pub(super) fn index(&self, page: &Planned, facet: Facet) -> Result<String> {
        let voice = self.voice(page);
        let text = |part: &str| voice.strings.text(voice.lang, &format!("index-{}-{part}", facet.plural()));
        let link = |found: FindLinkView| LinkView { label: found.label, path: found.path, count: Some(found.count) };
        let links = self.of_facet(&voice, facet).into_iter().map(link).collect();
        let groups = vec![LinksView { heading: String::new(), links }];
        let view = IndexView { heading: text("heading"), lead: text("lead"), groups };
        let about = About { section: "people", ..self.about(page, view.heading.clone(), view.lead.clone()) };
        self.set(page, about, "index.html", &view)
    }
}

fn facility_view(voice: &Voice<'_>, of: &ListOf) -> Option<FacilityView> {
    let id = of.facility()?;
    let (facility, agency) = voice.catalogue.place(id)?;
    let mail = mail_view(voice, id);
    Some(FacilityView { name: facility.name.clone(), place: voice.place(id), agency: agency.name.clone(), mail })
}

/// The ways around a ring. The list's own address shows today's page; its neighbours are those of that page. Numbers of other
/// pages would tell a reader nothing: the ring has no first page.
fn pager(voice: &Voice<'_>, list: &List<'_>, number: usize, heading: &str) -> Option<PagerView> {
    let total = list.ring.len();
    if total < 2 {
        return None;
    }
    let path = |page: usize| voice.path(&list.of.page_path(page));
    let label = |page: usize| {
        let args = [("name", heading.to_owned()), ("page", page.to_string())];
        voice.strings.format(voice.lang, "pager-page", &args)
    };
    let link = |number: usize| PagerLink { label: label(number), path: path(number) };
    let current = if number == 0 { list.opens_at + 1 } else { number };
    let (previous, next) = list.neighbours(current);
    Some(PagerView {
        current,
        total,
        today: voice.path(&list.of.path()),
        is_today: number == 0,
        previous: link(previous),
        next: link(next),
    })
}
