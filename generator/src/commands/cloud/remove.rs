//! `remove ID`: a person's page down at once, then the papers for whoever asked.

use super::interrupt::Interrupt;
use super::observing::Observing;
use super::target::TargetArgs;
use crate::args::{person_of, today};
use crate::terminal::{Verdict, advise, say, say_json};
use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use notices::Wording;
use notices::receipt::{self, Papers, Receipt};
use publish::removal::{self, Removed};
use publish::{Leaver, Step, addresses};
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use schema::submission::reference::Reference;
use serde_json::{Map, Value, json};
use site::leaving::who_is;
use site::source::load_content;
use site::withdraw::{Withdrawal, withdraw};
use std::collections::{BTreeMap, BTreeSet};
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
    let day = today(root);
    let withdrawal = withdraw(root, &person, day);
    let interrupt = Interrupt::listen(session.runtime());
    let observer = Observing { interrupt: &interrupt, json: args.target.json };
    let work = || removal::remove(&session, &person, who_is(root, &person, day), &observer);
    let removed = interrupt.while_working(work)?;
    drop(observer);
    let json = args.target.json;
    if removed.leavers.is_empty() || is_unknown(&removed, withdrawal.as_ref().ok()) {
        let verdict = without_papers(&person, is_unknown(&removed, withdrawal.as_ref().ok()), json)?;
        return withdrawal.map(|_| verdict);
    }
    let others = removed.leavers.keys().filter(|id| **id != person);
    let others: Vec<Result<Withdrawal>> = others.map(|id| withdraw(root, id, day)).collect();
    let photo_stays = !removed.photo_stays_with.is_empty();
    let write = |(id, leaver): (&ProfileId, &Leaver)| {
        let kept_until = site::forget::plan(root, id, day).ok().and_then(|kept| kept.leaver).map(|leaver| leaver.from);
        let receipt = Receipt { kept_until, photo_stays, ..receipt_of(id.as_str(), leaver, reference.as_ref()) };
        Ok((id.clone(), write_papers(root, args.language.as_deref(), &receipt)?))
    };
    let papers: BTreeMap<ProfileId, Papers> = removed.leavers.iter().map(write).collect::<Result<_>>()?;
    if json {
        say_json(&shown(&person, &removed, &papers))?;
    } else {
        tell(&person, withdrawal.as_ref().ok(), &papers, &removed)?;
        advise_of(&person, &removed)?;
    }
    others.into_iter().chain([withdrawal]).collect::<Result<Vec<_>>>()?;
    Ok(if removed.untold { Verdict::Problems } else { Verdict::Clean })
}

/// What whoever took somebody down still has to do.
fn advise_of(person: &ProfileId, removed: &Removed) -> Result<()> {
    if !removed.photo_stays_with.is_empty() {
        advise(&with_others(person.as_str(), &removed.photo_stays_with))?;
    }
    for other in removed.leavers.keys().filter(|id| *id != person) {
        advise(&the_same(person.as_str(), other))?;
    }
    if removed.untold { advise(&untold(person.as_str())) } else { Ok(()) }
}

/// Whether nobody can tell who is meant: nothing of them is public, no profile here has the id, and nothing is noted of who they were.
fn is_unknown(removed: &Removed, withdrawal: Option<&Withdrawal>) -> bool {
    removed.was_there.is_empty() && !removed.is_known && matches!(withdrawal, Some(Withdrawal::Absent))
}

/// Where nothing was taken down, no receipt says that anything was.
fn without_papers(person: &ProfileId, is_unknown: bool, json: bool) -> Result<Verdict> {
    let verdict = if is_unknown { Verdict::Problems } else { Verdict::Clean };
    if json {
        let told = json!({"person": person, "done": !is_unknown, "was_there": false, "known": !is_unknown});
        say_json(&told)?;
        return Ok(verdict);
    }
    say(&format!("{person} has no page on the public site. It is noted there that they are not to have one."))?;
    if is_unknown {
        advise(&unknown(person))?;
    } else {
        say("Commit and push the profile, so that nobody meets a refusal.")?;
    }
    Ok(verdict)
}

/// That they may be there all the same.
fn unknown(person: &ProfileId) -> Failure {
    Failure::new(format!("no profile here has the id {person} either, and nobody can tell who they are: no receipt was written"))
        .help(
            "look for their name on the site. If the id was renamed, their page has another address, and `remove` wants that one; \
             if their profile is new, pull it and run this again",
        )
}

