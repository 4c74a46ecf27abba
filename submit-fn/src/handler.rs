//! The spine: a request in, a page out, and in between a submission stored once.

use crate::bundle::Bundle;
use crate::flags::flags;
use crate::front::Front;
use crate::measure::Measure;
use crate::pages::{Again, Pages};
use crate::request::{
    Admitted, Refusal, Route, Step, Target, about, admit_method, admit_origin, read_answers, read_asked, route,
};
use crate::throttle::{self, Admission};
use crate::token::{Keys, Opened, Refused};
use bytes::Bytes;
use futures_util::FutureExt;
use http::{Method, Request, Response, StatusCode};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use review::{Acceptance, Intake, Limiter, StoreError, accept};
use schema::form::{Fault, Form, Kind, Outcome, check_answers};
use schema::kinds::{Flag, State};
use schema::reference::Reference;
use schema::submission::{Answer, Submission};
use std::panic::AssertUnwindSafe;
use templates::Theme;

/// What the handler is given besides its bundle.
pub struct Tools {
    /// Keys that seal the check page.
    pub keys: Keys,
    /// What stands in front.
    pub front: Front,
    /// The time.
    pub clock: fn() -> Timestamp,
    /// Sixteen bytes that nobody can guess.
    pub random: fn() -> [u8; 16],
    /// Takes what is counted.
    pub measure: fn(&Measure),
}

/// Answers requests to `/send/…`.
pub struct Handler<S, L> {
    pub(crate) pages: Pages,
    pub(crate) store: S,
    limiter: L,
    pub(crate) tools: Tools,
}

impl<S: Intake, L: Limiter> Handler<S, L> {
    /// A handler, with the theme compiled from its bundle.
    pub fn new(bundle: Bundle, theme: Theme, store: S, limiter: L, tools: Tools) -> Self {
        let pages = Pages { theme, catalogue: bundle.catalogue, forms: bundle.forms };
        Self { pages, store, limiter, tools }
    }

    /// Answers one request. Every way through it ends in a page, a panic's too.
    pub async fn answer(&self, request: &Request<Bytes>) -> Response<String> {
        let began = self.now();
        let route = route(request.uri().path(), &self.pages.forms, &self.pages.catalogue);
        let name = route.as_ref().map_or_else(|| "nowhere".to_owned(), |route| route.target.name());
        let answered = AssertUnwindSafe(self.respond(request, route)).catch_unwind().await;
        let mut response = answered.unwrap_or_else(|_| {
            (self.tools.measure)(&Measure::Panicked);
            self.pages.broken(request.uri().path())
        });
        if request.method() == Method::HEAD {
            response.body_mut().clear();
        }
        let (status, milliseconds) = (response.status().as_u16(), self.now().duration_since(began).as_millis());
        let milliseconds = i64::try_from(milliseconds).unwrap_or(i64::MAX);
        tracing::info!(route = name, status, bytes = request.body().len(), milliseconds, "answered");
        (self.tools.measure)(&Measure::Answered { status, milliseconds });
        response
    }

    /// The page for a request whose body could not be read at all.
    pub fn answer_unreadable(&self, path: &str) -> Response<String> {
        self.pages.refuse(path, &Refusal::BadRequest)
    }

    async fn respond(&self, request: &Request<Bytes>, route: Option<Route<'_>>) -> Response<String> {
        let path = request.uri().path();
        match self.admit_and_carry_out(request, route).await {
            Ok(response) => response,
            Err(Refusal::ToStart(start)) => self.pages.see_other(&start),
            Err(refusal) => self.pages.refuse(path, &refusal),
        }
    }

    async fn admit_and_carry_out(
        &self,
        request: &Request<Bytes>,
        route: Option<Route<'_>>,
    ) -> Result<Response<String>, Refusal> {
        let client = self.tools.front.client(request).ok_or(Refusal::Forbidden)?;
        let route = route.ok_or(Refusal::NotFound)?;
        admit_method(request, &route, &self.pages.catalogue)?;
        let is_post = request.method() == Method::POST;
        let is_silent = is_post && admit_origin(request, &self.tools.front, &self.pages.catalogue.site.url)?;
        match route.target {
            Target::Mine(step) if !is_post => Ok(self.pages.mine_start(&route.lang, step)),
            Target::Mine(step) => self.mine(read_asked(request, route.lang, step, client).await?).await,
            Target::Form(form, step) => {
                let (answers, token) =
                    if is_post { read_answers(request, form).await? } else { (about(request, form), String::new()) };
                let lang = route.lang;
                Ok(self.carry_out(Admitted { form, lang, step, answers, token, client, is_silent }).await)
            }
        }
    }

