//! Admits a request: only our own addresses, methods, pages and bodies. Refusals are kinds, not words.

use crate::http::refusal::Refusal;
use bytes::Bytes;
use http::{Method, Request};
use schema::form::Form;
use schema::place::catalogue::Catalogue;
use schema::site::address;

/// Largest body of a form without a photo, in bytes.
pub(super) const MAX_FORM: usize = 256 * 1024;
/// Largest body with a photo: more than any gateway carries (10 MB, and Lambda 4.49 MiB), so that a photo which is too large is
/// answered as a photo, with reference, code and the form to choose another.
pub(super) const MAX_PHOTO: usize = 12 * 1024 * 1024;

/// The largest body that an address takes, in bytes. Whoever reads more of it before asking the handler wastes memory: the answer is
/// that of [`Handler::answer_too_large`](crate::Handler::answer_too_large).
pub fn largest_body(path: &str) -> usize {
    let is_photo = path.strip_suffix('/').unwrap_or(path).ends_with(&format!("{}{MINE}/photo", address::SEND));
    if is_photo { MAX_PHOTO } else { MAX_FORM }
}

/// The address at which people ask about what they sent.
pub(crate) use schema::site::address::MINE;

/// A step of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The empty form, perhaps with the person it is about.
    Start,
    /// Check the answers.
    Check,
    /// Go back to the answers.
    Change,
    /// Send them.
    Send,
    /// Put it down half-filled, and be told the code; opened, it asks for a code.
    Keep,
    /// Take up what a code keeps.
    TakeUp,
    /// Delete what a code keeps.
    Delete,
    /// Register the next person, with what the sender said of themselves.
    Another,
}

/// A step of asking about what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookupStep {
    /// Type reference and code.
    Start,
    /// See where it stands.
    Status,
    /// Add a photo, or put another in its place.
    Photo,
    /// Correct it: opened as it was sent, or through the form for changes.
    Correct,
    /// Ask whether to take it back.
    TakeBack,
    /// Take it back.
    TakenBack,
}

/// What an address leads to.
#[derive(Clone, Copy)]
pub(crate) enum Target<'a> {
    Form(&'a Form, Step),
    Lookup(LookupStep),
}

impl Target<'_> {
    /// How it is asked: beginnings are opened, what follows is sent to, and where a code is typed, a form can be put down.
    fn methods(&self) -> &'static str {
        match self {
            Target::Form(_, Step::Start) | Target::Lookup(LookupStep::Start) => "GET, HEAD",
            Target::Form(_, Step::Keep) => "GET, HEAD, POST",
            Target::Form(..) | Target::Lookup(_) => "POST",
        }
    }

    /// Its name in logs: never anything that somebody typed.
    pub(crate) fn name(&self) -> String {
        match self {
            Target::Form(form, step) => format!("{}/{step:?}", form.id),
            Target::Lookup(step) => format!("mine/{step:?}"),
        }
    }
}

/// Language and target of a path.
pub(crate) struct Route<'a> {
    pub(crate) lang: String,
    pub(crate) target: Target<'a>,
}

/// What the path leads to.
pub(crate) fn route<'a>(path: &str, forms: &'a [Form], catalogue: &Catalogue) -> Option<Route<'a>> {
    let (lang, rest) = match path.strip_prefix(address::SEND) {
        Some(rest) => (catalogue.site.first_language().to_owned(), rest),
        None => {
            let (lang, rest) = path.strip_prefix('/')?.split_once(address::SEND)?;
            let known = catalogue.site.languages.iter().skip(1).find(|known| *known == lang)?;
            (known.clone(), rest)
        }
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (address, step) = rest.split_once('/').map_or((rest, None), |(address, step)| (address, Some(step)));
    let target = if address == MINE {
        Target::Lookup(match step {
            None => LookupStep::Start,
            Some("status") => LookupStep::Status,
            Some("photo") => LookupStep::Photo,
            Some("correct") => LookupStep::Correct,
            Some("take-back") => LookupStep::TakeBack,
            Some("taken-back") => LookupStep::TakenBack,
            Some(_) => return None,
        })
    } else {
        let form = forms.iter().find(|form| form.address == address)?;
        Target::Form(
            form,
            match step {
                None => Step::Start,
                Some("check") => Step::Check,
                Some("change") => Step::Change,
                Some("send") => Step::Send,
                Some(step) if form.can_be_put_down() => match step {
                    "keep" => Step::Keep,
                    "take-up" => Step::TakeUp,
                    "delete" => Step::Delete,
                    "another" => Step::Another,
                    _ => return None,
                },
                Some(_) => return None,
            },
        )
    };
    Some(Route { lang, target })
}

/// What may be done at a target: beginnings are opened, everything else is sent to.
pub(crate) fn admit_method(request: &Request<Bytes>, route: &Route<'_>, catalogue: &Catalogue) -> Result<(), Refusal> {
    let address = match route.target {
        Target::Form(form, Step::TakeUp | Step::Delete) => &format!("{}/keep", form.address),
        Target::Form(form, _) => form.address.as_str(),
        Target::Lookup(_) => MINE,
    };
    let allowed = route.target.methods();
    match *request.method() {
        ref method if allowed.split(", ").any(|known| known == method.as_str()) => Ok(()),
        Method::GET | Method::HEAD => {
            Err(Refusal::ToStart(format!("{}{}", catalogue.site.prefix(&route.lang), address::send(address))))
        }
        _ => Err(Refusal::Method(allowed)),
    }
}
