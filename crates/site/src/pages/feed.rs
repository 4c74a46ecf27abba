//! What other programs read: feeds of new people, the map of the site for search engines, and the word to crawlers. Only who
//! agreed to be found by search engines stands in a feed or a map.

use crate::pages::person::first_words;
use crate::pages::plan::{MAP, Planned, is_for_search, sitemaps};
use crate::pages::render::Renderer;
use anyhow::Result;
use jiff::civil::Date;
use schema::person::profile::Profile;
use templates::views::{FeedEntryView, FeedView, RobotsView, SitemapView};

/// How many people a feed tells of.
pub(super) const FEED: usize = 50;

impl Renderer<'_> {
    pub(super) fn feed(&self, page: &Planned, of: Option<usize>) -> Result<String> {
        let voice = self.voice(page);
        let list = of.and_then(|at| self.lists.get(at));
        let people: Vec<&Profile> = match list {
            Some(list) => list.ring.iter().flatten().copied().collect(),
            None => self.people.listed.clone(),
        };
        let newest = newest(people);
        let entry = |person: &&Profile| FeedEntryView {
            path: voice.path(&format!("/people/{}/", person.id)),
            title: format!("{}, {}", person.shown_name, voice.place(&person.facility)),
            summary: first_words(person),
            updated: midnight(person.listed),
        };
        let title = match list {
            Some(list) => {
                let name = self.list_name(&voice, &list.of);
                voice.strings.format(voice.lang, "feed-title-place", &[("name", name)])
            }
            None => voice.strings.text(voice.lang, "feed-title"),
        };
        let gone = self.withdrawn(list);
        let newest_gone = gone.first().map_or(Date::MIN, |(day, _)| *day);
        let updated = newest.first().map_or(self.day, |person| person.listed).max(newest_gone);
        let view = FeedView {
            title: title.clone(),
            updated: midnight(updated),
            path: voice.path(&page.path),
            list_path: voice.path(&list.map_or("/people/".to_owned(), |list| list.of.path())),
            entries: newest.iter().map(entry).collect(),
            tombstones: Self::tombstones(&voice, &gone),
        };
        self.set(page, self.about(page, title, String::new()), "feed.xml", &view)
    }

    pub(super) fn sitemap(&self, page: &Planned, number: usize) -> Result<String> {
        let path = |planned: &Planned| format!("{}{}", self.site.catalogue.site.prefix(&planned.lang), planned.path);
        let of_search = || self.planned.iter().filter(|page| is_for_search(page, self.people, self.lists));
        let maps = sitemaps(of_search().count());
        let view = match (number, maps.split_first()) {
            (0, Some((_, parts))) if !parts.is_empty() => SitemapView { maps: parts.to_vec(), paths: Vec::new() },
            _ => {
                let paths = of_search().skip(number.saturating_sub(1) * MAP).take(MAP).map(path).collect();
                SitemapView { maps: Vec::new(), paths }
            }
        };
        self.set(page, self.about(page, String::new(), String::new()), "sitemap.xml", &view)
    }

    pub(super) fn robots(&self, page: &Planned) -> Result<String> {
        let crawlers = &self.site.catalogue.crawlers;
        let view = RobotsView {
            checked: crawlers.checked.map(|day| day.to_string()).unwrap_or_default(),
            crawlers: crawlers.names.clone(),
        };
        self.set(page, self.about(page, String::new(), String::new()), "robots.txt", &view)
    }
}

/// The newest of those who agreed, newest first.
fn newest(people: Vec<&Profile>) -> Vec<&Profile> {
    let mut newest: Vec<&Profile> = people.into_iter().filter(|person| person.search_engines).collect();
    newest.sort_by(|one, other| (other.listed, &one.id).cmp(&(one.listed, &other.id)));
    newest.truncate(FEED);
    newest
}

fn midnight(day: jiff::civil::Date) -> String {
    format!("{day}T00:00:00Z")
}
