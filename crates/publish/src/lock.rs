//! One publisher at a time: a note in the bucket says who, and until when. It is made only where none is, renewed while work
//! goes on, and taken over only once its time is over, or by somebody who names its holder.

use crate::bucket::{Bucket, NOTES, Object, Precondition, ServiceError, Tag};
use crate::headers::Headers;
use jiff::{SignedDuration, Timestamp};
use schema::ground::failure::Failure;
use serde::{Deserialize, Serialize};

/// For how long a lock holds unless it is renewed.
const LEASE: SignedDuration = SignedDuration::from_mins(15);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Holder {
    owner: String,
    deploy: String,
    until: Timestamp,
}

/// A lock that is held.
pub(crate) struct Lock {
    holder: Holder,
    tag: Tag,
}

/// Why a lock was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotTaken {
    /// Somebody else publishes: who, and at most until when, unless they renew it.
    #[error(transparent)]
    Held(Failure),
    /// The bucket.
    #[error(transparent)]
    ServiceError(#[from] ServiceError),
}

/// An error as others read it: whoever holds the lock is named, with what can be done about it.
pub(crate) fn plain(error: anyhow::Error) -> anyhow::Error {
    match error.downcast() {
        Ok(NotTaken::Held(failure)) => failure.into(),
        Ok(other) => other.into(),
        Err(error) => error,
    }
}

fn held(Holder { owner, until, .. }: &Holder) -> Failure {
    let help = format!("wait for them; if you know that their machine died, add --break-lock '{owner}'");
    Failure::new(format!("{owner} is publishing, and holds the lock until {until}")).help(help)
}

/// The key of the note.
pub(crate) fn key() -> String {
    format!("{NOTES}lock.json")
}

impl Lock {
    /// Takes the lock; `broken` names the holder from whom it may be taken before its time.
    pub(crate) async fn take(
        bucket: &impl Bucket,
        (owner, broken): (&str, Option<&str>),
        deploy: &str,
        now: Timestamp,
    ) -> Result<Self, NotTaken> {
        let holder = Holder { owner: owner.to_owned(), deploy: deploy.to_owned(), until: now + LEASE };
        match write(bucket, &holder, Precondition::Absent).await {
            Ok(tag) => return Ok(Self { holder, tag }),
            Err(ServiceError::Changed(_)) => {}
            Err(fault) => return Err(fault.into()),
        }
        let Some((bytes, stored)) = bucket.get(&key(), None).await? else {
            return Err(ServiceError::Changed("the lock".to_owned()).into());
        };
        // A note that cannot be read is from nobody who could still hold it.
        if let Ok(other) = serde_json::from_slice::<Holder>(&bytes)
            && other.until > now
            && broken != Some(other.owner.as_str())
        {
            return Err(NotTaken::Held(held(&other)));
        }
        let tag = write(bucket, &holder, Precondition::Unchanged(&stored.tag)).await?;
        Ok(Self { holder, tag })
    }

    /// Until when it is ours, unless it is renewed.
    pub(crate) fn ends(&self) -> Timestamp {
        self.holder.until
    }

    /// Renews the lock when a third of its time is over. An error means that it is no longer ours.
    pub(crate) async fn keep(&mut self, bucket: &impl Bucket, now: Timestamp) -> Result<(), ServiceError> {
        if self.holder.until.duration_since(now) > LEASE * 2 / 3 {
            return Ok(());
        }
        let holder = Holder { until: now + LEASE, ..self.holder.clone() };
        self.tag = write(bucket, &holder, Precondition::Unchanged(&self.tag)).await?;
        self.holder = holder;
        Ok(())
    }

    /// Gives the lock back.
    pub(crate) async fn release(self, bucket: &impl Bucket, now: Timestamp) -> Result<(), ServiceError> {
        // After its time it may be somebody else's, and so it may if somebody broke it.
        if self.holder.until <= now || bucket.head(&key()).await?.is_none_or(|stored| stored.tag != self.tag) {
            return Ok(());
        }
        bucket.delete(&key()).await
    }
}

async fn write(bucket: &impl Bucket, holder: &Holder, when: Precondition<'_>) -> Result<Tag, ServiceError> {
    let bytes = serde_json::to_vec(holder).map_err(|error| ServiceError::Unavailable(error.to_string()))?;
    Ok(bucket.put(note(&key(), bytes), when).await?.tag)
}

/// A note of the publisher as an object: nobody may keep a copy.
pub(crate) fn note(key: &str, bytes: Vec<u8>) -> Object<'_> {
    let headers = Headers { content_type: "application/json", cache_control: "no-store", tags: String::new() };
    Object { key, bytes, headers, mark: String::new() }
}
