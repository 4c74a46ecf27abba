//! `remove ID`: a person's page down at once, then the papers for whoever asked.

use super::interrupt::Interrupt;
use super::observing::Observing;
use super::target::TargetArgs;
use crate::args::{person_of, today};
use crate::terminal::{Verdict, advise, say, say_json};
use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use notices::Words;
use notices::receipt::{self, Papers, Receipt};
use publish::removal::{self, Removed};
use publish::{Leaver, Step, addresses};
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use schema::submission::reference::Reference;
use serde_json::{Value, json};
use site::source::load_content;
use site::withdraw::{Withdrawal, withdraw};
use std::collections::BTreeSet;
use std::path::Path;

/// Take a person's page down at once.
#[derive(Args)]
pub(crate) struct RemoveArgs {
    #[command(flatten)]
    target: TargetArgs,
    /// Their id, as in the address of their page
    #[arg(value_name = "ID")]
    person: String,
    /// The reference of whoever asked, for the receipt
    #[arg(long, value_name = "REFERENCE")]
    reference: Option<String>,
    /// The language of the receipt [default: the site's first]
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

pub(crate) fn remove(root: &Path, args: &RemoveArgs) -> Result<Verdict> {
    let session = args.target.open(root)?;
    let person = person_of(&args.person)?;
    let reference = match &args.reference {
        Some(typed) => Some(Reference::parse(typed).with_context(|| format!("`{typed}` is not a reference"))?),
        None => None,
    };
    // The profile says so first: no build brings the page back. If it cannot, the page is taken down all the same.
    let withdrawal = withdraw(root, &person, today(root));
    let interrupt = Interrupt::listen(session.runtime());
    let observer = Observing { interrupt: &interrupt, json: args.target.json };
    let removed = interrupt.while_working(|| removal::remove(&session, &person, &observer))?;
    drop(observer);
    let Some(removed) = removed else {
        let elsewhere = elsewhere(withdrawal.as_ref().ok());
        say(&format!("{person} has no page on the public site.{elsewhere}"))?;
        say(
            "It is noted there that they are not to have one. Commit and push the profile, so that nobody meets a refusal.",
        )?;
        return withdrawal.map(|_| Verdict::Clean);
    };
    let kept_until =
        site::forget::plan(root, &person, today(root)).ok().and_then(|kept| kept.leaver).map(|leaver| leaver.from);
    let photo_stays = !removed.photo_stays_with.is_empty();
    let receipt =
        Receipt { kept_until, photo_stays, ..receipt_of(person.as_str(), &removed.leaver, reference.as_ref()) };
    let papers = write_papers(root, args.language.as_deref(), &receipt)?;
    if args.target.json {
        say_json(&shown(person.as_str(), &removed, &papers))?;
    } else {
        tell(person.as_str(), withdrawal.as_ref().ok(), &papers, &removed)?;
    }
    if photo_stays && !args.target.json {
        advise(&with_others(person.as_str(), &removed.photo_stays_with))?;
    }
    if let Some(now) = removed.now_as.as_ref().filter(|_| !args.target.json) {
        advise(&still_up(person.as_str(), now))?;
    }
    if removed.untold && !args.target.json {
        advise(&untold(person.as_str()))?;
    }
    let is_open = removed.untold || removed.now_as.is_some();
    withdrawal.map(|_| if is_open { Verdict::Problems } else { Verdict::Clean })
}

/// That their picture is still up, on the page of somebody else.
fn with_others(person: &str, others: &BTreeSet<ProfileId>) -> Failure {
    let all = others.iter().map(ProfileId::as_str).collect::<Vec<_>>().join(", ");
    let what = format!("the photo of {person} is on the page of {all} too, and stays there; the receipt says so");
    Failure::new(what).help(format!(
        "if {person} can be seen on it, take `photo:` out of that profile, build and publish; and ask for another picture"
    ))
}

/// That the same person is there, under another id.
fn still_up(person: &str, now: &ProfileId) -> Failure {
    Failure::new(format!("{now} has the agency and the number that {person} had, and has a page"))
        .help(format!("if it is the same person, and they want no page: inside-out remove {now}"))
}

/// That visitors may still be sent copies.
fn untold(person: &str) -> Failure {
    let what = format!(
        "the files of {person} are deleted, and the edge was not told: until its copies run out, visitors may be sent them"
    );
    Failure::new(what).help(
        "run this again with SITE_DISTRIBUTION and SITE_KEY_VALUES set; the next publish that has them does it too",
    )
}

/// Where no profile here has the id, it may be an old one.
fn elsewhere(withdrawal: Option<&Withdrawal>) -> &'static str {
    match withdrawal {
        Some(Withdrawal::Absent) => {
            " No profile here has that id either: if it was renamed, their page has another address, and `remove` wants that one."
        }
        _ => "",
    }
}

