//! The pages with which requests are answered: the site's own templates, in the language of the form, never kept by a cache.

use crate::http::refusal::Refusal;
use crate::http::route::{Admitted, MINE, Target, route};
use http::{Response, StatusCode, header};
use jiff::Timestamp;
use photo::Limits;
use schema::form::{Answers, Doubt, Fault, Form, ListingWarning, Stop, doubts, listing_warnings};
use schema::person::life::Lives;
use schema::place::catalogue::Catalogue;
use schema::site::address;
use schema::submission::content::{Answer, Submission};
use schema::submission::kinds::SubmissionKind;
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use schema::submission::secret::Secret;
use serde::Serialize;
use templates::Theme;
use templates::context::PageContext;
use templates::dates::day;
use templates::forms::{action, answered_groups, form_view};
use templates::frame::{About, frame};
use templates::headers::SECURITY_HEADERS;
use templates::preview::preview;
use templates::texts::{self, FormNotice, NOTICE_TITLE, NoticeKind, Text};
use templates::views::{
    AnotherView, CheckView, FormView, HiddenView, LinkView, NoticeView, PairView, PhotoFormView, SentView, StopView,
};

/// What pages are made of.
pub(crate) struct Pages {
    pub(crate) theme: Theme,
    pub(crate) catalogue: Catalogue,
    pub(crate) forms: Vec<Form>,
    /// Where people's pages stand, where that is known.
    pub(crate) lives: Option<Lives>,
    pub(crate) clock: fn() -> Timestamp,
}

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

/// What is stored, to be told to whoever sent it.
pub(crate) struct Sent<'a> {
    pub(crate) submission: &'a Submission,
    pub(crate) code: &'a Secret,
    pub(crate) answers: &'a [Answer],
    /// The row of the same words, sent before and decided.
    pub(crate) before: Option<&'a Row>,
    /// The row that it stands in, where it took the place of what was sent before.
    pub(crate) second: Option<&'a Row>,
    /// Whether a photo can follow.
    pub(crate) takes_photo: bool,
}

impl Pages {
    pub(crate) fn context<'a>(&'a self, lang: &'a str) -> PageContext<'a> {
        let day = self.catalogue.site.time_zone.day((self.clock)());
        PageContext { catalogue: &self.catalogue, strings: &self.theme.strings, forms: &self.forms, lang, day }
    }

    /// The form, with what is wrong.
    pub(crate) fn form(&self, admitted: &Admitted<'_>, faults: &[(String, Fault)]) -> Response<String> {
        let view = self.filled(admitted, faults);
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let title = match faults {
            [] => view.title.clone(),
            _ => self.theme.strings.format(&admitted.lang, texts::FORM_ERROR_PREFIX, [view.title.clone()]),
        };
        self.page(status, &admitted.lang, &title, "form.html", &view)
    }

    /// The form as it begins. What the page fills in was typed by nobody yet: what the browser kept of it may take its place.
    pub(crate) fn start(&self, admitted: &Admitted<'_>) -> Response<String> {
        let view = FormView { again: false, ..self.filled(admitted, &[]) };
        self.page(StatusCode::OK, &admitted.lang, &view.title, "form.html", &view)
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
        self.page(StatusCode::OK, lang, &view.title, "form.html", &view)
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
        self.page(again_status(again), lang, &self.theme.strings.text(lang, texts::CHECK_TITLE), "check.html", &view)
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

    /// It is stored: the reference, and what happens next.
    pub(crate) fn sent(&self, admitted: &Admitted<'_>, sent: &Sent<'_>) -> Response<String> {
        let (form, lang) = (admitted.form, admitted.lang.as_str());
        let (submission, answers) = (sent.submission, sent.answers);
        let view = SentView {
            title: form.sent_title.get(lang).to_owned(),
            pair: PairView { reference: submission.id.to_string(), code: sent.code.to_string() },
            paragraphs: form.sent.iter().map(|paragraph| paragraph.get(lang).to_owned()).collect(),
            when: self.day_of(lang, submission.written_at),
            before: match (sent.second, sent.before) {
                (Some(_), _) => self.theme.strings.text(lang, texts::SENT_SECOND),
                (None, Some(row)) => self.decided_before(lang, row),
                (None, None) => String::new(),
            },
            // What somebody is worried about is not left lying on a printer.
            groups: match form.kind {
                SubmissionKind::Report => Vec::new(),
                _ => answered_groups(&self.context(lang), form, answers),
            },
            photo: sent.takes_photo.then(|| {
                let has_one = sent.second.is_some_and(|row| row.photo_hash.is_some());
                self.photo_view(lang, form.kind, (None, has_one))
            }),
            draft: match form.exit {
                None => draft_name(
                    &action(&self.catalogue, lang, form, "check"),
                    sent.second.map(|row| row.id.to_string()).as_deref(),
                ),
                Some(_) => String::new(),
            },
            another: (form.kind == SubmissionKind::Registration).then(|| AnotherView {
                action: action(&self.catalogue, lang, form, "another"),
                hidden: hidden(&form.of_sender(&admitted.answers)),
            }),
            mine_path: self.lookup_path(lang, ""),
            mine_address: self.typed_address(&self.lookup_path(lang, "")),
            exit: form.exit.clone(),
        };
        self.page(StatusCode::OK, lang, &view.title, "sent.html", &view)
    }

    /// The form for a photo of what was sent: what is wrong with it, and whether there is one already.
    pub(crate) fn photo_view(
        &self,
        lang: &str,
        kind: SubmissionKind,
        (wrong, has_one): (Option<Text>, bool),
    ) -> PhotoFormView {
        PhotoFormView {
            action: self.lookup_path(lang, "/photo"),
            error: self.error_words(lang, wrong),
            has_one,
            is_change: kind != SubmissionKind::Registration,
            most: Limits::SUBMITTED.bytes,
        }
    }

    /// What is wrong, in words; none where nothing is.
    pub(crate) fn error_words(&self, lang: &str, error: Option<Text>) -> String {
        error.map_or_else(String::new, |error| self.theme.strings.text(lang, error))
    }

    /// That the same words were sent before, when, how an editor decided and by when.
    fn decided_before(&self, lang: &str, row: &Row) -> String {
        let days = [row.created_at, row.changed_at].map(|moment| self.day_of(lang, moment));
        self.theme.strings.format(lang, texts::SENT_BEFORE.of(row.state), days)
    }

    /// The day of a moment, in words.
    pub(crate) fn day_of(&self, lang: &str, moment: Timestamp) -> String {
        day(&self.theme.strings, lang, self.catalogue.site.time_zone.day(moment))
    }

    /// Too many from this network: the answers stay on the page, to be sent later or by post.
    pub(crate) fn limited(&self, admitted: &Admitted<'_>, answers: &[Answer]) -> Response<String> {
        let mut response = self.check(admitted, answers, &admitted.token, Some(Again::Limited));
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("3600"));
        response
    }

