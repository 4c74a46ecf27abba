//! One publish from beginning to end: look -> plan -> refuse or go on -> lock -> look again -> apply -> unlock.

use crate::bucket::{Bucket, Tag};
use crate::bundle::Bundle;
use crate::departures::{self, Leavers};
use crate::descent::Lineage;
use crate::edge::Edge;
use crate::lock::Lock;
use crate::manifest::{Due, Files, Manifest, people};
use crate::plan::{Notes, Plan, Touched};
use crate::publisher::{Before, Intent, Publisher, intent_key, manifest_key};
use crate::subject::Subject;
use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use schema::ground::text::counted;
use schema::ground::zone::Zone;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::made::Made;
use site::standing::Standings;
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
    /// Where everybody stands in the built site.
    pub(crate) standings: &'a Standings,
    /// What the function is made of, where that goes up too.
    pub(crate) bundle: Option<&'a Bundle>,
    /// Where the site's days are counted.
    pub(crate) zone: &'a Zone,
    /// What the folder was made of, and whether it may follow what is public; none where an earlier state comes back.
    pub(crate) line: Option<(Made, &'a Lineage<'a>)>,
    /// Who left, and comes back because an editor says so.
    pub(crate) readmit: &'a BTreeSet<String>,
    /// Whether nobody watches: then nobody comes back whom no editor names.
    pub(crate) unattended: bool,
    pub(crate) deploy: &'a str,
    /// Only the plan is wanted.
    pub(crate) dry: bool,
    /// Whether the edge is told again of all that is gone.
    pub(crate) remark_edge: bool,
    /// Paths of which a look into the bucket has shown that they are not as the manifest says.
    pub(crate) drift: &'a BTreeSet<String>,
    /// Only these people leave: what else an unfinished publish touched is left to the next one.
    pub(crate) only_leaving: Option<&'a BTreeSet<String>>,
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
    let (first, _, plan) = unless_stopped(options.stop, planned(work, options, options.only_leaving)).await?;
    (options.shown)(&plan, &first)?;
    if let Some(refusal) = refusal(options, &first, &plan)
        && (options.dry || refusal.leaving.is_empty())
    {
        return Ok((plan, PublishOutcome::Refused(unchanged(&refusal.why))));
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
    let (look, built, plan) = planned(work, options, options.only_leaving).await?;
    let Some(Refusal { why, leaving }) = refusal(options, &look, &plan) else {
        if plan.is_empty() {
            return Ok((None, PublishOutcome::Nothing(look.public)));
        }
        let manifest = carry_out(work, options, (&look, &built, &plan), lock).await?;
        return Ok((Some(plan), PublishOutcome::Done(manifest)));
    };
    if leaving.is_empty() {
        return Ok((None, PublishOutcome::Refused(unchanged(&why))));
    }
    let (look, built, first) = planned(work, options, Some(&leaving)).await?;
    carry_out(work, options, (&look, &built, &first), lock).await?;
    let left = counted(leaving.len(), "person");
    let refused =
        Failure { what: format!("{}: {left} who had to leave left, and nothing else was changed", why.what), ..why };
    Ok((Some(first), PublishOutcome::Refused(refused)))
}

/// A plan that must not be carried out.
struct Refusal {
    why: Failure,
    /// Leaving never waits: whatever is wrong with the rest, these people go.
    leaving: BTreeSet<String>,
}

fn refusal(options: &RoundOptions<'_>, look: &Look, plan: &Plan) -> Option<Refusal> {
    let undoes = options.line.and_then(|(made, lineage)| lineage.refuse(made, &look.public));
    if let Some(why) = undoes {
        // A day that is over may be over only in the older folder; until when people are there is known without it.
        let said = |why: HiddenWhy| matches!(why, HiddenWhy::Withdrawn | HiddenWhy::ListingBanned);
        return Some(Refusal { why, leaving: plan.leaving(said) });
    }
    plan.refuse(options.allowed).map(|why| Refusal { why, leaving: plan.leaving(|_| true) })
}

