//! From the built folder to the public site: manifest -> diff -> plan -> apply in order -> confirm.
//!
//! Each service of the cloud has one file; what is decided here is decided without them, and tested with every call failing.

mod apply;
mod bucket;
mod class;
mod cloud;
mod cloudfront;
mod down;
mod edge;
#[cfg(test)]
mod fake;
#[cfg(test)]
mod faults;
mod keyvalues;
mod late;
mod leavers;
mod lock;
pub(crate) mod manifest;
mod papers;
mod plan;
#[cfg(test)]
mod promises;
mod removal;
mod rollback;
mod s3;
mod session;
mod show;
mod stop;
mod verify;
mod withdraw;

use crate::args::publish::{PublishAction, PublishOrder, RemoveOrder, Target};
use crate::progress::Progress;
use crate::run::{Verdict, say};
use crate::tell::Telling;
use anyhow::{Context, Result, bail};
use apply::{Source, Step, Work};
use bucket::Fault;
use cloud::Reach;
use cloudfront::CloudFront;
use edge::AnyEdge;
use jiff::Timestamp;
use manifest::{Files, Manifest};
use plan::{Plan, Removal};
use s3::S3;
use serde_json::Value;
use session::{Came, Look, Wish};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use stop::Stop;

/// The services, and one publish over them.
struct Scene<'a> {
    bucket: S3,
    edge: AnyEdge<CloudFront>,
    target: &'a Target,
    deploy: String,
    runtime: tokio::runtime::Runtime,
    stop: Stop,
    steps: Mutex<Vec<(Step, Timestamp)>>,
}

/// What a scene is asked for.
struct Asked<'a> {
    files: &'a (dyn Fn(&Manifest) -> Result<Files> + Sync),
    source: Source<'a>,
    allowed: Option<usize>,
    dry: bool,
    drift: Option<verify::Drift>,
    /// Only this person leaves; nothing else is touched.
    alone: Option<&'a str>,
    /// Whose lock may be taken over.
    broken: Option<&'a str>,
    /// Who was removed on request, and comes back on request.
    returning: BTreeSet<String>,
}

impl<'a> Asked<'a> {
    /// These files, and nothing out of the ordinary.
    fn of(files: &'a (dyn Fn(&Manifest) -> Result<Files> + Sync), source: Source<'a>) -> Self {
        let (allowed, drift, alone, broken) = (None, None, None, None);
        Self { files, source, allowed, dry: false, drift, alone, broken, returning: BTreeSet::new() }
    }
}

/// `publish`, and what belongs to it.
pub(crate) fn publish(root: &Path, order: &PublishOrder) -> Result<Verdict> {
    let scene = Scene::open(&order.target)?;
    match &order.action {
        Some(PublishAction::Rollback { to }) => {
            return rollback::rollback(root, &scene, to.as_deref(), order.allow_deletes);
        }
        Some(PublishAction::History) => return rollback::history(&scene),
        None => {}
    }
    let folder = order.site.clone().unwrap_or_else(|| root.join("site"));
    let built = manifest::built(&folder)?;
    if !built.contains_key("index.html") {
        bail!(
            "{} has no first page: an empty site is never published\n  help: run `inside-out build`",
            folder.display()
        );
    }
    let drift = match order.verify {
        true => Some(scene.runtime.block_on(verify::drift(&scene.bucket, &scene.edge))?),
        false => None,
    };
    let read = |path: &str| std::fs::read(folder.join(path)).map_err(|error| unreadable(path, &error));
    let all = |_: &Manifest| Ok(built.clone());
    let asked = Asked {
        allowed: order.allow_deletes,
        dry: order.dry_run,
        drift,
        broken: order.target.break_lock.as_deref(),
        returning: order.returning.iter().cloned().collect(),
        ..Asked::of(&all, &read)
    };
    let telling = if order.dry_run { None } else { Some(Telling::ready(root)?) };
    let (came, mut json) = scene.publish(&asked)?;
    let public = match &came {
        Came::Nothing(manifest) => Some(manifest),
        Came::Done(done) => Some(&done.1),
        Came::Planned | Came::Refused(_) => None,
    };
    let told = match (&telling, public) {
        (Some(telling), Some(public)) => telling.after_publish(public, &order.target.owner, json.as_mut()),
        _ => Ok(()),
    };
    scene.print(json)?;
    if let Came::Refused(why) = came {
        bail!(why);
    }
    told.map(|()| Verdict::Clean)
}

/// `remove ID`
pub(crate) fn remove(root: &Path, order: &RemoveOrder) -> Result<Verdict> {
    removal::remove(root, &Scene::open(&order.target)?, order)
}

