//! The pages about what somebody sent: type reference and code, see where it stands, take it back.

use crate::http::admitted::LookupRequest;
use crate::http::route::LookupStep;
use crate::lookup::opened::{OpenedSubmission, can_have_photo};
use crate::lookup::stands::{Stands, can_be_corrected};
use crate::pages::{Head, Pages};
use http::{Response, StatusCode, header};
use schema::form::Form;
use schema::site::address;
use schema::submission::content::Answer;
use schema::submission::kinds::State;
use schema::submission::retention::{PUT_DOWN_DAYS, days_kept};
use templates::dates::day;
use templates::forms::answered_groups;
use templates::texts::{self, NoticeKind, StatusNotice, Text};
use templates::views::{MineView, PairView, StatusView, TakeBackView};

/// Why nothing is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookupFault {
    /// There is no such pair.
    Unknown,
    /// Too many tries from this network.
    Limited,
    /// The store did not answer.
    Unavailable,
}

/// What has just come of a step, to be said above where it stands.
#[derive(Clone, Copy)]
pub(crate) enum After<'a> {
    /// Nothing.
    Nothing,
    /// This was done.
    Done(StatusNotice),
    /// This is wrong with a photo.
    Wrong(Text),
    /// These answers to a form were to take the place of what was sent, and an editor had decided by then.
    TooLate(&'a Form, &'a [Answer]),
}

impl After<'_> {
    fn said(self) -> (Option<StatusNotice>, Option<Text>) {
        match self {
            After::Nothing => (None, None),
            After::Done(notice) => (Some(notice), None),
            After::Wrong(wrong) => (None, Some(wrong)),
            After::TooLate(..) => (Some(StatusNotice::SecondTooLate), None),
        }
    }
}

impl Pages {
    /// The page on which reference and code are typed.
    pub(crate) fn lookup_start(&self, lang: &str, _: LookupStep) -> Response<String> {
        self.lookup_page(StatusCode::OK, lang, ["", ""], None)
    }

    /// The same, with what is wrong.
    pub(crate) fn lookup_fault(&self, asked: &LookupRequest, fault: LookupFault) -> Response<String> {
        let (status, error) = match fault {
            LookupFault::Unknown => (StatusCode::UNPROCESSABLE_ENTITY, texts::MINE_UNKNOWN),
            LookupFault::Limited => (StatusCode::TOO_MANY_REQUESTS, texts::MINE_LIMITED),
            LookupFault::Unavailable => (StatusCode::INTERNAL_SERVER_ERROR, texts::MINE_UNAVAILABLE),
        };
        let mut response = self.lookup_page(status, &asked.lang, [&asked.reference, &asked.code], Some(error));
        if fault == LookupFault::Limited {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("3600"));
        }
        response
    }

    fn lookup_page(&self, status: StatusCode, lang: &str, typed: [&str; 2], error: Option<Text>) -> Response<String> {
        let strings = &self.theme.strings;
        let title = strings.text(lang, texts::MINE_TITLE);
        let title = match error {
            None => title,
            Some(_) => strings.format(lang, texts::FORM_ERROR_PREFIX, [title]),
        };
        let [reference, code] = typed.map(str::to_owned);
        let error = self.error_words(lang, error);
        let view = MineView { action: self.lookup_path(lang, "/status"), pair: PairView { reference, code }, error };
        self.page(Head { status, lang, title: &title }, "mine.html", &view)
    }

    /// Where it stands, and what can be done with it.
    pub(crate) fn lookup_status(
        &self,
        lang: &str,
        own: &OpenedSubmission,
        stands: Stands,
        after: After<'_>,
    ) -> Response<String> {
        let (row, strings) = (&own.row, &self.theme.strings);
        let (notice, wrong) = after.said();
        let page = row.profile.as_ref().filter(|_| stands.can_be_seen());
        let is_corrected = can_be_corrected(row, stands) && self.update_form().is_some();
        let view = StatusView {
            pair: pair(own),
            state: texts::STATUS.word(stands.told).to_owned(),
            since: self.day_of(lang, row.created_at),
            left: stands.left.map(|left| day(strings, lang, left)),
            profile_path: page.map(|id| format!("{}{}", self.catalogue.site.prefix(lang), address::person(id))),
            notice: notice.map_or("", StatusNotice::word).to_owned(),
            photo: can_have_photo(row).then(|| self.photo_view(lang, row.kind, (wrong, row.photo_hash.is_some()))),
            unsent: match after {
                After::TooLate(form, answers) => answered_groups(&self.context(lang), form, answers),
                _ => Vec::new(),
            },
            opens: row.waits().then(|| PUT_DOWN_DAYS.to_string()),
            correct_action: is_corrected.then(|| self.lookup_path(lang, "/correct")),
            take_back_action: stands.can_be_taken_back().then(|| self.lookup_path(lang, "/take-back")),
            exit: self.exit_of(row.kind),
            kept: is_kept(row.state).then(|| days_kept(row.kind).to_string()),
        };
        let title = strings.text(lang, texts::STATUS_TITLE);
        let (status, title) = match (wrong, after) {
            (Some(wrong), _) => (photo_status(wrong), strings.format(lang, texts::FORM_ERROR_PREFIX, [title])),
            (None, After::TooLate(..)) => (StatusCode::CONFLICT, title),
            (None, _) => (StatusCode::OK, title),
        };
        self.page(Head { status, lang, title: &title }, "status.html", &view)
    }

    /// Asks once more before it is taken back.
    pub(crate) fn lookup_take_back(&self, lang: &str, own: &OpenedSubmission, stands: Stands) -> Response<String> {
        let view = TakeBackView {
            pair: pair(own),
            is_page: stands.is_page(),
            action: self.lookup_path(lang, "/taken-back"),
            back_action: self.lookup_path(lang, "/status"),
            exit: self.exit_of(own.row.kind),
        };
        let title = self.theme.strings.text(lang, texts::TAKE_BACK_TITLE);
        self.page(Head { status: StatusCode::OK, lang, title: &title }, "take-back.html", &view)
    }

    /// It is taken back.
    pub(crate) fn lookup_taken_back(&self, lang: &str, own: &OpenedSubmission) -> Response<String> {
        let is_page = matches!(own.row.state, State::Promoted | State::Published | State::Cleared);
        let exit = self.exit_of(own.row.kind);
        self.notice(StatusCode::OK, lang, if is_page { NoticeKind::ComingDown } else { NoticeKind::TakenBack }, exit)
    }
}

fn pair(own: &OpenedSubmission) -> PairView {
    PairView { reference: own.row.id.to_string(), code: own.secret.to_string() }
}

fn is_kept(state: State) -> bool {
    matches!(state, State::Published | State::Done | State::Rejected)
}

fn photo_status(wrong: Text) -> StatusCode {
    if wrong == texts::PHOTO_TOO_LARGE { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY }
}
