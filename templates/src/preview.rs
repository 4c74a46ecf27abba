//! A person's card and page as they will look, from the answers of a registration.

use crate::context::PageContext;
use crate::face::Stamp;
use crate::markdown::{introduction, teaser};
use crate::views::PreviewView;
use schema::promotion::as_markdown;
use schema::submission::content::Answer;
use schema::submission::role::Role;

/// Longest teaser on a card, in characters.
pub const TEASER: usize = 150;

/// How the page will look; nothing where the answers are of no person.
pub fn preview(context: &PageContext<'_>, answers: &[Answer]) -> Option<PreviewView> {
    let all = |role| answers.iter().filter(move |answer| answer.role == Some(role)).flat_map(|answer| &answer.values);
    let one = |role| all(role).next().map_or("", String::as_str);
    let (interests, ties) = (&context.catalogue.interests, &context.catalogue.looking_for);
    let (name, said) = (one(Role::ShownName), as_markdown(one(Role::Introduction)));
    let age = one(Role::BirthYear).parse::<i16>().map(|year| (context.day.year() - year).to_string());
    let meta = [age.unwrap_or_default(), one(Role::Pronouns).to_owned(), context.place(one(Role::Facility))];
    (!name.is_empty() && !said.is_empty()).then(|| PreviewView {
        name: name.to_owned(),
        meta: meta.into_iter().filter(|part| !part.is_empty()).collect(),
        teaser: teaser(&said, TEASER),
        introduction_html: introduction(&said),
        introduction_lang: one(Role::IntroductionLanguage).to_owned(),
        likes: all(Role::Interests).map(|id| interests.name(id, context.lang).to_owned()).collect(),
        hopes: all(Role::LookingFor).map(|id| ties.name(id, context.lang).to_owned()).collect(),
        stamp: Stamp::of(name, name),
    })
}
