//! Everything that pages are made of, decided before the first is rendered.

use crate::lists::list::{List, paths};
use crate::pages::teaser::card_view;
use crate::people::People;
use crate::published_photos::Sizes;
use crate::source::Content;
use jiff::civil::Date;
use rayon::prelude::*;
use schema::person::profile::{Profile, ProfileId};
use std::collections::{BTreeMap, BTreeSet};
use templates::Theme;
use templates::context::PageContext;
use templates::views::CardView;

/// Content, people, lists, pictures, a day.
pub(crate) struct Scene<'a> {
    pub(crate) content: &'a Content,
    pub(crate) theme: &'a Theme,
    pub(crate) people: &'a People<'a>,
    pub(crate) lists: &'a [List<'a>],
    pub(crate) photos: &'a BTreeMap<ProfileId, Sizes>,
    /// Who stands on the home page today.
    pub(crate) home: &'a [&'a Profile],
    /// What pages carry of the search index, by language; without one, there is no search.
    pub(crate) search: &'a BTreeMap<String, String>,
    pub(crate) day: Date,
    derived: Derived<'a>,
}

/// What follows from the rest, made once.
#[derive(Default)]
struct Derived<'a> {
    /// Paths at which a list stands.
    list_paths: BTreeSet<String>,
    /// Each person's card in each language, shared by all lists in which they stand.
    cards: BTreeMap<&'a str, BTreeMap<&'a ProfileId, CardView>>,
}

/// What a scene is set with.
#[derive(Clone, Copy)]
pub(crate) struct Props<'a> {
    pub(crate) content: &'a Content,
    pub(crate) theme: &'a Theme,
    pub(crate) people: &'a People<'a>,
    pub(crate) lists: &'a [List<'a>],
    pub(crate) photos: &'a BTreeMap<ProfileId, Sizes>,
    pub(crate) home: &'a [&'a Profile],
    pub(crate) search: &'a BTreeMap<String, String>,
    pub(crate) day: Date,
}

impl<'a> Scene<'a> {
    /// Sets a scene, with the cards of everybody who has a page.
    pub(crate) fn new(props: Props<'a>) -> Self {
        let Props { content, theme, people, lists, photos, home, search, day } = props;
        let mut scene = Self { content, theme, people, lists, photos, home, search, day, derived: Derived::default() };
        let cards = |lang: &'a String| {
            let context = scene.context(lang);
            let card = |person: &&'a Profile| (&person.id, card_view(&context, person, photos.get(&person.id)));
            (lang.as_str(), people.with_page.par_iter().map(card).collect())
        };
        let cards = content.catalogue.site.languages.iter().map(cards).collect();
        scene.derived = Derived { list_paths: paths(lists), cards };
        scene
    }

    /// Words and facts in a language.
    pub(crate) fn context(&self, lang: &'a str) -> PageContext<'a> {
        let (catalogue, forms) = (&self.content.catalogue, self.content.forms.as_slice());
        PageContext { catalogue, strings: &self.theme.strings, forms, lang, day: self.day }
    }

    /// Whether a list stands at a path: pages link to no other.
    pub(crate) fn has_list(&self, path: &str) -> bool {
        self.derived.list_paths.contains(path)
    }

    /// The cards of people who have a page.
    pub(crate) fn cards(&self, lang: &str, people: &[&Profile]) -> Vec<&CardView> {
        let cards = self.derived.cards.get(lang);
        people.iter().filter_map(|person| cards?.get(&person.id)).collect()
    }
}
