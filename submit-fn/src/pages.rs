//! The pages with which requests are answered: the site's own templates, in the language of the form, never kept by a cache.

use crate::request::{Admitted, Refusal};
use http::{Response, StatusCode, header};
use schema::catalogue::Catalogue;
use schema::form::{Fault, Form, Stop};
use schema::submission::{Answer, Submission};
use serde::Serialize;
use templates::Theme;
use templates::dates::day;
use templates::forms::{Setting, action, answered_groups, form_view};
use templates::frame::{About, frame};
use templates::headers::SECURITY_HEADERS;
use templates::views::{CheckView, HiddenView, LinkView, NoticeView, SentView, StopView};

/// What pages are made of.
pub(crate) struct Pages {
    pub(crate) theme: Theme,
    pub(crate) catalogue: Catalogue,
    pub(crate) forms: Vec<Form>,
}

impl Pages {
    fn setting<'a>(&'a self, lang: &'a str) -> Setting<'a> {
        Setting { catalogue: &self.catalogue, strings: &self.theme.strings, lang }
    }

    /// The form, with what is wrong.
    pub(crate) fn form(&self, admitted: &Admitted<'_>, faults: &[(String, Fault)]) -> Response<String> {
        let view = form_view(&self.setting(&admitted.lang), admitted.form, &admitted.answers, faults);
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let title = match faults {
            [] => view.title.clone(),
            _ => self.theme.strings.format(&admitted.lang, "form-error-prefix", &[("title", view.title.clone())]),
        };
        self.page(status, &admitted.lang, &title, "form.html", &view)
    }

    /// All answers, before they are sent. `again` names the notice that says why they are shown once more.
    pub(crate) fn check(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        token: &str,
        again: Option<&str>,
    ) -> Response<String> {
        let (form, lang) = (admitted.form, admitted.lang.as_str());
        let mut hidden: Vec<HiddenView> = admitted
            .answers
            .iter()
            .map(|(name, value)| HiddenView { name: name.to_owned(), value: value.to_owned() })
            .collect();
        hidden.push(HiddenView { name: "token".into(), value: token.into() });
        let view = CheckView {
            action: action(&self.catalogue, lang, form, "send"),
            change_action: action(&self.catalogue, lang, form, "change"),
            form_title: form.title.get(lang).to_owned(),
            groups: answered_groups(&self.setting(lang), form, answers),
            hidden,
            button: form.send.get(lang).to_owned(),
            again: again.unwrap_or_default().to_owned(),
        };
        let status = if again.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        self.page(status, lang, &self.theme.strings.text(lang, "check-title"), "check.html", &view)
    }

    /// It is stored: the reference, and what happens next.
    pub(crate) fn sent(&self, admitted: &Admitted<'_>, submission: &Submission) -> Response<String> {
        let (form, lang) = (admitted.form, admitted.lang.as_str());
        let date = jiff::tz::TimeZone::UTC.to_datetime(submission.written_at).date();
        let view = SentView {
            title: form.sent_title.get(lang).to_owned(),
            reference: submission.id.to_string(),
            paragraphs: form.sent.iter().map(|paragraph| paragraph.get(lang).to_owned()).collect(),
            when: day(&self.theme.strings, lang, date),
        };
        self.page(StatusCode::OK, lang, &view.title, "sent.html", &view)
    }

    /// The store could not be reached: nothing is lost, for the answers are on the page and can be sent again.
    pub(crate) fn not_saved(&self, admitted: &Admitted<'_>, answers: &[Answer]) -> Response<String> {
        let mut response = self.check(admitted, answers, &admitted.token, Some("unavailable"));
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        response
    }

    /// The agency forbids listings.
    pub(crate) fn stop(&self, admitted: &Admitted<'_>, stop: &Stop) -> Response<String> {
        let lang = admitted.lang.as_str();
        let Some(agency) = self.catalogue.agencies.get(&stop.agency) else {
            return self.notice(StatusCode::INTERNAL_SERVER_ERROR, lang, "broken");
        };
        let source = agency.listing.source.as_ref();
        let view = StopView {
            agency: agency.name.clone(),
            reason: agency.listing.reason.as_ref().map_or("", |reason| reason.get(lang)).to_owned(),
            source: source.map(|(source, _)| source.clone()),
            checked: source.map(|(_, checked)| day(&self.theme.strings, lang, *checked)),
        };
        let title = self.theme.strings.format(lang, "stop-title", &[("agency", view.agency.clone())]);
        self.page(StatusCode::OK, lang, &title, "stop.html", &view)
    }

    /// A refusal, in the language of the path where it has one.
    pub(crate) fn refuse(&self, path: &str, refusal: &Refusal) -> Response<String> {
        let (status, kind) = match refusal {
            Refusal::NotFound | Refusal::ToStart(_) => (StatusCode::NOT_FOUND, "not-found"),
            Refusal::Method(_) => (StatusCode::METHOD_NOT_ALLOWED, "method"),
            Refusal::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Refusal::WrongType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong-type"),
            Refusal::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Refusal::BadRequest => (StatusCode::BAD_REQUEST, "bad-request"),
        };
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let known = self.catalogue.site.languages.iter().find(|language| *language == first);
        let lang = known.map_or(self.catalogue.site.first_language(), String::as_str);
        let mut response = self.notice(status, lang, kind);
        if let Refusal::Method(allowed) = refusal {
            response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allowed));
        }
        response
    }

    /// On to another page.
    pub(crate) fn see_other(&self, path: &str) -> Response<String> {
        let mut response = Response::new(String::new());
        *response.status_mut() = StatusCode::SEE_OTHER;
        if let Ok(value) = path.parse() {
            response.headers_mut().insert(header::LOCATION, value);
        }
        response
    }

    fn notice(&self, status: StatusCode, lang: &str, kind: &str) -> Response<String> {
        let strings = &self.theme.strings;
        let link = |form: &Form| LinkView {
            label: form.title.get(lang).to_owned(),
            path: format!("{}/{}/", self.catalogue.site.prefix(lang), form.id),
            count: None,
        };
        let view = NoticeView { kind: kind.to_owned(), links: self.forms.iter().map(link).collect() };
        self.page(status, lang, &strings.text(lang, &format!("notice-{kind}-title")), "notice.html", &view)
    }

    fn page<V: Serialize>(
        &self,
        status: StatusCode,
        lang: &str,
        title: &str,
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
                (StatusCode::INTERNAL_SERVER_ERROR, self.theme.strings.text(lang, "notice-broken-title"))
            }
        };
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
}
