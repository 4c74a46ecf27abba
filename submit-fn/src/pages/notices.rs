//! What is said in place of what was asked for.

use super::{Head, Pages};
use crate::http::admitted::Admitted;
use crate::http::refusal::Refusal;
use crate::http::route::{Target, route};
use http::{Response, StatusCode, header};
use schema::form::{Form, Stop};
use schema::submission::reference::Reference;
use templates::dates::day;
use templates::texts::{self, NOTICE_TITLE, NoticeKind};
use templates::views::{LinkView, NoticeView, StopView};

impl Pages {
    /// This page was sent before, with other answers: those stand, and can be corrected.
    pub(crate) fn already_sent(&self, admitted: &Admitted<'_>, reference: &Reference) -> Response<String> {
        let (kind, exit) = (NoticeKind::AlreadySent, admitted.form.exit.clone());
        let view = self.notice_view(&admitted.lang, kind, Some(reference.to_string()), exit);
        let title = self.theme.strings.text(&admitted.lang, NOTICE_TITLE.of(kind));
        self.page(Head { status: StatusCode::CONFLICT, lang: &admitted.lang, title: &title }, "notice.html", &view)
    }

    /// Something went wrong that should not have.
    pub(crate) fn broken(&self, path: &str) -> Response<String> {
        self.notice(StatusCode::INTERNAL_SERVER_ERROR, self.language_of(path), NoticeKind::Broken, self.exit_at(path))
    }

    /// The agency forbids listings.
    pub(crate) fn stop(&self, admitted: &Admitted<'_>, stop: &Stop) -> Response<String> {
        let lang = admitted.lang.as_str();
        let Some(agency) = self.catalogue.agencies.get(&stop.agency) else {
            return self.notice(
                StatusCode::INTERNAL_SERVER_ERROR,
                lang,
                NoticeKind::Broken,
                admitted.form.exit.clone(),
            );
        };
        let view = StopView {
            agency: agency.name.clone(),
            reason: agency.listing.reason.as_ref().map_or("", |reason| reason.get(lang)).to_owned(),
            source: agency.listing.source.clone(),
            heard: agency.listing.heard.as_ref().map(|how| how.get(lang).to_owned()),
            checked: agency.listing.checked.map(|checked| day(&self.theme.strings, lang, checked)),
            unconfirmed: !agency.listing.confirmed,
        };
        let title = self.theme.strings.format(lang, texts::STOP_TITLE, [view.agency.clone()]);
        self.page(Head { status: StatusCode::OK, lang, title: &title }, "stop.html", &view)
    }

    /// A refusal, in the language of the path where it has one.
    pub(crate) fn refuse(&self, path: &str, refusal: &Refusal) -> Response<String> {
        let (status, kind) = match refusal {
            Refusal::NotFound | Refusal::ToStart(_) => (StatusCode::NOT_FOUND, NoticeKind::NotFound),
            Refusal::Method(_) => (StatusCode::METHOD_NOT_ALLOWED, NoticeKind::Method),
            Refusal::Forbidden => (StatusCode::FORBIDDEN, NoticeKind::Forbidden),
            Refusal::WrongType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, NoticeKind::WrongType),
            Refusal::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, NoticeKind::TooLarge),
            Refusal::BadRequest => (StatusCode::BAD_REQUEST, NoticeKind::BadRequest),
        };
        let mut response = self.notice(status, self.language_of(path), kind, self.exit_at(path));
        if let Refusal::Method(allowed) = refusal {
            response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allowed));
        }
        response
    }

    /// A notice by its kind.
    pub(crate) fn notice(
        &self,
        status: StatusCode,
        lang: &str,
        kind: NoticeKind,
        exit: Option<String>,
    ) -> Response<String> {
        let title = self.theme.strings.text(lang, NOTICE_TITLE.of(kind));
        let view = self.notice_view(lang, kind, None, exit);
        self.page(Head { status, lang, title: &title }, "notice.html", &view)
    }

    fn notice_view(&self, lang: &str, kind: NoticeKind, reference: Option<String>, exit: Option<String>) -> NoticeView {
        let link = |form: &Form| LinkView {
            label: form.title.get(lang).to_owned(),
            path: self.form_path(lang, form),
            count: None,
        };
        NoticeView { kind: kind.word().to_owned(), reference, links: self.forms.iter().map(link).collect(), exit }
    }

    fn language_of(&self, path: &str) -> &str {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let known = self.catalogue.site.languages.iter().find(|language| *language == first);
        known.map_or(self.catalogue.site.first_language(), String::as_str)
    }

    /// Where the button that leaves at once leads, on a page at an address.
    fn exit_at(&self, path: &str) -> Option<String> {
        let form = route(path, &self.forms, &self.catalogue).map(|route| route.target);
        match form {
            Some(Target::Form(form, _)) => form.exit.clone(),
            _ => None,
        }
    }
}
