//! The page of a person.

use crate::ledger::Kind;
use crate::pages::mail::{gap_words, mail_view};
use crate::pages::page::{Body, Page};
use crate::pages::paper::fits;
use crate::pages::scene::Scene;
use crate::pages::teaser::{age, face};
use crate::published_photos::Sizes;
use crate::source::profile_path;
use anyhow::Result;
use jiff::civil::Date;
use schema::person::envelope::{Address, address_of, is_wide};
use schema::person::kinds::Status;
use schema::person::mail_name::first_last;
use schema::person::profile::{Profile, Release};
use schema::person::visibility::{came_back_lately, check_is_due};
use schema::place::line::Slot;
use schema::site::address;
use schema::submission::kinds::SubmissionKind;
use templates::context::PageContext;
use templates::dates::{day, month};
use templates::frame::About;
use templates::markdown::introduction;
use templates::texts;
use templates::views::{FactView, LinkView, PersonView};

struct Person<'a>(&'a Profile);

pub(super) fn plan<'a>(scene: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    let page = |person: &&'a Profile| {
        Page::of_file(lang, address::person(&person.id), profile_path(&person.id), Person(person))
    };
    scene.people.with_page.iter().map(page).collect()
}

impl Body for Person<'_> {
    fn kind(&self) -> Kind {
        Kind::Person
    }

    fn template(&self) -> &'static str {
        "person.html"
    }

    fn person(&self) -> Option<&Profile> {
        Some(self.0)
    }

    fn is_for_search(&self) -> bool {
        self.0.search_engines
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let Person(profile) = self;
        let context = scene.context(page.lang);
        let view = person_view(&context, profile, scene.photos.get(&profile.id), |path| scene.has_list(path));
        let on = |text| context.format(text, [view.name.clone(), view.place.clone()]);
        let about = page.about(on(texts::PERSON_TITLE), on(texts::PERSON_DESCRIPTION));
        page.set(scene, About { section: "people", kind: "profile", ..about }, &view)
    }
}

/// A page. `lists` tells whether an interest has a list of its own to link to.
fn person_view(
    context: &PageContext<'_>,
    profile: &Profile,
    sizes: Option<&Sizes>,
    has_list: impl Fn(&str) -> bool,
) -> PersonView {
    let (catalogue, strings, lang) = (context.catalogue, context.strings, context.lang);
    let place = catalogue.place(&profile.facility);
    // Where everybody is paused there is no list to link to.
    let list_path = |path: String| if has_list(&path) { context.path(&path) } else { String::new() };
    let like = |id: &String| LinkView {
        label: catalogue.interests.name(id, lang).to_owned(),
        path: list_path(format!("/interests/{id}/")),
        count: None,
    };
    let (envelope, missing) = match address_of(profile, catalogue, context.day) {
        Address::Lines(lines) => (lines, Vec::new()),
        Address::Missing(gaps) => (Vec::new(), gaps.iter().map(|gap| gap_words(context, gap)).collect()),
    };
    let about = |kind| format!("{}?about={}", context.send_path(kind), profile.id);
    PersonView {
        id: profile.id.as_str().to_owned(),
        name: profile.shown_name.clone(),
        first_name: first_name(profile).to_owned(),
        face: face(profile, sizes),
        age: age(context, profile),
        pronouns: profile.pronouns.clone(),
        place: context.place(&profile.facility),
        languages: profile.languages.iter().map(|id| catalogue.languages.name(id, lang).to_owned()).collect(),
        introduction_lang: profile.introduction_language.clone(),
        introduction_html: introduction(&profile.introduction),
        likes: profile.interests.iter().map(like).collect(),
        hopes: profile.looking_for.iter().map(|id| catalogue.looking_for.name(id, lang).to_owned()).collect(),
        release: release(context, profile),
        listed: month(strings, lang, profile.listed),
        checked: profile.compared_on().map(|checked| day(strings, lang, checked)),
        check_is_due: check_is_due(profile, context.day),
        paused: profile.status == Status::Paused,
        came_back: came_back(context, profile),
        address_checked: address_checked(context, profile).map(|checked| day(strings, lang, checked)),
        wide: is_wide(&envelope),
        fits: fits(&envelope),
        envelope,
        missing,
        letter_head: letter_head(context, profile),
        number: profile.number.clone(),
        sign_up: sign_up(context, profile),
        // Behind a hash nobody but the writer's own browser learns whom a letter is for.
        write_path: context.path(&format!("/write/#to={}", profile.id)),
        facility: LinkView {
            label: place.map(|(facility, _)| facility.name.clone()).unwrap_or_default(),
            path: list_path(format!("/facilities/{}/", profile.facility)),
            count: None,
        },
        mail: mail_view(context, &profile.facility),
        report_path: about(SubmissionKind::Report),
        update_path: about(SubmissionKind::Update),
    }
}

/// Whoever writes next is told that letters came back.
fn came_back(context: &PageContext<'_>, profile: &Profile) -> Option<String> {
    let count = came_back_lately(profile, context.day);
    let told = || context.strings.count_for(context.lang, texts::PERSON_CAME_BACK, count, first_name(profile));
    (count > 0).then(told)
}

/// What they are called in sentences.
fn first_name(profile: &Profile) -> &str {
    profile.shown_name.split_whitespace().next().unwrap_or_default()
}

/// The day on which somebody last looked up the lines of a person's envelope: those of the facility, or of the route where
/// letters go elsewhere.
fn address_checked(context: &PageContext<'_>, profile: &Profile) -> Option<Date> {
    let (facility, _) = context.catalogue.place(&profile.facility)?;
    let route = context.catalogue.route(&profile.facility, context.day)?;
    if route.lines.iter().any(|line| line.slots().contains(&Slot::FacilityAddress)) {
        facility.checked
    } else {
        Some(route.checked)
    }
}

/// The name that mail goes by, first name first; where its order is not known, as it was written.
fn written_name(profile: &Profile) -> String {
    first_last(&profile.mail_name).unwrap_or_else(|| profile.mail_name.clone())
}

/// `Marcus Thompson, DOC number 0123456`
fn letter_head(context: &PageContext<'_>, profile: &Profile) -> String {
    let label = context.catalogue.place(&profile.facility).map_or("", |(_, agency)| agency.number_label());
    context.format(texts::LETTER_HEAD, [written_name(profile), label.to_owned(), profile.number.clone()])
}

/// What a messaging service asks for.
fn sign_up(context: &PageContext<'_>, profile: &Profile) -> Vec<FactView> {
    let Some((facility, agency)) = context.catalogue.place(&profile.facility) else { return Vec::new() };
    let state = context.catalogue.jurisdiction(&agency.jurisdiction).map_or("", |known| known.name.get(context.lang));
    let label = match agency.number_label() {
        "" => context.text(texts::SIGN_UP_NUMBER),
        label => label.to_owned(),
    };
    let fact = |label: String, value: &str| FactView { label, value: value.to_owned() };
    let named = |text, value: &str| fact(context.text(text), value);
    vec![
        named(texts::SIGN_UP_NAME, &written_name(profile)),
        fact(label, &profile.number),
        named(texts::SIGN_UP_STATE, state),
        named(texts::SIGN_UP_FACILITY, &facility.name),
    ]
}

fn release(context: &PageContext<'_>, profile: &Profile) -> String {
    match profile.release {
        Release::Year(year) => context.format(texts::PERSON_RELEASE_YEAR, [year.to_string()]),
        Release::Life => context.text(texts::PERSON_RELEASE_LIFE),
        Release::Unknown => context.text(texts::PERSON_RELEASE_UNKNOWN),
    }
}
