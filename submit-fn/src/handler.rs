//! The spine: a request in, a page out, and in between a submission stored once.

use crate::bundle::Bundle;
use crate::pages::Pages;
use crate::request::{Admitted, Refusal, Step, admit};
use crate::token::{Keys, Refused};
use bytes::Bytes;
use http::{Request, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use review::{Acceptance, Store, accept};
use schema::form::{Outcome, check_answers};
use schema::submission::{Answer, Submission};
use templates::Theme;

/// What the handler is given besides its bundle.
pub struct Tools {
    /// Keys that seal the check page.
    pub keys: Keys,
    /// The time.
    pub clock: fn() -> Timestamp,
    /// Sixteen bytes that nobody can guess.
    pub random: fn() -> [u8; 16],
}

/// Answers requests to `/send/…`.
pub struct Handler<S> {
    pages: Pages,
    store: S,
    tools: Tools,
}

impl<S: Store> Handler<S> {
    /// A handler, with the theme compiled from its bundle.
    pub fn new(bundle: Bundle, theme: Theme, store: S, tools: Tools) -> Self {
        Self { pages: Pages { theme, catalogue: bundle.catalogue, forms: bundle.forms }, store, tools }
    }

    /// Answers one request. Every way through it ends in a page.
    pub async fn answer(&self, request: &Request<Bytes>) -> Response<String> {
        match admit(request, &self.pages.forms, &self.pages.catalogue) {
            Ok(admitted) => self.carry_out(admitted).await,
            Err(Refusal::ToStart(path)) => self.pages.see_other(&path),
            Err(refusal) => self.pages.refuse(request.uri().path(), &refusal),
        }
    }

    async fn carry_out(&self, admitted: Admitted<'_>) -> Response<String> {
        match admitted.step {
            Step::Start | Step::Change => self.pages.form(&admitted, &[]),
            Step::Check => self.check(&admitted),
            Step::Send => self.send(&admitted).await,
        }
    }

    fn check(&self, admitted: &Admitted<'_>) -> Response<String> {
        let today = TimeZone::UTC.to_datetime((self.tools.clock)()).date();
        match check_answers(admitted.form, &admitted.answers, &self.pages.catalogue, today) {
            Outcome::Stopped(stop) => self.pages.stop(admitted, &stop),
            Outcome::Faulty(faults) => self.pages.form(admitted, &faults),
            Outcome::Accepted(answers) => self.check_page(admitted, &answers, None),
        }
    }

    /// The page that shows all answers, sealed anew.
    fn check_page(&self, admitted: &Admitted<'_>, answers: &[Answer], again: Option<&str>) -> Response<String> {
        let (now, random) = ((self.tools.clock)(), (self.tools.random)());
        let token = self.tools.keys.seal(&admitted.form.id, &admitted.answers, now, random);
        self.pages.check(admitted, answers, &token, again)
    }

    async fn send(&self, admitted: &Admitted<'_>) -> Response<String> {
        let now = (self.tools.clock)();
        let today = TimeZone::UTC.to_datetime(now).date();
        let answers = match check_answers(admitted.form, &admitted.answers, &self.pages.catalogue, today) {
            Outcome::Stopped(stop) => return self.pages.stop(admitted, &stop),
            Outcome::Faulty(faults) => return self.pages.form(admitted, &faults),
            Outcome::Accepted(answers) => answers,
        };
        let opened = match self.tools.keys.open(&admitted.form.id, &admitted.answers, &admitted.token, now) {
            Ok(opened) => opened,
            Err(Refused::Changed) => return self.check_page(admitted, &answers, Some("changed")),
            Err(Refused::Expired) => return self.check_page(admitted, &answers, Some("expired")),
        };
        let submission = Submission {
            version: 1,
            id: opened.reference,
            kind: admitted.form.kind,
            form: admitted.form.id.clone(),
            language: admitted.lang.clone(),
            written_at: opened.sealed_at,
            wording: admitted.form.wording,
            answers,
        };
        match accept(&self.store, &submission).await {
            Ok(Acceptance::Stored(row)) => {
                tracing::info!(id = row.id.key(), kind = row.kind.word(), state = row.state.word(), "stored");
                self.pages.sent(admitted, &submission)
            }
            // The reference is drawn from 16 random bytes sealed with these very answers: another's row can only be an accident.
            Ok(Acceptance::Changed(_)) => self.check_page(admitted, &submission.answers, Some("changed")),
            Err(error) => {
                tracing::error!(id = submission.id.key(), error = %error, "not stored");
                self.pages.not_saved(admitted, &submission.answers)
            }
        }
    }
}
