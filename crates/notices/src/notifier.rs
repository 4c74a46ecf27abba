//! After a publish: what was promoted is published, and whoever asked for it is told, once, in their language. Whoever gave an e-mail
//! address has a receipt before that, while what they sent waits: the function itself sends no mail.
//!
//! Turning the row to published is a conditional write: of two publishers one does it, and that one tells. That they were told
//! is a line of the store's own log, written after the mail was handed over. Whoever dies in between leaves a row that is
//! published and not told; after a quarter of an hour the next publish, from any machine, tells. So everybody is told at
//! least once; they are told twice only if a publisher dies between handing over a mail and noting it, and then both mails have
//! the same Message-ID. A mail that does not go out never undoes a publish: it is noted, and the next one tries again at once.

use crate::carrier::{Carrier, Contact, Letter, strict_address};
use crate::letter::Wording;
use crate::news::{News, compose};
use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp, ToSpan};
use review::{Store, StoreError, Transition};
use schema::ground::hash::{Hash, content_hash};
use schema::submission::content::Submission;
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::retention::days_kept;
use schema::submission::role::{OptionRole, Role};
use schema::submission::row::Row;
use std::collections::{BTreeMap, BTreeSet};

/// What is asked of the public site.
pub trait Public {
    /// Whether a person has a page there.
    fn shows(&self, person: &str) -> bool;
    /// Whether a person's page was taken down.
    fn is_gone(&self, person: &str) -> bool;
}

/// For so long, telling is left to whoever turned the row.
const LEASE: SignedDuration = SignedDuration::from_mins(15);
/// What the log says of a mail that did not go out: whoever turned the row has given up, and nobody waits for them.
pub(crate) const FAILED: &str = "its sender could not be told yet";

/// What a round of telling did.
#[derive(Debug, Default)]
pub struct Notices {
    /// Who was told, and how.
    pub told: Vec<(Reference, &'static str)>,
    /// Who could not be told yet, and why.
    pub failed: Vec<(Reference, String)>,
    /// What stands in the index and is no row.
    pub damaged: Vec<StoreError>,
}

/// What telling needs.
pub struct Notifier<'a, S, C, P> {
    /// Where submissions are.
    pub store: &'a S,
    /// What is public.
    pub public: &'a P,
    /// What is said.
    pub words: &'a Wording<'a>,
    /// Who takes it away.
    pub carrier: &'a C,
    /// Who publishes, for the log.
    pub owner: &'a str,
}

