//! A person in short: their face, their first words, their card.

use crate::published_photos::Sizes;
use schema::person::kinds::Status;
use schema::person::profile::Profile;
use schema::site::address;
use templates::context::PageContext;
use templates::face::{Face, PhotoView, Stamp};
use templates::markdown::teaser;
use templates::preview::TEASER;
use templates::views::CardView;

/// Age reached in the year of the day.
pub(super) fn age(context: &PageContext<'_>, profile: &Profile) -> i16 {
    context.day.year() - profile.birth_year
}

/// A person's face: photo, if there is one, and stamp.
pub(super) fn face(profile: &Profile, sizes: Option<&Sizes>) -> Face {
    let photo = profile.photo.as_ref().zip(sizes).map(|(photo, sizes)| PhotoView {
        small: sizes.small.clone(),
        medium: sizes.medium.clone(),
        large: sizes.large.clone(),
        width: sizes.width,
        height: sizes.height,
        description: photo.description.clone(),
    });
    Face { photo, stamp: Stamp::of(profile.id.as_str(), &profile.shown_name) }
}

/// The first sentence of a person's introduction.
pub(crate) fn first_words(profile: &Profile) -> String {
    teaser(&profile.introduction, TEASER)
}

/// A card.
pub(crate) fn card_view(context: &PageContext<'_>, profile: &Profile, sizes: Option<&Sizes>) -> CardView {
    let catalogue = context.catalogue;
    let name = |id: &String| catalogue.interests.name(id, context.lang).to_owned();
    let others = profile.languages.iter().filter(|language| *language != context.lang);
    CardView {
        path: context.path(&address::person(&profile.id)),
        name: profile.shown_name.clone(),
        age: age(context, profile),
        place: context.place(&profile.facility),
        teaser: first_words(profile),
        teaser_lang: profile.introduction_language.clone(),
        likes: profile.interests.iter().take(2).map(name).collect(),
        languages: others.map(|language| catalogue.languages.name(language, context.lang).to_owned()).collect(),
        paused: profile.status == Status::Paused,
        face: face(profile, sizes),
    }
}
