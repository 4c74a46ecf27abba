//! What a visit means for a page: which changes stand of it, what is remembered, and what is told.

use crate::cited::Cited;
use crate::fold::Folded;
use crate::memory::Known;
use crate::network::Answer;
use crate::passage::nearest;
use crate::reading::{Reading, missing, read};
use crate::visit::Visit;
use jiff::civil::Date;
use schema::ground::hash::{Hash, content_hash};
use schema::place::changed::Change;
use schema::place::kinds::ChangeKind;

/// What was known of a page before.
#[derive(Clone, Copy)]
pub(crate) struct Before<'a> {
    /// Its address.
    pub(crate) url: &'a str,
    /// What is quoted from it.
    pub(crate) cited: &'a Cited,
    /// The changes of it.
    pub(crate) changes: &'a [Change],
    /// What the last run saw.
    pub(crate) known: Option<&'a Known>,
}

/// What is told of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// It says what it said.
    Unchanged,
    /// It does not.
    Changed,
    /// It is a document that was never seen before, so that there is nothing to compare it with.
    NotComparable,
    /// It could not be looked at.
    Unreached(String),
}

/// What became of a page.
pub(crate) struct Judged {
    /// The changes that stand.
    pub(crate) changes: Vec<Change>,
    /// What the next run is to know.
    pub(crate) known: Option<Known>,
    /// What is told.
    pub(crate) told: Told,
}

/// The hash of what is quoted from a page.
pub(crate) fn hash_of(cited: &Cited) -> Hash {
    content_hash(cited.quotes.iter().cloned().collect::<Vec<_>>().join("\n").as_bytes())
}

impl Before<'_> {
    /// What the page may be asked about: whether it is as it was, if it then held all that is quoted now.
    pub(crate) fn asked_about(&self) -> Option<&Known> {
        let held = hash_of(self.cited);
        self.known.filter(|known| self.changes.is_empty() && (known.held == Some(held) || known.document.is_some()))
    }

    /// Judges a visit on a day.
    pub(crate) fn judge(&self, visit: &Visit, day: Date) -> Judged {
        match visit {
            Visit::Came(answer) => match read(answer) {
                Reading::Words(page) => self.page(&page, answer, day),
                Reading::Document(hash) => self.document(hash, answer, day),
            },
            Visit::Same => self.as_before(Told::Unchanged),
            Visit::Gone => self.changed(vec![self.change(ChangeKind::Gone, (None, None), day)], None),
            Visit::Unreached(why) => self.as_before(Told::Unreached(why.clone())),
        }
    }

    fn page(&self, page: &Folded, answer: &Answer, day: Date) -> Judged {
        let missing = match missing(page, self.cited) {
            Ok(missing) => missing,
            Err(why) => return self.as_before(Told::Unreached(why)),
        };
        if missing.is_empty() {
            let known = Known { held: Some(hash_of(self.cited)), ..seen(answer, day) };
            return Judged { changes: Vec::new(), known: Some(known), told: Told::Unchanged };
        }
        let change = |was: &str| self.change(ChangeKind::Words, (Some(was), nearest(page, was)), day);
        self.changed(missing.into_iter().map(change).collect(), None)
    }

    /// A document is held against the one that was seen first, or, once somebody has read it since, this one.
    fn document(&self, hash: Hash, answer: &Answer, day: Date) -> Judged {
        let fresh = Known { document: Some(hash), ..seen(answer, day) };
        match self.known.filter(|known| known.document.is_some()) {
            Some(known) if known.document == Some(hash) => {
                Judged { changes: Vec::new(), known: Some(Known { day: known.day, ..fresh }), told: Told::Unchanged }
            }
            Some(known) if self.cited.read <= known.day => {
                let change = self.change(ChangeKind::Document, (None, None), day);
                self.changed(vec![change], Some(Known { etag: None, modified: None, ..known.clone() }))
            }
            Some(_) => Judged { changes: Vec::new(), known: Some(fresh), told: Told::Unchanged },
            // Nothing says whether one that was noted still stands, as where what was known is lost.
            None => Judged { changes: self.of(ChangeKind::Document), known: Some(fresh), told: Told::NotComparable },
        }
    }

    fn of(&self, kind: ChangeKind) -> Vec<Change> {
        self.changes.iter().filter(|change| change.what == kind && self.cited.read < change.since).cloned().collect()
    }

    fn changed(&self, changes: Vec<Change>, known: Option<Known>) -> Judged {
        Judged { changes, known, told: Told::Changed }
    }

    /// Nothing was learned: what stood, stands, but for quotations that nobody uses any more.
    fn as_before(&self, told: Told) -> Judged {
        let is_quoted = |change: &&Change| change.was.as_ref().is_none_or(|was| self.cited.quotes.contains(was));
        let changes = self.changes.iter().filter(is_quoted).cloned().collect();
        Judged { changes, known: self.known.cloned(), told }
    }

    /// A change seen on a day. It is as old as the same one noted before, unless somebody has read the page since, and it has changed once
    /// more; a page that went, or came back as another, has been in doubt all the while.
    fn change(&self, what: ChangeKind, (was, now): (Option<&str>, Option<String>), day: Date) -> Change {
        let stands = |old: &Change| self.cited.read < old.since;
        let is_same = |old: &Change| old.what == what && old.was.as_deref() == was;
        let is_still = |old: &Change| is_same(old) && (stands(old) || alike(old.now.as_deref(), now.as_deref()));
        let went = |old: &Change| stands(old) && (old.what == ChangeKind::Gone || what == ChangeKind::Gone);
        let before = self.changes.iter().filter(|old| is_still(old) || went(old)).map(|old| old.since);
        let since = before.min().unwrap_or(day);
        Change { url: self.url.to_owned(), what, since, was: was.map(str::to_owned), now }
    }
}

fn seen(answer: &Answer, day: Date) -> Known {
    Known { etag: answer.etag.clone(), modified: answer.modified.clone(), held: None, document: None, day }
}

fn alike(one: Option<&str>, other: Option<&str>) -> bool {
    let folded = |text: Option<&str>| Folded::of(text.unwrap_or_default());
    folded(one).tokens().eq(folded(other).tokens())
}
