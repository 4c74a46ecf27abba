//! Notices once, whatever fails: the store and the mail fail at each call.

mod decisions;
mod receipts;
mod shaky;
mod wording;

use crate::carrier::{Carrier, Contact, Letter, Post};
use crate::letter::Wording;
use crate::notifier::{Notices, Notifier, Public};
use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use review::{Folder, Intake, Store, StoreError, accept};
use schema::form::Form;
use schema::place::catalogue::Catalogue;
use schema::submission::content::{Answer, Submission};
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use schema::submission::secret::Secret;
use std::future::Future;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use templates::Theme;

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

/// The repository's own words.
struct Own {
    theme: Theme,
    catalogue: Catalogue,
    forms: Vec<Form>,
}

impl Own {
    fn read() -> Self {
        let root = fixture::laid().unwrap();
        let content = site::source::load_content(root.path(), jiff::civil::date(2026, 11, 23)).unwrap();
        Self { theme: content.theme.unwrap(), catalogue: content.catalogue, forms: content.forms }
    }

    fn words(&self) -> Wording<'_> {
        Wording { theme: &self.theme, catalogue: &self.catalogue, forms: &self.forms }
    }

    /// One round of notices over a store, so many minutes from now.
    fn notify(
        &self,
        store: &impl Store,
        (public, carrier): (&Shown, &impl Carrier),
        minutes: i64,
    ) -> Result<Notices, StoreError> {
        let notifier = Notifier { store, public, words: &self.words(), carrier, owner: "test" };
        block_on(notifier.notify(now() + SignedDuration::from_mins(minutes)))
    }
}

/// A public site that shows one person, and took another down.
struct Shown {
    person: &'static str,
    gone: &'static str,
}

/// The person of most tests, who has a page.
const ANA: Shown = Shown { person: "ana-k7m2q", gone: "" };

impl Public for Shown {
    fn shows(&self, person: &str) -> bool {
        person == self.person
    }
    fn is_gone(&self, person: &str) -> bool {
        person == self.gone
    }
}

/// Remembers what it carried; the first so many times it does not take the mail.
#[derive(Default)]
struct Bag {
    carried: Mutex<Vec<String>>,
    refuses: AtomicUsize,
}

impl Carrier for Bag {
    fn carry(&self, letter: &Letter<'_>, _: &Contact) -> Result<&'static str> {
        if self.refuses.load(Ordering::Relaxed) > 0 {
            self.refuses.fetch_sub(1, Ordering::Relaxed);
            anyhow::bail!("the mail server is down");
        }
        self.carried.lock().unwrap().push(letter.name.clone());
        Ok("told")
    }
}

impl Bag {
    fn names(&self) -> Vec<String> {
        self.carried.lock().unwrap().clone()
    }
}

/// Where submissions are kept, and where their mail lies.
struct Desk {
    submissions: TempDir,
    mail: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { submissions: tempfile::tempdir().unwrap(), mail: tempfile::tempdir().unwrap() }
    }

    fn store(&self) -> Folder {
        Folder::new(self.submissions.path(), now)
    }

    fn post(&self) -> Post {
        Post::from_variables(self.mail.path().to_owned(), "hello@example.org", |_| None).unwrap()
    }

    /// What lies in the mail for a reference, under a name.
    fn letter(&self, id: &Reference, name: &str) -> Option<String> {
        std::fs::read_to_string(self.mail.path().join(format!("{}-{name}", id.key()))).ok()
    }

    fn accept(&self, (submission, secret): &(Submission, Secret), flags: Vec<Flag>) {
        block_on(accept(&self.store(), submission, secret, flags)).unwrap();
    }

    fn decide(&self, decision: &Decision) {
        block_on(self.store().decide(decision)).unwrap();
    }

    fn row(&self, id: &Reference) -> Row {
        block_on(self.store().row(id)).unwrap().unwrap()
    }

    /// A submission comes in, and is promoted to a person.
    fn promote(&self, kind: SubmissionKind, person: &str, answers: &[(&str, &str)]) -> Reference {
        let sent = submission(kind, 7, answers);
        self.accept(&sent, Vec::new());
        let promoted = decision(&sent.0.id, (State::Received, State::Promoted), None);
        self.decide(&Decision { profile: Some(person.into()), ..promoted });
        sent.0.id
    }
}

fn submission(kind: SubmissionKind, random: u8, answers: &[(&str, &str)]) -> (Submission, Secret) {
    // As version 1 stored them: reading marks what they are to the program.
    let answer = |(question, value): &(&str, &str)| Answer {
        question: (*question).into(),
        values: vec![(*value).into()],
        ..Answer::default()
    };
    let submission = Submission {
        version: 1,
        id: Reference::from_random([random; 16]),
        kind,
        form: "register".into(),
        language: "en".into(),
        written_at: now(),
        wording: None,
        answers: answers.iter().map(answer).collect(),
    };
    (submission, Secret::from_random([random; 16]))
}

/// What an editor decides, and why.
fn decision(id: &Reference, (from, to): (State, State), reason: Option<&str>) -> Decision {
    Decision {
        at: now(),
        editor: "ed".into(),
        id: id.clone(),
        from,
        to,
        reason: reason.map(str::to_owned),
        profile: None,
        assured: Vec::new(),
        answers: None,
    }
}

fn block_on<R>(work: impl Future<Output = R>) -> R {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

const ANSWERS: &[(&str, &str)] = &[
    ("shown_name", "Ana\r\nBcc: all@example.org"),
    ("contact_by", "email"),
    ("email", "maria@example.org"),
    ("submitter_name", "Maria\r\nBcc: all@example.org"),
];
