//! Renders one planned page: its view, its frame, its template.

use crate::lists::list::List;
use crate::pages::mail::Voice;
use crate::pages::person::{card_view, person_view};
use crate::pages::plan::{Planned, What, is_for_search};
use crate::people::People;
use crate::photos::Sizes;
use crate::source::Site;
use anyhow::Result;
use jiff::civil::Date;
use schema::form::Answers;
use schema::person::profile::{Profile, ProfileId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use templates::Theme;
use templates::forms::{Setting, form_view};
use templates::frame::{About, frame};
use templates::views::{CardView, ContentView, HomeView, KeptView, LinkView, NoView, NoticeView};

/// Everything that pages are made of.
pub(crate) struct Renderer<'a> {
    pub(crate) site: &'a Site,
    pub(crate) theme: &'a Theme,
    pub(crate) people: &'a People<'a>,
    pub(crate) lists: &'a [List<'a>],
    pub(crate) sizes: &'a BTreeMap<ProfileId, Sizes>,
    pub(crate) planned: &'a [Planned],
    /// Paths at which a list stands.
    pub(crate) list_paths: BTreeSet<String>,
    /// Paths at which the feed of a list stands.
    pub(crate) feeds: BTreeSet<String>,
    /// Who stands on the home page today.
    pub(crate) home: &'a [&'a Profile],
    /// What pages carry of the search index, by language; without one, there is no search.
    pub(crate) search: &'a BTreeMap<String, String>,
    pub(crate) day: Date,
}

impl Renderer<'_> {
    /// The bytes of a page.
    pub(crate) fn render(&self, page: &Planned) -> Result<String> {
        match &page.what {
            What::Home => self.home(page),
            What::NotFound => self.not_found(page),
            What::Gone => self.gone(page),
            What::Content(at) => self.content(page, *at),
            What::Person(at) => self.person(page, *at),
            What::List(at, number) => self.list(page, *at, *number),
            What::Index(of) => self.index(page, *of),
            What::Form(at) => self.form(page, *at),
            What::Agencies => self.agencies(page),
            What::Agency(id) => self.agency(page, id),
            What::Write => self.write(page),
            What::Feed(of) => self.feed(page, *of),
            What::Sitemap(number) => self.sitemap(page, *number),
            What::Robots => self.robots(page),
            What::Kept => self.kept(page),
        }
    }

    pub(super) fn voice<'v>(&'v self, page: &'v Planned) -> Voice<'v> {
        Voice {
            catalogue: &self.site.catalogue,
            strings: &self.theme.strings,
            lang: &page.lang,
            day: self.day,
            forms: &self.site.forms,
        }
    }

    pub(super) fn about<'p>(&self, page: &'p Planned, title: String, description: String) -> About<'p> {
        About { lang: &page.lang, title, description, path: &page.path, noindex: false, section: "", kind: "website" }
    }

    pub(super) fn set<V: Serialize>(
        &self,
        page: &Planned,
        about: About<'_>,
        template: &str,
        view: &V,
    ) -> Result<String> {
        let about = About { noindex: about.noindex || !is_for_search(page, self.people, self.lists), ..about };
        let frame = frame(&self.site.catalogue, &self.theme.assets, about);
        Ok(self.theme.render(template, &frame, view)?)
    }

    pub(super) fn cards(&self, voice: &Voice<'_>, people: &[&Profile]) -> Vec<CardView> {
        people.iter().map(|person| card_view(voice, person, self.sizes.get(&person.id))).collect()
    }

    fn home(&self, page: &Planned) -> Result<String> {
        let voice = self.voice(page);
        let view = HomeView { people: self.cards(&voice, self.home), total: self.people.listed.len() };
        let about = self.about(
            page,
            voice.strings.text(voice.lang, "home-title"),
            voice.strings.text(voice.lang, "home-description"),
        );
        self.set(page, about, "home.html", &view)
    }

    fn not_found(&self, page: &Planned) -> Result<String> {
        let voice = self.voice(page);
        let view = NoticeView { kind: "not-found".into(), reference: None, links: Vec::new(), exit: None };
        let title = voice.strings.text(voice.lang, "notice-not-found-title");
        // The page stands in for any address, so it has none of its own.
        let about = About { noindex: true, path: "", ..self.about(page, title, String::new()) };
        self.set(page, about, "notice.html", &view)
    }

    fn kept(&self, page: &Planned) -> Result<String> {
        let voice = self.voice(page);
        let title = voice.strings.text(voice.lang, "kept-title");
        let about = About { section: "people", ..self.about(page, title, String::new()) };
        self.set(page, about, "kept.html", &KeptView {})
    }

    fn gone(&self, page: &Planned) -> Result<String> {
        let voice = self.voice(page);
        let title = voice.strings.text(voice.lang, "notice-gone-title");
        let about = About { noindex: true, path: "", ..self.about(page, title, String::new()) };
        self.set(
            page,
            about,
            "gone.html",
            &NoticeView { kind: "gone".into(), reference: None, links: Vec::new(), exit: None },
        )
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
        let has_list = |path: &str| self.list_paths.contains(path);
        let view = person_view(&voice, profile, self.sizes.get(&profile.id), has_list);
        let args = [("name", view.name.clone()), ("place", view.place.clone())];
        let title = voice.strings.format(voice.lang, "person-title", &args);
        let description = voice.strings.format(voice.lang, "person-description", &args);
        let about = About { section: "people", kind: "profile", ..self.about(page, title, description) };
        self.set(page, about, "person.html", &view)
    }

    fn write(&self, page: &Planned) -> Result<String> {
        let voice = self.voice(page);
        let text = |id: &str| voice.strings.text(voice.lang, id);
        let about = About { section: "how", ..self.about(page, text("write-heading"), text("write-lead")) };
        // Everything about a person is added by the page's script, from that person's own page.
        self.set(page, about, "write.html", &NoView {})
    }

    fn form(&self, page: &Planned, at: usize) -> Result<String> {
        let Some(form) = self.site.forms.get(at) else { anyhow::bail!("no form {at}") };
        let setting = Setting { catalogue: &self.site.catalogue, strings: &self.theme.strings, lang: &page.lang };
        let view = form_view(&setting, form, &Answers::default(), &[]);
        let section = if form.id == "register" { "register" } else { "" };
        let about = About { section, ..self.about(page, view.title.clone(), view.summary.clone()) };
        self.set(page, about, "form.html", &view)
    }
}
