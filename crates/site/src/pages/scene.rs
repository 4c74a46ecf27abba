//! Everything that pages are made of, decided before the first is rendered.

use crate::lists::list::{List, paths};
use crate::pages::teaser::card_view;
use crate::people::People;
use crate::published_photos::Sizes;
use crate::source::Content;
use jiff::civil::Date;
use schema::person::profile::{Profile, ProfileId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::OnceLock;
use templates::Theme;
use templates::context::PageContext;
use templates::views::CardView;

/// Content, people, lists, pictures, a day; and what follows from them, made once.
pub(crate) struct Scene<'a> {
    props: Props<'a>,
    /// Paths at which a list stands.
    list_paths: BTreeSet<String>,
    /// Each person's card in each language, shared by all lists in which they stand, and made for the first of them.
    cards: BTreeMap<&'a str, BTreeMap<&'a ProfileId, OnceLock<CardView>>>,
}

/// What a scene is set with.
#[derive(Clone, Copy)]
pub(crate) struct Props<'a> {
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
}

impl<'a> Deref for Scene<'a> {
    type Target = Props<'a>;

    fn deref(&self) -> &Props<'a> {
        &self.props
    }
}

impl<'a> Scene<'a> {
    /// Sets a scene.
    pub(crate) fn new(props: Props<'a>) -> Self {
        let blank = || props.people.with_page.iter().map(|person| (&person.id, OnceLock::new())).collect();
        let cards = props.content.catalogue.site.languages.iter().map(|lang| (lang.as_str(), blank())).collect();
        Self { props, list_paths: paths(props.lists), cards }
    }

    /// Words and facts in a language.
    pub(crate) fn context(&self, lang: &'a str) -> PageContext<'a> {
        let (catalogue, forms) = (&self.content.catalogue, self.content.forms.as_slice());
        PageContext { catalogue, strings: &self.theme.strings, forms, lang, day: self.day }
    }

    /// Whether a list stands at a path: pages link to no other.
    pub(crate) fn has_list(&self, path: &str) -> bool {
        self.list_paths.contains(path)
    }

    /// The cards of people who have a page.
    pub(crate) fn cards(&'a self, lang: &'a str, people: &[&Profile]) -> Vec<&'a CardView> {
        let (cards, context) = (self.cards.get(lang), self.context(lang));
        let card = |person: &&Profile| {
            let card = cards?.get(&person.id)?;
            Some(card.get_or_init(|| card_view(&context, person, self.photos.get(&person.id))))
        };
        people.iter().filter_map(card).collect()
    }
}
