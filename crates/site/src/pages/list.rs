//! Lists of people as pages: their headings, their pages, the ways between them.

use crate::ledger::Kind;
use crate::lists::facets::{BROWSE_HEADING, FIND, Facet, INDEX_ALL, INDEX_HEADING};
use crate::lists::list::{List, ListOf};
use crate::pages::index::{links_of, list_name};
use crate::pages::mail::mail_view;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use schema::person::profile::Profile;
use schema::site::address;
use templates::context::PageContext;
use templates::frame::About;
use templates::texts::{self, Text};
use templates::views::{BrowseView, FacilityView, FindFacetView, FindView, LinkView, PagerLink, PagerView};

/// A facet with more values than this is not offered whole on the page to find people, but by a link to its index.
const MOST_OFFERED: usize = 120;

/// A page of a list.
struct ListPage<'a> {
    /// The list; nobody is listed anywhere where there is none.
    list: Option<&'a List<'a>>,
    /// 0 is the list's own address, the pages of its ring count from 1.
    number: usize,
    people: &'a [&'a Profile],
}

pub(super) fn plan<'a>(scene: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    let nobody = !scene.lists.iter().any(|list| list.of == ListOf::All);
    let all =
        nobody.then(|| Page::of_template(lang, ListOf::All.path(), ListPage { list: None, number: 0, people: &[] }));
    let of_list = |list: &'a List<'a>| {
        list.pages().map(move |(number, people)| {
            Page::of_template(lang, list.of.page_path(number), ListPage { list: Some(list), number, people })
        })
    };
    all.into_iter().chain(scene.lists.iter().flat_map(of_list)).collect()
}

impl ListPage<'_> {
    fn of(&self) -> &ListOf {
        self.list.map_or(&ListOf::All, |list| &list.of)
    }
}

impl Body for ListPage<'_> {
    fn kind(&self) -> Kind {
        Kind::List
    }

    fn template(&self) -> &'static str {
        "browse.html"
    }

    fn shows(&self) -> Vec<&Profile> {
        self.people.to_vec()
    }

    fn is_for_search(&self) -> bool {
        self.list.is_none_or(|list| list.for_search)
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let (context, of) = (scene.context(page.lang), self.of());
        let heading = list_heading(&context, of);
        let view = BrowseView {
            lead: match self.number {
                0 => context.count(texts::BROWSE_COUNT, self.list.map_or(0, |list| list.total)),
                // No count on the pages of a ring: whoever comes or goes would change them all.
                _ => context.text(texts::BROWSE_RING_LEAD),
            },
            note: list_note(&context, of),
            crumbs: crumbs(&context, of),
            people: scene.cards(page.lang, self.people),
            pager: self.list.and_then(|list| pager(&context, list, self.number, &heading)),
            facility: facility_view(&context, of),
            feed: self.list.and_then(|list| feed_link(&context, list)),
            find: (*of == ListOf::All && self.number == 0).then(|| find(scene, &context)),
            heading,
        };
        let title = match self.number {
            0 => view.heading.clone(),
            number => {
                let words = context.format(texts::PAGE_NUMBER, [number.to_string()]);
                format!("{}, {words}", view.heading)
            }
        };
        let about = page.about(title, view.lead.clone());
        page.set(scene, About { section: "people", ..about }, &view)
    }
}

fn list_heading(context: &PageContext<'_>, of: &ListOf) -> String {
    match of {
        ListOf::All => context.text(texts::BROWSE_ALL_HEADING),
        ListOf::Waiting => context.text(texts::BROWSE_WAITING_HEADING),
        ListOf::New => context.text(texts::BROWSE_NEW_HEADING),
        ListOf::Value(facet, value) => context.format(BROWSE_HEADING.of(*facet), [list_name(context, *facet, value)]),
    }
}

/// How those who stand in a list without a facet were chosen.
fn list_note(context: &PageContext<'_>, of: &ListOf) -> Option<String> {
    match of {
        ListOf::Waiting => Some(context.text(texts::BROWSE_WAITING_NOTE)),
        ListOf::New => Some(context.text(texts::BROWSE_NEW_NOTE)),
        ListOf::All | ListOf::Value(..) => None,
    }
}

fn crumbs(context: &PageContext<'_>, of: &ListOf) -> Vec<LinkView> {
    let crumb = |text: Text, path: &str| LinkView { label: context.text(text), path: context.path(path), count: None };
    let all = crumb(texts::CRUMB_PEOPLE, address::PEOPLE);
    match of {
        ListOf::All => Vec::new(),
        ListOf::Waiting | ListOf::New => vec![all],
        ListOf::Value(facet, _) => vec![all, crumb(INDEX_HEADING.of(*facet), facet.path())],
    }
}

/// The feed of a jurisdiction's new people, where there is one.
fn feed_link(context: &PageContext<'_>, list: &List<'_>) -> Option<LinkView> {
    let (path, ListOf::Value(facet, value)) = (list.feed_path()?, &list.of) else { return None };
    let label = context.format(texts::FEED_TITLE_PLACE, [list_name(context, *facet, value)]);
    Some(LinkView { label, path: context.path(&path), count: None })
}

/// The ways to look for somebody: links to lists, which a script turns into a search.
fn find(scene: &Scene<'_>, context: &PageContext<'_>) -> FindView {
    let facet_view = |facet: Facet| {
        let links = links_of(scene, context, facet);
        FindFacetView {
            key: facet.key().to_owned(),
            heading: context.text(FIND.of(facet)),
            all: LinkView {
                label: context.text(INDEX_ALL.of(facet)),
                path: context.path(facet.path()),
                count: Some(links.len()),
            },
            links: if links.len() > MOST_OFFERED { Vec::new() } else { links },
        }
    };
    let list_link = |of: ListOf| {
        let list = scene.lists.iter().find(|list| list.of == of)?;
        let (label, path) = (list_heading(context, &of), context.path(&of.path()));
        Some(LinkView { label, path, count: Some(list.total) })
    };
    FindView {
        index: scene.search.get(context.lang).cloned().unwrap_or_default(),
        per_page: context.catalogue.site.people_per_page as usize,
        facets: Facet::ALL.into_iter().map(facet_view).filter(|facet| facet.all.count != Some(0)).collect(),
        others: [ListOf::New, ListOf::Waiting].into_iter().filter_map(list_link).collect(),
    }
}

fn facility_view(context: &PageContext<'_>, of: &ListOf) -> Option<FacilityView> {
    let id = of.facility()?;
    let (facility, agency) = context.catalogue.place(id)?;
    let mail = mail_view(context, id);
    Some(FacilityView { name: facility.name.clone(), place: context.place(id), agency: agency.name.clone(), mail })
}

/// The ways around a ring. The list's own address shows today's page; its neighbours are those of that page. Numbers of other
/// pages would tell a reader nothing: the ring has no first page.
fn pager(context: &PageContext<'_>, list: &List<'_>, number: usize, heading: &str) -> Option<PagerView> {
    let total = list.ring.len();
    if total < 2 {
        return None;
    }
    let path = |page: usize| context.path(&list.of.page_path(page));
    let label = |page: usize| context.format(texts::PAGER_PAGE, [heading.to_owned(), page.to_string()]);
    let link = |number: usize| PagerLink { label: label(number), path: path(number) };
    let current = if number == 0 { list.opens_at + 1 } else { number };
    let (previous, next) = list.neighbours(current);
    Some(PagerView {
        current,
        total,
        today: context.path(&list.of.path()),
        is_today: number == 0,
        previous: link(previous),
        next: link(next),
    })
}