impl<S: Store, C: Carrier, P: Public> Notifier<'_, S, C, P> {
    /// One round over all rows.
    ///
    /// # Errors
    /// Only if the rows or the log cannot be read; who could not be told is named in the answer.
    pub async fn notify(&self, now: Timestamp) -> Result<Notices, StoreError> {
        let mut told = Notices::default();
        let (rows, damaged): (Vec<_>, Vec<_>) = self.store.entries().await?.into_iter().partition(Result::is_ok);
        let rows: Vec<Row> = rows.into_iter().flatten().collect();
        told.damaged = damaged.into_iter().filter_map(Result::err).collect();
        let due: Vec<&Row> = rows.iter().filter(|row| self.may_have_news(row)).collect();
        if due.is_empty() {
            return Ok(told);
        }
        let log = self.store.log().await?;
        // A receipt, given while it waited, is not yet word of what was decided.
        let notes = |failed: bool| -> BTreeSet<(&Reference, bool)> {
            let notes = log.iter().filter(|line| line.from == line.to);
            let notes = notes.filter(|line| (line.reason.as_deref() == Some(FAILED)) == failed);
            notes.map(|line| (&line.id, line.from.waits())).collect()
        };
        let (told_before, failed_before) = (notes(false), notes(true));
        let reasons: BTreeMap<&Reference, &Decision> = log
            .iter()
            .filter(|line| matches!(line.to, State::Done | State::Rejected) && line.from != line.to)
            .map(|line| (&line.id, line))
            .collect();
        // The answers for which the last receipt was given; older lines do not say.
        let receipts: BTreeMap<&Reference, Option<Hash>> = log
            .iter()
            .filter(|line| line.from == line.to && line.from.waits())
            .map(|line| (&line.id, line.answers))
            .collect();
        for row in due {
            let is_told = told_before.contains(&(&row.id, row.waits()));
            if is_told && !self.waits_for_another_receipt(row, receipts.get(&row.id)).await {
                continue;
            }
            let reason = reasons.get(&row.id).and_then(|line| line.reason.clone());
            match self.tell_one(row, reason, (failed_before.contains(&(&row.id, row.waits())), now)).await {
                Ok(Some(how)) => told.told.push((row.id.clone(), how)),
                Ok(None) => {}
                Err(error) => told.failed.push((row.id.clone(), format!("{error:#}"))),
            }
        }
        Ok(told)
    }

    /// Whether somebody corrected their e-mail address after the receipt went out: it went to the wrong one, or nowhere.
    async fn waits_for_another_receipt(&self, row: &Row, receipt: Option<&Option<Hash>>) -> bool {
        let Some(first) = row.earlier.first().filter(|_| row.waits()) else { return false };
        let told = receipt.copied().flatten().unwrap_or(*first);
        if told == row.payload_hash {
            return false;
        }
        match (self.submission(row, told).await, self.submission(row, row.payload_hash).await) {
            (Ok(then), Ok(now)) => email(&then) != email(&now),
            // What cannot be read is told of by whoever reads it.
            _ => false,
        }
    }

    fn may_have_news(&self, row: &Row) -> bool {
        match (row.kind, row.state) {
            (SubmissionKind::Report, _) => false,
            // What a program held may be anybody's, and the address a stranger's: an editor looks first.
            (_, State::Received | State::Held) => {
                row.flags.iter().all(|flag| !flag.holds() || *flag == Flag::ListingRule)
            }
            (_, State::Promoted | State::Published) => {
                row.profile.as_ref().is_some_and(|person| self.public.shows(person) || self.public.is_gone(person))
            }
            (SubmissionKind::Update, State::Done) | (_, State::Rejected) => true,
            _ => false,
        }
    }

    async fn tell_one(
        &self,
        row: &Row,
        reason: Option<String>,
        (failed_before, now): (bool, Timestamp),
    ) -> Result<Option<&'static str>> {
        let ours = match row.state {
            State::Promoted => match self.turn(row, State::Published, None, now).await? {
                Transition::Done(_) => true,
                Transition::Kept(_) | Transition::Unknown => return Ok(None),
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
        let submission = self.submission(row, row.payload_hash).await?;
        let lang = self.words.language(&submission.language);
        let Some(news) = self.news(row, &submission, reason)? else { return Ok(None) };
        let contact = match &news {
            // On paper there is the page itself, printed.
            News::Received { .. } => match email(&submission) {
                Some(address) => address,
                None => return Ok(None),
            },
            _ => contact(&submission)?,
        };
        let day_of = |moment| self.words.catalogue.site.time_zone.day(moment);
        let day = day_of(now);
        // The days are counted from the decision, whenever its sender is told; rows of before do not know it.
        let deleted = row.decided_at.map_or(day, day_of).saturating_add(days_kept(row.kind).days());
        let message = compose(self.words, lang, (&row.id, deleted), &news);
        // One of a corrected address is another mail, and does not take the other's place.
        let version = match (&news, row.earlier.len()) {
            (News::Received { .. }, versions @ 1..) => format!("-{}", versions + 1),
            _ => String::new(),
        };
        let name = format!("{}-{}{version}", row.id.key(), news.word());
        self.carrier.carry(&Letter { name, lang, day, message: &message, words: self.words }, &contact).map(Some)
    }

    fn news(&self, row: &Row, submission: &Submission, reason: Option<String>) -> Result<Option<News>> {
        let arrived = self.words.catalogue.site.time_zone.day(row.created_at);
        Ok(match (row.kind, row.state, row.profile.clone()) {
            (_, State::Received | State::Held, _) => Some(News::Received { arrived }),
            (_, State::Done, _) => Some(News::Done { reason }),
            (_, State::Rejected, _) => Some(News::Declined { reason }),
            (SubmissionKind::Update, _, Some(person)) if self.public.is_gone(&person) => {
                Some(News::TakenDown { person })
            }
            (SubmissionKind::Update, _, Some(person)) => Some(News::Changed { person }),
            (SubmissionKind::Registration, _, Some(person)) if self.public.shows(&person) => {
                let name =
                    submission.one(Role::ShownName).context("it does not say what the page calls them")?.to_owned();
                Some(News::Live { person, name })
            }
            _ => None,
        })
    }

    async fn turn(
        &self,
        row: &Row,
        to: State,
        reason: Option<String>,
        now: Timestamp,
    ) -> Result<Transition, StoreError> {
        let decision = Decision {
            at: now,
            editor: self.owner.to_owned(),
            id: row.id.clone(),
            from: row.state,
            to,
            reason,
            profile: None,
            assured: Vec::new(),
            // A receipt is for the answers that were read: their sender may correct them meanwhile.
            answers: row.waits().then_some(row.payload_hash),
        };
        self.store.decide(&decision).await
    }

    async fn submission(&self, row: &Row, answers: Hash) -> Result<Submission> {
        let bytes = self.store.get(&row.key_of(answers)).await?;
        if content_hash(&bytes) != answers {
            anyhow::bail!("its answers are not those that were stored");
        }
        Ok(serde_json::from_slice(&bytes)?)
    }
}

/// The e-mail address that a submitter gave, unless they chose the post.
fn email(submission: &Submission) -> Option<Contact> {
    let is_by_post = submission.chosen(Role::ContactBy) == Some(OptionRole::ByPost);
    submission.one(Role::ContactEmail).filter(|_| !is_by_post).and_then(strict_address).map(Contact::Email)
}

/// How a submitter asked to be told.
fn contact(submission: &Submission) -> Result<Contact> {
    let lines: Vec<String> = submission
        .one(Role::ContactPost)
        .into_iter()
        .flat_map(str::lines)
        .map(|line| {
            line.chars().filter(|c| !schema::ground::text::is_unwanted(*c)).collect::<String>().trim().to_owned()
        })
        .filter(|line| !line.is_empty())
        .collect();
    let to_name = submission.one(Role::SubmitterName).map(str::to_owned);
    let post = || (!lines.is_empty()).then(|| Contact::Post(to_name.into_iter().chain(lines.clone()).collect()));
    let asked = match submission.chosen(Role::ContactBy) {
        Some(OptionRole::ByPost) => post(),
        _ => email(submission),
    };
    asked.ok_or_else(|| {
        anyhow::anyhow!("there is no usable address in it: read it with `review show`, and tell them by hand")
    })
}
