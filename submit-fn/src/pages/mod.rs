//! The pages with which requests are answered: the site's own templates, in the language of the form, never kept by a cache.

mod filled;
mod notices;
mod sent;

pub(crate) use filled::Again;
pub(crate) use sent::Sent;

use crate::http::route::MINE;
use http::{Response, StatusCode, header};
use jiff::Timestamp;
use schema::form::{Answers, Form};
use schema::person::life::Lives;
use schema::place::catalogue::Catalogue;
use schema::site::address;
use schema::submission::kinds::SubmissionKind;
use serde::Serialize;
use templates::Theme;
use templates::context::PageContext;
use templates::dates::day;
use templates::frame::{About, frame};
use templates::headers::SECURITY_HEADERS;
use templates::texts::{NOTICE_TITLE, NoticeKind, Text};
use templates::views::HiddenView;

/// What pages are made of.
pub(crate) struct Pages {
    pub(crate) theme: Theme,
    pub(crate) catalogue: Catalogue,
    pub(crate) forms: Vec<Form>,
    /// Where people's pages stand, where that is known.
    pub(crate) lives: Option<Lives>,
    pub(crate) clock: fn() -> Timestamp,
}

/// What stands above a page.
pub(crate) struct Head<'a> {
    pub(crate) status: StatusCode,
    pub(crate) lang: &'a str,
    pub(crate) title: &'a str,
}

impl Pages {
    pub(crate) fn context<'a>(&'a self, lang: &'a str) -> PageContext<'a> {
        let day = self.catalogue.site.time_zone.day((self.clock)());
        PageContext { catalogue: &self.catalogue, strings: &self.theme.strings, forms: &self.forms, lang, day }
    }

    /// A page set by a template.
    pub(crate) fn page<V: Serialize>(
        &self,
        Head { status, lang, title }: Head<'_>,
        template: &str,
        view: &V,
    ) -> Response<String> {
        let about = About {
            lang,
            title: title.to_owned(),
            description: String::new(),
            path: "",
            noindex: true,
            section: "",
            kind: "website",
        };
        let frame = frame(&self.catalogue, &self.theme.assets, about);
        let rendered = self.theme.render(template, &frame, view);
        let (status, body) = match rendered {
            Ok(body) => (status, body),
            Err(error) => {
                tracing::error!(error = %error, "a page could not be rendered");
                (StatusCode::INTERNAL_SERVER_ERROR, self.theme.strings.text(lang, NOTICE_TITLE.of(NoticeKind::Broken)))
            }
        };
        answer(status, body)
    }

    /// On to another page.
    pub(crate) fn see_other(&self, path: &str) -> Response<String> {
        let mut response = answer(StatusCode::SEE_OTHER, String::new());
        if let Ok(value) = path.parse() {
            response.headers_mut().insert(header::LOCATION, value);
        }
        response
    }

    /// What is wrong, in words; none where nothing is.
    pub(crate) fn error_words(&self, lang: &str, error: Option<Text>) -> String {
        error.map_or_else(String::new, |error| self.theme.strings.text(lang, error))
    }

    /// The day of a moment, in words.
    pub(crate) fn day_of(&self, lang: &str, moment: Timestamp) -> String {
        day(&self.theme.strings, lang, self.catalogue.site.time_zone.day(moment))
    }

    /// An address of the pages about what was sent.
    pub(crate) fn lookup_path(&self, lang: &str, step: &str) -> String {
        format!("{}{}{step}", self.catalogue.site.prefix(lang), address::send(MINE))
    }

    /// The address of an empty form, on the site.
    pub(crate) fn form_path(&self, lang: &str, form: &Form) -> String {
        format!("{}{}", self.catalogue.site.prefix(lang), address::form(form))
    }

    /// The whole address of a path, as people write and type it.
    pub(crate) fn typed_address(&self, path: &str) -> String {
        format!("{}{path}", self.catalogue.site.url.trim_start_matches("https://"))
    }

    /// The form for changes, where the site has one.
    pub(crate) fn update_form(&self) -> Option<&Form> {
        self.forms.iter().find(|form| form.kind == SubmissionKind::Update)
    }

    /// Where the button that leaves at once leads, on every page about what has one.
    pub(crate) fn exit_of(&self, kind: SubmissionKind) -> Option<String> {
        self.forms.iter().find(|form| form.kind == kind).and_then(|form| form.exit.clone())
    }
}

/// Answers as fields that are not shown.
fn hidden(answers: &Answers) -> Vec<HiddenView> {
    answers.iter().map(|(name, value)| HiddenView { name: name.to_owned(), value: value.to_owned() }).collect()
}

/// Under what name the browser keeps what is typed: that of a form, and of what is corrected with it.
fn draft_name(form: &str, second: Option<&str>) -> String {
    match second {
        // Of what leaves nothing in the browser, nothing has a name.
        Some(reference) if !form.is_empty() => format!("{form}#{reference}"),
        _ => form.to_owned(),
    }
}

/// An answer with all that each of ours has.
fn answer(status: StatusCode, body: String) -> Response<String> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    for (name, value) in SECURITY_HEADERS {
        headers.insert(*name, header::HeaderValue::from_static(value));
    }
    response
}
