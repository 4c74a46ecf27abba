//! A bucket and an edge in memory, which fail or die at a call of the test's choice, and look at each instant whether what a
//! visitor could be sent is whole.

mod services;

use crate::bucket::{SITE, ServiceError, Stored, Tag, VersionId};
use crate::edge::gone_key;
use crate::manifest::Manifest;
use crate::publisher::manifest_key;
use crate::small::{Photos, kind_of, whose};
use schema::ground::hash::content_hash;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// What goes wrong, and at which call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    Nothing,
    /// The call does nothing and fails.
    Fails(usize),
    /// The call is carried out, and its answer is lost.
    Unanswered(usize),
    /// After this call there is nothing more.
    Dies(usize),
    /// At this call somebody asks for everything to stop.
    Stops(usize),
}

/// As many addresses as CloudFront drops at a time.
const MOST_PURGES: usize = 3000;

#[derive(Clone)]
struct Body {
    id: VersionId,
    /// None where the key was deleted.
    bytes: Option<Vec<u8>>,
    mark: Option<String>,
}

#[derive(Clone, Default)]
pub(crate) struct State {
    keys: BTreeMap<String, Vec<Body>>,
    marks: BTreeMap<String, String>,
    /// What copies of a page the edge may hold.
    copies: BTreeMap<String, BTreeSet<Vec<u8>>>,
    /// How many addresses the edge still works on, by request.
    purging: BTreeMap<String, usize>,
    pub(crate) calls: usize,
    pub(crate) writes: usize,
    next: usize,
    pub(crate) broken: Vec<String>,
}

/// Both services: whoever clones it speaks to the same.
#[derive(Clone)]
pub(crate) struct World(Arc<Services>);

pub(crate) struct Services {
    pub(crate) state: Mutex<State>,
    pub(crate) wrong: Mutex<Wrong>,
    /// Whose each photo is.
    pub(crate) photos: Mutex<Photos>,
    /// Told where somebody asks for everything to stop.
    pub(crate) stop: Notify,
}

impl Deref for World {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.0
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Services {
            state: Mutex::default(),
            wrong: Mutex::new(Wrong::Nothing),
            photos: Mutex::default(),
            stop: Notify::new(),
        }))
    }

    /// Another world, as this one stands.
    pub(crate) fn fork(&self) -> Self {
        let state = Mutex::new(self.state.lock().unwrap().clone());
        let photos = Mutex::new(self.photos.lock().unwrap().clone());
        Self(Arc::new(Services { state, photos, wrong: Mutex::new(Wrong::Nothing), stop: Notify::new() }))
    }

    /// From now on, this goes wrong; calls are counted anew.
    pub(crate) fn goes(&self, wrong: Wrong) {
        *self.wrong.lock().unwrap() = wrong;
        let mut state = self.state.lock().unwrap();
        (state.calls, state.writes) = (0, 0);
    }

    fn call<R>(
        &self,
        writes: bool,
        work: impl FnOnce(&mut State) -> Result<R, ServiceError>,
    ) -> Result<R, ServiceError> {
        let mut state = self.state.lock().unwrap();
        let at = state.calls;
        state.calls += 1;
        let wrong = *self.wrong.lock().unwrap();
        let down = || Err(ServiceError::Unavailable(format!("call {at} failed")));
        match wrong {
            Wrong::Fails(when) if at == when => return down(),
            Wrong::Dies(when) if at > when => return down(),
            Wrong::Stops(when) if at == when => self.stop.notify_one(),
            _ => {}
        }
        state.writes += usize::from(writes);
        let done = work(&mut state);
        if writes {
            self.look(&mut state);
        }
        if wrong == Wrong::Unanswered(at) { down() } else { done }
    }

    /// What a visitor may be sent now: each page, fresh or as a copy, refers only to what is there.
    fn look(&self, state: &mut State) {
        let photos = self.photos.lock().unwrap();
        let mut broken = Vec::new();
        for (key, words) in state.marks.iter().filter(|(key, _)| key.starts_with("notice")) {
            for link in links(words.as_bytes()).iter().filter(|link| state.current(&format!("{SITE}{link}")).is_none())
            {
                broken.push(format!("call {}: the edge's {key} refers to {link}, which is not there", state.calls - 1));
            }
        }
        for (path, copies) in &state.copies {
            let gone = path.split('/').any(|part| state.is_gone(part));
            for copy in copies.iter().filter(|_| !gone) {
                for link in links(copy) {
                    let there = state.current(&format!("{SITE}{link}")).is_some();
                    let theirs =
                        photos.get(&link).is_some_and(|owners| owners.iter().any(|owner| state.is_gone(owner)));
                    if !there && !theirs {
                        broken.push(format!("call {}: {path} refers to {link}, which is not there", state.calls - 1));
                    }
                }
            }
        }
        state.broken.extend(broken);
    }

    /// The public files and their bytes.
    pub(crate) fn public(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state.lock().unwrap();
        let keys = state.keys.keys().filter_map(|key| Some((key.strip_prefix(SITE)?, state.current(key)?)));
        keys.map(|(path, body)| (path.to_owned(), body.bytes.clone().unwrap())).collect()
    }

    /// Every byte of the site that lies anywhere in the bucket.
    pub(crate) fn mentions(&self, word: &str) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let named =
            |body: &Body| body.bytes.as_ref().is_some_and(|bytes| String::from_utf8_lossy(bytes).contains(word));
        let site = state.keys.iter().filter(|(key, _)| key.starts_with(SITE));
        site.filter(|(_, bodies)| bodies.iter().any(named)).map(|(key, _)| key.clone()).collect()
    }

    pub(crate) fn marks(&self) -> BTreeMap<String, String> {
        self.state.lock().unwrap().marks.clone()
    }

    pub(crate) fn note(&self, key: &str) -> Option<Vec<u8>> {
        self.state.lock().unwrap().current(key).and_then(|body| body.bytes.clone())
    }

    /// Whether any version of a file is still there.
    pub(crate) fn keeps(&self, path: &str) -> bool {
        let state = self.state.lock().unwrap();
        state.keys.get(&format!("{SITE}{path}")).is_some_and(|bodies| bodies.iter().any(|body| body.bytes.is_some()))
    }

    /// Somebody's hand at the edge.
    pub(crate) fn tamper_edge(&self, key: &str) {
        self.state.lock().unwrap().marks.remove(key);
    }

    /// Somebody's hand in the bucket.
    pub(crate) fn tamper(&self, path: &str, bytes: Option<&[u8]>) {
        let mut state = self.state.lock().unwrap();
        state.store(&format!("{SITE}{path}"), bytes.map(<[u8]>::to_vec), None);
    }
}

