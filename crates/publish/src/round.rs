//! One publish from beginning to end: look -> plan -> refuse or go on -> lock -> look again -> apply -> unlock.

use crate::bucket::Bucket;
use crate::bundle::Bundle;
use crate::departures::Coming;
use crate::descent::Lineage;
use crate::edge::Edge;
use crate::lock::Lock;
use crate::look::{Look, look};
use crate::manifest::{Due, Files, Manifest, people, without};
use crate::plan::{Notes, Plan};
use crate::publisher::{Before, Publisher};
use crate::subject::Subject;
use crate::target::Target;
use crate::verify::Drift;
use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use site::made::Made;
use site::standing::Standings;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::Notify;

/// Where nobody was left out.
pub(crate) static NOBODY: BTreeMap<String, String> = BTreeMap::new();

/// What a publish is asked for.
pub(crate) struct RoundOptions<'a> {
    /// The files as they shall stand, given those that do.
    pub(crate) files: &'a (dyn Fn(&Manifest) -> Result<Files> + Sync),
    /// How many files may be deleted, where the usual guard is too strict.
    pub(crate) allowed: Option<usize>,
    /// Where everybody stands in the built site.
    pub(crate) standings: &'a Standings,
    /// What the function is made of, where that goes up too.
    pub(crate) bundle: Option<&'a Bundle>,
    /// What the folder was made of, and whether it may follow what is public; none where an earlier state comes back.
    pub(crate) line: Option<(Made, &'a Lineage<'a>)>,
    /// Who left, and comes back because an editor says so.
    pub(crate) readmit: BTreeSet<String>,
    /// Whether nobody watches: then nobody comes back whom no editor names.
    pub(crate) unattended: bool,
    /// Whom this very publish left out, and the id under which they left.
    pub(crate) left_out: &'a BTreeMap<String, String>,
    /// Only the plan is wanted.
    pub(crate) dry: bool,
    /// What a look into bucket and edge has shown not to be as it was published.
    pub(crate) drift: Drift,
    /// Only these people leave: what else an unfinished publish touched is left to the next one.
    pub(crate) only_leaving: Option<&'a BTreeSet<String>>,
}

impl<'a> RoundOptions<'a> {
    /// These files, and nothing out of the ordinary.
    pub(crate) fn of(files: &'a (dyn Fn(&Manifest) -> Result<Files> + Sync), standings: &'a Standings) -> Self {
        Self {
            files,
            allowed: None,
            standings,
            bundle: None,
            line: None,
            readmit: BTreeSet::new(),
            unattended: false,
            left_out: &NOBODY,
            dry: false,
            drift: Drift::default(),
            only_leaving: None,
        }
    }
}

/// Who publishes, under which name, and who watches.
pub(crate) struct Watched<'a> {
    pub(crate) target: &'a Target,
    pub(crate) deploy: &'a str,
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

/// Publishes, beginning with what somebody has just found in the bucket, or else with a look. Tells the plan that was carried out, or
/// else the one that was shown.
///
/// # Errors
/// Whatever stood in the way. Nothing that a visitor sees is broken by it, and publishing again goes on from there.
pub(crate) async fn publish<B: Bucket, E: Edge>(
    work: &Publisher<'_, B, E>,
    asked: &RoundOptions<'_>,
    watched: &Watched<'_>,
    found: Option<Look>,
) -> Result<(Plan, PublishOutcome)> {
    let first = async {
        let look = match found {
            Some(look) => look,
            None => look(work.bucket).await?,
        };
        planned(work, (asked, watched), look)
    };
    let (first, _, plan) = unless_stopped(watched.stop, first).await?;
    (watched.shown)(&plan, &first)?;
    if let Some(why) = refusal(asked, &first, &plan) {
        return Ok((plan, PublishOutcome::Refused(why)));
    }
    if plan.is_empty() {
        return Ok((plan, PublishOutcome::Nothing(first.public)));
    }
    if asked.dry {
        return Ok((plan, PublishOutcome::Planned));
    }
    // Not stopped halfway: whoever holds a lock without knowing it could not give it back.
    let Target { owner, break_lock, .. } = watched.target;
    let mut lock = Lock::take(work.bucket, (owner, break_lock.as_deref()), watched.deploy, (work.clock)()).await?;
    let done = unless_stopped(watched.stop, under_lock(work, (asked, watched), &mut lock)).await;
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
    (asked, watched): (&RoundOptions<'_>, &Watched<'_>),
    lock: &mut Lock,
) -> Result<(Option<Plan>, PublishOutcome)> {
    let (look, built, plan) = planned(work, (asked, watched), look(work.bucket).await?)?;
    if let Some(why) = refusal(asked, &look, &plan) {
        return Ok((None, PublishOutcome::Refused(why)));
    }
    if plan.is_empty() {
        return Ok((None, PublishOutcome::Nothing(look.public)));
    }
    let before = Before {
        public: &look.public,
        tag: look.tag.as_ref(),
        built: &built,
        bundle: if plan.only_leaving { None } else { asked.bundle },
        touched: &look.touched,
        left: &look.left,
        deploy: watched.deploy,
    };
    let manifest = work.apply(&plan, &before, lock).await?;
    Ok((Some(plan), PublishOutcome::Done(manifest)))
}

