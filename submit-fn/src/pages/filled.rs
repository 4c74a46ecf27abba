//! A form as it is filled, what is wrong with it, and all answers before they are sent.

use super::{Head, Pages, draft_name, hidden};
use crate::http::admitted::Admitted;
use http::{Response, StatusCode, header};
use schema::form::{Answers, Doubt, Fault, Form, ListingWarning, doubts, listing_warnings};
use schema::submission::content::Answer;
use schema::submission::kinds::SubmissionKind;
use templates::forms::{action, answered_groups, form_view};
use templates::preview::preview;
use templates::texts::{self, FormNotice, NoticeKind};
use templates::views::{CheckView, FormView, HiddenView};

/// Why the answers are shown once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// They are not those that were checked.
    Changed,
    /// Nobody can tell whether they are: the page was sealed with no key of ours.
    Unsure,
    /// They were taken back after they had been sent.
    TakenBack,
    /// They were to take the place of something that nobody finds.
    OfNothing,
    /// The page was open for more than a day.
    Expired,
    /// The store did not answer.
    Unavailable,
    /// Too many came from this network.
    Limited,
}

impl Again {
    fn notice(self) -> NoticeKind {
        match self {
            Again::Changed => NoticeKind::Changed,
            Again::Unsure => NoticeKind::Unsure,
            Again::TakenBack => NoticeKind::TakenBackBefore,
            Again::OfNothing => NoticeKind::OfNothing,
            Again::Expired => NoticeKind::Expired,
            Again::Unavailable => NoticeKind::Unavailable,
            Again::Limited => NoticeKind::Limited,
        }
    }
}

impl Pages {
    /// The form, with what is wrong.
    pub(crate) fn form(&self, admitted: &Admitted<'_>, faults: &[(String, Fault)]) -> Response<String> {
        let view = self.filled(admitted, faults);
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let title = match faults {
            [] => view.title.clone(),
            _ => self.theme.strings.format(&admitted.lang, texts::FORM_ERROR_PREFIX, [view.title.clone()]),
        };
        self.page(Head { status, lang: &admitted.lang, title: &title }, "form.html", &view)
    }

    /// The form as it begins. What the page fills in was typed by nobody yet: what the browser kept of it may take its place.
    pub(crate) fn start(&self, admitted: &Admitted<'_>) -> Response<String> {
        let view = FormView { again: false, ..self.filled(admitted, &[]) };
        self.page(Head { status: StatusCode::OK, lang: &admitted.lang, title: &view.title }, "form.html", &view)
    }

    /// The form as it is filled, with the code of what was taken up, or the pair of what is corrected.
    pub(crate) fn filled(&self, admitted: &Admitted<'_>, faults: &[(String, Fault)]) -> FormView {
        let mut view = form_view(&self.context(&admitted.lang), admitted.form, &admitted.answers, faults);
        if let Some(put_down) = &mut view.put_down {
            put_down.code.clone_from(&admitted.draft);
        }
        if let Some(pair) = &admitted.second {
            view.second = pair.field();
            // What the browser keeps of it is not what it keeps of a new one.
            view.draft = draft_name(&view.draft, Some(&pair.reference));
            // Taken up again, it would be sent as something new.
            view.put_down = None;
            view.again = true;
            if faults.is_empty() {
                FormNotice::Correcting.word().clone_into(&mut view.notice);
            }
        }
        view
    }

    /// A form with some answers filled in.
    pub(crate) fn form_with(&self, lang: &str, form: &Form, answers: &Answers) -> Response<String> {
        let view = form_view(&self.context(lang), form, answers, &[]);
        self.page(Head { status: StatusCode::OK, lang, title: &view.title }, "form.html", &view)
    }

