//! Renders one planned page: its view, its frame, its template.

use super::People;
use super::lists::{List, ListOf};
use super::mail::{Voice, mail_view};
use super::order::turned;
use super::person::{card_view, first_words, person_view};
use super::plan::{IndexOf, Planned, What, pages};
use crate::load::Site;
use crate::photos::Sizes;
use anyhow::Result;
use jiff::civil::Date;
use schema::form::Answers;
use schema::profile::{Profile, ProfileId};
use serde::Serialize;
use std::collections::BTreeMap;
use templates::Theme;
use templates::forms::{Setting, form_view};
use templates::frame::{About, frame};
use templates::views::{
    BrowseView, ContentView, FacilityView, FeedEntryView, FeedView, HomeView, IndexView, LinkView, LinksView,
    NoticeView, PagerLink, PagerView, SitemapView,
};

/// Everything that pages are made of.
pub(crate) struct Renderer<'a> {
    pub(crate) site: &'a Site,
    pub(crate) theme: &'a Theme,
    pub(crate) people: &'a People<'a>,
    pub(crate) lists: &'a [List<'a>],
    pub(crate) sizes: &'a BTreeMap<ProfileId, Sizes>,
    pub(crate) planned: &'a [Planned],
    pub(crate) day: Date,
}

/// How many people the home page shows.
const HOME: usize = 6;
/// How many people the feed tells of.
const FEED: usize = 50;