fn receipt_of<'a>(person: &'a str, leaver: &Leaver, reference: Option<&'a Reference>) -> Receipt<'a> {
    let at = |step: Step| leaver.steps.get(&step).copied();
    Receipt {
        person,
        addresses: leaver.paths.iter().flat_map(|path| addresses(path)).collect(),
        reference,
        marked: at(Step::Marked),
        erased: at(Step::Erased),
        photo_stays: false,
        purged: at(Step::Purged),
        forgotten: at(Step::Refreshed),
        kept_until: None,
    }
}

/// Writes the papers; without a theme that works, only the bare addresses.
fn write_papers(root: &Path, language: Option<&str>, receipt: &Receipt<'_>) -> Result<Papers> {
    let day = today(root);
    let content = load_content(root, day)?;
    let Some(theme) = &content.theme else {
        receipt::write_addresses(root, &content.catalogue.site.url, receipt)?;
        bail!(
            "{} is taken down, but the receipt could not be written: mend what `check` shows, and run this again",
            receipt.person
        );
    };
    let words = Words { theme, catalogue: &content.catalogue, forms: &content.forms };
    receipt::write(root, &words, language.unwrap_or(content.catalogue.site.first_language()), receipt, day)
}

fn tell(person: &str, withdrawal: Option<&Withdrawal>, papers: &Papers, removed: &Removed) -> Result<()> {
    let profile = match withdrawal {
        Some(Withdrawal::Written) => " The profile says `status: withdrawn` now.",
        Some(Withdrawal::Absent) => " There is no profile of theirs in this root.",
        Some(Withdrawal::Stood) | None => "",
    };
    let (urls, receipt) = (papers.urls.display(), papers.receipt.display());
    let done = match (removed.was_there, removed.leaver.left_on) {
        (false, Some(day)) => format!("{person} has had no page since {day}.{}", elsewhere(withdrawal)),
        _ => format!("{person} is taken down.{profile}"),
    };
    say(&format!("{done}\nFor search engines: {urls}\nReceipt: {receipt}"))?;
    if let Some(why) = &removed.waits {
        let what = format!("The list of what is public was not changed yet: {why}");
        advise(&Failure { what, help: why.help.clone() })?;
    }
    if removed.leaver.steps.contains_key(&Step::Refreshed) {
        return say("Lists, search and feed have forgotten them too.");
    }
    say("Build and publish next, so that lists, search and feed forget them too.")
}

fn shown(person: &str, removed: &Removed, papers: &Papers) -> Value {
    let step = |(step, at): (&Step, &Timestamp)| json!({"step": step, "at": at});
    json!({
        "person": person,
        "done": true,
        "paths": removed.leaver.paths,
        "steps": removed.leaver.steps.iter().map(step).collect::<Vec<_>>(),
        "search_engines": papers.urls,
        "receipt": papers.receipt,
        "was_there": removed.was_there,
        "photo_stays_with": removed.photo_stays_with.iter().map(ProfileId::as_str).collect::<Vec<_>>(),
        "now_as": removed.now_as.as_ref().map(ProfileId::as_str),
        "asked_by": removed.leaver.by,
        "edge_told": !removed.untold,
        "waits": removed.waits.as_ref().map(ToString::to_string),
    })
}
