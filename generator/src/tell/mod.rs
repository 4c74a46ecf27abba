//! After a publish: what was promoted is published, and whoever asked for it is told, once, in their language.
//!
//! Turning the row to published is a conditional write: of two publishers one does it, and that one tells. That they were told
//! is a line of the store's own log, written after the mail was handed over. Whoever dies in between leaves a row that is
//! published and not told; after a quarter of an hour the next publish, from any machine, tells. So everybody is told at
//! least once; they are told twice only if a publisher dies between handing over a mail and noting it, and then both mails have
//! the same Message-ID. A mail that does not go out never undoes a publish: it is noted, and the next one tries again at once.

pub(crate) mod carrier;
mod compose;
pub(crate) mod letter;
#[cfg(test)]
mod tests;

use crate::load::Site;
use crate::publish::manifest::Manifest;
use crate::run::say;
use crate::store::{Chosen, choose};
use ::review::{Store, StoreError, Turn};
use anyhow::Result;
use carrier::{Carrier, Contact, Letter, Post, strict_address};
use compose::{News, compose};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use letter::Words;
use schema::kinds::{State, SubmissionKind};
use schema::reference::Reference;
use schema::submission::{Decision, Row, Submission};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// For so long, telling is left to whoever turned the row.
const LEASE: SignedDuration = SignedDuration::from_mins(15);
/// What the log says of a mail that did not go out: whoever turned the row has given up, and nobody waits for them.
const FAILED: &str = "its sender could not be told yet";

/// What a round of telling did.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Who was told, and how.
    pub(crate) told: Vec<(Reference, &'static str)>,
    /// Who could not be told yet, and why.
    pub(crate) failed: Vec<(Reference, String)>,
    /// What stands in the index and is no row.
    pub(crate) damaged: Vec<StoreError>,
}

/// Everything that telling wants, found before anything is published: a mistake in it is no surprise afterwards.
pub(crate) struct Telling {
    store: Chosen,
    site: Site,
    post: Post,
}

impl Telling {
    /// Reads words, store and mail settings of a site root.
    pub(crate) fn ready(root: &Path) -> Result<Self> {
        let site = crate::build::check(root, jiff::ZonedDateTime::now().date())?;
        let variable = |name: &str| std::env::var(name).ok();
        let post = Post::from_variables(root.join("var/mail"), &site.catalogue.site.email, variable)?;
        Ok(Self { store: choose(root)?, site, post })
    }

    /// Tells everybody for whom there is news, and says so on the terminal, or in the JSON that is printed at the end.
    pub(crate) fn after_publish(&self, public: &Manifest, owner: &str, json: Option<&mut Value>) -> Result<()> {
        let Some(theme) = &self.site.theme else { return Ok(()) };
        let words = Words { theme, catalogue: &self.site.catalogue };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (words, carrier) = (&words, &self.post);
        let told = match &self.store {
            Chosen::Folder(store) => {
                runtime.block_on(Teller { store, public, words, carrier, owner }.tell(Timestamp::now()))
            }
            Chosen::Cloud(store) => {
                let store = store.as_ref();
                runtime.block_on(Teller { store, public, words, carrier, owner }.tell(Timestamp::now()))
            }
        }?;
        crate::review::tell_damaged(&told.damaged)?;
        match json {
            Some(json) => told.note(json),
            None => told.say()?,
        }
        Ok(())
    }
}

impl Told {
    fn say(&self) -> Result<()> {
        for (reference, how) in &self.told {
            say(&format!("{reference}: {how}"))?;
        }
        for (reference, why) in &self.failed {
            say(&format!("{reference}: not told yet, and tried again by the next publish: {why}"))?;
        }
        Ok(())
    }

    fn note(&self, json: &mut Value) {
        let told = self.told.iter().map(|(reference, how)| json!({"reference": reference.to_string(), "how": how}));
        let failed = self.failed.iter().map(|(reference, why)| json!({"reference": reference.to_string(), "why": why}));
        if let Value::Object(fields) = json {
            fields.insert("told".to_owned(), told.collect());
            fields.insert("failed".to_owned(), failed.collect());
        }
    }
}

/// What telling needs.
pub(crate) struct Teller<'a, S, C> {
    pub(crate) store: &'a S,
    pub(crate) public: &'a Manifest,
    pub(crate) words: &'a Words<'a>,
    pub(crate) carrier: &'a C,
    pub(crate) owner: &'a str,
}

