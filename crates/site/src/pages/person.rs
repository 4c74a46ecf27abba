//! A person as a card and as a page.

use crate::pages::mail::{Voice, gap_words, mail_view};
use crate::pages::paper::fits;
use crate::photos::Sizes;
use jiff::civil::Date;
use schema::person::envelope::{Address, address_of, is_wide};
use schema::person::kinds::Status;
use schema::person::mail_name::first_last;
use schema::person::profile::{Profile, Release};
use schema::person::visibility::check_is_due;
use schema::place::line::Slot;
use schema::submission::kinds::SubmissionKind;
use templates::dates::{day, month};
use templates::face::{Face, PhotoView, Stamp};
use templates::markdown::{introduction, teaser};
use templates::views::{CardView, FactView, LinkView, PersonView};

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
    // Where everybody is paused there is no list to link to.
    let list_path = |path: String| if has_list(&path) { voice.path(&path) } else { String::new() };
    let like = |id: &String| LinkView {
        label: catalogue.interests.name(id, lang).to_owned(),
        path: list_path(format!("/interests/{id}/")),
        count: None,
    };
    let (envelope, missing) = match address_of(profile, catalogue, voice.day) {
        Address::Lines(lines) => (lines, Vec::new()),
        Address::Missing(gaps) => (Vec::new(), gaps.iter().map(|gap| gap_words(voice, gap)).collect()),
    };
    let about = |address: &str| voice.path(&format!("/send/{address}?about={}", profile.id));
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
        address_checked: address_checked(voice, profile).map(|checked| day(strings, lang, checked)),
        wide: is_wide(&envelope),
        fits: fits(&envelope),
        envelope,
        missing,
        letter_head: letter_head(voice, profile),
        number: profile.number.clone(),
        sign_up: sign_up(voice, profile),
        // Behind a hash nobody but the writer's own browser learns whom a letter is for.
        write_path: voice.path(&format!("/write/#to={}", profile.id)),
        facility: LinkView {
            label: place.map(|(facility, _)| facility.name.clone()).unwrap_or_default(),
            path: list_path(format!("/facilities/{}/", profile.facility)),
            count: None,
        },
        mail: mail_view(voice, &profile.facility),
        report_path: about(voice.address_of(SubmissionKind::Report)),
        update_path: about(voice.address_of(SubmissionKind::Update)),
    }
}

/// The day on which somebody last looked up the lines of a person's envelope: those of the facility, or of the route where
/// letters go elsewhere.
fn address_checked(voice: &Voice<'_>, profile: &Profile) -> Option<Date> {
    let (facility, _) = voice.catalogue.place(&profile.facility)?;
    let route = voice.catalogue.route(&profile.facility, voice.day)?;
    if route.lines.iter().any(|line| line.slots().contains(&Slot::FacilityAddress)) {
        facility.source.as_ref().map(|(_, checked)| *checked)
    } else {
        Some(route.checked)
    }
}

/// The name that mail goes by, first name first; where its order is not known, as it was written.
fn written_name(profile: &Profile) -> String {
    first_last(&profile.mail_name).unwrap_or_else(|| profile.mail_name.clone())
}

/// `Marcus Thompson, DOC number 0123456`
fn letter_head(voice: &Voice<'_>, profile: &Profile) -> String {
    let label = voice.catalogue.place(&profile.facility).map_or("", |(_, agency)| agency.number_label());
    let args = [("name", written_name(profile)), ("label", label.to_owned()), ("number", profile.number.clone())];
    voice.strings.format(voice.lang, "letter-head", &args)
}

/// What a messaging service asks for.
fn sign_up(voice: &Voice<'_>, profile: &Profile) -> Vec<FactView> {
    let Some((facility, agency)) = voice.catalogue.place(&profile.facility) else { return Vec::new() };
    let state = voice.catalogue.jurisdiction(&agency.jurisdiction).map_or("", |known| known.name.get(voice.lang));
    let label = match agency.number_label() {
        "" => voice.strings.text(voice.lang, "sign-up-number"),
        label => label.to_owned(),
    };
    let fact = |label: String, value: &str| FactView { label, value: value.to_owned() };
    let named = |id: &str, value: &str| fact(voice.strings.text(voice.lang, id), value);
    vec![
        named("sign-up-name", &written_name(profile)),
        fact(label, &profile.number),
        named("sign-up-state", state),
        named("sign-up-facility", &facility.name),
    ]
}

fn release(voice: &Voice<'_>, profile: &Profile) -> String {
    match profile.release {
        Release::Year(year) => voice.strings.format(voice.lang, "person-release-year", &[("year", year.to_string())]),
        Release::Life => voice.strings.text(voice.lang, "person-release-life"),
        Release::Unknown => voice.strings.text(voice.lang, "person-release-unknown"),
    }
}
