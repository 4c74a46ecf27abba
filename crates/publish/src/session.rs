//! The public site, opened for one publish: its services, who publishes, and what is told on the way.

use crate::aws::cloudfront::CloudFront;
use crate::aws::connection::AwsConnection;
use crate::aws::s3::S3;
use crate::bucket::ServiceError;
use crate::bundle::Bundle;
use crate::descent::Lineage;
use crate::edge::AnyEdge;
use crate::fresh;
use crate::manifest::{self, Files, Manifest};
use crate::plan::{Plan, Removal};
use crate::publisher::{Publisher, Source};
use crate::round::{self, Look, PublishOutcome, RoundOptions};
use crate::step::Step;
use crate::verify::{self, Drift};
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::zone::Zone;
use site::made::Made;
use site::site_path::SitePath;
use site::standing::{Census, Standings};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// Where the public site is, and who publishes it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The bucket of the site.
    pub bucket: String,
    /// What stands before it; without, nothing is dropped at an edge.
    pub edge: Option<EdgeTarget>,
    /// Another address than Amazon's, of a service that speaks like S3.
    pub endpoint: Option<String>,
    /// Whether the edge knows tags; where not, all pages are dropped by path.
    pub tags: bool,
    /// How many requests at once.
    pub parallel: usize,
    /// Who publishes, for the lock and the log.
    pub owner: String,
    /// Whose lock may be taken over before its time.
    pub break_lock: Option<String>,
    /// Where the site's days are counted.
    pub zone: Zone,
}

/// A CloudFront distribution.
#[derive(Clone, Debug)]
pub struct EdgeTarget {
    /// Its id.
    pub distribution: String,
    /// The ARN of the key-value store that its function reads.
    pub key_values: String,
}

/// Told what happens while it happens, from any thread.
pub trait Observer: Sync {
    /// The plan, before anything is done.
    ///
    /// # Errors
    /// What keeps it from being shown; then nothing is done.
    fn planned(&self, _plan: &Plan, _look: &Look, _tags: bool) -> Result<()> {
        Ok(())
    }

    /// One file is sent.
    fn sent(&self) {}

    /// Told when everything is to stop, in good order.
    fn stop(&self) -> &Notify;
}

/// What a publish is asked for.
pub struct PublishOptions<'a> {
    /// The root that the folder was built from.
    pub root: &'a Path,
    /// Whether the folder may have been built for another day than today, as a rehearsal is.
    pub any_day: bool,
    /// What the root knows of its past.
    pub lineage: &'a Lineage<'a>,
    /// How many files may be deleted, where the usual guard is too strict.
    pub allow_deletes: Option<usize>,
    /// Only the plan is wanted.
    pub dry_run: bool,
    /// Who left, and comes back because an editor says so.
    pub readmit: BTreeSet<String>,
    /// Whether nobody watches: then nobody comes back whom no editor names.
    pub unattended: bool,
    /// Whether bucket and edge themselves are looked into.
    pub verify: bool,
}

/// What came of a publish.
pub struct Published {
    /// Its name.
    pub deploy: String,
    /// How it ended.
    pub outcome: PublishOutcome,
    /// The plan that was carried out, or the one that was shown.
    pub plan: Plan,
    /// What was done, and when.
    pub steps: Vec<(Step, Timestamp)>,
}

/// The services, opened.
pub struct Session {
    pub(crate) bucket: S3,
    pub(crate) edge: AnyEdge<CloudFront>,
    pub(crate) target: Target,
    pub(crate) deploy: String,
    pub(crate) runtime: tokio::runtime::Runtime,
    pub(crate) clock: fn() -> Timestamp,
}

/// What one round is asked for.
pub(crate) struct RoundInput<'a> {
    pub(crate) files: &'a (dyn Fn(&Manifest) -> Result<Files> + Sync),
    pub(crate) source: Source<'a>,
    pub(crate) allowed: Option<usize>,
    pub(crate) dry: bool,
    pub(crate) drift: Option<Drift>,
    /// Only these people leave; nothing else is touched.
    pub(crate) only_leaving: Option<&'a BTreeSet<String>>,
    /// Where everybody stands in the built site.
    pub(crate) standings: &'a Standings,
    /// Who left, and comes back because an editor says so.
    pub(crate) readmit: BTreeSet<String>,
    /// Whether nobody watches.
    pub(crate) unattended: bool,
    /// What the function is made of, where that goes up too.
    pub(crate) bundle: Option<&'a Bundle>,
    /// What the folder was made of, and whether it may follow what is public.
    pub(crate) line: Option<(Made, &'a Lineage<'a>)>,
}

impl<'a> RoundInput<'a> {
    /// These files, and nothing out of the ordinary.
    pub(crate) fn of(
        files: &'a (dyn Fn(&Manifest) -> Result<Files> + Sync),
        standings: &'a Standings,
        source: Source<'a>,
    ) -> Self {
        Self {
            files,
            source,
            allowed: None,
            dry: false,
            drift: None,
            only_leaving: None,
            standings,
            readmit: BTreeSet::new(),
            unattended: false,
            bundle: None,
            line: None,
        }
    }
}

