//! `watch`: whether the pages that agencies and services cite still say what is quoted from them.

use crate::args::Day;
use crate::terminal::{Verdict, bar, say, say_json};
use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::text::{counted, is_email};
use schema::place::catalogue::Catalogue;
use schema::place::changed::FILE;
use site::Progress;
use site::source::load_content;
use std::path::Path;
use std::time::Duration;
use watch::net::Net;
use watch::{Options, Report};

/// Look whether the pages that agencies and services cite still say what is quoted from them, and note those that do not
#[derive(Args)]
pub(crate) struct WatchArgs {
    /// Look only at the pages that this agency cites, and the services that it names; may be given again
    #[arg(long = "agency", value_name = "ID")]
    agencies: Vec<String>,
    #[command(flatten)]
    day: Day,
    /// Seconds between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    pause: u64,
    /// The e-mail address at which somebody answers for the requests [default: the site's own]
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
    /// Write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print what came of it as JSON
    #[arg(long)]
    json: bool,
    /// You have read this page, and all that it is cited for still holds: write the day behind each source that cites it
    #[arg(long, value_name = "URL", conflicts_with_all = ["agencies", "from", "dry_run"])]
    seen: Option<String>,
}

pub(crate) fn watch(root: &Path, args: &WatchArgs) -> Result<Verdict> {
    let day = args.day.or_today(root);
    let catalogue = facts(root, day)?;
    if let Some(url) = &args.seen {
        return seen(root, &catalogue, (url, day));
    }
    let report = watched(root, &catalogue, (args, day))?;
    match args.json {
        true => say_json(&report)?,
        false => tell(&report, args.dry_run)?,
    }
    Ok(Verdict::Clean)
}

/// Goes from page to page, and shows how far it has come.
fn watched(root: &Path, catalogue: &Catalogue, (args, day): (&WatchArgs, Date)) -> Result<Report> {
    let mut network = Net::new(&catalogue.site.url, &answers_for(catalogue, args.from.as_deref())?);
    let (agencies, pause) = (args.agencies.as_slice(), Duration::from_secs(args.pause));
    let options = Options { root, catalogue, agencies, day, pause, is_dry: args.dry_run };
    let mut is_shown = false;
    let report = watch::watch(&options, &mut network, |count| {
        if !std::mem::replace(&mut is_shown, true) {
            bar::show(Progress::Begins { count, what: "pages" });
        }
        bar::show(Progress::Step);
    });
    bar::show(Progress::Ends);
    report
}

/// What is cited, as far as nothing is wrong with it: of a file that cannot be read, nobody knows what it cites.
fn facts(root: &Path, day: Date) -> Result<Catalogue> {
    let content = load_content(root, day)?;
    let places = ["content/agencies", "content/services", "content/site.yaml", FILE];
    let broken = content.findings.iter().find(|finding| places.iter().any(|place| finding.file.starts_with(place)));
    if let Some(finding) = broken {
        let failure = Failure::new(format!("what is cited cannot be read whole: {}", finding.headline()));
        bail!(failure.help("`inside-out check` shows every problem, and how to mend it"));
    }
    Ok(content.catalogue)
}

/// Whoever is asked must be able to ask back.
fn answers_for(catalogue: &Catalogue, given: Option<&str>) -> Result<String> {
    match given {
        Some(address) if is_email(address) => Ok(address.to_owned()),
        Some(address) => {
            bail!(Failure::new(format!("`{address}` is not an e-mail address")).help("write it like hello@example.org"))
        }
        None if catalogue.site.sample => {
            let failure = Failure::new("this site is a sample, and nobody reads mail that is sent to its address");
            bail!(failure.help("name an address at which you answer for the requests: --from ADDRESS"))
        }
        None => Ok(catalogue.site.contact.email.clone()),
    }
}

fn seen(root: &Path, catalogue: &Catalogue, (url, day): (&str, Date)) -> Result<Verdict> {
    let seen = watch::seen(root, catalogue, (url, day))?;
    for file in &seen.files {
        say(&format!("{}: read on {day}", file.display()))?;
    }
    for quotation in &seen.left {
        say(&format!("Not on the page any more: \"{quotation}\". Quote what it says now in its place, in `words`."))?;
    }
    Ok(Verdict::Clean)
}

fn tell(report: &Report, is_dry: bool) -> Result<()> {
    let pages = counted(report.compared, "page");
    let changed = report.compared - report.unchanged;
    say(&format!("{pages} compared: {} unchanged, {changed} changed.", report.unchanged))?;
    for change in &report.changed {
        say(&format!("  {}\n    {}", change.url, change.difference()))?;
    }
    list(
        "Not reached, and so not compared",
        &report.not_reached.iter().map(|it| format!("{}: {}", it.url, it.why)).collect::<Vec<_>>(),
    )?;
    list("Documents seen for the first time, compared as a whole from the next run on", &report.not_comparable)?;
    list("Changes that ended", &report.ended)?;
    if report.without_room > 0 {
        let left = counted(report.without_room, "change");
        say(&format!("{left} found no room in {FILE}, and will be noted once others have ended."))?;
    }
    say(&match (report.is_written, is_dry) {
        (false, _) => format!("{FILE} stays as it was."),
        (true, true) => format!("{FILE} would be another one; nothing was written."),
        (true, false) => format!("{FILE} is written: `inside-out check` lists what to read."),
    })
}

/// Lines under a heading, with their number.
fn list(heading: &str, lines: &[String]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    say(&format!("{heading} ({}):", lines.len()))?;
    lines.iter().try_for_each(|line| say(&format!("  {line}")))
}
