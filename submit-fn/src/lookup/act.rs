//! What people may do with what they sent, by reference and code: see where it stands, add a photo, correct it, take it back.

use crate::draft::store::Drafts;
use crate::http::admitted::{Admitted, LookupRequest, Pair};
use crate::http::route::{LookupStep, Step};
use crate::lookup::opened::{OpenedSubmission, can_have_photo, can_have_second};
use crate::lookup::pages::{After, LookupFault};
use crate::lookup::stands::{can_be_corrected, take_down_seeds};
use crate::published::place::Published;
use crate::seed::Seed;
use crate::service::Handler;
use crate::throttle::{Bell, Sender, Turn};
use http::Response;
use jiff::Timestamp;
use photo::{self, PhotoFault};
use review::{Acceptance, Intake, Limiter, StoreError, Transition, accept, add_photo};
use schema::form::{Answers, Form};
use schema::person::profile::ProfileId;
use schema::submission::content::{Answer, Submission, VERSION};
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::role::{OptionRole, Role};
use templates::texts::{self, StatusNotice, Text, Told};

/// What the log calls whoever sent a submission.
const SENDER: &str = "sender";
/// How often taking back is tried against editors who decide at the same moment.
const TAKE_BACK_TRIES: usize = 3;

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    pub(crate) async fn lookup(&self, asked: LookupRequest) -> Response<String> {
        let answered = self.until(asked.deadline, self.look_up(&asked)).await.flatten();
        answered.unwrap_or_else(|error| self.lookup_unavailable(&asked, &error))
    }

    async fn look_up(&self, asked: &LookupRequest) -> Result<Response<String>, StoreError> {
        let Some(own) = self.open(&asked.reference, &asked.code).await? else {
            return Ok(self.wrong_pair(asked).await);
        };
        match asked.step {
            LookupStep::Start | LookupStep::Status => self.status(asked, &own, After::Nothing).await,
            LookupStep::TakeBack => self.ask_once_more(asked, &own).await,
            LookupStep::TakenBack => self.take_back(asked, own).await,
            LookupStep::Photo => self.photo(asked, own).await,
            LookupStep::Correct => self.correct(asked, &own).await,
        }
    }

    /// Where it stands, after what has just been done with it.
    async fn status(
        &self,
        asked: &LookupRequest,
        own: &OpenedSubmission,
        after: After<'_>,
    ) -> Result<Response<String>, StoreError> {
        let stands = self.stands(own).await?;
        Ok(self.pages.lookup_status(&asked.lang, own, stands, after))
    }

    /// Wrong pairs alone are counted: whoever holds a right one gets through any flood, and guessing one is hopeless.
    async fn wrong_pair(&self, asked: &LookupRequest) -> Response<String> {
        let fault = match self.turn_to_ask(Sender::Stranger(&asked.client)).await {
            Turn::Taken(_) => LookupFault::Unknown,
            Turn::Refused => LookupFault::Limited,
        };
        self.pages.lookup_fault(asked, fault)
    }

    async fn photo(&self, asked: &LookupRequest, own: OpenedSubmission) -> Result<Response<String>, StoreError> {
        let bytes = match photo_of(asked, &own) {
            Ok(bytes) => bytes,
            Err(after) => return self.status(asked, &own, after).await,
        };
        // Reading one is work, whoever asks for it.
        if self.turn_to_ask(Sender::Holder(&own.row.id)).await == Turn::Refused {
            return Ok(self.pages.lookup_fault(asked, LookupFault::Limited));
        }
        let photo = match photo::read(bytes) {
            Ok(photo) => photo,
            Err(fault) => return self.status(asked, &own, After::Wrong(photo_words(fault))).await,
        };
        tracing::info!(id = own.row.id.key(), bytes = bytes.len(), stored = photo.bytes.len(), "photo");
        let (row, notice) = match add_photo(&self.store, &own.row, &photo.bytes).await? {
            Transition::Done(row) => (row, StatusNotice::PhotoAdded),
            Transition::Kept(row) => (row, StatusNotice::PhotoTooLate),
            Transition::Unknown => return Ok(self.pages.lookup_fault(asked, LookupFault::Unknown)),
        };
        self.status(asked, &OpenedSubmission { row, ..own }, After::Done(notice)).await
    }

    /// Asks whether it is to be taken back, where it can be.
    async fn ask_once_more(
        &self,
        asked: &LookupRequest,
        own: &OpenedSubmission,
    ) -> Result<Response<String>, StoreError> {
        let stands = self.stands(own).await?;
        Ok(match stands.can_be_taken_back() {
            true => self.pages.lookup_take_back(&asked.lang, own, stands),
            false => self.pages.lookup_status(&asked.lang, own, stands, After::Nothing),
        })
    }

    /// Before it became a page, a submission is taken back by its sender alone. A page that is up, or on its way, comes down by
    /// an editor's hand: that is asked for at once, in the sender's name.
    async fn take_back(
        &self,
        asked: &LookupRequest,
        mut own: OpenedSubmission,
    ) -> Result<Response<String>, StoreError> {
        // An editor may decide at the same moment: what stands then says how it goes on.
        for _ in 0..TAKE_BACK_TRIES {
            if !own.row.waits() {
                break;
            }
            own.row = match self.withdraw(&own).await? {
                Transition::Done(row) | Transition::Kept(row) => row,
                Transition::Unknown => return Ok(self.pages.lookup_fault(asked, LookupFault::Unknown)),
            };
        }
        let stands = self.stands(&own).await?;
        match stands.told {
            Told::Withdrawn => self.forget_copy(&own.secret).await,
            // Whoever presses the last button twice is told the same twice.
            told if told == Told::ComingDown || stands.is_page() => self.ask_to_take_down(asked, &own).await?,
            _ => return Ok(self.pages.lookup_status(&asked.lang, &own, stands, After::Nothing)),
        }
        Ok(self.pages.lookup_taken_back(&asked.lang, &own))
    }

    async fn withdraw(&self, own: &OpenedSubmission) -> Result<Transition, StoreError> {
        let decision = Decision {
            at: self.now(),
            editor: SENDER.to_owned(),
            id: own.row.id.clone(),
            from: own.row.state,
            to: State::Withdrawn,
            reason: None,
            profile: None,
            assured: Vec::new(),
            answers: None,
        };
        let turn = self.store.decide(&decision).await?;
        tracing::info!(id = own.row.id.key(), turned = matches!(turn, Transition::Done(_)), "taken back");
        Ok(turn)
    }

    /// Asks to take the page down: once, however often it is repeated, until an editor has decided; then once more.
    async fn ask_to_take_down(&self, asked: &LookupRequest, own: &OpenedSubmission) -> Result<(), StoreError> {
        for seed in take_down_seeds(own) {
            // Asked for now, or when it was first tried: a repetition is the same to the byte.
            let before = self.store.row(&seed.reference()).await?;
            let at = before.as_ref().map_or_else(|| self.now(), |row| row.created_at);
            let request = take_down_request(self.pages.update_form(), asked, own, (seed, at));
            let mut flags = vec![Flag::Proven, Flag::Today];
            // Only the first of several tries is announced.
            if before.is_none() {
                let rung = self.quiet(&flags, Bell::of(&own.row)).await?;
                flags.extend(rung);
            }
            match accept(&self.store, &request, &seed.secret(), flags).await? {
                // Whichever of several tries was first, the page is asked to come down.
                Acceptance::Stored(row) | Acceptance::Changed(row)
                    if !matches!(row.state, State::Rejected | State::Done | State::Published) =>
                {
                    return Ok(());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What waits is opened as it was sent, to be mended and sent in its place. What is up, or was sent too long ago to be opened, is
    /// corrected by the form for changes, with reference and code filled in.
    async fn correct(&self, asked: &LookupRequest, own: &OpenedSubmission) -> Result<Response<String>, StoreError> {
        if own.row.waits()
            && can_have_second(own.row.kind)
            && let Some((form, answers)) = self.copy_of(own).await?
        {
            return Ok(self.pages.form(&second_version(form, answers, asked, own), &[]));
        }
        let stands = self.stands(own).await?;
        let Some(form) = self.pages.update_form().filter(|_| can_be_corrected(&own.row, stands)) else {
            return Ok(self.pages.lookup_status(&asked.lang, own, stands, After::Nothing));
        };
        let known = [
            (Role::Reference, Some(own.row.id.to_string())),
            (Role::Code, Some(own.secret.to_string())),
            (Role::About, own.row.profile.clone()),
        ];
        let mut answers = Answers::default();
        for (role, value) in known {
            if let (Some(question), Some(value)) = (form.question_for(role), value) {
                answers.set(&question.name, &value);
            }
        }
        // Of a page that is up, the form has what that says.
        let person = own.row.profile.as_deref().and_then(ProfileId::parse).filter(|_| stands.can_be_seen());
        if let Some(person) = person
            && let Some(listed) = self.page_of(&asked.lang, &person).await
        {
            answers = listed.fill(form, answers);
        }
        Ok(self.pages.form_with(&asked.lang, form, &answers))
    }

    fn lookup_unavailable(&self, asked: &LookupRequest, error: &StoreError) -> Response<String> {
        self.note_store_down(error);
        self.pages.lookup_fault(asked, LookupFault::Unavailable)
    }
}

/// What was sent, filled in, as the beginning of a second version.
fn second_version<'a>(form: &'a Form, answers: Answers, asked: &LookupRequest, own: &OpenedSubmission) -> Admitted<'a> {
    Admitted {
        form,
        lang: asked.lang.clone(),
        step: Step::Start,
        answers,
        listed: None,
        token: String::new(),
        draft: String::new(),
        second: Some(Pair { reference: own.row.id.to_string(), code: own.secret.to_string() }),
        client: asked.client.clone(),
        is_silent: false,
        deadline: asked.deadline,
    }
}

/// The one photo that was sent, where it can be taken and may be shown; otherwise what is to be said.
fn photo_of<'a>(asked: &'a LookupRequest, own: &OpenedSubmission) -> Result<&'a [u8], After<'static>> {
    match asked.photos.as_slice() {
        _ if !can_have_photo(&own.row) => Err(After::Done(StatusNotice::PhotoTooLate)),
        [] => Err(After::Wrong(texts::PHOTO_MISSING)),
        [_] if !asked.photo_is_agreed => Err(After::Wrong(texts::PHOTO_CONSENT)),
        [bytes] => Ok(bytes),
        _ => Err(After::Wrong(texts::PHOTO_TWICE)),
    }
}

