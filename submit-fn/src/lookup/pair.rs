//! Reference and code, as somebody types them. A wrong pair gets the same answer in the same time, whether the reference or the code
//! is wrong.

use crate::draft::store::Drafts;
use crate::lookup::opened::OpenedSubmission;
use crate::published::place::Published;
use crate::service::Handler;
use review::{Intake, Limiter, StoreError};
use schema::ground::hash::content_hash;
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use schema::submission::secret::Secret;

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// The row of a pair as typed.
    pub(crate) async fn open(&self, reference: &str, code: &str) -> Result<Option<OpenedSubmission>, StoreError> {
        let tried = self.try_pair(reference, code).await?;
        let secret = Secret::parse(code);
        Ok(tried.filter(|(_, opens)| *opens).zip(secret).map(|((row, _), secret)| OpenedSubmission { row, secret }))
    }

    /// The row of a reference as typed, and whether the code opens it. The calls and the work are the same whatever is wrong with the
    /// pair.
    pub(crate) async fn try_pair(&self, reference: &str, code: &str) -> Result<Option<(Row, bool)>, StoreError> {
        let asked = Reference::parse(reference).unwrap_or_else(|| Reference::from_random([0; 16]));
        let secret = Secret::parse(code).unwrap_or_else(|| Secret::from_random([0; 16]));
        let row = self.store.row(&asked).await?;
        let stored = row.as_ref().map_or_else(|| content_hash(b"nothing"), |row| row.secret_hash);
        let opens = secret.opens(stored) && Secret::parse(code).is_some();
        Ok(row.filter(|_| Reference::parse(reference).is_some()).map(|row| (row, opens)))
    }
}
