//! The public site, opened for one publish: its services, who publishes, and what is told on the way.

use crate::aws::cloudfront::CloudFront;
use crate::aws::connection::AwsConnection;
use crate::aws::s3::S3;
use crate::bucket::{Bucket, ServiceError};
use crate::built::built;
use crate::bundle::Bundle;
use crate::descent::Lineage;
use crate::edge::{AnyEdge, Edge};
use crate::fresh;
use crate::lock::plain;
use crate::look::Look;
use crate::manifest::{Files, Manifest, name_of_publish, people};
use crate::plan::{Plan, Removal};
use crate::publisher::{Publisher, Source};
use crate::round::{self, PublishOutcome, RoundOptions, Watched};
use crate::step::Step;
use crate::take_down::Leaving;
use crate::target::{Observer, Target};
use crate::verify::{self, Drift};
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use site::site_path::SitePath;
use site::standing::{Census, Standing, Standings};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

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
    /// Whom the folder leaves out because they left, and the id under which they did.
    pub left_out: BTreeMap<String, String>,
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
pub struct Session<B = S3, E = AnyEdge<CloudFront>> {
    pub(crate) bucket: B,
    pub(crate) edge: E,
    pub(crate) target: Target,
    pub(crate) deploy: String,
    pub(crate) runtime: tokio::runtime::Runtime,
    pub(crate) clock: fn() -> Timestamp,
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
}

impl<B: Bucket, E: Edge> Session<B, E> {
    /// Where what runs beside a publish, such as somebody who listens for Ctrl-C, can run.
    pub fn runtime(&self) -> &tokio::runtime::Runtime {
        &self.runtime
    }

    /// Publishes a built folder, given what somebody has just found in the bucket, if they have.
    ///
    /// # Errors
    /// Whatever stood in the way. Nothing that a visitor sees is broken by it, and publishing again goes on from there.
    pub fn publish(
        &self,
        folder: &Path,
        options: &PublishOptions<'_>,
        found: Option<Look>,
        observer: &impl Observer,
    ) -> Result<Published> {
        let built = built(folder)?;
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
        absent(&options.readmit, &built.files)?;
        let drift = match options.verify {
            true => self.runtime.block_on(verify::drift(&self.bucket, &self.edge))?,
            false => Drift::default(),
        };
        let read = |path: &SitePath| std::fs::read(folder.join(path)).map_err(|error| unreadable(path, &error));
        let all = |_: &Manifest| Ok(built.files.clone());
        let standings = by_today(census.people, built.made.day, self.today());
        let asked = RoundOptions {
            allowed: options.allow_deletes,
            dry: options.dry_run,
            drift,
            readmit: options.readmit.clone(),
            unattended: options.unattended,
            left_out: &options.left_out,
            bundle: Some(&bundle),
            line: Some((built.made, options.lineage)),
            ..RoundOptions::of(&all, &standings)
        };
        self.round(&asked, &read, found, observer).map_err(plain)
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
    ) -> Publisher<'s, B, E> {
        let Target { parallel, tags, .. } = self.target;
        let (bucket, edge, clock) = (&self.bucket, &self.edge, self.clock);
        Publisher { bucket, edge, source, parallel, tags, clock, told, stepped }
    }

    /// People down at once, without the lock.
    pub(crate) fn take_down(&self, removals: &[Removal], public: &Manifest, source: Source<'_>) -> Result<()> {
        let publisher = self.publisher(source, &|_| {}, &|| {});
        let leaving = Leaving { removals, returns: &[], asked: true, deploy: &self.deploy, public };
        let work = async { publisher.finish(publisher.take_down(&leaving).await?).await };
        Ok(self.runtime.block_on(work)?)
    }

    /// One publish, told on the way.
    pub(crate) fn round(
        &self,
        asked: &RoundOptions<'_>,
        source: Source<'_>,
        found: Option<Look>,
        observer: &impl Observer,
    ) -> Result<Published> {
        let steps: Mutex<Vec<(Step, Timestamp)>> = Mutex::default();
        let told = |step: Step| locked(&steps).push((step, (self.clock)()));
        let sent = || observer.sent();
        let publisher = self.publisher(source, &told, &sent);
        let shown = |plan: &Plan, look: &Look| observer.planned(plan, look, self.target.tags);
        let watched = Watched { target: &self.target, deploy: &self.deploy, shown: &shown, stop: observer.stop() };
        let (plan, outcome) = self.runtime.block_on(round::publish(&publisher, asked, &watched, found))?;
        let steps = locked(&steps).clone();
        Ok(Published { deploy: self.deploy.clone(), outcome, plan, steps })
    }
}

/// Refuses to bring back whom the built site does not show.
fn absent(named: &BTreeSet<String>, built: &Files) -> Result<()> {
    let here = people(built);
    let Some(absent) = named.iter().find(|person| !here.contains(person.as_str())) else { return Ok(()) };
    let what = format!("{absent} has no page in the built site: nothing was published");
    bail!(Failure::new(what).help("list them in profiles/, build, and publish that"))
}

/// Where people stand, as far as it holds today. Of a folder that was built for a day to come, nobody knows whether those whom it
/// hides will have to go: the guard counts each of them.
fn by_today(mut people: Standings, built_for: Date, today: Date) -> Standings {
    if built_for > today {
        people.retain(|_, standing| matches!(standing, Standing::Shown(_)));
    }
    people
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn unreadable(path: &SitePath, error: &std::io::Error) -> ServiceError {
    ServiceError::Unavailable(format!("{path}: {error}"))
}
