//! Taking one person's page down at once, without waiting for a build, nor for another publisher: 410 at the edge, files and old
//! versions deleted, copies dropped; then the papers. Lists forget them with the next publish.

use super::apply::{Source, Step};
use super::class::person_of;
use super::leavers::{self, Leaver};
use super::lock::NotTaken;
use super::manifest::{Files, Manifest};
use super::papers::{Papers, write_papers};
use super::plan::Removal;
use super::session::{Came, Look, look};
use super::withdraw::{Withdrawal, withdraw};
use super::{Asked, Scene};
use crate::args::publish::RemoveOrder;
use crate::run::{Verdict, say};
use anyhow::{Context, Result, bail};
use schema::profile::ProfileId;
use schema::reference::Reference;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Takes a person down.
pub(super) fn remove(root: &Path, scene: &Scene<'_>, order: &RemoveOrder) -> Result<Verdict> {
    let Some(person) = ProfileId::parse(&order.person) else {
        bail!(
            "`{}` is not a person's id\n  help: it is the last part of their page's address, like marcus-k7m2q",
            order.person
        );
    };
    let reference = match &order.reference {
        Some(typed) => Some(Reference::parse(typed).with_context(|| format!("`{typed}` is not a reference"))?),
        None => None,
    };
    // The profile says so first: no build brings the page back. If it cannot, the page is taken down all the same.
    let withdrawal = withdraw(root, &person, jiff::ZonedDateTime::now().date());
    let paths = theirs(&scene.runtime.block_on(look(&scene.bucket))?, person.as_str());
    let waits = if paths.is_empty() { None } else { take_down(scene, order, person.as_str(), &paths)? };
    let Some(leaver) = noted(scene, person.as_str())? else {
        say(&format!("{person} has no page on the public site."))?;
        return withdrawal.map(|_| Verdict::Clean);
    };
    let papers = write_papers(root, order, reference.as_ref(), (person.as_str(), &leaver))?;
    if scene.target.json {
        say(&serde_json::to_string_pretty(&shown(person.as_str(), &leaver, &papers, waits.as_deref()))?)?;
    } else {
        tell(person.as_str(), withdrawal.as_ref().ok(), &papers, waits.as_deref())?;
    }
    withdrawal.map(|_| Verdict::Clean)
}

/// Takes down what is there. Returns why the rest waits for a later publish, where it does.
fn take_down(scene: &Scene<'_>, order: &RemoveOrder, person: &str, paths: &BTreeSet<String>) -> Result<Option<String>> {
    let source: Source<'_> = &|path| Err(super::bucket::Fault::Unavailable(format!("{path} is not sent by a removal")));
    let others = |public: &Manifest| Ok(without(public, person));
    let asked = Asked {
        allowed: Some(paths.len()),
        alone: Some(person),
        broken: order.target.break_lock.as_deref(),
        ..Asked::of(&others, source)
    };
    match scene.publish(&asked) {
        Ok((Came::Refused(why), _)) => bail!(why),
        Ok(_) => Ok(None),
        // Whoever holds the lock may be dead. Marking and erasing harm nobody who is alive; the manifest is left to the next publish.
        Err(error) if matches!(error.downcast_ref(), Some(NotTaken::Held { .. })) => {
            let removal = Removal { person: person.to_owned(), paths: paths.iter().cloned().collect() };
            scene.take_down(&[removal], source)?;
            Ok(Some(error.to_string()))
        }
        Err(error) => Err(error),
    }
}

/// What was noted of somebody who left; from now on, as somebody who asked for it.
fn noted(scene: &Scene<'_>, person: &str) -> Result<Option<Leaver>> {
    scene.runtime.block_on(async {
        leavers::change(&scene.bucket, |leavers| {
            if let Some(leaver) = leavers.0.get_mut(person) {
                leaver.asked = true;
            }
        })
        .await?;
        Ok(leavers::read(&scene.bucket).await?.0.remove(person))
    })
}

fn tell(person: &str, withdrawal: Option<&Withdrawal>, papers: &Papers, waits: Option<&str>) -> Result<()> {
    let profile = match withdrawal {
        Some(Withdrawal::Written) => " The profile says `status: withdrawn` now.",
        Some(Withdrawal::Absent) => " There is no profile of theirs in this root.",
        Some(Withdrawal::Stood) | None => "",
    };
    let (urls, receipt) = (papers.urls.display(), papers.receipt.display());
    say(&format!("{person} is taken down.{profile}\nFor search engines: {urls}\nReceipt: {receipt}"))?;
    if let Some(why) = waits {
        say(&format!("The list of what is public was not changed yet: {why}"))?;
    }
    say("Build and publish next, so that lists, search and feed forget them too.")
}

fn shown(person: &str, leaver: &Leaver, papers: &Papers, waits: Option<&str>) -> Value {
    let step = |(step, at): (&Step, &jiff::Timestamp)| json!({"step": step, "at": at});
    json!({
        "person": person,
        "done": true,
        "paths": leaver.paths,
        "steps": leaver.steps.iter().map(step).collect::<Vec<_>>(),
        "search_engines": papers.urls,
        "receipt": papers.receipt,
        "waits": waits,
    })
}

/// Everything that is or may be on the public site and theirs alone.
fn theirs(look: &Look, person: &str) -> BTreeSet<String> {
    let mut paths = of_person(&look.public, person);
    let touched = look.touched.paths.iter();
    paths.extend(
        touched.filter(|(path, of)| person_of(path).or(of.as_deref()) == Some(person)).map(|(path, _)| path.clone()),
    );
    paths
}

fn of_person(public: &Manifest, person: &str) -> BTreeSet<String> {
    let whose = |path: &str, of: Option<&str>| person_of(path).or(of) == Some(person);
    let files = public.files.iter().filter(|(path, entry)| whose(path, entry.of.as_deref()));
    let replaced = public.replaced.iter().filter(|(_, photo)| photo.of == person).map(|(path, _)| path);
    files.map(|(path, _)| path).chain(replaced).cloned().collect()
}

pub(super) fn without(public: &Manifest, person: &str) -> Files {
    let gone = of_person(public, person);
    public
        .files
        .iter()
        .filter(|(path, _)| !gone.contains(*path))
        .map(|(path, entry)| (path.clone(), entry.clone()))
        .collect()
}