    async fn carry_out(&self, admitted: Admitted<'_>) -> Response<String> {
        match admitted.step {
            Step::Start | Step::Change => self.pages.form(&admitted, &[]),
            Step::Check => match self.judge(&admitted) {
                Ok(answers) => self.check_page(&admitted, &answers, None),
                Err(page) => *page,
            },
            Step::Send => self.send(&admitted).await,
        }
    }

    /// The answers, if all of them will do; otherwise the page that says what is wrong.
    fn judge(&self, admitted: &Admitted<'_>) -> Result<Vec<Answer>, Box<Response<String>>> {
        match check_answers(admitted.form, &admitted.answers, &self.pages.catalogue, self.today()) {
            Outcome::Stopped(stop) => Err(Box::new(self.pages.stop(admitted, &stop))),
            Outcome::Faulty(faults) => {
                if faults.iter().any(|(name, fault)| is_not_offered(admitted.form, name, fault)) {
                    (self.tools.measure)(&Measure::Tampered);
                }
                Err(Box::new(self.pages.form(admitted, &faults)))
            }
            Outcome::Accepted(answers) => Ok(answers),
        }
    }

    /// The page that shows all answers, sealed anew.
    fn check_page(&self, admitted: &Admitted<'_>, answers: &[Answer], again: Option<Again>) -> Response<String> {
        let (form, day) = (admitted.form.id.as_str(), self.today().to_string());
        let network = &admitted.client.network;
        self.sealed(
            admitted,
            answers,
            again,
            self.tools.keys.draw(form, &admitted.lang, &admitted.answers, network, &day),
        )
    }

    fn sealed(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        again: Option<Again>,
        random: [u8; 16],
    ) -> Response<String> {
        let token = self.tools.keys.seal(&admitted.form.id, &admitted.answers, self.now(), random);
        self.pages.check(admitted, answers, &token, again)
    }

    async fn send(&self, admitted: &Admitted<'_>) -> Response<String> {
        let answers = match self.judge(admitted) {
            Ok(answers) => answers,
            Err(page) => return *page,
        };
        let opened = self.tools.keys.open(&admitted.form.id, &admitted.answers, &admitted.token, self.now());
        match opened {
            Ok(opened) => self.hand_in(admitted, answers, &opened).await,
            Err(Refused::Forged) => {
                (self.tools.measure)(&Measure::Tampered);
                self.check_page(admitted, &answers, Some(Again::Changed))
            }
            Err(Refused::Changed { reference }) => {
                self.sent_before_or(admitted, &answers, &reference, Again::Changed).await
            }
            Err(Refused::Expired { reference }) => {
                self.sent_before_or(admitted, &answers, &reference, Again::Expired).await
            }
        }
    }

    /// Says that the page was sent before, where it was; otherwise shows the answers again.
    async fn sent_before_or(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        reference: &Reference,
        again: Again,
    ) -> Response<String> {
        match self.store.row(reference).await {
            Ok(Some(row)) if is_stored(row.state) => self.pages.already_sent(admitted, &row.id),
            Ok(_) => self.check_page(admitted, answers, Some(again)),
            Err(error) => self.not_saved(admitted, answers, &error),
        }
    }