impl Renderer<'_> {
    /// The bytes of a page.
    pub(crate) fn render(&self, page: &Planned) -> Result<String> {
        match page.what {
            What::Home => self.home(page),
            What::NotFound => self.not_found(page),
            What::Content(at) => self.content(page, at),
            What::Person(at) => self.person(page, at),
            What::List(at, number) => self.list(page, at, number),
            What::Index(of) => self.index(page, of),
            What::Form(at) => self.form(page, at),
            What::Feed => self.feed(page),
            What::Sitemap => self.sitemap(page),
            What::Robots => self.set(
                page,
                self.about(page, String::new(), String::new()),
                "robots.txt",
                &SitemapView { paths: Vec::new() },
            ),
        }
    }

    fn voice<'v>(&'v self, page: &'v Planned) -> Voice<'v> {
        Voice { catalogue: &self.site.catalogue, strings: &self.theme.strings, lang: &page.lang, day: self.day }
    }

    fn about<'p>(&self, page: &'p Planned, title: String, description: String) -> About<'p> {
        About { lang: &page.lang, title, description, path: &page.path, noindex: false, section: "", kind: "website" }
    }

    fn set<V: Serialize>(&self, page: &Planned, about: About<'_>, template: &str, view: &V) -> Result<String> {
        let frame = frame(&self.site.catalogue, &self.theme.assets, about);
        let _ = page;
        Ok(self.theme.render(template, &frame, view)?)
    }

    fn cards(&self, voice: &Voice<'_>, people: &[&Profile]) -> Vec<templates::views::CardView> {
        people.iter().map(|person| card_view(voice, person, self.sizes.get(&person.id))).collect()
    }

    fn home(&self, page: &Planned) -> Result<String> {
        let voice = self.voice(page);
        let shown: Vec<&Profile> = turned("/", &self.people.listed, self.day).into_iter().take(HOME).collect();
        let view = HomeView { people: self.cards(&voice, &shown), total: self.people.listed.len() };
        let about = self.about(
            page,
            voice.strings.text(voice.lang, "home-title"),
            voice.strings.text(voice.lang, "home-description"),
        );
        self.set(page, about, "home.html", &view)
    }

    fn not_found(&self, page: &Planned) -> Result<String> {
        let voice = self.voice(page);
        let view = NoticeView { kind: "not-found".into(), links: Vec::new() };
        let title = voice.strings.text(voice.lang, "notice-not-found-title");
        // The page stands in for any address, so it has none of its own.
        let about = About { noindex: true, path: "", ..self.about(page, title, String::new()) };
        self.set(page, about, "notice.html", &view)
    }

    fn content(&self, page: &Planned, at: usize) -> Result<String> {
        let Some(words) = self.site.pages.get(at) else { anyhow::bail!("no page {at}") };
        let contents = words.page.headings.iter().map(|(anchor, label)| LinkView {
            label: label.clone(),
            path: format!("#{anchor}"),
            count: None,
        });
        let view = ContentView {
            title: words.title.clone(),
            summary: words.summary.clone(),
            body_html: words.page.html.clone(),
            contents: if words.page.headings.len() > 5 { contents.collect() } else { Vec::new() },
            shows_actions: words.shows_actions,
            shows_contact: words.shows_contact,
        };
        let section = if matches!(words.name.as_str(), "how-it-works" | "families") { "how" } else { "" };
        let about = About { section, kind: "article", ..self.about(page, words.title.clone(), words.summary.clone()) };
        self.set(page, about, "content.html", &view)
    }

    fn person(&self, page: &Planned, at: usize) -> Result<String> {
        let Some(profile) = self.people.with_page.get(at) else { anyhow::bail!("no person {at}") };
        let voice = self.voice(page);
        let has_list = |interest: &str| self.lists.iter().any(|list| list.of == ListOf::Interest(interest.to_owned()));
        let view = person_view(&voice, profile, self.sizes.get(&profile.id), has_list);
        let args = [("name", view.name.clone()), ("place", view.place.clone())];
        let title = voice.strings.format(voice.lang, "person-title", &args);
        let description = voice.strings.format(voice.lang, "person-description", &args);
        let about = About {
            noindex: !profile.search_engines,
            section: "people",
            kind: "profile",
            ..self.about(page, title, description)
        };
        self.set(page, about, "person.html", &view)
    }

    fn list(&self, page: &Planned, at: usize, number: usize) -> Result<String> {
        let voice = self.voice(page);
        let empty = List { of: ListOf::All, people: Vec::new() };
        let list = self.lists.get(at).unwrap_or(&empty);
        let per_page = self.site.catalogue.site.people_per_page;
        let shown: Vec<&Profile> = list.people.iter().skip((number - 1) * per_page).take(per_page).copied().collect();
        let view = BrowseView {
            heading: self.list_heading(&voice, &list.of),
            lead: voice.strings.count(voice.lang, "browse-count", "count", list.people.len()),
            crumbs: self.crumbs(&voice, &list.of),
            people: self.cards(&voice, &shown),
            pager: pager(&voice, list, number, pages(list, per_page)),
            facility: facility_view(&voice, &list.of),
            ways: if list.of == ListOf::All && number == 1 { self.ways(&voice) } else { Vec::new() },
        };
        let title = match number {
            1 => view.heading.clone(),
            _ => format!(
                "{}, {}",
                view.heading,
                voice.strings.format(voice.lang, "page-number", &[("page", number.to_string())])
            ),
        };
        let about = About { section: "people", ..self.about(page, title, view.lead.clone()) };
        self.set(page, about, "browse.html", &view)
    }

    fn list_heading(&self, voice: &Voice<'_>, of: &ListOf) -> String {
        let (id, name) = match of {
            ListOf::All => return voice.strings.text(voice.lang, "browse-all-heading"),
            other => (heading_id(other), self.list_name(voice, other)),
        };
        voice.strings.format(voice.lang, id, &[("name", name)])
    }

    fn list_name(&self, voice: &Voice<'_>, of: &ListOf) -> String {
        let catalogue = voice.catalogue;
        match of {
            ListOf::All => String::new(),
            ListOf::Facility(id) => catalogue.facilities.get(id).map_or(id.clone(), |facility| facility.name.clone()),
            ListOf::Jurisdiction(id) => {
                catalogue.jurisdiction(id).map_or(id.as_str(), |known| known.name.get(voice.lang)).to_owned()
            }
            ListOf::Interest(id) => catalogue.interests.name(id, voice.lang).to_owned(),
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
            ListOf::Facility(_) => vec![all, crumb("index-facilities-heading", "/facilities/")],
            ListOf::Jurisdiction(_) => vec![all, crumb("index-jurisdictions-heading", "/places/")],
            ListOf::Interest(_) => vec![all, crumb("index-interests-heading", "/interests/")],
        }
    }

    /// Links to the lists of a kind, with how many people stand in each, in order of name.
    fn links(&self, voice: &Voice<'_>, of_kind: impl Fn(&ListOf) -> bool) -> Vec<LinkView> {
        let link = |list: &List<'_>| LinkView {
            label: self.list_name(voice, &list.of),
            path: voice.path(&list.of.path()),
            count: Some(list.people.len()),
        };
        let mut links: Vec<LinkView> = self.lists.iter().filter(|list| of_kind(&list.of)).map(link).collect();
        links.sort_by_cached_key(|link| link.label.to_lowercase());
        links
    }

    fn ways(&self, voice: &Voice<'_>) -> Vec<LinksView> {
        let way = |id: &str, links: Vec<LinkView>| LinksView { heading: voice.strings.text(voice.lang, id), links };
        vec![
            way("browse-ways-jurisdiction", self.links(voice, |of| matches!(of, ListOf::Jurisdiction(_)))),
            way("browse-ways-facility", self.links(voice, |of| matches!(of, ListOf::Facility(_)))),
            way("browse-ways-interest", self.links(voice, |of| matches!(of, ListOf::Interest(_)))),
        ]
    }

    fn index(&self, page: &Planned, of: IndexOf) -> Result<String> {
        let voice = self.voice(page);
        let (name, links) = match of {
            IndexOf::Facilities => ("facilities", self.links(&voice, |of| matches!(of, ListOf::Facility(_)))),
            IndexOf::Jurisdictions => ("jurisdictions", self.links(&voice, |of| matches!(of, ListOf::Jurisdiction(_)))),
            IndexOf::Interests => ("interests", self.links(&voice, |of| matches!(of, ListOf::Interest(_)))),
        };
        let text = |part: &str| voice.strings.text(voice.lang, &format!("index-{name}-{part}"));
        let groups = vec![LinksView { heading: String::new(), links }];
        let view = IndexView { heading: text("heading"), lead: text("lead"), groups };
        let about = About { section: "people", ..self.about(page, view.heading.clone(), view.lead.clone()) };
        self.set(page, about, "index.html", &view)
    }

    fn form(&self, page: &Planned, at: usize) -> Result<String> {
        let Some(form) = self.site.forms.get(at) else { anyhow::bail!("no form {at}") };
        let setting = Setting { catalogue: &self.site.catalogue, strings: &self.theme.strings, lang: &page.lang };
        let view = form_view(&setting, form, &Answers::default(), &[]);
        let section = if form.id == "register" { "register" } else { "" };
        let about = About { section, ..self.about(page, view.title.clone(), view.summary.clone()) };
        self.set(page, about, "form.html", &view)
    }

    fn feed(&self, page: &Planned) -> Result<String> {
        let voice = self.voice(page);
        let mut newest: Vec<&Profile> =
            self.people.listed.iter().filter(|person| person.search_engines).copied().collect();
        newest.sort_by(|a, b| (b.listed, &a.id).cmp(&(a.listed, &b.id)));
        let entry = |person: &Profile| FeedEntryView {
            path: voice.path(&format!("/people/{}/", person.id)),
            title: format!("{}, {}", person.shown_name, voice.place(&person.facility)),
            summary: first_words(person),
            updated: format!("{}T00:00:00Z", person.listed),
        };
        let updated = newest.first().map_or(self.day, |person| person.listed);
        let view = FeedView {
            updated: format!("{updated}T00:00:00Z"),
            path: voice.path("/feed.xml"),
            entries: newest.into_iter().take(FEED).map(entry).collect(),
        };
        self.set(page, self.about(page, voice.strings.text(voice.lang, "feed-title"), String::new()), "feed.xml", &view)
    }

    fn sitemap(&self, page: &Planned) -> Result<String> {
        let shown = |planned: &&Planned| match planned.what {
            What::Person(at) => self.people.with_page.get(at).is_some_and(|person| person.search_engines),
            What::Feed | What::Sitemap | What::Robots | What::NotFound => false,
            _ => true,
        };
        let path = |planned: &Planned| format!("{}{}", self.site.catalogue.site.prefix(&planned.lang), planned.path);
        let view = SitemapView { paths: self.planned.iter().filter(shown).map(path).collect() };
        self.set(page, self.about(page, String::new(), String::new()), "sitemap.xml", &view)
    }
}