/// That the same person had another page.
fn the_same(person: &str, other: &ProfileId) -> Failure {
    Failure::new(format!("{other} has the agency and the number of {person}, and was taken down as the same person"))
        .help(format!(
            "if it is another one: mend the number in the wrong profile, list {other} again, build, and publish with \
             --return {other}"
        ))
}

/// That their picture is still up, on the page of somebody else.
fn with_others(person: &str, others: &BTreeSet<ProfileId>) -> Failure {
    let all = others.iter().map(ProfileId::as_str).collect::<Vec<_>>().join(", ");
    let what = format!("the photo of {person} is on the page of {all} too, and stays there; the receipt says so");
    Failure::new(what).help(format!(
        "if {person} can be seen on it, take `photo:` out of that profile, build and publish; and ask for another picture"
    ))
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
    let words = Wording { theme, catalogue: &content.catalogue, forms: &content.forms };
    receipt::write(root, &words, language.unwrap_or(content.catalogue.site.first_language()), receipt, day)
}

fn tell(
    person: &ProfileId,
    withdrawal: Option<&Withdrawal>,
    papers: &BTreeMap<ProfileId, Papers>,
    removed: &Removed,
) -> Result<()> {
    let profile = match withdrawal {
        Some(Withdrawal::Written) => " The profile says `status: withdrawn` now.",
        Some(Withdrawal::Absent) => " There is no profile of theirs in this root.",
        Some(Withdrawal::Stood) | None => "",
    };
    for (id, leaver) in &removed.leavers {
        let done = match leaver.left_on.filter(|_| !removed.was_there.contains(id)) {
            Some(day) => format!("{id} has had no page since {day}."),
            None if id == person => format!("{id} is taken down.{profile}"),
            None => format!("{id} is taken down."),
        };
        say(&done)?;
        if let Some(Papers { urls, receipt }) = papers.get(id) {
            say(&format!("For search engines: {}\nReceipt: {}", urls.display(), receipt.display()))?;
        }
    }
    if let Some(why) = &removed.waits {
        let what = format!("The list of what is public was not changed yet: {why}");
        advise(&Failure { what, help: why.help.clone() })?;
    }
    if removed.leavers.values().all(|leaver| leaver.steps.contains_key(&Step::Refreshed)) {
        return say("Lists, search and feed have forgotten them too.");
    }
    say("Build and publish next, so that lists, search and feed forget them too.")
}

/// What was done, for a program: of the id that was asked for, and of each other one of the same person.
fn shown(person: &ProfileId, removed: &Removed, papers: &BTreeMap<ProfileId, Papers>) -> Value {
    let others = removed.leavers.keys().filter(|id| *id != person);
    let also: Vec<Value> = others.map(|id| Value::Object(shown_of(id, removed, papers))).collect();
    let mut fields = shown_of(person, removed, papers);
    fields.extend([
        ("done".to_owned(), json!(true)),
        ("also".to_owned(), json!(also)),
        ("photo_stays_with".to_owned(), json!(removed.photo_stays_with)),
        ("edge_told".to_owned(), json!(!removed.untold)),
        ("waits".to_owned(), json!(removed.waits.as_ref().map(ToString::to_string))),
    ]);
    Value::Object(fields)
}

fn shown_of(id: &ProfileId, removed: &Removed, papers: &BTreeMap<ProfileId, Papers>) -> Map<String, Value> {
    let (leaver, papers) = (removed.leavers.get(id), papers.get(id));
    let step = |(step, at): (&Step, &Timestamp)| json!({"step": step, "at": at});
    let steps: Vec<Value> = leaver.iter().flat_map(|leaver| &leaver.steps).map(step).collect();
    let fields = [
        ("person", json!(id)),
        ("was_there", json!(removed.was_there.contains(id))),
        ("paths", json!(leaver.map(|leaver| &leaver.paths))),
        ("steps", json!(steps)),
        ("asked_by", json!(leaver.and_then(|leaver| leaver.by.as_ref()))),
        ("search_engines", json!(papers.map(|papers| &papers.urls))),
        ("receipt", json!(papers.map(|papers| &papers.receipt))),
    ];
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