impl State {
    fn is_gone(&self, name: &str) -> bool {
        self.marks.contains_key(&gone_key(name))
    }

    fn current(&self, key: &str) -> Option<&Body> {
        self.keys.get(key)?.last().filter(|body| body.bytes.is_some())
    }

    fn store(&mut self, key: &str, bytes: Option<Vec<u8>>, mark: Option<String>) -> Stored {
        self.next += 1;
        let id = VersionId(format!("v{}", self.next));
        if let (Some(path), Some(bytes)) = (key.strip_prefix(SITE), &bytes)
            && path.ends_with(".html")
        {
            self.copies.entry(path.to_owned()).or_default().insert(bytes.clone());
        }
        let tag = tag(bytes.as_deref().unwrap_or(b"deleted"));
        self.keys.entry(key.to_owned()).or_default().push(Body { id: id.clone(), bytes, mark: mark.clone() });
        Stored { tag, version: Some(id), mark }
    }

    /// The manifest goes up last: everything in it is there.
    fn check_manifest(&mut self, bytes: &[u8]) {
        let manifest = Manifest::read(bytes).unwrap();
        for (path, entry) in &manifest.files {
            let there = self.current(&format!("{SITE}{path}")).and_then(|body| body.bytes.as_ref());
            if there.is_none_or(|bytes| content_hash(bytes) != entry.hash) {
                self.broken.push(format!("the manifest came before {path}"));
            }
        }
    }

    /// Nothing of the site is deleted while the manifest still names it, save what belongs to somebody who is gone.
    fn check_deletion(&mut self, key: &str, photos: &Photos) {
        let Some(path) = key.strip_prefix(SITE) else { return };
        let Some(bytes) = self.current(&manifest_key()).and_then(|body| body.bytes.clone()) else { return };
        let whose = whose(path, photos);
        let theirs = !whose.is_empty() && whose.iter().all(|person| self.is_gone(person));
        if Manifest::read(&bytes).unwrap().files.contains_key(path) && !theirs {
            self.broken.push(format!("{path} was deleted while the manifest names it"));
        }
    }
}

fn tag(bytes: &[u8]) -> Tag {
    Tag(content_hash(bytes).to_string())
}

fn links(page: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(page).into_owned();
    let quoted = text.split('"').filter_map(|part| part.strip_prefix('/'));
    quoted.filter(|path| kind_of(path).is_immutable()).map(str::to_owned).collect()
}
