//! A form on its way: its page, the check of its answers, the sealed page to look them over, and a submission stored once.

use crate::form::flags::flags;
use crate::http::route::{Admitted, Step};
use crate::measure::Measure;
use crate::pages::Again;
use crate::service::Handler;
use crate::token::{Opened, Refused};
use http::Response;
use review::{Acceptance, Intake, Limiter, StoreError, accept};
use schema::form::{Fault, Form, Kind, Outcome, check_answers, waits_for_rule};
use schema::submission::content::{Answer, Submission, VERSION};
use schema::submission::kinds::{Flag, State};
use schema::submission::reference::Reference;

impl<S: Intake, L: Limiter> Handler<S, L> {
    pub(crate) async fn carry_out(&self, admitted: Admitted<'_>) -> Response<String> {
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
            version: VERSION,
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
        let waits = waits_for_rule(admitted.form, &admitted.answers, &self.pages.catalogue);
        flags.extend(waits.then_some(Flag::ListingRule));
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
