//! A sealed copy of what was sent, so that its sender can open it, filled in, and mend it. The function that takes answers cannot read
//! the place where editors find them; this copy lies elsewhere, and only the code that the sender keeps opens it. Of a report none
//! is made: it leaves nothing.

use crate::draft::sealed::{Draft, Kept, SentAs};
use crate::draft::store::Drafts;
use crate::http::admitted::Admitted;
use crate::lookup::opened::OpenedSubmission;
use crate::published::place::Published;
use crate::service::Handler;
use review::{Intake, Limiter, StoreError};
use schema::form::{Answers, Form};
use schema::submission::kinds::SubmissionKind;
use schema::submission::row::Row;
use schema::submission::secret::Secret;

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// Keeps a copy of what has just been stored. That is told of, even where this is not done: it can be corrected in other words.
    pub(crate) async fn keep_copy(&self, admitted: &Admitted<'_>, code: &Secret, row: &Row) {
        if row.kind == SubmissionKind::Report || !row.waits() {
            return;
        }
        let draft = Draft {
            form: admitted.form.id.clone(),
            until: self.kept_until(),
            answers: admitted.form.given(&admitted.answers),
            sent: Some(SentAs { answers: row.payload_hash, wording: admitted.form.wording }),
        };
        if let Err(error) = self.soon(self.seal_away(code, Kept::Sent, &draft)).await {
            tracing::error!(error = %error, "no copy is kept of what was sent");
        }
    }

    /// The form and the answers of what was sent, if a copy of the very answers that stand is there still. Boxes stay ticked, unless
    /// the text has changed since to which they said yes.
    pub(crate) async fn copy_of(&self, own: &OpenedSubmission) -> Result<Option<(&Form, Answers)>, StoreError> {
        let Some(copy) = self.unseal(&own.secret, Kept::Sent).await? else { return Ok(None) };
        let form = self.pages.forms.iter().find(|form| form.id == copy.form && form.kind == own.row.kind);
        let (Some(form), Some(sent)) = (form, copy.sent) else { return Ok(None) };
        if sent.answers != own.row.payload_hash {
            return Ok(None);
        }
        let answers = copy.answers.only(form);
        Ok(Some((form, if sent.wording == form.wording { answers } else { form.put_down(&answers) })))
    }

    /// What was taken back is kept no longer. Where this is not done, its time ends by itself.
    pub(crate) async fn forget_copy(&self, code: &Secret) {
        if let Err(error) = self.soon(self.delete_sealed(code, Kept::Sent)).await {
            tracing::error!(error = %error, "a copy of what was taken back is still kept");
        }
    }
}
