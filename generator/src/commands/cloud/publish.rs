//! `publish`, and what belongs to it: the built site to the public one, then whoever waits for news is told.

use super::due::due;
use super::interrupt::Interrupt;
use super::notify::NoticeRun;
use super::observing::Observing;
use super::target::TargetArgs;
use crate::args::Day;
use crate::host::Terminal;
use crate::terminal::{Verdict, advise, say, say_json};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use publish::rollback::{self, Earlier, Lost};
use publish::{
    Departed, Git, Lineage, Look, Manifest, PublishOptions, PublishOutcome, Published, Session, depart, seen, show,
};
use schema::ground::failure::Failure;
use schema::ground::text::counted;
use schema::person::profile::ProfileId;
use serde_json::{Value, json};
use site::build::{BuildOptions, Outcome, build};
use site::leaving::hidden;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Put the built site on the public one.
#[derive(Args)]
pub(crate) struct PublishArgs {
    #[command(flatten)]
    target: TargetArgs,
    /// Only show the plan
    #[arg(long)]
    dry_run: bool,
    /// Go on although so many files are deleted
    #[arg(long, value_name = "N", global = true)]
    allow_deletes: Option<usize>,
    /// Bring people back who left, because they ask for it
    #[arg(long = "return", value_name = "ID,…", value_delimiter = ',')]
    returning: Vec<String>,
    /// Nobody watches, as in a nightly job: nobody comes back whom --return does not name
    #[arg(long)]
    unattended: bool,
    /// Publish a site that was built for another day than today, as for a rehearsal
    #[arg(long)]
    any_day: bool,
    /// Publish what no commit holds; whoever publishes next cannot see it
    #[arg(long)]
    uncommitted: bool,
    /// Undo this publish, which somebody made from work that this folder does not hold; an error names it
    #[arg(long, value_name = "PUBLISH")]
    over: Option<String>,
    /// Look into the bucket and the edge too, and mend what is not as it was published
    #[arg(long)]
    verify: bool,
    /// The built site
    #[arg(long, value_name = "FOLDER")]
    site: Option<PathBuf>,
    #[command(subcommand)]
    action: Option<PublishAction>,
}

/// What else publishing does.
#[derive(Subcommand)]
enum PublishAction {
    /// Bring back what was public before the last publish
    Rollback {
        /// An earlier publish, as `publish history` lists it
        #[arg(value_name = "PUBLISH")]
        to: Option<String>,
    },
    /// List earlier publishes that can be brought back
    History,
    /// Take down whoever's last day is over, without a build: a small function of the stack does it by itself, daily
    Due {
        #[command(flatten)]
        day: Day,
    },
}

impl PublishArgs {
    /// The built site.
    fn folder(&self, root: &Path) -> PathBuf {
        self.site.clone().unwrap_or_else(|| root.join("site"))
    }
}

pub(crate) fn publish(root: &Path, args: &PublishArgs) -> Result<Verdict> {
    let session = args.target.open(root)?;
    let interrupt = Interrupt::listen(session.runtime());
    let observer = Observing { interrupt: &interrupt, json: args.target.json };
    match &args.action {
        Some(PublishAction::Rollback { to }) => {
            let aside = disk::var(root)?.join("publish/rollback");
            let work = || rollback::rollback(&session, to.as_deref(), args.allow_deletes, &aside, &observer);
            let published = interrupt.while_working(work)?;
            let json = tell(&published, &args.target, false)?;
            finish(json, ended(&published.outcome))
        }
        Some(PublishAction::History) => history(&session),
        Some(PublishAction::Due { day }) => due(&session, day.date, &observer),
        None => whole(root, args, &session, (&interrupt, &observer)),
    }
}

/// A whole publish: of which root, as it was asked for, and all that it works with.
struct Publishing<'a> {
    root: &'a Path,
    args: &'a PublishArgs,
    session: &'a Session,
    lineage: &'a Lineage<'a>,
    interrupt: &'a Interrupt,
    observer: &'a Observing<'a>,
}

