//! A person as a card and as a page.

use super::mail::{Voice, mail_view};
use crate::photos::Sizes;
use schema::address::{Address, address};
use schema::kinds::Status;
use schema::listing::check_is_due;
use schema::profile::{Profile, Release};
use templates::dates::{day, month};
use templates::face::{Face, PhotoView, Stamp};
use templates::markdown::{introduction, teaser};
use templates::views::{CardView, LinkView, PersonView};

/// Longest teaser on a card, in characters.
const TEASER: usize = 150;

/// Age reached in the year of the day.
fn age(voice: &Voice<'_>, profile: &Profile) -> i16 {
    voice.day.year() - profile.birth_year
}

/// A person's face: photo, if there is one, and stamp.
fn face(profile: &Profile, sizes: Option<&Sizes>) -> Face {
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
pub(crate) fn card_view(voice: &Voice<'_>, profile: &Profile, sizes: Option<&Sizes>) -> CardView {
    let catalogue = voice.catalogue;
    let name = |id: &String| catalogue.interests.name(id, voice.lang).to_owned();
    let others = profile.languages.iter().filter(|language| *language != voice.lang);
    CardView {
        path: voice.path(&format!("/people/{}/", profile.id)),
        name: profile.shown_name.clone(),
        age: age(voice, profile),
        place: voice.place(&profile.facility),
        teaser: first_words(profile),
        teaser_lang: profile.introduction_language.clone(),
        likes: profile.interests.iter().take(2).map(name).collect(),
        languages: others.map(|language| catalogue.languages.name(language, voice.lang).to_owned()).collect(),
        paused: profile.status == Status::Paused,
        face: face(profile, sizes),
    }
}

/// A page. `lists` tells whether an interest has a list of its own to link to.
pub(crate) fn person_view(
    voice: &Voice<'_>,
    profile: &Profile,
    sizes: Option<&Sizes>,
    has_list: impl Fn(&str) -> bool,
) -> PersonView {
    let (catalogue, strings, lang) = (voice.catalogue, voice.strings, voice.lang);
    let place = catalogue.place(&profile.facility);
    let like = |id: &String| LinkView {
        label: catalogue.interests.name(id, lang).to_owned(),
        path: if has_list(id) { voice.path(&format!("/interests/{id}/")) } else { String::new() },
        count: None,
    };
    let envelope = match address(profile, catalogue, voice.day) {
        Address::Lines(lines) => lines,
        Address::NoRoute => Vec::new(),
    };
    let about = |form: &str| voice.path(&format!("/send/{form}?about={}", profile.id));
    PersonView {
        id: profile.id.as_str().to_owned(),
        name: profile.shown_name.clone(),
        first_name: profile.shown_name.split_whitespace().next().unwrap_or_default().to_owned(),
        face: face(profile, sizes),
        age: age(voice, profile),
        pronouns: profile.pronouns.clone(),
        place: voice.place(&profile.facility),
        languages: profile.languages.iter().map(|id| catalogue.languages.name(id, lang).to_owned()).collect(),
        introduction_lang: profile.introduction_language.clone(),
        introduction_html: introduction(&profile.introduction),
        likes: profile.interests.iter().map(like).collect(),
        hopes: profile.looking_for.iter().map(|id| catalogue.looking_for.name(id, lang).to_owned()).collect(),
        release: release(voice, profile),
        listed: month(strings, lang, profile.listed),
        checked: day(strings, lang, profile.checked),
        check_is_due: check_is_due(profile, voice.day),
        paused: profile.status == Status::Paused,
        envelope,
        number: profile.number.clone(),
        number_label: place.map(|(_, agency)| agency.number.label.clone()).unwrap_or_default(),
        facility: LinkView {
            label: place.map(|(facility, _)| facility.name.clone()).unwrap_or_default(),
            path: voice.path(&format!("/facilities/{}/", profile.facility)),
            count: None,
        },
        mail: mail_view(voice, &profile.facility),
        report_path: about("report"),
        update_path: about("update"),
    }
}

fn release(voice: &Voice<'_>, profile: &Profile) -> String {
    match profile.release {
        Release::Year(year) => voice.strings.format(voice.lang, "person-release-year", &[("year", year.to_string())]),
        Release::Life => voice.strings.text(voice.lang, "person-release-life"),
        Release::Unknown => voice.strings.text(voice.lang, "person-release-unknown"),
    }
}