    /// Limit, flags, store, answer.
    async fn hand_in(&self, admitted: &Admitted<'_>, answers: Vec<Answer>, opened: &Opened) -> Response<String> {
        // A retry of what is stored already is no new submission, and takes nobody's turn.
        let is_retry = matches!(self.store.row(&opened.reference).await, Ok(Some(row)) if is_stored(row.state));
        if !is_retry && !self.is_admitted(&admitted.client, &admitted.form.id).await {
            return self.pages.limited(admitted, &answers);
        }
        let proof = match self.proof(admitted).await {
            Ok(proof) => proof,
            Err(error) => return self.not_saved(admitted, &answers, &error),
        };
        let submission = Submission {
            version: 1,
            id: opened.reference.clone(),
            kind: admitted.form.kind,
            form: admitted.form.id.clone(),
            language: admitted.lang.clone(),
            written_at: opened.sealed_at,
            wording: admitted.form.wording,
            answers: admitted.form.stored(answers.clone()),
        };
        let mut flags = flags(admitted.form, &admitted.answers, opened.sealed_at, self.now(), admitted.is_silent);
        flags.extend(proof);
        flags.extend(admitted.form.urgency(&submission.answers).flag());
        self.store_and_answer(admitted, &answers, &submission, opened, flags).await
    }

    async fn store_and_answer(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        submission: &Submission,
        opened: &Opened,
        flags: Vec<Flag>,
    ) -> Response<String> {
        let mut accepted = accept(&self.store, submission, &opened.secret, flags.clone()).await;
        if let Ok(Acceptance::Changed(row)) = &accepted {
            // The same answers were handed in before, from a page that was sealed at another moment: they are one submission.
            let earlier = Submission { written_at: row.created_at, ..submission.clone() };
            accepted = accept(&self.store, &earlier, &opened.secret, flags).await;
        }
        match accepted {
            Ok(Acceptance::Stored(row)) => {
                tracing::info!(id = row.id.key(), kind = row.kind.word(), state = row.state.word(), "stored");
                let held = row.state == State::Held;
                (self.tools.measure)(&Measure::Stored { form: admitted.form.id.clone(), held });
                self.pages.sent(admitted, submission, &opened.secret, answers)
            }
            // The same was sent before and taken back, or another's row stands there by accident: it gets a reference of its own.
            Ok(Acceptance::Changed(_) | Acceptance::Gone) => {
                self.sealed(admitted, answers, Some(Again::Changed), (self.tools.random)())
            }
            Err(error) => self.not_saved(admitted, answers, &error),
        }
    }

    fn not_saved(&self, admitted: &Admitted<'_>, answers: &[Answer], error: &StoreError) -> Response<String> {
        self.note_store_down(error);
        self.pages.check(admitted, answers, &admitted.token, Some(Again::Unavailable))
    }

    pub(crate) fn note_store_down(&self, error: &StoreError) {
        tracing::error!(error = %error, "not stored");
        (self.tools.measure)(&Measure::StoreDown);
    }

    /// Whether one more of `what` is admitted; where the limiter does not answer, it is, and that is counted.
    pub(crate) async fn is_admitted(&self, client: &crate::front::Client, what: &str) -> bool {
        match throttle::admit(&self.limiter, &self.tools.keys, client, what, self.now()).await {
            Admission::Admitted => true,
            Admission::Refused => {
                (self.tools.measure)(&Measure::Limited);
                false
            }
            Admission::Unknown(why) => {
                tracing::error!(error = why, "the limiter did not answer");
                (self.tools.measure)(&Measure::LimiterDown);
                true
            }
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.tools.clock)()
    }

    fn today(&self) -> Date {
        TimeZone::UTC.to_datetime(self.now()).date()
    }
}

/// Whether a row stands for something that arrived whole and was not taken back.
fn is_stored(state: State) -> bool {
    !matches!(state, State::Pending | State::Withdrawn | State::Removed)
}

/// Whether something came that nobody can choose on our form.
fn is_not_offered(form: &Form, name: &str, fault: &Fault) -> bool {
    let chosen = |kind: Kind| kind.has_options() || kind == Kind::Tick;
    matches!(fault, Fault::Wrong { .. }) && form.question(name).is_some_and(|question| chosen(question.kind))
}

/// Status of a page that shows the answers once more.
pub(crate) fn again_status(again: Option<Again>) -> StatusCode {
    match again {
        None => StatusCode::OK,
        Some(Again::Changed | Again::Expired) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(Again::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        Some(Again::Limited) => StatusCode::TOO_MANY_REQUESTS,
    }
}