/// Whoever has to leave goes first, whatever is wrong with the rest; then the built folder, and whoever waits for news is told.
fn whole(
    root: &Path,
    args: &PublishArgs,
    session: &Session,
    (interrupt, observer): (&Interrupt, &Observing<'_>),
) -> Result<Verdict> {
    let bucket = args.target.bucket.as_deref().unwrap_or_default();
    let past = Git::of(root);
    let lineage = &Lineage { past: &past, seen: seen::seen(root, bucket)?, over: args.over.clone() };
    let publishing = Publishing { root, args, session, lineage, interrupt, observer };
    let mut departed = if args.dry_run { Departed::default() } else { publishing.let_go()? };
    tell_departed(&departed, args.target.json)?;
    let found = departed.found.take();
    let rest = || {
        let refuses = if args.uncommitted { None } else { past.refuses() };
        refuses.map_or(Ok(()), |why| bail!(why))?;
        publishing.the_rest(found)
    };
    let (mut json, outcome) = match rest() {
        Ok(done) => done,
        // Of those who left, a program hears all the same.
        Err(error) if args.target.json && !departed.left.is_empty() => (Some(json!({"done": false})), Err(error)),
        Err(error) => bail!(error),
    };
    if let Some(Value::Object(fields)) = &mut json {
        fields.insert("left".to_owned(), json!(departed.left));
    }
    finish(json, outcome)
}

impl Publishing<'_> {
    /// Takes down whoever the root's profiles hide today. A rehearsal of an earlier day knows only who was hidden then.
    fn let_go(&self) -> Result<Departed> {
        let Self { root, args, session, lineage, interrupt, observer } = self;
        let today = session.today();
        let built_for = if args.any_day { publish::day_of(&args.folder(root)) } else { None };
        let hidden = hidden(root, built_for.map_or(today, |day| day.min(today)))?;
        interrupt.while_working(|| depart(session, &hidden, lineage, *observer))
    }

    /// A publish of the built folder, and notices. Returns what is to be printed as JSON, and how it ended.
    fn the_rest(&self, found: Option<Look>) -> Result<(Option<Value>, Result<Verdict>)> {
        let Self { root, args, .. } = self;
        let notices_run = if args.dry_run { None } else { Some(NoticeRun::ready(root)?) };
        let (published, left_out) = self.publish(found)?;
        let mut json = tell(&published, &args.target, args.dry_run)?;
        let public = match &published.outcome {
            PublishOutcome::Nothing(manifest) | PublishOutcome::Done(manifest) => Some(manifest),
            PublishOutcome::Planned | PublishOutcome::Refused(_) => None,
        };
        if let Some(deploy) = public.and_then(Manifest::last_whole).filter(|_| !args.dry_run) {
            seen::note(root, args.target.bucket.as_deref().unwrap_or_default(), deploy)?;
        }
        let told = match (&notices_run, public) {
            (Some(notices_run), Some(public)) => notices_run.after_publish(public, &args.target.owner, json.as_mut()),
            _ => Ok(()),
        };
        let ended = ended(&published.outcome).and_then(|verdict| told.map(|()| verdict));
        if left_out.is_empty() {
            return Ok((json, ended));
        }
        tell_left_out(&left_out, &mut json, ended.is_ok())?;
        Ok((json, ended.map(|_| Verdict::Problems)))
    }

    /// The built folder; a second time, where nobody watches, without whom it would bring back: and who that was.
    fn publish(&self, found: Option<Look>) -> Result<(Published, BTreeMap<String, String>)> {
        let Self { root, args, session, lineage, interrupt, observer } = self;
        let mut options = PublishOptions {
            root,
            any_day: args.any_day,
            lineage,
            allow_deletes: args.allow_deletes,
            dry_run: args.dry_run,
            readmit: args.returning.iter().cloned().collect(),
            unattended: args.unattended,
            left_out: BTreeMap::new(),
            verify: args.verify,
        };
        let folder = args.folder(root);
        let mut published = interrupt.while_working(|| session.publish(&folder, &options, found, *observer))?;
        if args.unattended && !args.dry_run {
            options.left_out.clone_from(published.plan.unwanted());
        }
        if !options.left_out.is_empty() {
            build_without(root, &folder, &options.left_out)?;
            published = interrupt.while_working(|| session.publish(&folder, &options, None, *observer))?;
        }
        Ok((published, options.left_out))
    }
}