    /// This page was sent before, with other answers: those stand, and can be corrected.
    pub(crate) fn already_sent(&self, admitted: &Admitted<'_>, reference: &Reference) -> Response<String> {
        let (kind, exit) = (NoticeKind::AlreadySent, admitted.form.exit.clone());
        let view = self.notice_view(&admitted.lang, kind, Some(reference.to_string()), exit);
        let title = self.theme.strings.text(&admitted.lang, NOTICE_TITLE.of(kind));
        self.page(StatusCode::CONFLICT, &admitted.lang, &title, "notice.html", &view)
    }

    /// Something went wrong that should not have.
    pub(crate) fn broken(&self, path: &str) -> Response<String> {
        self.notice(StatusCode::INTERNAL_SERVER_ERROR, self.language_of(path), NoticeKind::Broken, self.exit_at(path))
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
            checked: agency.listing.checked.map(|checked| day(&self.theme.strings, lang, checked)),
            unconfirmed: !agency.listing.confirmed,
        };
        let title = self.theme.strings.format(lang, texts::STOP_TITLE, [view.agency.clone()]);
        self.page(StatusCode::OK, lang, &title, "stop.html", &view)
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

    fn language_of(&self, path: &str) -> &str {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let known = self.catalogue.site.languages.iter().find(|language| *language == first);
        known.map_or(self.catalogue.site.first_language(), String::as_str)
    }

    /// On to another page.
    pub(crate) fn see_other(&self, path: &str) -> Response<String> {
        let mut response = answer(StatusCode::SEE_OTHER, String::new());
        if let Ok(value) = path.parse() {
            response.headers_mut().insert(header::LOCATION, value);
        }
        response
    }

    /// The form for changes, where the site has one.
    pub(crate) fn update_form(&self) -> Option<&Form> {
        self.forms.iter().find(|form| form.kind == SubmissionKind::Update)
    }

    /// Where the button that leaves at once leads, on every page about what has one.
    pub(crate) fn exit_of(&self, kind: SubmissionKind) -> Option<String> {
        self.forms.iter().find(|form| form.kind == kind).and_then(|form| form.exit.clone())
    }

    /// The same for an address.
    fn exit_at(&self, path: &str) -> Option<String> {
        let form = route(path, &self.forms, &self.catalogue).map(|route| route.target);
        match form {
            Some(Target::Form(form, _)) => form.exit.clone(),
            _ => None,
        }
    }

    pub(crate) fn notice(
        &self,
        status: StatusCode,
        lang: &str,
        kind: NoticeKind,
        exit: Option<String>,
    ) -> Response<String> {
        let title = self.theme.strings.text(lang, NOTICE_TITLE.of(kind));
        self.page(status, lang, &title, "notice.html", &self.notice_view(lang, kind, None, exit))
    }

    fn notice_view(&self, lang: &str, kind: NoticeKind, reference: Option<String>, exit: Option<String>) -> NoticeView {
        let link = |form: &Form| LinkView {
            label: form.title.get(lang).to_owned(),
            path: self.form_path(lang, form),
            count: None,
        };
        NoticeView { kind: kind.word().to_owned(), reference, links: self.forms.iter().map(link).collect(), exit }
    }

    pub(crate) fn page<V: Serialize>(
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
                (StatusCode::INTERNAL_SERVER_ERROR, self.theme.strings.text(lang, NOTICE_TITLE.of(NoticeKind::Broken)))
            }
        };
        answer(status, body)
    }
}

/// Under what name the browser keeps what is typed: that of a form, and of what is corrected with it.
fn draft_name(form: &str, second: Option<&str>) -> String {
    match second {
        // Of what leaves nothing in the browser, nothing has a name.
        Some(reference) if !form.is_empty() => format!("{form}#{reference}"),
        _ => form.to_owned(),
    }
}

/// Answers as fields that are not shown.
fn hidden(answers: &Answers) -> Vec<HiddenView> {
    answers.iter().map(|(name, value)| HiddenView { name: name.to_owned(), value: value.to_owned() }).collect()
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