/// An update that asks to take the page down.
fn take_down_request(
    form: Option<&Form>,
    asked: &LookupRequest,
    own: &OpenedSubmission,
    (seed, at): (Seed, Timestamp),
) -> Submission {
    let question = |role| form.and_then(|form| form.question_for(role));
    let answer = |role: Role, value: String| Answer {
        question: question(role).map_or(role.word(), |question| question.name.as_str()).to_owned(),
        role: Some(role),
        values: vec![value],
        chosen: Vec::new(),
    };
    let take_down = question(Role::Change).and_then(|question| question.option_for(OptionRole::TakeDown));
    let take_down = take_down.map_or(OptionRole::TakeDown.word(), |option| option.value.as_str()).to_owned();
    let about = own.row.profile.clone().unwrap_or_else(|| own.row.id.to_string());
    Submission {
        version: VERSION,
        id: seed.reference(),
        kind: SubmissionKind::Update,
        form: form.map_or("update", |form| form.id.as_str()).to_owned(),
        language: asked.lang.clone(),
        written_at: at,
        wording: None,
        answers: vec![
            answer(Role::About, about),
            answer(Role::Reference, own.row.id.to_string()),
            Answer { chosen: vec![OptionRole::TakeDown], ..answer(Role::Change, take_down) },
        ],
    }
}

/// The string that says what is wrong with a photo.
pub(crate) fn photo_words(fault: PhotoFault) -> Text {
    match fault {
        PhotoFault::Empty => texts::PHOTO_EMPTY,
        PhotoFault::TooLarge => texts::PHOTO_TOO_LARGE,
        PhotoFault::NotAPhoto => texts::PHOTO_NOT_A_PHOTO,
        PhotoFault::Heic => texts::PHOTO_HEIC,
        PhotoFault::WebP => texts::PHOTO_WEBP,
        PhotoFault::Avif => texts::PHOTO_AVIF,
        PhotoFault::TooManyPixels => texts::PHOTO_TOO_MANY_PIXELS,
        PhotoFault::TooSmall => texts::PHOTO_TOO_SMALL,
        PhotoFault::Broken => texts::PHOTO_BROKEN,
    }
}
