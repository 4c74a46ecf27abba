//! The bucket and the edge in memory, as a publish asks them.

use super::{Body, MOST_PURGES, World, tag};
use crate::bucket::{Bucket, Object, Precondition, SITE, ServiceError, Stored, Version, VersionId};
use crate::edge::Edge;
use crate::headers::{PAGES_TAG, addresses};
use crate::publisher::manifest_key;
use crate::small::person_of;

impl Bucket for World {
    async fn get(&self, key: &str, version: Option<&VersionId>) -> Result<Option<(Vec<u8>, Stored)>, ServiceError> {
        // Whoever waits for a stop hears of it between two calls.
        tokio::task::yield_now().await;
        self.call(false, |state| {
            let bodies = state.keys.get(key).map(Vec::as_slice).unwrap_or_default();
            let body = match version {
                Some(version) => bodies.iter().find(|body| body.id == *version),
                None => bodies.last(),
            };
            Ok(body.and_then(|body| {
                let bytes = body.bytes.clone()?;
                let stored = Stored { tag: tag(&bytes), version: Some(body.id.clone()), mark: body.mark.clone() };
                Some((bytes, stored))
            }))
        })
    }

    async fn head(&self, key: &str) -> Result<Option<Stored>, ServiceError> {
        tokio::task::yield_now().await;
        Ok(self.get(key, None).await?.map(|(_, stored)| stored))
    }

    async fn put(&self, object: Object<'_>, when: Precondition<'_>) -> Result<Stored, ServiceError> {
        tokio::task::yield_now().await;
        self.call(true, |state| {
            let tag = state.current(object.key).and_then(|body| body.bytes.as_deref()).map(tag);
            let free = match when {
                Precondition::Always => true,
                Precondition::Absent => tag.is_none(),
                Precondition::Unchanged(expected) => tag.as_ref() == Some(expected),
            };
            if !free {
                return Err(ServiceError::Changed(object.key.to_owned()));
            }
            if object.key == manifest_key() {
                state.check_manifest(&object.bytes);
            }
            Ok(state.store(object.key, Some(object.bytes), Some(object.mark)))
        })
    }

    async fn delete(&self, key: &str) -> Result<(), ServiceError> {
        tokio::task::yield_now().await;
        let photos = self.photos.lock().unwrap().clone();
        self.call(true, |state| {
            state.check_deletion(key, &photos);
            state.store(key, None, None);
            Ok(())
        })
    }

    async fn versions(&self, prefix: &str) -> Result<Vec<Version>, ServiceError> {
        tokio::task::yield_now().await;
        self.call(false, |state| {
            let below = state.keys.iter().filter(|(key, _)| key.starts_with(prefix));
            let of_key = |(key, bodies): (&String, &Vec<Body>)| {
                let last = bodies.last().map(|body| body.id.clone());
                let version = |body: &Body| Version {
                    key: key.clone(),
                    id: body.id.clone(),
                    current: last.as_ref() == Some(&body.id) && body.bytes.is_some(),
                    marker: body.bytes.is_none(),
                };
                bodies.iter().rev().map(version).collect::<Vec<_>>()
            };
            Ok(below.flat_map(of_key).collect())
        })
    }

    async fn erase(&self, versions: &[Version]) -> Result<(), ServiceError> {
        tokio::task::yield_now().await;
        let photos = self.photos.lock().unwrap().clone();
        self.call(true, |state| {
            for version in versions {
                if version.current {
                    state.check_deletion(&version.key, &photos);
                }
                if let Some(bodies) = state.keys.get_mut(&version.key) {
                    bodies.retain(|body| body.id != version.id);
                }
            }
            state.keys.retain(|_, bodies| !bodies.is_empty());
            Ok(())
        })
    }
}

impl Edge for World {
    async fn mark(&self, set: &[(String, String)], remove: &[String]) -> Result<(), ServiceError> {
        tokio::task::yield_now().await;
        self.call(true, |state| {
            state.marks.extend(set.iter().cloned());
            state.marks.retain(|key, _| !remove.contains(key));
            Ok(())
        })
    }

    async fn value(&self, key: &str) -> Result<Option<String>, ServiceError> {
        tokio::task::yield_now().await;
        self.call(false, |state| Ok(state.marks.get(key).cloned()))
    }

    async fn purge(&self, items: &[String], name: &str) -> Result<String, ServiceError> {
        tokio::task::yield_now().await;
        self.call(true, |state| {
            state.purging.insert(name.to_owned(), items.iter().filter(|item| !item.ends_with('*')).count());
            if state.purging.values().sum::<usize>() > MOST_PURGES {
                state.purging.remove(name);
                return Err(ServiceError::Unavailable("TooManyInvalidationsInProgress".to_owned()));
            }
            let hit = |path: &str| {
                let person = person_of(path).map(|person| format!("#p-{person}"));
                items.iter().any(|item| {
                    item == "/*"
                        || *item == format!("#{PAGES_TAG}")
                        || Some(item) == person.as_ref()
                        || addresses(path).contains(item)
                })
            };
            let keys: Vec<String> = state.copies.keys().filter(|path| hit(path)).cloned().collect();
            for path in keys {
                let current = state.current(&format!("{SITE}{path}")).and_then(|body| body.bytes.clone());
                state.copies.insert(path, current.into_iter().collect());
            }
            Ok(name.to_owned())
        })
    }

    async fn is_purged(&self, purge: &str) -> Result<bool, ServiceError> {
        tokio::task::yield_now().await;
        self.call(false, |state| {
            state.purging.remove(purge);
            Ok(true)
        })
    }
}
