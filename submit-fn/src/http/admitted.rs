//! A request that was admitted, with what it brought: answers, reference and code, photos.

use crate::deadline::Deadline;
use crate::http::fields::{Field, read_fields};
use crate::http::front::Client;
use crate::http::refusal::Refusal;
use crate::http::route::{LookupStep, MAX_FORM, MAX_PHOTO, Step};
use bytes::Bytes;
use http::Request;
use schema::form::{Answers, Form, Kind, Listed};
use schema::person::profile::ProfileId;
use schema::submission::role::Role;

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