fn heading_id(of: &ListOf) -> &'static str {
    match of {
        ListOf::All => "browse-all-heading",
        ListOf::Facility(_) => "browse-facility-heading",
        ListOf::Jurisdiction(_) => "browse-jurisdiction-heading",
        ListOf::Interest(_) => "browse-interest-heading",
    }
}

fn facility_view(voice: &Voice<'_>, of: &ListOf) -> Option<FacilityView> {
    let ListOf::Facility(id) = of else { return None };
    let (facility, agency) = voice.catalogue.place(id)?;
    let mail = mail_view(voice, id);
    Some(FacilityView { name: facility.name.clone(), place: voice.place(id), agency: agency.name.clone(), mail })
}

fn pager(voice: &Voice<'_>, list: &List<'_>, current: usize, total: usize) -> Option<PagerView> {
    if total < 2 {
        return None;
    }
    let path = |page: usize| voice.path(&list.of.page_path(page));
    let mut pages = Vec::new();
    let mut last = 0;
    for number in (1..=total).filter(|number| *number == 1 || *number == total || number.abs_diff(current) <= 2) {
        if number > last + 1 {
            pages.push(PagerLink { number: last + 1, path: None });
        }
        pages.push(PagerLink { number, path: Some(path(number)) });
        last = number;
    }
    Some(PagerView {
        current,
        total,
        previous: (current > 1).then(|| path(current - 1)),
        next: (current < total).then(|| path(current + 1)),
        pages,
    })
}