fn unchanged(why: &Failure) -> Failure {
    Failure { what: format!("{}: nothing was changed", why.what), help: why.help.clone() }
}

async fn carry_out<B: Bucket, E: Edge>(
    work: &Publisher<'_, B, E>,
    options: &RoundOptions<'_>,
    (look, built, plan): (&Look, &Files, &Plan),
    lock: &mut Lock,
) -> Result<Manifest> {
    let before = Before {
        public: &look.public,
        tag: look.tag.as_ref(),
        built,
        bundle: if plan.only_leaving { None } else { options.bundle },
        touched: &look.touched,
        left: &look.left,
        deploy: options.deploy,
    };
    Ok(work.apply(plan, &before, lock).await?)
}

async fn planned<B: Bucket, E: Edge>(
    work: &Publisher<'_, B, E>,
    options: &RoundOptions<'_>,
    only_leaving: Option<&BTreeSet<String>>,
) -> Result<(Look, Files, Plan)> {
    let mut look = look(work.bucket).await?;
    let of = |path: &String| look.public.files.get(path.as_str()).map(|entry| entry.subject.clone());
    let drifted: Vec<(String, Option<Subject>)> = options.drift.iter().map(|path| (path.clone(), of(path))).collect();
    look.touched.paths.extend(drifted);
    if let Some(people) = only_leaving {
        let theirs = |subject: &Option<Subject>| {
            subject.as_ref().is_some_and(|subject| people.iter().any(|person| subject.belongs_to(person)))
        };
        look.left = look.touched.clone();
        look.touched.paths.retain(|_, subject| theirs(subject));
        look.touched.gone.clear();
    }
    let built = match only_leaving {
        Some(people) => without(&look.public, people),
        None => (options.files)(&look.public)?,
    };
    let mut plan = Plan::new(&look.public, (&built, options.standings), &look.touched, (work.clock)());
    plan.only_leaving = only_leaving.is_some();
    if !plan.only_leaving {
        let here = people(&built);
        let returning = look.leavers.returning(&here, options.standings, options.readmit, options.unattended);
        (plan.welcome, plan.unwanted) = (returning.welcome, returning.unwanted);
    }
    plan.note(notes(options, &look.public, only_leaving), &look.public);
    plan.remark_edge = options.remark_edge || !look.touched.gone.is_empty() && !plan.is_empty();
    Ok((look, built, plan))
}

/// What is noted beside the files: of those who leave at once, that they are not there; else, where everything comes from.
fn notes(options: &RoundOptions<'_>, public: &Manifest, only_leaving: Option<&BTreeSet<String>>) -> Notes {
    let before = Notes::of(public);
    if let Some(people) = only_leaving {
        let stays = public.due.iter().filter(|(person, _)| !people.contains(person.as_str()));
        return Notes { due: stays.map(|(person, due)| (person.clone(), *due)).collect(), ..before };
    }
    let origin = options.line.map(|(made, lineage)| lineage.origin(made, options.deploy, options.owner));
    Notes {
        origin: origin.or(before.origin),
        bundle: options.bundle.map(|bundle| bundle.hash).or(before.bundle),
        zone: options.zone.clone(),
        due: Due::of(options.standings),
    }
}

/// The files of the public site without some people: what is theirs alone goes, what is somebody else's too stays theirs.
pub(crate) fn without(public: &Manifest, people: &BTreeSet<String>) -> Files {
    let leaves = |id: &ProfileId| people.contains(id.as_str());
    let is_theirs = |subject: &Subject| !subject.people.is_empty() && subject.people.iter().all(leaves);
    let others = public.files.iter().filter(|(_, entry)| !is_theirs(&entry.subject));
    let mut files: Files = others.map(|(path, entry)| (path.clone(), entry.clone())).collect();
    files.values_mut().for_each(|entry| entry.subject.people.retain(|id| !leaves(id)));
    files
}
