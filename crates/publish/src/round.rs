//! One publish from beginning to end: look -> plan -> refuse or go on -> lock -> look again -> apply -> unlock.

use crate::bucket::{Bucket, Tag};
use crate::departures::{self, Leavers};
use crate::edge::Edge;
use crate::lock::Lock;
use crate::manifest::{Files, Manifest, people};
use crate::plan::{Plan, Touched};
use crate::publisher::{Before, Intent, Publisher, intent_key, manifest_key};
use crate::subject::Subject;
use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use std::collections::BTreeSet;
use tokio::sync::Notify;

/// What lies in the bucket.
pub struct Look {
    /// What is public.
    pub(crate) public: Manifest,
    pub(crate) tag: Option<Tag>,
    pub(crate) touched: Touched,
    /// What is touched, and left to a later publish.
    pub(crate) left: Touched,
    /// Who has left so far.
    pub(crate) leavers: Leavers,
}

/// What a publish is asked for.
pub(crate) struct RoundOptions<'a> {
    /// The files as they shall stand, given those that do.
    pub(crate) files: &'a (dyn Fn(&Manifest) -> Result<Files> + Sync),
    /// How many files may be deleted, where the usual guard is too strict.
    pub(crate) allowed: Option<usize>,
    pub(crate) owner: &'a str,
    /// Whose lock may be taken over before its time.
    pub(crate) break_lock_of: Option<&'a str>,
    /// Who was removed on request, and comes back on request.
    pub(crate) readmit: &'a BTreeSet<String>,
    pub(crate) deploy: &'a str,
    /// Only the plan is wanted.
    pub(crate) dry: bool,
    /// Whether the edge is told again of all that is gone.
    pub(crate) remark_edge: bool,
    /// Paths of which a look into the bucket has shown that they are not as the manifest says.
    pub(crate) drift: &'a BTreeSet<String>,
    /// Only this person leaves: what else an unfinished publish touched is left to the next one.
    pub(crate) only_person: Option<&'a str>,
    /// Told of the plan before anything is done.
    pub(crate) shown: &'a (dyn Fn(&Plan, &Look) -> Result<()> + Sync),
    /// Told when everything is to stop, in good order.
    pub(crate) stop: &'a Notify,
}

/// What came of it.
pub enum PublishOutcome {
    /// Everything is as it should be.
    Nothing(Manifest),
    /// Only the plan was shown.
    Planned,
    /// The plan must not be carried out, and why.
    Refused(Failure),
    /// It is done.
    Done(Manifest),
}

/// Reads the notes in the bucket: three calls.
pub(crate) async fn look(bucket: &impl Bucket) -> Result<Look> {
    let (public, tag) = match bucket.get(&manifest_key(), None).await? {
        Some((bytes, stored)) => (Manifest::read(&bytes)?, Some(stored.tag)),
        None => (Manifest::empty(), None),
    };
    let touched = match bucket.get(&intent_key(), None).await? {
        Some((bytes, _)) => serde_json::from_slice::<Intent>(&bytes)?.touched,
        None => Touched::default(),
    };
    let leavers = departures::read(bucket).await?;
    Ok(Look { public, tag, touched, left: Touched::default(), leavers })
}

/// Publishes. Tells the plan that was carried out, or else the one that was shown.
///
/// # Errors
/// Whatever stood in the way. Nothing that a visitor sees is broken by it, and publishing again goes on from there.
pub(crate) async fn publish<B: Bucket, E: Edge>(
    work: &Publisher<'_, B, E>,
    options: &RoundOptions<'_>,
) -> Result<(Plan, PublishOutcome)> {
    let (first, _, plan) = unless_stopped(options.stop, planned(work, options)).await?;
    (options.shown)(&plan, &first)?;
    if let Some(why) = plan.refuse(options.allowed) {
        return Ok((plan, PublishOutcome::Refused(why)));
    }
    if plan.is_empty() {
        return Ok((plan, PublishOutcome::Nothing(first.public)));
    }
    if options.dry {
        return Ok((plan, PublishOutcome::Planned));
    }
    // Not stopped halfway: whoever holds a lock without knowing it could not give it back.
    let mut lock =
        Lock::take(work.bucket, (options.owner, options.break_lock_of), options.deploy, (work.clock)()).await?;
    let done = unless_stopped(options.stop, under_lock(work, options, &mut lock)).await;
    let released = lock.release(work.bucket, (work.clock)()).await;
    let (carried_out, outcome) = done?;
    released?;
    Ok((carried_out.unwrap_or(plan), outcome))
}

/// Goes on until it is done, or until everything is to stop.
async fn unless_stopped<R>(stop: &Notify, work: impl Future<Output = Result<R>>) -> Result<R> {
    tokio::select! {
        biased;
        () = stop.notified() => bail!(stopped()),
        done = work => done,
    }
}

fn stopped() -> Failure {
    Failure::new("stopped: the site is whole, and the lock is free").help("publish again, and it goes on from here")
}

/// Somebody may have published between the first look and the lock. Tells the plan that was carried out, if one was.
async fn under_lock<B: Bucket, E: Edge>(
    work: &Publisher<'_, B, E>,
    options: &RoundOptions<'_>,
    lock: &mut Lock,
) -> Result<(Option<Plan>, PublishOutcome)> {
    let (look, built, plan) = planned(work, options).await?;
    if let Some(why) = plan.refuse(options.allowed) {
        return Ok((None, PublishOutcome::Refused(why)));
    }
    if plan.is_empty() {
        return Ok((None, PublishOutcome::Nothing(look.public)));
    }
    let before = Before {
        public: &look.public,
        tag: look.tag.as_ref(),
        built: &built,
        touched: &look.touched,
        left: &look.left,
        deploy: options.deploy,
        readmit: options.readmit,
    };
    let manifest = work.apply(&plan, &before, lock).await?;
    Ok((Some(plan), PublishOutcome::Done(manifest)))
}

async fn planned<B: Bucket, E: Edge>(
    work: &Publisher<'_, B, E>,
    options: &RoundOptions<'_>,
) -> Result<(Look, Files, Plan)> {
    let mut look = look(work.bucket).await?;
    let of = |path: &String| look.public.files.get(path.as_str()).map(|entry| entry.subject.clone());
    let drifted: Vec<(String, Option<Subject>)> = options.drift.iter().map(|path| (path.clone(), of(path))).collect();
    look.touched.paths.extend(drifted);
    if let Some(person) = options.only_person {
        let theirs = |subject: &Option<Subject>| subject.as_ref().is_some_and(|subject| subject.belongs_to(person));
        look.left = look.touched.clone();
        look.touched.paths.retain(|_, subject| theirs(subject));
        look.touched.gone.clear();
    }
    let built = (options.files)(&look.public)?;
    let mut plan = Plan::new(&look.public, &built, &look.touched, (work.clock)());
    plan.only_person = options.only_person.is_some();
    if !plan.only_person {
        let here = people(&built);
        let back = look.leavers.asked().into_iter().filter(|person| here.contains(person));
        plan.unwanted = back.filter(|person| !options.readmit.contains(*person)).map(str::to_owned).collect();
    }
    plan.remark_edge = options.remark_edge || !look.touched.gone.is_empty() && !plan.is_empty();
    Ok((look, built, plan))
}
