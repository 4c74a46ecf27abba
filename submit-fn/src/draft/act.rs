//! Putting a half-filled form down, taking it up, deleting it.

use crate::draft::pages::CodeFault;
use crate::draft::sealed::{Draft, Kept};
use crate::draft::store::Drafts;
use crate::http::admitted::Admitted;
use crate::http::route::Step;
use crate::published::place::Published;
use crate::service::Handler;
use crate::throttle::{Sender, Turn};
use http::Response;
use jiff::civil::Date;
use review::{Intake, Limiter, StoreError};
use schema::form::Answers;
use schema::submission::retention::PUT_DOWN_DAYS;
use schema::submission::secret::Secret;
use templates::texts::FormNotice;

/// What is counted of forms that are put down.
const KEEP: &str = "keep";

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// Keeps the form as typed, and shows the code that opens it. What was taken up by a code stays under that code.
    pub(crate) async fn put_down(&self, admitted: &Admitted<'_>) -> Response<String> {
        if self.turn_to_send(KEEP, Sender::Stranger(&admitted.client)).await == Turn::Refused {
            return self.pages.form_again(admitted, FormNotice::NotKeptNow);
        }
        let code = Secret::parse(&admitted.draft).unwrap_or_else(|| Secret::from_random((self.tools.random)()));
        let until = self.kept_until();
        match self.until(admitted.deadline, self.keep(admitted, &code, until)).await.flatten() {
            Ok(()) => self.pages.put_down(admitted, &code, until),
            Err(error) => {
                self.note_store_down(&error);
                self.pages.form_again(admitted, FormNotice::NotKept)
            }
        }
    }

    async fn keep(&self, admitted: &Admitted<'_>, code: &Secret, until: Date) -> Result<(), StoreError> {
        let answers = admitted.form.put_down(&admitted.answers);
        let draft = Draft { form: admitted.form.id.clone(), until, answers, sent: None };
        self.seal_away(code, Kept::PutDown, &draft).await
    }

    /// The last day of what is put under a code today.
    pub(crate) fn kept_until(&self) -> Date {
        self.today().saturating_add(jiff::Span::new().days(PUT_DOWN_DAYS))
    }

    /// Puts something under a code, in the place of what lies there.
    pub(crate) async fn seal_away(&self, code: &Secret, kept: Kept, draft: &Draft) -> Result<(), StoreError> {
        let lock = self.tools.keys.locks(code, kept).into_iter().next();
        let sealed = lock.as_ref().and_then(|lock| lock.seal(draft, (self.tools.random)()));
        let (Some(lock), Some(sealed)) = (lock, sealed) else {
            return Err(StoreError::Unavailable("a form could not be sealed".to_owned()));
        };
        self.drafts.put(&lock.key, &sealed).await
    }

    /// What a code opens today, under whichever of our keys it was sealed.
    pub(crate) async fn unseal(&self, code: &Secret, kept: Kept) -> Result<Option<Draft>, StoreError> {
        for lock in self.tools.keys.locks(code, kept) {
            let draft = self.drafts.get(&lock.key).await?.and_then(|bytes| lock.open(&bytes, self.today()));
            if draft.is_some() {
                return Ok(draft);
            }
        }
        Ok(None)
    }

    /// Deletes what lies under a code.
    pub(crate) async fn delete_sealed(&self, code: &Secret, kept: Kept) -> Result<(), StoreError> {
        for lock in self.tools.keys.locks(code, kept) {
            self.drafts.delete(&lock.key).await?;
        }
        Ok(())
    }

    /// Shows the form that a code opens, as it was typed. A wrong code and one whose time is over are answered alike.
    pub(crate) async fn take_up(&self, admitted: &Admitted<'_>) -> Response<String> {
        let found = self.until(admitted.deadline, self.find(admitted)).await.flatten();
        match found {
            Ok(Some((code, answers))) => {
                let taken = Admitted { answers, draft: code.to_string(), step: Step::Start, ..admitted.clone() };
                self.pages.form_again(&taken, FormNotice::TakenUp)
            }
            Ok(None) => self.wrong_code(admitted).await,
            Err(error) => {
                self.note_store_down(&error);
                self.pages.take_up((&admitted.lang, admitted.form), &admitted.draft, Some(CodeFault::Unavailable))
            }
        }
    }

    async fn find(&self, admitted: &Admitted<'_>) -> Result<Option<(Secret, Answers)>, StoreError> {
        let Some(code) = Secret::parse(&admitted.draft) else { return Ok(None) };
        let draft = self.unseal(&code, Kept::PutDown).await?.filter(|draft| draft.form == admitted.form.id);
        Ok(draft.map(|draft| (code, draft.answers.only(admitted.form))))
    }

    /// Wrong codes are counted with wrong pairs: guessing is hopeless at any pace, and this keeps it slow.
    async fn wrong_code(&self, admitted: &Admitted<'_>) -> Response<String> {
        let fault = match self.turn_to_ask(Sender::Stranger(&admitted.client)).await {
            Turn::Taken(_) => CodeFault::Unknown,
            Turn::Refused => CodeFault::Limited,
        };
        self.pages.take_up((&admitted.lang, admitted.form), &admitted.draft, Some(fault))
    }

    /// Deletes what a code keeps. What stands on the page stays there.
    pub(crate) async fn delete_draft(&self, admitted: &Admitted<'_>) -> Response<String> {
        match self.until(admitted.deadline, self.forget_draft(admitted)).await.flatten() {
            Ok(()) => {
                let without = Admitted { draft: String::new(), ..admitted.clone() };
                self.pages.form_again(&without, FormNotice::Deleted)
            }
            Err(error) => {
                self.note_store_down(&error);
                self.pages.form_again(admitted, FormNotice::NotDeleted)
            }
        }
    }

    /// What was sent is kept no longer. What has been stored is told of, even where this is not done: its time ends by itself.
    pub(crate) async fn sent_draft(&self, admitted: &Admitted<'_>) {
        if let Err(error) = self.soon(self.forget_draft(admitted)).await {
            tracing::error!(error = %error, "a form that was sent is still kept");
        }
    }

    async fn forget_draft(&self, admitted: &Admitted<'_>) -> Result<(), StoreError> {
        let Some(code) = Secret::parse(&admitted.draft) else { return Ok(()) };
        self.delete_sealed(&code, Kept::PutDown).await
    }
}