impl<S: Store, C: Carrier> Teller<'_, S, C> {
    /// One round over all rows.
    pub(crate) async fn tell(&self, now: Timestamp) -> Result<Told, StoreError> {
        let mut told = Told::default();
        let (rows, damaged): (Vec<_>, Vec<_>) = self.store.entries().await?.into_iter().partition(Result::is_ok);
        let rows: Vec<Row> = rows.into_iter().flatten().collect();
        told.damaged = damaged.into_iter().filter_map(Result::err).collect();
        let due: Vec<&Row> = rows.iter().filter(|row| self.may_have_news(row)).collect();
        if due.is_empty() {
            return Ok(told);
        }
        let log = self.store.log().await?;
        let notes = |failed: bool| -> BTreeSet<&Reference> {
            let notes = log.iter().filter(|line| line.from == line.to);
            notes.filter(|line| (line.reason.as_deref() == Some(FAILED)) == failed).map(|line| &line.id).collect()
        };
        let (told_before, failed_before) = (notes(false), notes(true));
        let reasons: BTreeMap<&Reference, &Decision> = log
            .iter()
            .filter(|line| matches!(line.to, State::Done | State::Rejected) && line.from != line.to)
            .map(|line| (&line.id, line))
            .collect();
        for row in due.into_iter().filter(|row| !told_before.contains(&row.id)) {
            let reason = reasons.get(&row.id).and_then(|line| line.reason.clone());
            match self.tell_one(row, reason, (failed_before.contains(&row.id), now)).await {
                Ok(Some(how)) => told.told.push((row.id.clone(), how)),
                Ok(None) => {}
                Err(error) => told.failed.push((row.id.clone(), format!("{error:#}"))),
            }
        }
        Ok(told)
    }

    fn may_have_news(&self, row: &Row) -> bool {
        match (row.kind, row.state) {
            (SubmissionKind::Report, _) => false,
            (_, State::Promoted | State::Published) => {
                row.profile.as_ref().is_some_and(|person| self.shows(person) || self.is_gone(person))
            }
            (SubmissionKind::Update, State::Done) | (_, State::Rejected) => true,
            _ => false,
        }
    }

    fn shows(&self, person: &str) -> bool {
        self.public.people().contains(person)
    }

    fn is_gone(&self, person: &str) -> bool {
        self.public.gone.contains_key(person)
    }

    async fn tell_one(
        &self,
        row: &Row,
        reason: Option<String>,
        (failed_before, now): (bool, Timestamp),
    ) -> Result<Option<&'static str>> {
        let ours = match row.state {
            State::Promoted => match self.turn(row, State::Published, None, now).await? {
                Turn::Turned(_) => true,
                Turn::Stands(_) | Turn::Unknown => return Ok(None),
            },
            _ => false,
        };
        let stands = if ours { State::Published } else { row.state };
        if !ours && !failed_before && row.state == State::Published && row.changed_at + LEASE > now {
            return Ok(None);
        }
        let told = Row { state: stands, ..row.clone() };
        match self.carry(row, reason, now).await {
            Ok(Some(how)) => {
                self.turn(&told, stands, Some(how.to_owned()), now).await?;
                Ok(Some(how))
            }
            Err(error) if stands == State::Published && !failed_before => {
                self.turn(&told, stands, Some(FAILED.to_owned()), now).await?;
                Err(error)
            }
            other => other,
        }
    }

    async fn carry(&self, row: &Row, reason: Option<String>, now: Timestamp) -> Result<Option<&'static str>> {
        let submission = self.submission(row).await?;
        let lang = self.words.language(&submission.language);
        let Some(news) = self.news(row, &submission, reason) else { return Ok(None) };
        let contact = contact(&submission)?;
        let message = compose(self.words, lang, &row.id, &news);
        let day = TimeZone::UTC.to_datetime(now).date();
        let name = format!("{}-{}", row.id.key(), news.word());
        self.carrier.carry(&Letter { name, lang, day, message: &message, words: self.words }, &contact).map(Some)
    }

    fn news(&self, row: &Row, submission: &Submission, reason: Option<String>) -> Option<News> {
        let person = row.profile.clone().unwrap_or_default();
        match (row.kind, row.state) {
            (_, State::Done) => Some(News::Done { reason }),
            (_, State::Rejected) => Some(News::Declined { reason }),
            (SubmissionKind::Update, _) if self.is_gone(&person) => Some(News::TakenDown { person }),
            (SubmissionKind::Update, _) => Some(News::Changed { person }),
            (SubmissionKind::Registration, _) if self.shows(&person) => {
                let name = submission.one("shown_name").unwrap_or_default().to_owned();
                Some(News::Live { person, name })
            }
            _ => None,
        }
    }

    async fn turn(&self, row: &Row, to: State, reason: Option<String>, now: Timestamp) -> Result<Turn, StoreError> {
        let decision = Decision {
            at: now,
            editor: self.owner.to_owned(),
            id: row.id.clone(),
            from: row.state,
            to,
            reason,
            profile: None,
        };
        self.store.decide(&decision).await
    }

    async fn submission(&self, row: &Row) -> Result<Submission> {
        let bytes = self.store.get(&row.object_key()).await?;
        if schema::submission::content_hash(&bytes) != row.payload_hash {
            anyhow::bail!("its answers are not those that were stored");
        }
        Ok(serde_json::from_slice(&bytes)?)
    }
}

/// How a submitter asked to be told.
fn contact(submission: &Submission) -> Result<Contact> {
    let email = || submission.one("email").and_then(strict_address).map(Contact::Email);
    let lines: Vec<String> = submission
        .one("postal")
        .into_iter()
        .flat_map(str::lines)
        .map(|line| line.chars().filter(|c| !schema::text::is_unwanted(*c)).collect::<String>().trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let to_name = submission.one("submitter_name").map(str::to_owned);
    let post = || (!lines.is_empty()).then(|| Contact::Post(to_name.into_iter().chain(lines.clone()).collect()));
    let asked = match submission.one("contact_by") {
        Some("post") => post(),
        _ => email(),
    };
    asked.ok_or_else(|| {
        anyhow::anyhow!("there is no usable address in it: read it with `review show`, and tell them by hand")
    })
}
