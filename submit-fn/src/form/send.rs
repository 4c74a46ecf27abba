//! A form on its way: its page, the check of its answers, the sealed page to look them over, and a submission stored once.

use crate::form::flags::flags;
use crate::http::route::{Admitted, Step};
use crate::lookup::proof::Proof;
use crate::measure::Measure;
use crate::pages::Again;
use crate::service::Handler;
use crate::throttle::Turn;
use crate::token::{Opened, Refused};
use http::Response;
use review::{Acceptance, Intake, Limiter, StoreError, accept};
use schema::form::{Fault, Form, Kind, Outcome, check_answers, waits_for_rule};
use schema::submission::content::{Answer, Submission, VERSION};
use schema::submission::kinds::{Flag, State, Urgency};
use schema::submission::reference::Reference;

impl<S: Intake, L: Limiter> Handler<S, L> {
    pub(crate) async fn carry_out(&self, admitted: Admitted<'_>) -> Response<String> {
        match admitted.step {
            Step::Start | Step::Change => self.pages.form(&admitted, &[]),
            Step::Check => match self.judge(&admitted) {
                Ok(answers) => self.check_page(&admitted, &answers, None),
                Err(page) => *page,
            },
            Step::Send => match self.judge(&admitted) {
                Ok(answers) => self.send_in_time(&admitted, &answers).await,
                Err(page) => *page,
            },
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

    /// The page that shows all answers, sealed anew. Every page has a reference of its own: what two people write in the same words
    /// stays two submissions, and neither sees the other's.
    fn check_page(&self, admitted: &Admitted<'_>, answers: &[Answer], again: Option<Again>) -> Response<String> {
        let random = (self.tools.random)();
        let token = self.tools.keys.seal(&admitted.form.id, &admitted.answers, self.now(), random);
        self.pages.check(admitted, answers, &token, again)
    }

    /// Where the store hangs, the answers stay on the page all the same.
    async fn send_in_time(&self, admitted: &Admitted<'_>, answers: &[Answer]) -> Response<String> {
        match self.until(admitted.deadline, self.send(admitted, answers)).await {
            Ok(page) => page,
            Err(late) => self.not_saved(admitted, answers, &late),
        }
    }

    async fn send(&self, admitted: &Admitted<'_>, answers: &[Answer]) -> Response<String> {
        let opened = self.tools.keys.open(&admitted.form.id, &admitted.answers, &admitted.token, self.now());
        match opened {
            Ok(opened) => self.hand_in(admitted, answers, &opened).await,
            Err(Refused::Forged) => {
                (self.tools.measure)(&Measure::Tampered);
                self.check_page(admitted, answers, Some(Again::Changed))
            }
            Err(Refused::Changed { reference }) => {
                self.sent_before_or(admitted, answers, &reference, Again::Changed).await
            }
            Err(Refused::Expired { reference }) => {
                self.sent_before_or(admitted, answers, &reference, Again::Expired).await
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
    async fn hand_in(&self, admitted: &Admitted<'_>, answers: &[Answer], opened: &Opened) -> Response<String> {
        let proof = match self.proof(admitted).await {
            Ok(proof) => proof,
            Err(error) => return self.not_saved(admitted, answers, &error),
        };
        let urgency = admitted.form.urgency(answers);
        // A retry of what is stored already is no new submission: it takes nobody's turn, and rings no bell.
        let is_retry = matches!(self.store.row(&opened.reference).await, Ok(Some(row)) if is_stored(row.state));
        let turn = if is_retry { Turn::Taken(Vec::new()) } else { self.turn(admitted, &proof).await };
        let crowd = match turn {
            Turn::Taken(marks) => marks,
            // Whoever may be harmed is heard, however much comes from their network.
            Turn::Refused if urgency == Urgency::Today => vec![Flag::Crowd],
            Turn::Refused => return self.pages.limited(admitted, answers),
        };
        let submission = Submission {
            version: VERSION,
            id: opened.reference.clone(),
            kind: admitted.form.kind,
            form: admitted.form.id.clone(),
            language: admitted.lang.clone(),
            written_at: opened.sealed_at,
            wording: admitted.form.wording,
            answers: admitted.form.stored(answers.to_vec()),
        };
        let mut flags = flags(admitted.form, &admitted.answers, opened.sealed_at, self.now(), admitted.is_silent);
        flags.extend(proof.flag());
        flags.extend(crowd);
        let waits = waits_for_rule(admitted.form, &admitted.answers, &self.pages.catalogue);
        flags.extend(waits.then_some(Flag::ListingRule));
        flags.extend(urgency.flag());
        if !is_retry {
            flags.extend(self.quiet(&flags).await);
        }
        self.store_and_answer(admitted, answers, &submission, opened, flags).await
    }

    /// Its turn among others, and what editors should know of these.
    async fn turn(&self, admitted: &Admitted<'_>, proof: &Proof) -> Turn {
        let mut turn = self.turn_to_send(&admitted.form.id, proof.sender(&admitted.client)).await;
        if let Turn::Taken(marks) = &mut turn {
            marks.extend(self.repeated(admitted).await);
        }
        turn
    }

    async fn store_and_answer(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        submission: &Submission,
        opened: &Opened,
        flags: Vec<Flag>,
    ) -> Response<String> {
        match accept(&self.store, submission, &opened.secret, flags).await {
            Ok(Acceptance::Stored(row)) => {
                tracing::info!(id = row.id.key(), kind = row.kind.word(), state = row.state.word(), "stored");
                let held = row.state == State::Held;
                (self.tools.measure)(&Measure::Stored { form: admitted.form.id.clone(), held });
                self.pages.sent(admitted, submission, &opened.secret, answers)
            }
            // The same was sent before and taken back, or another's row stands there by accident: it gets a reference of its own.
            Ok(Acceptance::Changed(_) | Acceptance::Gone) => self.check_page(admitted, answers, Some(Again::Changed)),
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