    /// All answers, before they are sent. `again` names the notice that says why they are shown once more.
    pub(crate) fn check(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        token: &str,
        again: Option<Again>,
    ) -> Response<String> {
        let (form, lang) = (admitted.form, admitted.lang.as_str());
        let mut hidden = hidden(&admitted.answers);
        hidden.push(HiddenView { name: "token".into(), value: token.into() });
        if !admitted.draft.is_empty() {
            hidden.push(HiddenView { name: "draft".into(), value: admitted.draft.clone() });
        }
        hidden.extend(admitted.second.iter().map(|pair| HiddenView { name: "second".into(), value: pair.field() }));
        let view = CheckView {
            action: action(&self.catalogue, lang, form, "send"),
            change_action: action(&self.catalogue, lang, form, "change"),
            form_title: form.title.get(lang).to_owned(),
            second: admitted.second.as_ref().map_or_else(String::new, |pair| pair.reference.clone()),
            groups: answered_groups(&self.context(lang), form, answers),
            hidden,
            button: form.send.get(lang).to_owned(),
            preview: (form.kind == SubmissionKind::Registration)
                .then(|| preview(&self.context(lang), answers))
                .flatten(),
            warnings: self.warnings(admitted),
            again: again.map_or("", |again| again.notice().word()).to_owned(),
            exit: form.exit.clone(),
        };
        let title = self.theme.strings.text(lang, texts::CHECK_TITLE);
        self.page(Head { status: again_status(again), lang, title: &title }, "check.html", &view)
    }

    /// What the sender should read before they send, of the agency's rule and of their answers, a paragraph each.
    fn warnings(&self, admitted: &Admitted<'_>) -> Vec<String> {
        let context = self.context(&admitted.lang);
        let words = |warning: &ListingWarning<'_>| match warning {
            ListingWarning::Reason(reason) => reason.get(context.lang).to_owned(),
            ListingWarning::Unconfirmed(agency) => context.format(texts::CHECK_RULE_UNCONFIRMED, [agency.name.clone()]),
            ListingWarning::BannedThere(agency) => {
                context.format(texts::CHECK_RULE_BANNED_THERE, [agency.name.clone()])
            }
            ListingWarning::BannedIfRunBy(agency, reason) => {
                context.format(texts::CHECK_RULE_IF_RUN_BY, [agency.name.clone(), reason.get(context.lang).to_owned()])
            }
            ListingWarning::UnknownAgency => context.text(texts::CHECK_AGENCY_UNKNOWN),
        };
        let label = |name: &str| {
            admitted.form.question(name).map_or("", |question| question.label.get(context.lang)).to_owned()
        };
        let look_again = |doubt: Doubt| match doubt {
            Doubt::Address { typed, meant } => context.format(texts::CHECK_ADDRESS, [typed, meant]),
            Doubt::LeftOut(name) => context.format(texts::CHECK_LEFT_OUT, [label(&name)]),
        };
        let rules = listing_warnings(admitted.form, &admitted.answers, &self.catalogue);
        let doubts = doubts(admitted.form, &admitted.answers, admitted.listed.as_ref()).into_iter();
        rules.iter().map(words).chain(doubts.map(look_again)).collect()
    }

    /// Too many from this network: the answers stay on the page, to be sent later or by post.
    pub(crate) fn limited(&self, admitted: &Admitted<'_>, answers: &[Answer]) -> Response<String> {
        let mut response = self.check(admitted, answers, &admitted.token, Some(Again::Limited));
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("3600"));
        response
    }
}

/// Status of a page that shows the answers once more. Never 502 to 504: the edge takes these for the platform's, and puts a page of
/// the site in their place, on which no answers stand.
fn again_status(again: Option<Again>) -> StatusCode {
    match again {
        None => StatusCode::OK,
        Some(Again::Changed | Again::Unsure | Again::TakenBack | Again::OfNothing | Again::Expired) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(Again::Unavailable) => StatusCode::INTERNAL_SERVER_ERROR,
        Some(Again::Limited) => StatusCode::TOO_MANY_REQUESTS,
    }
}
