//! After a publish: whoever waits for news is told, and the terminal says who was.

use super::store::{Chosen, WithStore};
use crate::args::today;
use crate::terminal::{say, tell_damaged};
use ::review::Store;
use ::review::papers::sweep_papers;
use anyhow::Result;
use jiff::Timestamp;
use notices::{Notices, Notifier, Post, Public, Wording};
use publish::Manifest;
use serde_json::{Value, json};
use site::source::{Content, load_content};
use std::path::Path;

/// Everything that notices_run wants, found before anything is published: a mistake in it is no surprise afterwards.
pub(super) struct NoticeRun {
    store: Chosen,
    content: Content,
    post: Post,
}

/// What is public, as notices ask for it.
struct Shown<'a>(&'a Manifest);

impl Public for Shown<'_> {
    fn shows(&self, person: &str) -> bool {
        self.0.shows(person)
    }
    fn is_gone(&self, person: &str) -> bool {
        self.0.is_gone(person)
    }
}

struct Round<'a> {
    public: Shown<'a>,
    words: Wording<'a>,
    carrier: &'a Post,
    owner: &'a str,
}

impl WithStore for Round<'_> {
    type Answer = Notices;

    fn run(self, store: &impl Store) -> Result<Notices> {
        let Round { public, words, carrier, owner } = &self;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let notifier = Notifier { store, public, words, carrier: *carrier, owner };
        Ok(runtime.block_on(notifier.notify(Timestamp::now()))?)
    }
}

impl NoticeRun {
    /// Reads words, store and mail settings of a site root.
    pub(super) fn ready(root: &Path) -> Result<Self> {
        let content = load_content(root, today(root))?;
        // Whoever makes letters is also who lets them go.
        sweep_papers(root, Timestamp::now(), &[])?;
        let variable = |name: &str| std::env::var(name).ok();
        let post =
            Post::from_variables(disk::var(root)?.join("mail"), &content.catalogue.site.contact.email, variable)?;
        Ok(Self { store: Chosen::of(root)?, content, post })
    }

    /// Tells everybody for whom there is news, and says so on the terminal, or in the JSON that is printed at the end.
    pub(super) fn after_publish(&self, public: &Manifest, owner: &str, json: Option<&mut Value>) -> Result<()> {
        let Some(theme) = &self.content.theme else { return Ok(()) };
        let words = Wording { theme, catalogue: &self.content.catalogue, forms: &self.content.forms };
        let told = self.store.with(Round { public: Shown(public), words, carrier: &self.post, owner })?;
        tell_damaged(&told.damaged)?;
        match json {
            Some(json) => note(&told, json),
            None => print(&told)?,
        }
        Ok(())
    }
}

fn print(told: &Notices) -> Result<()> {
    for (reference, how) in &told.told {
        say(&format!("{reference}: {how}"))?;
    }
    for (reference, why) in &told.failed {
        say(&format!("{reference}: not told yet, and tried again by the next publish: {why}"))?;
    }
    Ok(())
}

fn note(told: &Notices, json: &mut Value) {
    let failed = told.failed.iter().map(|(reference, why)| json!({"reference": reference.to_string(), "why": why}));
    let told = told.told.iter().map(|(reference, how)| json!({"reference": reference.to_string(), "how": how}));
    if let Value::Object(fields) = json {
        fields.insert("told".to_owned(), told.collect());
        fields.insert("failed".to_owned(), failed.collect());
    }
}