fn tell_left_out(left_out: &BTreeMap<String, String>, json: &mut Option<Value>, went_well: bool) -> Result<()> {
    match json {
        Some(Value::Object(fields)) => {
            _ = fields.insert("left_out".to_owned(), json!(left_out.keys().collect::<Vec<_>>()));
        }
        // What was refused even so says why by itself.
        _ if !went_well => {}
        _ => still_here(left_out)?,
    }
    Ok(())
}

fn tell_departed(departed: &Departed, json: bool) -> Result<()> {
    if !json {
        for (person, why) in &departed.left {
            say(&format!("{person} is taken down: {}.", why.words()))?;
        }
    }
    let Some(why) = &departed.waits else { return Ok(()) };
    let what = format!("They are gone, and the list of what is public was not changed yet: {why}");
    advise(&Failure { what, help: why.help.clone() })
}

/// Builds the site once more, without people who left and whom the root's profiles still list: they hold nobody else up.
fn build_without(root: &Path, folder: &Path, people: &BTreeMap<String, String>) -> Result<()> {
    let day = publish::day_of(folder).context("the built site has no day")?;
    let without = people.keys().filter_map(|person| ProfileId::parse(person)).collect();
    let options = BuildOptions { root: root.to_owned(), out: folder.to_owned(), day, fresh: false, without };
    match build(&options, &Terminal)? {
        Outcome::Built(_) => Ok(()),
        Outcome::Problems(_) => {
            bail!(Failure::new("the site could not be built without whoever left").help("run `check`"))
        }
    }
}

/// Somebody has to look at those who were left out.
fn still_here(people: &BTreeMap<String, String>) -> Result<()> {
    let (all, named) = (publish::who_left(people), publish::named(people));
    let what = format!("{all} left, and profiles/ still lists them: everything else was published, without them");
    let help = format!(
        "withdraw them in profiles/, and commit. If they want to come back: build, and publish with --return {named}"
    );
    advise(&Failure::new(what).help(help))
}

/// Says what came of it; as JSON it is returned, to be printed when all is known.
fn tell(published: &Published, target: &TargetArgs, dry: bool) -> Result<Option<Value>> {
    if target.json {
        return Ok(Some(show::json(published, !target.no_tags)?));
    }
    match &published.outcome {
        PublishOutcome::Nothing(_) => say("Nothing changed.")?,
        PublishOutcome::Planned if dry => say("Nothing was sent: this is only the plan.")?,
        PublishOutcome::Planned | PublishOutcome::Refused(_) => {}
        PublishOutcome::Done(manifest) => {
            say(&format!("Published as {}: {} files.", published.deploy, manifest.file_count()))?;
        }
    }
    Ok(None)
}

fn ended(outcome: &PublishOutcome) -> Result<Verdict> {
    match outcome {
        PublishOutcome::Refused(why) => bail!(why.clone()),
        _ => Ok(Verdict::Clean),
    }
}

fn finish(json: Option<Value>, ended: Result<Verdict>) -> Result<Verdict> {
    if let Some(json) = json {
        say_json(&json)?;
    }
    ended
}

/// Lists earlier publishes, newest first, and says of each whether it can be brought back.
fn history(session: &Session) -> Result<Verdict> {
    for Earlier { deploy, made_at, files, people, lost } in rollback::history(session)? {
        let note = match lost {
            Some(Lost::Removal) => "; cannot be brought back: somebody was removed since",
            Some(Lost::Files) => "; cannot be brought back: some of its files are no longer kept",
            None => "",
        };
        let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
        say(&format!("{deploy}  {made_at}  {} of {people}{note}", counted(files, "file")))?;
    }
    Ok(Verdict::Clean)
}
