//! What the reference and code prove that came with a form.

use crate::draft::store::Drafts;
use crate::http::admitted::Admitted;
use crate::http::front::Client;
use crate::published::place::Published;
use crate::service::Handler;
use crate::throttle::{Bell, Sender};
use review::{Intake, Limiter, StoreError};
use schema::person::profile::ProfileId;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::role::Role;
use schema::submission::row::Row;

/// What a pair proves.
pub(crate) enum Proof {
    /// Nothing, and nothing is claimed: there is none, it is not a registration's, or what it stood for is deleted by now.
    None,
    /// It is this registration's, and the page is that of the person in it.
    Proven(Box<Row>),
    /// It is wrong, or another person's.
    Unproven,
}

impl Proof {
    /// The mark by which editors know it.
    pub(crate) fn flag(&self) -> Option<Flag> {
        match self {
            Self::None => None,
            Self::Proven(_) => Some(Flag::Proven),
            Self::Unproven => Some(Flag::Unproven),
        }
    }

    /// Whose turn it is to send.
    pub(crate) fn sender<'a>(&'a self, client: &'a Client) -> Sender<'a> {
        match self {
            Self::Proven(registration) => Sender::Holder(&registration.id),
            Self::None | Self::Unproven => Sender::Stranger(client),
        }
    }

    /// The bell that rings for it, where it is urgent and has these marks.
    pub(crate) fn bell(&self, flags: &[Flag]) -> Bell<'_> {
        match self {
            Self::Proven(registration) => Bell::of(registration),
            _ if flags.iter().any(|flag| flag.holds()) => Bell::Held,
            _ => Bell::Received,
        }
    }
}

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// What the reference and code of a registration prove, where a form asks for them and they were given.
    pub(crate) async fn proof(&self, admitted: &Admitted<'_>) -> Result<Proof, StoreError> {
        let given = |role| {
            let question = admitted.form.question_for(role)?;
            Some(admitted.answers.one(&question.name)).filter(|value| !value.is_empty())
        };
        let (reference, code) = match (given(Role::Reference), given(Role::Code)) {
            (None, None) => return Ok(Proof::None),
            (reference, code) => (reference.unwrap_or_default(), code),
        };
        let Some((row, opens)) = self.try_pair(reference, code.unwrap_or_default()).await? else {
            return Ok(Proof::None);
        };
        let own = Some(row).filter(|row| opens && !is_back(row.state));
        let about = given(Role::About).unwrap_or_default();
        Ok(match own {
            // What came with an update or a report proves nothing about anybody's page.
            Some(own) if own.kind != SubmissionKind::Registration => Proof::None,
            Some(own) if is_another(about, &own) => Proof::Unproven,
            Some(own) => Proof::Proven(Box::new(own)),
            // Many keep the reference and lose the code: that alone is no reason to hold what they say.
            None if code.is_none() => Proof::None,
            None => Proof::Unproven,
        })
    }
}

/// Whether it was taken back: it proves nothing any more.
fn is_back(state: State) -> bool {
    matches!(state, State::Withdrawn | State::Removed)
}

/// Whether an update names the page of somebody else, by its id or its address, than a registration became.
fn is_another(about: &str, registration: &Row) -> bool {
    ProfileId::named(about).is_some_and(|named| registration.profile.as_deref() != Some(named.as_str()))
}