impl<'a> Scene<'a> {
    fn open(target: &'a Target) -> Result<Self> {
        let Some(name) = &target.bucket else {
            bail!(
                "no bucket is named\n  help: name the site's bucket with --bucket or SITE_BUCKET; infra/README.md tells where it is"
            );
        };
        let reach = Reach::from_variables(target.endpoint_url.clone(), |name| std::env::var(name).ok());
        let reach = reach.map_err(|name| {
            anyhow::anyhow!("{name} is not set\n  help: eval \"$(aws configure export-credentials --format env)\" sets it for an hour")
        })?;
        let edge = match (&target.distribution, &target.key_values) {
            (Some(distribution), Some(keys)) => AnyEdge::Edge(CloudFront::new(&reach, distribution, keys)),
            _ => AnyEdge::None,
        };
        let runtime = tokio::runtime::Runtime::new().context("starting")?;
        let deploy = name_of_publish(Timestamp::now())?;
        let stop = Stop::listen(&runtime);
        Ok(Self { bucket: S3::new(&reach, name), edge, target, deploy, runtime, stop, steps: Mutex::default() })
    }

    /// What a plan is carried out with.
    fn work<'s>(
        &'s self,
        source: Source<'s>,
        told: &'s (dyn Fn(Step) + Sync),
        stepped: &'s (dyn Fn() + Sync),
    ) -> Work<'s, S3, AnyEdge<CloudFront>> {
        let (bucket, edge, parallel) = (&self.bucket, &self.edge, usize::from(self.target.parallel));
        Work { bucket, edge, source, parallel, tags: !self.target.no_tags, clock: Timestamp::now, told, stepped }
    }

    /// People down at once, without the lock.
    fn take_down(&self, removals: &[Removal], source: Source<'_>) -> Result<()> {
        let work = self.work(source, &|_| {}, &|| {});
        Ok(self
            .runtime
            .block_on(async { work.finish(work.take_down(removals, &[], true, &self.deploy).await?).await })?)
    }

    /// One publish, shown and told; as JSON it is returned, to be printed when all is known.
    fn publish(&self, asked: &Asked<'_>) -> Result<(Came, Option<Value>)> {
        let (tags, json) = (!self.target.no_tags, self.target.json);
        let told =
            |step: Step| self.steps.lock().unwrap_or_else(PoisonError::into_inner).push((step, Timestamp::now()));
        let bar: Mutex<Option<Progress>> = Mutex::new(None);
        let stepped = || {
            if let Some(bar) = &*bar.lock().unwrap_or_else(PoisonError::into_inner) {
                bar.step();
            }
        };
        let work = self.work(asked.source, &told, &stepped);
        let planned: Mutex<Option<Plan>> = Mutex::new(None);
        let shown = |plan: &Plan, look: &Look| -> Result<()> {
            *bar.lock().unwrap_or_else(PoisonError::into_inner) = Some(Progress::over(plan.uploads.len(), "files"));
            *planned.lock().unwrap_or_else(PoisonError::into_inner) = Some(plan.clone());
            if json { Ok(()) } else { show::plan(plan, look, tags) }
        };
        let nothing = BTreeSet::new();
        let wish = Wish {
            files: asked.files,
            allowed: asked.allowed,
            owner: &self.target.owner,
            broken: asked.broken,
            returning: &asked.returning,
            deploy: &self.deploy,
            dry: asked.dry,
            remarks: asked.drift.as_ref().is_some_and(|drift| drift.edge),
            drift: asked.drift.as_ref().map_or(&nothing, |drift| &drift.paths),
            alone: asked.alone,
            shown: &shown,
            stop: self.stop.told(),
        };
        let came = self.stop.while_working(|| self.runtime.block_on(session::publish(&work, &wish)));
        drop(bar.into_inner());
        let came = came?;
        let first = planned.into_inner().unwrap_or_else(PoisonError::into_inner).unwrap_or_default();
        let json = self.tell(&came, &first, asked.dry)?;
        Ok((came, json))
    }

    fn tell(&self, came: &Came, first: &Plan, dry: bool) -> Result<Option<Value>> {
        if self.target.json {
            let plan = if let Came::Done(done) = came { &done.0 } else { first };
            return Ok(Some(show::json(plan, !self.target.no_tags, &self.deploy, came, &self.steps())?));
        }
        match came {
            Came::Nothing(_) => say("Nothing changed.")?,
            Came::Planned if dry => say("Nothing was sent: this is only the plan.")?,
            Came::Planned | Came::Refused(_) => {}
            Came::Done(done) => say(&format!("Published as {}: {} files.", self.deploy, done.1.files.len()))?,
        }
        Ok(None)
    }

    fn print(&self, json: Option<Value>) -> Result<()> {
        json.map_or(Ok(()), |json| say(&serde_json::to_string_pretty(&json)?))
    }

    fn steps(&self) -> Vec<(Step, Timestamp)> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// `20261125T034512Z-k7m2`: no two publishes share it, and they sort by time.
fn name_of_publish(now: Timestamp) -> Result<String> {
    let mut random = [0; 4];
    getrandom::fill(&mut random).context("drawing a name")?;
    let tail: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{}-{tail}", now.strftime("%Y%m%dT%H%M%SZ")))
}

fn unreadable(path: &str, error: &std::io::Error) -> Fault {
    Fault::Unavailable(format!("{path}: {error}"))
}
