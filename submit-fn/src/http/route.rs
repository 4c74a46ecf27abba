//! Admits a request: only our own addresses, methods, pages and bodies. Refusals are kinds, not words.

use crate::deadline::Deadline;
use crate::http::fields::{Field, read_fields};
use crate::http::front::{Client, Front, header};
use crate::http::refusal::Refusal;
use bytes::Bytes;
use http::{Method, Request};
use schema::form::{Answers, Form, Kind, Listed};
use schema::person::profile::ProfileId;
use schema::place::catalogue::Catalogue;
use schema::site::address;
use schema::submission::role::Role;

/// Largest body of a form without a photo, in bytes.
const MAX_FORM: usize = 256 * 1024;
/// Largest body with a photo: more than any gateway carries (10 MB, and Lambda 4.49 MiB), so that a photo which is too large is
/// answered as a photo, with reference, code and the form to choose another.
const MAX_PHOTO: usize = 12 * 1024 * 1024;

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

/// Reference and code of what is corrected, as they travel with its pages.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    /// As it came.
    pub(crate) reference: String,
    /// As it came.
    pub(crate) code: String,
}

impl Pair {
    /// Out of one field of a page.
    fn parse(field: &str) -> Option<Self> {
        let (reference, code) = field.split_once('/').unwrap_or((field, ""));
        (!field.is_empty()).then(|| Self { reference: reference.to_owned(), code: code.to_owned() })
    }

    /// As one field of a page.
    pub(crate) fn field(&self) -> String {
        format!("{}/{}", self.reference, self.code)
    }
}

/// An admitted request to a form.
#[derive(Clone)]
pub(crate) struct Admitted<'a> {
    pub(crate) form: &'a Form,
    pub(crate) lang: String,
    pub(crate) step: Step,
    pub(crate) answers: Answers,
    /// What the page says that they are about, where that is known.
    pub(crate) listed: Option<Listed>,
    pub(crate) token: String,
    /// The code of what was put down, as typed; empty where nothing was.
    pub(crate) draft: String,
    /// Reference and code of what this is a second version of; none where it is the first.
    pub(crate) second: Option<Pair>,
    pub(crate) client: Client,
    /// The browser did not say which page sent it.
    pub(crate) is_silent: bool,
    pub(crate) deadline: Deadline,
}

/// An admitted request about what was sent.
pub(crate) struct LookupRequest {
    pub(crate) lang: String,
    pub(crate) step: LookupStep,
    /// As typed.
    pub(crate) reference: String,
    /// As typed.
    pub(crate) code: String,
    /// Files of the field `photo`, in order.
    pub(crate) photos: Vec<Bytes>,
    /// The box that says the person agreed to have this photo shown.
    pub(crate) photo_is_agreed: bool,
    pub(crate) client: Client,
    pub(crate) deadline: Deadline,
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

/// A page of another site cannot send our forms. Browsers say where a form comes from; whoever says nothing is let through, and
/// that is noted: whether it was so.
pub(crate) fn admit_origin(request: &Request<Bytes>, front: &Front, site: &str) -> Result<bool, Refusal> {
    match (header(request, "sec-fetch-site"), header(request, "origin"), header(request, "referer")) {
        (Some("cross-site"), ..) => Err(Refusal::Forbidden),
        (Some(_), ..) => Ok(false),
        (None, Some("null"), _) | (None, None, None) => Ok(true),
        (None, Some(origin), _) => {
            front.is_own_origin(request, origin, site).then_some(false).ok_or(Refusal::Forbidden)
        }
        (None, None, Some(referer)) => {
            let origin: String = referer.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
            front.is_own_origin(request, &origin, site).then_some(false).ok_or(Refusal::Forbidden)
        }
    }
}

/// The person whom the form is about, from `?about=ID`, where the form asks for one.
pub(crate) fn about(request: &Request<Bytes>, form: &Form) -> Answers {
    let mut answers = Answers::default();
    let query = request.uri().query().unwrap_or_default();
    let given = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "about").map(|(_, value)| value);
    if let (Some(id), Some(question)) = (given, form.question_for(Role::About))
        && ProfileId::parse(&id).is_some()
    {
        answers.set(&question.name, &id);
    }
    answers
}

/// What a form's body holds beside its answers.
#[derive(Default)]
pub(crate) struct Along {
    /// The sealed token of the page to check it.
    pub(crate) token: Option<String>,
    /// The code of what was put down.
    pub(crate) draft: Option<String>,
    /// What is corrected.
    pub(crate) second: Option<Pair>,
}

/// Answers of a form's body, and what came along. What the form does not ask for is left out; an answer that comes twice is refused.
pub(crate) async fn read_answers(request: &Request<Bytes>, form: &Form) -> Result<(Answers, Along), Refusal> {
    let mut answers = Answers::default();
    let Along { mut token, mut draft, mut second } = Along::default();
    for field in read_fields(request, MAX_FORM).await? {
        match (field.name.as_str(), std::str::from_utf8(&field.bytes)) {
            ("token", _) if token.is_some() => return Err(Refusal::BadRequest),
            ("token", Ok(text)) => token = Some(text.to_owned()),
            ("draft", _) if draft.is_some() => return Err(Refusal::BadRequest),
            ("draft", Ok(text)) => draft = Some(text.chars().take(64).collect()),
            ("second", _) if second.is_some() => return Err(Refusal::BadRequest),
            ("second", Ok(text)) => second = Pair::parse(&text.chars().take(64).collect::<String>()),
            (name, Ok(text)) if !field.is_file => answers.add(name, text),
            // A text that came as a file is not taken for one.
            (name, _) => answers.add_unreadable(name, &String::from_utf8_lossy(&field.bytes)),
        }
    }
    let answers = answers.only(form);
    let several = |name: &str| form.question(name).is_some_and(|question| question.kind == Kind::Choices);
    let doubled = answers.iter().any(|(name, _)| !several(name) && answers.count(name) > 1);
    if doubled { Err(Refusal::BadRequest) } else { Ok((answers, Along { token, draft, second })) }
}

/// Reference, code and photos of a body.
pub(crate) async fn read_asked(
    request: &Request<Bytes>,
    lang: String,
    step: LookupStep,
    client: Client,
    deadline: Deadline,
) -> Result<LookupRequest, Refusal> {
    let most = if step == LookupStep::Photo { MAX_PHOTO } else { MAX_FORM };
    let fields = read_fields(request, most).await?;
    let text = |wanted: &str| -> Result<String, Refusal> {
        let mut found = fields.iter().filter(|field| field.name == wanted);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(Refusal::BadRequest),
            (Some(field), None) => Ok(String::from_utf8_lossy(&field.bytes).chars().take(64).collect()),
            (None, None) => Ok(String::new()),
        }
    };
    let (reference, code) = (text("reference")?, text("code")?);
    let photo_is_agreed = text("consent_photo")? == "yes";
    // A browser sends a file without name or bytes where none was chosen.
    let is_photo = |field: &&Field| field.name == "photo" && (field.is_named || !field.bytes.is_empty());
    let photos = fields.iter().filter(is_photo).map(|field| field.bytes.clone()).collect();
    Ok(LookupRequest { lang, step, reference, code, photos, photo_is_agreed, client, deadline })
}
