//! Admits a request: only our own forms, only form bodies, only what the form asks for. Refusals are kinds, not words.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Method, Request};
use schema::catalogue::Catalogue;
use schema::form::{Answers, Form, Kind};

/// Largest body of a form without a photo.
const MAX_BODY: usize = 256 * 1024;
/// Most fields in one body.
const MAX_FIELDS: usize = 500;

/// What a request asks for.
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
}

/// An admitted request.
pub(crate) struct Admitted<'a> {
    pub(crate) form: &'a Form,
    pub(crate) lang: String,
    pub(crate) step: Step,
    pub(crate) answers: Answers,
    pub(crate) token: String,
}

/// Why a request is not admitted; the name is that of its notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    NotFound,
    /// Only these methods.
    Method(&'static str),
    /// A page that was not ours sent it.
    Forbidden,
    WrongType,
    TooLarge,
    BadRequest,
    /// A form's address was opened instead of sent to: its beginning.
    ToStart(String),
}

/// Admits a request or says why not.
pub(crate) fn admit<'a>(
    request: &Request<Bytes>,
    forms: &'a [Form],
    catalogue: &Catalogue,
) -> Result<Admitted<'a>, Refusal> {
    let (lang, form, step) = route(request.uri().path(), forms, catalogue).ok_or(Refusal::NotFound)?;
    let start = format!("{}/send/{}", catalogue.site.prefix(&lang), form.id);
    match (step, request.method()) {
        (Step::Start, &Method::GET | &Method::HEAD) => {
            Ok(Admitted { form, lang, step, answers: about(request, form), token: String::new() })
        }
        (Step::Start, _) => Err(Refusal::Method("GET, HEAD")),
        (_, &Method::GET | &Method::HEAD) => Err(Refusal::ToStart(start)),
        (_, &Method::POST) => {
            admit_origin(request)?;
            let (answers, token) = read_form(request, form)?;
            Ok(Admitted { form, lang, step, answers, token })
        }
        _ => Err(Refusal::Method("POST")),
    }
}

fn route<'a>(path: &str, forms: &'a [Form], catalogue: &Catalogue) -> Option<(String, &'a Form, Step)> {
    let (lang, rest) = match path.strip_prefix("/send/") {
        Some(rest) => (catalogue.site.first_language().to_owned(), rest),
        None => {
            let (lang, rest) = path.strip_prefix('/')?.split_once("/send/")?;
            let known = catalogue.site.languages.iter().skip(1).find(|known| *known == lang)?;
            (known.clone(), rest)
        }
    };
    let (id, step) = match rest.trim_end_matches('/').split_once('/') {
        None => (rest.trim_end_matches('/'), Step::Start),
        Some((id, "check")) => (id, Step::Check),
        Some((id, "change")) => (id, Step::Change),
        Some((id, "send")) => (id, Step::Send),
        Some(_) => return None,
    };
    Some((lang, forms.iter().find(|form| form.id == id)?, step))
}

/// The person whom the form is about, from `?about=ID`, where the form asks for one.
fn about(request: &Request<Bytes>, form: &Form) -> Answers {
    let mut answers = Answers::default();
    let query = request.uri().query().unwrap_or_default();
    let given = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "about").map(|(_, value)| value);
    if let Some(id) =
        given.filter(|id| form.question("about").is_some() && schema::profile::ProfileId::parse(id).is_some())
    {
        answers.set("about", &id);
    }
    answers
}

/// A page of another site cannot send our forms. Browsers say where a form comes from; silence is let through.
fn admit_origin(request: &Request<Bytes>) -> Result<(), Refusal> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match header("sec-fetch-site") {
        Some("cross-site") => Err(Refusal::Forbidden),
        Some(_) => Ok(()),
        None => match (header("origin"), header("host")) {
            (Some(origin), Some(host)) if origin != "null" => {
                let same = origin.split_once("://").is_some_and(|(_, authority)| authority == host);
                same.then_some(()).ok_or(Refusal::Forbidden)
            }
            _ => Ok(()),
        },
    }
}

fn read_form(request: &Request<Bytes>, form: &Form) -> Result<(Answers, String), Refusal> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = kind.split(';').next().unwrap_or_default().trim();
    let charset = kind
        .split(';')
        .skip(1)
        .find_map(|part| part.trim().to_ascii_lowercase().strip_prefix("charset=").map(str::to_owned));
    let utf8 = charset.is_none_or(|charset| charset.trim_matches('"') == "utf-8");
    if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded")
        || !utf8
        || request.headers().contains_key("content-encoding")
    {
        return Err(Refusal::WrongType);
    }
    let body = request.body();
    if body.len() > MAX_BODY || body.iter().filter(|byte| **byte == b'&').count() >= MAX_FIELDS {
        return Err(Refusal::TooLarge);
    }
    let mut answers = Answers::default();
    let mut token = String::new();
    for (name, value) in form_urlencoded::parse(body) {
        if name == "token" {
            token = value.into_owned();
        } else {
            answers.add(&name, &value);
        }
    }
    let answers = answers.only(form);
    let doubled = form.questions().any(|question| question.kind != Kind::Choices && answers.count(&question.name) > 1);
    if doubled { Err(Refusal::BadRequest) } else { Ok((answers, token)) }
}
