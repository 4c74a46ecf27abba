//! Feeds of new people: of everybody, and of each state or country. Only who agreed to be found by search engines stands there.

use crate::ledger::Kind;
use crate::lists::list::{List, ListOf};
use crate::pages::index::list_name;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use crate::pages::teaser::first_words;
use crate::pages::tombstones::{FEED, tombstones, withdrawn};
use anyhow::Result;
use jiff::civil::Date;
use schema::person::profile::Profile;
use schema::site::address;
use templates::context::PageContext;
use templates::texts;
use templates::views::{FeedEntryView, FeedView};

/// A feed of everybody, or of a list.
struct Feed<'a>(Option<&'a List<'a>>);

pub(super) fn plan<'a>(scene: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    let of_lists =
        scene.lists.iter().filter_map(|list| Some(Page::of_template(lang, list.feed_path()?, Feed(Some(list)))));
    std::iter::once(Page::of_template(lang, "/feed.xml", Feed(None))).chain(of_lists).collect()
}

impl Body for Feed<'_> {
    fn kind(&self) -> Kind {
        Kind::Feed
    }

    fn template(&self) -> &'static str {
        "feed.xml"
    }

    fn is_for_search(&self) -> bool {
        false
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let (Feed(list), context) = (self, scene.context(page.lang));
        let newest = newest(scene, *list);
        let title = title(&context, *list);
        let gone = withdrawn(scene, *list);
        let newest_gone = gone.first().map_or(Date::MIN, |(day, _)| *day);
        let updated = newest.first().map_or(scene.day, |person| person.listed).max(newest_gone);
        let view = FeedView {
            title: title.clone(),
            updated: midnight(updated),
            path: context.path(&page.path),
            list_path: context.path(&list.map_or(address::PEOPLE.to_owned(), |list| list.of.path())),
            entries: newest.iter().map(|person| entry(&context, person)).collect(),
            tombstones: tombstones(&context, &gone),
        };
        page.set(scene, page.about(title, String::new()), &view)
    }
}

fn title(context: &PageContext<'_>, list: Option<&List<'_>>) -> String {
    match list.map(|list| &list.of) {
        Some(ListOf::Value(facet, value)) => {
            context.format(texts::FEED_TITLE_PLACE, [list_name(context, *facet, value)])
        }
        _ => context.text(texts::FEED_TITLE),
    }
}

fn entry(context: &PageContext<'_>, person: &Profile) -> FeedEntryView {
    FeedEntryView {
        path: context.path(&address::person(&person.id)),
        title: format!("{}, {}", person.shown_name, context.place(&person.facility)),
        summary: first_words(person),
        updated: midnight(person.listed),
    }
}

/// The newest of those who agreed, newest first.
fn newest<'a>(scene: &Scene<'a>, list: Option<&List<'a>>) -> Vec<&'a Profile> {
    let people: Vec<&Profile> = match list {
        Some(list) => list.ring.iter().flatten().copied().collect(),
        None => scene.people.listed.clone(),
    };
    let mut newest: Vec<&Profile> = people.into_iter().filter(|person| person.search_engines).collect();
    newest.sort_by(|one, other| (other.listed, &one.id).cmp(&(one.listed, &other.id)));
    newest.truncate(FEED);
    newest
}

fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
