//! The store of production: rows and log in DynamoDB, answers and photos in S3. Each service has one file of its own.
//!
//! The function may put objects and not read them; what reads, lists or deletes is called by editors and the sweeper only.

mod counters;
mod failed;
mod fetched;
mod index;
mod item;
mod log;
mod metric;
mod objects;
mod rows;
mod settings;

use crate::limits::{Limit, Limiter};
use crate::store::{Claim, Intake, LogLine, Store, StoreError, Transition};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
pub use failed::explain;
pub use fetched::{Fetched, Tag};
use index::Index;
use jiff::Timestamp;
pub use metric::metric;
use objects::Objects;
use schema::ground::hash::Hash;
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use schema::submission::reference::Reference;
use schema::submission::row::Row;
pub use settings::Settings;
use settings::WARM;

/// Whose word a connection believes about who answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roots {
    /// The certificates of this machine.
    Machine,
    /// Amazon's own root certificates alone, which the program carries: the function speaks to nobody else, and looking through
    /// a machine's hundreds takes longer than all the rest of its start.
    Amazon,
}

/// The five that Amazon names for its services, as the package ca-certificates of Debian 12 carries them from Mozilla's list.
const AMAZON_ROOTS: &[u8] = include_bytes!("amazon-roots.pem");

impl Roots {
    fn trust(self) -> TrustStore {
        match self {
            Self::Machine => TrustStore::default(),
            Self::Amazon => TrustStore::empty().with_pem_certificate(AMAZON_ROOTS),
        }
    }
}

/// The store of production.
#[derive(Clone)]
pub struct Cloud {
    index: Index,
    objects: Objects,
    clock: fn() -> Timestamp,
}

impl Cloud {
    /// Clients for both services over one connection pool. Nothing is called yet.
    pub fn new(settings: &Settings, roots: Roots, clock: fn() -> Timestamp) -> Self {
        let builder = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring));
        let http = match TlsContext::builder().with_trust_store(roots.trust()).build() {
            Ok(context) => builder.tls_context(context).build_https(),
            Err(_) => builder.build_https(),
        };
        Self { index: Index::new(settings, http.clone()), objects: Objects::new(settings, http), clock }
    }

    /// What stands under a key of another bucket, unless it is still what a tag of before stands for.
    ///
    /// # Errors
    /// That it could not be reached, or must not be read.
    pub async fn fetch(&self, bucket: &str, key: &str, unless: Option<&Tag>) -> Result<Fetched, StoreError> {
        self.objects.fetch(bucket, key, unless).await
    }

    /// Opens both connections ahead of the first request, whatever is answered on them: even a refusal has paid for the handshake.
    /// Where nothing is answered within two seconds, the first request sees to it.
    pub async fn warm(&self) {
        let both = async { tokio::join!(self.index.warm(), self.objects.warm()) };
        drop(tokio::time::timeout(WARM, both).await);
    }
}

impl Intake for Cloud {
    async fn claim(&self, row: &Row) -> Result<Claim, StoreError> {
        self.index.claim(row).await
    }

    async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.objects.put(key, bytes).await
    }

    async fn settle(&self, id: &Reference, to: State) -> Result<Transition, StoreError> {
        self.index.settle(id, to, (self.clock)()).await
    }

    async fn row(&self, id: &Reference) -> Result<Option<Row>, StoreError> {
        self.index.row(id).await
    }

    async fn set_photo(&self, id: &Reference, from: Option<Hash>, to: Option<Hash>) -> Result<Transition, StoreError> {
        self.index.set_photo(id, from, to, (self.clock)()).await
    }

    async fn revise(&self, from: &Row, to: &Row) -> Result<Transition, StoreError> {
        self.index.revise(from, to, (self.clock)()).await
    }

    async fn decide(&self, decision: &Decision) -> Result<Transition, StoreError> {
        self.index.decide(decision, (self.clock)()).await
    }
}

impl Store for Cloud {
    async fn get(&self, key: &str) -> Result<Vec<u8>, StoreError> {
        self.objects.get(key).await
    }

    async fn entries(&self) -> Result<Vec<Result<Row, StoreError>>, StoreError> {
        self.index.entries().await
    }

    async fn has(&self, key: &str) -> Result<bool, StoreError> {
        Ok(self.objects.put_at(key).await?.is_some())
    }

    async fn put_at(&self, key: &str) -> Result<Option<Timestamp>, StoreError> {
        self.objects.put_at(key).await
    }

    async fn erase(&self, row: &Row) -> Result<(), StoreError> {
        match self.index.row(&row.id).await? {
            None => return Ok(()),
            Some(stands) if !stands.state.is_empty() => {
                let why = format!("it stands as {} and was to be erased", stands.state.word());
                return Err(StoreError::Damaged { key: row.id.key().to_owned(), why });
            }
            Some(_) => {}
        }
        for note in row.note_keys() {
            self.objects.erase(&note).await?;
        }
        self.objects.erase(&row.prefix()).await
    }

    async fn strip(&self, id: &Reference) -> Result<Transition, StoreError> {
        self.index.strip(id, (self.clock)()).await
    }

    async fn forget(&self, id: &Reference) -> Result<(), StoreError> {
        self.index.forget(id).await
    }

    async fn log(&self) -> Result<Vec<Decision>, StoreError> {
        self.index.log().await
    }

    async fn lines(&self) -> Result<Vec<LogLine>, StoreError> {
        self.index.lines().await
    }

    async fn witness(&self, lines: &[LogLine]) -> Result<(), StoreError> {
        for line in lines {
            self.index.witness(line).await?;
        }
        Ok(())
    }
}

impl Limiter for Cloud {
    async fn admit(&self, key: &str, limit: Limit, now: Timestamp) -> Result<bool, StoreError> {
        self.index.admit(key, limit, now).await
    }
}
