//! The pages about a form that was put down: its code, and where a code is typed.

use crate::http::admitted::Admitted;
use crate::pages::{Head, Pages};
use http::{Response, StatusCode, header};
use jiff::civil::Date;
use schema::form::Form;
use schema::submission::secret::Secret;
use templates::dates::day;
use templates::forms::action;
use templates::texts::{self, FormNotice};
use templates::views::{CodeView, TakeUpView};

/// Why a code opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeFault {
    /// Nothing lies there, or its time is over.
    Unknown,
    /// Too many tries from this network.
    Limited,
    /// The place did not answer.
    Unavailable,
}

impl Pages {
    /// It is kept: the code that opens it, and until when.
    pub(crate) fn put_down(&self, admitted: &Admitted<'_>, code: &Secret, until: Date) -> Response<String> {
        let (form, lang) = (admitted.form, admitted.lang.as_str());
        let view = CodeView {
            code: code.to_string(),
            until: day(&self.theme.strings, lang, until),
            path: self.typed_address(&self.step(lang, form, "keep")),
            take_up_action: self.step(lang, form, "take-up"),
            delete_action: self.step(lang, form, "delete"),
        };
        let title = self.theme.strings.text(lang, texts::PUT_DOWN_TITLE);
        self.page(Head { status: StatusCode::OK, lang, title: &title }, "put-down.html", &view)
    }

    /// The page on which a code is typed, with what is wrong with the one that was.
    pub(crate) fn take_up(
        &self,
        (lang, form): (&str, &Form),
        typed: &str,
        fault: Option<CodeFault>,
    ) -> Response<String> {
        let strings = &self.theme.strings;
        let (status, error) = match fault {
            None => (StatusCode::OK, None),
            Some(CodeFault::Unknown) => (StatusCode::UNPROCESSABLE_ENTITY, Some(texts::TAKE_UP_UNKNOWN)),
            Some(CodeFault::Limited) => (StatusCode::TOO_MANY_REQUESTS, Some(texts::MINE_LIMITED)),
            Some(CodeFault::Unavailable) => (StatusCode::INTERNAL_SERVER_ERROR, Some(texts::MINE_UNAVAILABLE)),
        };
        let title = strings.text(lang, texts::TAKE_UP_TITLE);
        let title = match error {
            None => title,
            Some(_) => strings.format(lang, texts::FORM_ERROR_PREFIX, [title]),
        };
        let view = TakeUpView {
            action: self.step(lang, form, "take-up"),
            code: typed.to_owned(),
            error: self.error_words(lang, error),
            form_path: self.form_path(lang, form),
        };
        let response = self.page(Head { status, lang, title: &title }, "take-up.html", &view);
        if fault == Some(CodeFault::Limited) { later(response) } else { response }
    }

    /// The form as it is filled, with what was done.
    pub(crate) fn form_again(&self, admitted: &Admitted<'_>, notice: FormNotice) -> Response<String> {
        let status = match notice {
            FormNotice::TakenUp | FormNotice::Deleted | FormNotice::Correcting => StatusCode::OK,
            FormNotice::NotKeptNow => StatusCode::TOO_MANY_REQUESTS,
            FormNotice::NotKept | FormNotice::NotDeleted => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut view = self.filled(admitted, &[]);
        notice.word().clone_into(&mut view.notice);
        // What the browser kept of an earlier day does not take its place.
        view.again = true;
        let response = self.page(Head { status, lang: &admitted.lang, title: &view.title }, "form.html", &view);
        if notice == FormNotice::NotKeptNow { later(response) } else { response }
    }

    fn step(&self, lang: &str, form: &Form, step: &str) -> String {
        action(&self.catalogue, lang, form, step)
    }
}

fn later(mut response: Response<String>) -> Response<String> {
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("3600"));
    response
}
