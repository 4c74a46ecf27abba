//! A form on its way: its page, the check of its answers, and a submission stored once.

use crate::draft::store::Drafts;
use crate::form::judged::submission;
use crate::form::place::Place;
use crate::http::admitted::Admitted;
use crate::http::route::Step;
use crate::lookup::opened::can_have_photo;
use crate::lookup::proof::Proof;
use crate::measure::Measure;
use crate::pages::{Again, Sent};
use crate::published::place::Published;
use crate::seed::Seed;
use crate::service::Handler;
use crate::throttle::Turn;
use crate::token::{Opened, Refused};
use http::Response;
use review::{Acceptance, Intake, Limiter, StoreError, accept};
use schema::form::{Fault, Form, Kind, Outcome, check_answers};
use schema::submission::content::{Answer, Submission};
use schema::submission::kinds::{Flag, State, Urgency};

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    pub(crate) async fn carry_out(&self, admitted: Admitted<'_>) -> Response<String> {
        match admitted.step {
            Step::Start => self.pages.start(&self.begun(admitted).await),
            Step::Change => self.pages.form(&admitted, &[]),
            Step::Keep => self.put_down(&admitted).await,
            Step::TakeUp => self.take_up(&admitted).await,
            Step::Delete => self.delete_draft(&admitted).await,
            Step::Another => {
                let answers = admitted.form.of_sender(&admitted.answers);
                self.pages.form(&Admitted { answers, ..admitted }, &[])
            }
            Step::Check | Step::Send => {
                let listed = self.listed(&admitted).await;
                self.check_or_send(&Admitted { listed, ..admitted }).await
            }
        }
    }

    async fn check_or_send(&self, admitted: &Admitted<'_>) -> Response<String> {
        let facts = (&self.pages.catalogue, admitted.listed.as_ref());
        match check_answers(admitted.form, &admitted.answers, facts, self.today()) {
            Outcome::Stopped(stop) => self.pages.stop(admitted, &stop),
            Outcome::Faulty(faults) => {
                if faults.iter().any(|(name, fault)| is_not_offered(admitted.form, name, fault)) {
                    (self.tools.measure)(&Measure::Tampered);
                }
                self.pages.form(admitted, &faults)
            }
            Outcome::Accepted(answers) if admitted.step == Step::Send => self.send_in_time(admitted, &answers).await,
            Outcome::Accepted(answers) => self.check_page(admitted, &answers, None),
        }
    }

    /// Where the store hangs or fails, the answers stay on the page all the same.
    async fn send_in_time(&self, admitted: &Admitted<'_>, answers: &[Answer]) -> Response<String> {
        let sent = self.until(admitted.deadline, self.send(admitted, answers)).await.flatten();
        sent.unwrap_or_else(|error| self.not_saved(admitted, answers, &error))
    }

    async fn send(&self, admitted: &Admitted<'_>, answers: &[Answer]) -> Result<Response<String>, StoreError> {
        let opened = self.tools.keys.open(&admitted.form.id, &admitted.answers, &admitted.token, self.now());
        if let Some(pair) = &admitted.second {
            return self.send_second(admitted, answers, (pair, opened)).await;
        }
        match opened {
            Ok(opened) => self.hand_in(admitted, answers, &opened).await,
            // It may be old, of a key that is no more, or made up: nobody can tell.
            Err(Refused::Forged) => {
                (self.tools.measure)(&Measure::Tampered);
                Ok(self.check_page(admitted, answers, Some(Again::Unsure)))
            }
            Err(Refused::Changed { seed }) => {
                let place = Place { seed: self.draw(), ..self.place(seed).await? };
                Ok(self.sent_before_or(admitted, answers, &place, Again::Changed))
            }
            Err(Refused::Expired { seed }) => {
                let place = self.renewed(seed).await?;
                Ok(self.sent_before_or(admitted, answers, &place, Again::Expired))
            }
        }
    }

    /// Where the words of a page go that was open for too long: the same place however often it is sent, so that what was sent
    /// from the page that took its place is found again.
    async fn renewed(&self, seed: Seed) -> Result<Place, StoreError> {
        let place = self.place(seed).await?;
        if place.waiting().is_some() { Ok(place) } else { self.place(place.seed.next()).await }
    }

    /// Says that the page was sent before, where what it sent waits; otherwise shows the answers again.
    fn sent_before_or(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        place: &Place,
        again: Again,
    ) -> Response<String> {
        match place.waiting() {
            Some(row) => self.pages.already_sent(admitted, &row.id),
            None => self.sealed_page(admitted, answers, place.seed, Some(again)),
        }
    }

    /// Place, limit, flags, store, answer.
    async fn hand_in(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        opened: &Opened,
    ) -> Result<Response<String>, StoreError> {
        let (proof, place) = (self.proof(admitted).await?, self.place(opened.seed).await?);
        if place.is_taken_back() {
            return Ok(self.sealed_page(admitted, answers, place.seed, Some(Again::TakenBack)));
        }
        let urgency = admitted.form.urgency(answers);
        // A retry of what waits already is no new submission: it takes nobody's turn, and rings no bell.
        let is_retry = place.waiting().is_some();
        let turn = if is_retry { Turn::Taken(Vec::new()) } else { self.turn(admitted, &proof, &place).await };
        let crowd = match turn {
            Turn::Taken(marks) => marks,
            // Whoever may be harmed is heard, however much comes from their network.
            Turn::Refused if urgency == Urgency::Today => vec![Flag::Crowd],
            Turn::Refused => return Ok(self.pages.limited(admitted, answers)),
        };
        let mut flags = self.marks(admitted, answers, (&proof, opened));
        flags.extend(crowd);
        if !is_retry {
            let rung = self.quiet(&flags, proof.bell(&flags)).await?;
            flags.extend(rung);
        }
        let submission = submission(admitted, answers, (place.seed.reference(), opened));
        self.store_and_answer(admitted, answers, &submission, (&place, flags)).await
    }

    /// Its turn among others, and what editors should know of these.
    async fn turn(&self, admitted: &Admitted<'_>, proof: &Proof, place: &Place) -> Turn {
        let mut turn = self.turn_to_send(&admitted.form.id, proof.sender(&admitted.client)).await;
        if let Turn::Taken(marks) = &mut turn {
            let repeated = self.repeated(admitted).await;
            marks.extend(place.decided().map(|_| Flag::Repeated).or(repeated));
        }
        turn
    }

    async fn store_and_answer(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        submission: &Submission,
        (place, flags): (&Place, Vec<Flag>),
    ) -> Result<Response<String>, StoreError> {
        let code = place.seed.secret();
        Ok(match accept(&self.store, submission, &code, flags).await? {
            Acceptance::Stored(row) => {
                tracing::info!(id = row.id.key(), kind = row.kind.word(), state = row.state.word(), "stored");
                let held = row.state == State::Held;
                (self.tools.measure)(&Measure::Stored { form: admitted.form.id.clone(), held });
                self.sent_draft(admitted).await;
                self.keep_copy(admitted, &code, &row).await;
                let (before, takes_photo) = (place.decided(), can_have_photo(&row));
                let sent = Sent { submission, code: &code, answers, before, second: None, takes_photo };
                self.pages.sent(admitted, &sent)
            }
            // From another page that took the place of the same old one.
            Acceptance::Changed(row) if row.waits() && code.opens(row.secret_hash) => {
                self.pages.already_sent(admitted, &row.id)
            }
            // Another's row stands there by accident: it gets a reference of its own.
            Acceptance::Changed(_) => self.check_page(admitted, answers, Some(Again::Unsure)),
            Acceptance::Gone => self.check_page(admitted, answers, Some(Again::TakenBack)),
        })
    }

    fn not_saved(&self, admitted: &Admitted<'_>, answers: &[Answer], error: &StoreError) -> Response<String> {
        self.note_store_down(error);
        self.pages.check(admitted, answers, &admitted.token, Some(Again::Unavailable))
    }
}

/// Whether something came that nobody can choose on our form.
fn is_not_offered(form: &Form, name: &str, fault: &Fault) -> bool {
    let chosen = |kind: Kind| kind.has_options() || kind == Kind::Tick;
    matches!(fault, Fault::Wrong { .. }) && form.question(name).is_some_and(|question| chosen(question.kind))
}
