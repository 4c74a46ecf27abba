//! What is made of answers that were checked: the sealed page to look them over, the marks for editors, and what is stored.

use crate::draft::store::Drafts;
use crate::form::flags::flags;
use crate::http::admitted::Admitted;
use crate::lookup::proof::Proof;
use crate::pages::Again;
use crate::published::place::Published;
use crate::seed::Seed;
use crate::service::Handler;
use crate::token::Opened;
use http::Response;
use review::{Intake, Limiter};
use schema::form::waits_for_rule;
use schema::submission::content::{Answer, Submission, VERSION};
use schema::submission::kinds::Flag;
use schema::submission::reference::Reference;
use schema::submission::role::OptionRole;

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// The page that shows all answers, sealed anew. Every page has a reference of its own: what two people write in the same words
    /// stays two submissions, and neither sees the other's.
    pub(crate) fn check_page(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        again: Option<Again>,
    ) -> Response<String> {
        self.sealed_page(admitted, answers, self.draw(), again)
    }

    pub(crate) fn draw(&self) -> Seed {
        Seed::new((self.tools.random)())
    }

    pub(crate) fn sealed_page(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        seed: Seed,
        again: Option<Again>,
    ) -> Response<String> {
        let token = self.tools.keys.seal(&admitted.form.id, &admitted.answers, self.now(), seed);
        self.pages.check(admitted, answers, &token, again)
    }

    /// What editors should know of the answers, and of the page from which they came.
    pub(crate) fn marks(
        &self,
        admitted: &Admitted<'_>,
        answers: &[Answer],
        (proof, opened): (&Proof, &Opened),
    ) -> Vec<Flag> {
        let mut flags = flags(admitted, opened.sealed_at, self.now());
        flags.extend(proof.flag());
        let waits = waits_for_rule(admitted.form, &admitted.answers, &self.pages.catalogue);
        flags.extend(waits.then_some(Flag::ListingRule));
        flags.extend(admitted.form.urgency(answers).flag());
        flags.extend(sends_photo(answers).then_some(Flag::PhotoToCome));
        flags
    }
}

/// What is stored of answers that were checked, under a reference.
pub(crate) fn submission(
    admitted: &Admitted<'_>,
    answers: &[Answer],
    (id, opened): (Reference, &Opened),
) -> Submission {
    Submission {
        version: VERSION,
        id,
        kind: admitted.form.kind,
        form: admitted.form.id.clone(),
        language: admitted.lang.clone(),
        written_at: opened.sealed_at,
        wording: admitted.form.wording,
        answers: admitted.form.stored(answers.to_vec()),
    }
}

/// Whether a photo is to follow for a page that is up.
fn sends_photo(answers: &[Answer]) -> bool {
    answers.iter().any(|answer| answer.chosen.contains(&OptionRole::AnotherPhoto))
}