impl Session {
    /// Opens the services of a target. `variable` reads Amazon's own settings from the environment.
    ///
    /// # Errors
    /// What is missing, and how to get it.
    pub fn open(target: Target, variable: impl Fn(&str) -> Option<String>, clock: fn() -> Timestamp) -> Result<Self> {
        let connection = AwsConnection::from_variables(target.endpoint.clone(), variable);
        let connection = connection.map_err(|name| {
            let help = "eval \"$(aws configure export-credentials --format env)\" sets it for an hour";
            Failure::new(format!("{name} is not set")).help(help)
        })?;
        let edge = match &target.edge {
            Some(edge) => AnyEdge::Edge(CloudFront::new(&connection, &edge.distribution, &edge.key_values)),
            None => AnyEdge::None,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting")?;
        let bucket = S3::new(&connection, &target.bucket);
        Ok(Self { bucket, edge, deploy: name_of_publish(clock())?, target, runtime, clock })
    }

    /// Where what runs beside a publish, such as somebody who listens for Ctrl-C, can run.
    pub fn runtime(&self) -> &tokio::runtime::Runtime {
        &self.runtime
    }

    /// Publishes a built folder.
    ///
    /// # Errors
    /// Whatever stood in the way. Nothing that a visitor sees is broken by it, and publishing again goes on from there.
    pub fn publish(&self, folder: &Path, options: &PublishOptions<'_>, observer: &impl Observer) -> Result<Published> {
        let built = manifest::built(folder)?;
        if !options.any_day {
            fresh::of_today(built.made, self.today())?;
        }
        fresh::of_these_sources(built.made, options.root)?;
        let census = Census::of(options.root, built.made)?;
        let bundle = Bundle::new(census.bundle(options.root)?);
        if !built.files.contains_key("index.html") {
            let what = format!("{} has no first page: an empty site is never published", folder.display());
            bail!(Failure::new(what).help("run `inside-out build`"));
        }
        let drift = match options.verify {
            true => Some(self.runtime.block_on(verify::drift(&self.bucket, &self.edge))?),
            false => None,
        };
        let read = |path: &SitePath| std::fs::read(folder.join(path)).map_err(|error| unreadable(path, &error));
        let all = |_: &Manifest| Ok(built.files.clone());
        let asked = RoundInput {
            allowed: options.allow_deletes,
            dry: options.dry_run,
            drift,
            readmit: options.readmit.clone(),
            unattended: options.unattended,
            bundle: Some(&bundle),
            line: Some((built.made, options.lineage)),
            ..RoundInput::of(&all, &census.people, &read)
        };
        self.round(&asked, observer)
    }

    /// The day it is where the site's days are counted.
    pub fn today(&self) -> Date {
        self.target.zone.day((self.clock)())
    }

    /// What a plan is carried out with.
    fn publisher<'s>(
        &'s self,
        source: Source<'s>,
        told: &'s (dyn Fn(Step) + Sync),
        stepped: &'s (dyn Fn() + Sync),
    ) -> Publisher<'s, S3, AnyEdge<CloudFront>> {
        let Target { parallel, tags, ref zone, .. } = self.target;
        let (bucket, edge, clock) = (&self.bucket, &self.edge, self.clock);
        Publisher { bucket, edge, source, parallel, tags, clock, zone, told, stepped }
    }

    /// People down at once, without the lock.
    pub(crate) fn take_down(&self, removals: &[Removal], source: Source<'_>) -> Result<()> {
        let publisher = self.publisher(source, &|_| {}, &|| {});
        let work = async { publisher.finish(publisher.take_down(removals, &[], true, &self.deploy).await?).await };
        Ok(self.runtime.block_on(work)?)
    }

    /// One publish, told on the way.
    pub(crate) fn round(&self, asked: &RoundInput<'_>, observer: &impl Observer) -> Result<Published> {
        let steps: Mutex<Vec<(Step, Timestamp)>> = Mutex::default();
        let told = |step: Step| locked(&steps).push((step, (self.clock)()));
        let sent = || observer.sent();
        let publisher = self.publisher(asked.source, &told, &sent);
        let shown = |plan: &Plan, look: &Look| observer.planned(plan, look, self.target.tags);
        let nothing = BTreeSet::new();
        let options = RoundOptions {
            files: asked.files,
            allowed: asked.allowed,
            owner: &self.target.owner,
            break_lock_of: self.target.break_lock.as_deref(),
            standings: asked.standings,
            zone: &self.target.zone,
            bundle: asked.bundle,
            line: asked.line,
            readmit: &asked.readmit,
            unattended: asked.unattended,
            deploy: &self.deploy,
            dry: asked.dry,
            remark_edge: asked.drift.as_ref().is_some_and(|drift| drift.edge),
            drift: asked.drift.as_ref().map_or(&nothing, |drift| &drift.paths),
            only_leaving: asked.only_leaving,
            shown: &shown,
            stop: observer.stop(),
        };
        let (plan, outcome) = self.runtime.block_on(round::publish(&publisher, &options))?;
        let steps = locked(&steps).clone();
        Ok(Published { deploy: self.deploy.clone(), outcome, plan, steps })
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `20261125T034512Z-k7m2`: no two publishes share it, and they sort by time.
fn name_of_publish(now: Timestamp) -> Result<String> {
    let mut random = [0; 4];
    getrandom::fill(&mut random).context("drawing a name")?;
    let tail: String = base16ct::lower::encode_string(&random);
    Ok(format!("{}-{tail}", now.strftime("%Y%m%dT%H%M%SZ")))
}

pub(crate) fn unreadable(path: &SitePath, error: &std::io::Error) -> ServiceError {
    ServiceError::Unavailable(format!("{path}: {error}"))
}
