//! What is stored: the reference, what happens next, and the form for a photo.

use super::{Head, Pages, draft_name, hidden};
use crate::http::admitted::Admitted;
use http::{Response, StatusCode};
use photo::Limits;
use schema::submission::content::{Answer, Submission};
use schema::submission::kinds::SubmissionKind;
use schema::submission::row::Row;
use schema::submission::secret::Secret;
use templates::forms::{action, answered_groups};
use templates::texts::{self, Text};
use templates::views::{AnotherView, PairView, PhotoFormView, SentView};

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
        self.page(Head { status: StatusCode::OK, lang, title: &view.title }, "sent.html", &view)
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

    /// That the same words were sent before, when, how an editor decided and by when.
    fn decided_before(&self, lang: &str, row: &Row) -> String {
        let days = [row.created_at, row.changed_at].map(|moment| self.day_of(lang, moment));
        self.theme.strings.format(lang, texts::SENT_BEFORE.of(row.state), days)
    }
}