/// Why a plan must not be carried out, if it must not.
fn refusal(asked: &RoundOptions<'_>, look: &Look, plan: &Plan) -> Option<Failure> {
    // The guards are for lists and folders. Whoever leaves alone waits for none of them, whatever goes with them.
    if plan.only_leaving {
        return None;
    }
    let undoes = asked.line.and_then(|(made, lineage)| lineage.refuse(made, &look.public));
    let why = undoes.or_else(|| plan.refuse(asked.allowed))?;
    Some(Failure { what: format!("{}: nothing was published", why.what), help: why.help })
}

fn planned<B: Bucket, E: Edge>(
    work: &Publisher<'_, B, E>,
    (asked, watched): (&RoundOptions<'_>, &Watched<'_>),
    mut look: Look,
) -> Result<(Look, Files, Plan)> {
    let of = |path: &String| look.public.files.get(path.as_str()).map(|entry| entry.subject.clone());
    let drifted: Vec<(String, Option<Subject>)> =
        asked.drift.paths.iter().map(|path| (path.clone(), of(path))).collect();
    look.touched.paths.extend(drifted);
    let built = match asked.only_leaving {
        Some(people) => {
            let stays = without(&look.public.files, people);
            look.leave_the_rest(people, &stays);
            stays
        }
        None => (asked.files)(&look.public)?,
    };
    let mut plan = Plan::new(&look.public, (&built, asked.standings), &look.touched, (work.clock)());
    plan.only_leaving = asked.only_leaving.is_some();
    if !plan.only_leaving {
        let coming = Coming {
            here: &people(&built),
            public: &look.public.people(),
            due: &look.public.due,
            touched: &look.touched.people(),
            left_out: asked.left_out,
            standings: asked.standings,
            named: &asked.readmit,
            unattended: asked.unattended,
        };
        let returning = look.leavers.returning(&coming);
        (plan.welcome, plan.unwanted) = (returning.welcome, returning.unwanted);
        plan.settled = look.leavers.settled(&coming, look.public.zone.day((work.clock)()));
        plan.renamed = returning.renamed;
    }
    if work.edge.is_there() {
        let here = people(&built);
        let away = look.leavers.0.keys().filter(|person| !here.contains(person.as_str()) && !plan.removes(person));
        plan.owed = away.filter_map(|person| look.owed(person)).collect();
    }
    let notes = Notes { edge: look.public.edge || work.edge.is_there(), ..notes(asked, &look.public, watched) };
    plan.note(notes, &look.public);
    plan.notes_differ |= look.touched.bundle && asked.bundle.is_some();
    plan.remark_edge = asked.drift.edge || !look.touched.gone.is_empty() && !plan.is_empty();
    Ok((look, built, plan))
}

/// What is noted beside the files: of those who leave at once, that they are not there; else, where everything comes from.
fn notes(asked: &RoundOptions<'_>, public: &Manifest, watched: &Watched<'_>) -> Notes {
    let before = Notes::of(public);
    if let Some(people) = asked.only_leaving {
        let stays = public.due.iter().filter(|(person, _)| !people.contains(person.as_str()));
        return Notes { due: stays.map(|(person, due)| (person.clone(), *due)).collect(), ..before };
    }
    let Watched { target, deploy, .. } = watched;
    let origin = asked.line.map(|(made, lineage)| lineage.origin(made, deploy, &target.owner));
    Notes {
        origin: origin.or(before.origin.clone()),
        bundle: asked.bundle.map(|bundle| bundle.hash).or(before.bundle),
        zone: target.zone.clone(),
        due: Due::of(asked.standings),
        ..before
    }
}
