//! A second version of what was sent. Its sender opened it with reference and code, mended it, and sends it in place of the first:
//! under the same reference, as long as no editor has decided.

use crate::draft::store::Drafts;
use crate::form::judged::submission;
use crate::http::admitted::{Admitted, Pair};
use crate::lookup::opened::{OpenedSubmission, can_have_photo, can_have_second};
use crate::lookup::pages::After;
use crate::measure::Measure;
use crate::pages::{Again, Sent};
use crate::published::place::Published;
use crate::service::Handler;
use crate::throttle::{Sender, Turn};
use crate::token::{Opened, Refused};
use http::Response;
use review::{Intake, Limiter, Revision, StoreError, revise, was_sent};
use schema::submission::content::{Answer, Submission};
use schema::submission::kinds::{Flag, State, Urgency};
use schema::submission::row::Row;

/// So often one submission is corrected. Nobody has more to mend, and every version is kept as long as the last.
const MOST: usize = 50;

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// Sends a second version, if its page is good; otherwise the answers are shown again, and nothing is changed.
    pub(crate) async fn send_second(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        (pair, opened): (&Pair, Result<Opened, Refused>),
    ) -> Result<Response<String>, StoreError> {
        let again = match opened {
            Ok(opened) => return self.correct_by(admitted, answers, (pair, &opened)).await,
            Err(Refused::Forged) => {
                (self.tools.measure)(&Measure::Tampered);
                Again::Unsure
            }
            Err(Refused::Changed { .. }) => Again::Changed,
            Err(Refused::Expired { .. }) => Again::Expired,
        };
        Ok(self.check_page(admitted, answers, Some(again)))
    }

    /// Pair, limit, flags, store, answer.
    async fn correct_by(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        (pair, opened): (&Pair, &Opened),
    ) -> Result<Response<String>, StoreError> {
        let is_own = |own: &OpenedSubmission| own.row.kind == admitted.form.kind && can_have_second(own.row.kind);
        let Some(own) = self.open(&pair.reference, &pair.code).await?.filter(is_own) else {
            return Ok(self.second_of_nothing(admitted, answers).await);
        };
        let submission = submission(admitted, answers, (own.row.id.clone(), opened));
        let proof = self.proof(admitted).await?;
        let mut judged = self.marks(admitted, answers, (&proof, opened));
        // A retry of what stands is no new version: it takes no turn, and rings no bell.
        if own.row.waits() && !was_sent(&own.row, &submission)? {
            match self.turn_of(admitted, &own.row, &judged).await {
                Turn::Taken(marks) => judged.extend(marks),
                Turn::Refused => return Ok(self.pages.limited(admitted, answers)),
            }
            if Urgency::of(&own.row.flags) != Urgency::Today {
                let rung = self.quiet(&judged, proof.bell(&judged)).await?;
                judged.extend(rung);
            }
        }
        match revise(&self.store, &own.row, &submission, &judged).await? {
            Revision::Stored(row) => {
                Ok(self.corrected(admitted, answers, &submission, OpenedSubmission { row, ..own }).await)
            }
            Revision::Overtaken(row) => Ok(self.pages.already_sent(admitted, &row.id)),
            Revision::Over(row) => self.too_late(admitted, answers, OpenedSubmission { row, ..own }).await,
            Revision::Unknown => Ok(self.second_of_nothing(admitted, answers).await),
        }
    }

    /// Whoever may be harmed is heard, however often they correct what they say.
    async fn turn_of(&self, admitted: &Admitted<'_>, row: &Row, judged: &[Flag]) -> Turn {
        let turn = match row.earlier.len() < MOST {
            true => self.turn_to_send(&admitted.form.id, Sender::Holder(&row.id)).await,
            false => Turn::Refused,
        };
        match turn {
            Turn::Refused if row.earlier.len() < MOST && Urgency::of(judged) == Urgency::Today => {
                Turn::Taken(vec![Flag::Crowd])
            }
            turn => turn,
        }
    }

    async fn corrected(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        submission: &Submission,
        own: OpenedSubmission,
    ) -> Response<String> {
        let OpenedSubmission { row, secret: code } = own;
        tracing::info!(id = row.id.key(), kind = row.kind.word(), state = row.state.word(), "corrected");
        self.keep_copy(admitted, &code, &row).await;
        self.pages.sent(
            admitted,
            &Sent {
                submission,
                code: &code,
                answers,
                before: None,
                second: Some(&row),
                takes_photo: can_have_photo(&row),
            },
        )
    }

    /// It waits no longer. The words stay on the page: to be sent as something new where it was taken back, otherwise to be kept.
    async fn too_late(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        own: OpenedSubmission,
    ) -> Result<Response<String>, StoreError> {
        if matches!(own.row.state, State::Withdrawn | State::Removed) {
            return Ok(self.check_page(&as_first(admitted), answers, Some(Again::TakenBack)));
        }
        let stands = self.stands(&own).await?;
        Ok(self.pages.lookup_status(&admitted.lang, &own, stands, After::TooLate(admitted.form, answers)))
    }

    /// The pair fits nothing: perhaps it is deleted by now. Wrong pairs are counted here as everywhere, and none is told which of its
    /// halves is wrong. The answers can be sent as something new.
    async fn second_of_nothing(&self, admitted: &Admitted<'_>, answers: &[Answer]) -> Response<String> {
        match self.turn_to_ask(Sender::Stranger(&admitted.client)).await {
            Turn::Taken(_) => self.check_page(&as_first(admitted), answers, Some(Again::OfNothing)),
            Turn::Refused => self.pages.limited(admitted, answers),
        }
    }
}

/// The same answers, to be sent as the first version of something new.
fn as_first<'a>(admitted: &Admitted<'a>) -> Admitted<'a> {
    Admitted { second: None, ..admitted.clone() }
}
