//! `import`: facts from elsewhere, shown as a plan before anything is written.

use crate::args::{Day, parse_day};
use crate::terminal::{Verdict, agreed, can_ask, say};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use fs_err as fs;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use site::own::import::{Change, FacilitiesAsked, Input, Plan, apply, facilities, facts};
use std::path::{Path, PathBuf};

/// Bring in facts from elsewhere.
#[derive(Args)]
pub(crate) struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

/// What is brought in.
#[derive(Subcommand)]
enum What {
    /// A table (CSV) of facilities of one agency, a line for each
    Facilities(FacilitiesArgs),
    /// The facts that another site offers as /data/mail.json: agencies, facilities, services
    Facts(FactsArgs),
}

/// How a plan is shown and carried out.
#[derive(Args)]
struct How {
    /// Write it without asking
    #[arg(long)]
    yes: bool,
    /// Show all of the plan, and not only the first of each kind
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    day: Day,
}

#[derive(Args)]
struct FacilitiesArgs {
    /// The table: its first line names the columns
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The agency that runs them, by its id here
    #[arg(long, value_name = "ID")]
    agency: String,
    /// Where the list was found, https://…
    #[arg(long, value_name = "URL")]
    source: String,
    /// The day on which somebody looked there [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    checked: Option<Date>,
    /// Which column says what, as KEY=COLUMN, once for each: id, name, other_names, code, city, state, zip, street; where letters go,
    /// only if the list says that letters go there: mail.street, mail.city, mail.state, mail.zip
    #[arg(long, value_name = "KEY=COLUMN", value_parser = parse_map)]
    map: Vec<(String, String)>,
    /// Where the rows go that are not taken [default: FILE.rejected.csv beside the table]
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    #[command(flatten)]
    how: How,
}

#[derive(Args)]
struct FactsArgs {
    /// The file: /data/mail.json of a site
    #[arg(value_name = "FILE.json")]
    file: PathBuf,
    #[command(flatten)]
    how: How,
}

fn parse_map(typed: &str) -> Result<(String, String), String> {
    let parts = typed.split_once('=').map(|(key, column)| (key.trim().to_owned(), column.trim().to_owned()));
    let whole = parts.filter(|(key, column)| !key.is_empty() && !column.is_empty());
    whole.ok_or_else(|| "write KEY=COLUMN, like name=\"Unit Name\"".to_owned())
}

pub(crate) fn import(root: &Path, args: &ImportArgs) -> Result<Verdict> {
    match &args.what {
        What::Facilities(args) => import_facilities(root, args),
        What::Facts(args) => {
            let today = args.how.day.or_today(root);
            let plan = facts(root, input(&named(&args.file), &fs::read(&args.file)?), today)?;
            carry_out(root, &plan, &args.how, None)
        }
    }
}

fn import_facilities(root: &Path, args: &FacilitiesArgs) -> Result<Verdict> {
    let today = args.how.day.or_today(root);
    let rejected = args.rejected.clone().unwrap_or_else(|| args.file.with_extension("rejected.csv"));
    if rejected == args.file {
        let failure = Failure::new("--rejected names the table itself");
        bail!(failure.help("name another file: the rows that are not taken go there"));
    }
    let asked = FacilitiesAsked {
        agency: args.agency.clone(),
        maps: args.map.clone(),
        source: args.source.clone(),
        checked: args.checked.unwrap_or(today),
    };
    let plan = facilities(root, input(&named(&args.file), &fs::read(&args.file)?), &asked, today)?;
    carry_out(root, &plan, &args.how, Some(&rejected))
}

fn input<'a>(name: &'a str, bytes: &'a [u8]) -> Input<'a> {
    Input { name, bytes }
}

fn named(file: &Path) -> String {
    file.display().to_string()
}

/// How many of each kind are shown.
const FIRST: usize = 5;

/// Each kind of change with its words.
const KINDS: [(Change, &str); 4] = [
    (Change::New, "new"),
    (Change::Changed, "changed"),
    (Change::Kept, "kept as it is here"),
    (Change::Unchanged, "unchanged"),
];

fn carry_out(root: &Path, plan: &Plan, how: &How, rejected: Option<&Path>) -> Result<Verdict> {
    show(plan, how.all)?;
    let rejected = rejected.filter(|_| plan.table.is_some());
    let verdict = if plan.rejected.is_empty() { Verdict::Clean } else { Verdict::Problems };
    if !plan.writes() && rejected.is_none() {
        say("Nothing to write.")?;
        return Ok(verdict);
    }
    if !may_write(how)? {
        say("Nothing was written.")?;
        return Ok(verdict);
    }
    apply(root, plan, rejected)?;
    if let Some(path) = rejected {
        say(&format!("The rows that were not taken: {}. Mend them there, and import that file.", path.display()))?;
    }
    say("Done. Look at it with `git diff`, then run `inside-out check`.")?;
    Ok(verdict)
}

fn may_write(how: &How) -> Result<bool> {
    if how.yes {
        return Ok(true);
    }
    if !can_ask() {
        say("This is only the plan: add --yes to write it.")?;
        return Ok(false);
    }
    agreed("Write this?", "add --yes to write it")
}

fn show(plan: &Plan, is_all: bool) -> Result<()> {
    for (change, words) in KINDS {
        let lines = plan.files.iter().filter(|file| file.change == change).map(|file| match file.why.as_str() {
            "" => file.path.clone(),
            why => format!("{}: {why}", file.path),
        });
        show_kind(words, &lines.collect::<Vec<_>>(), is_all)?;
    }
    let lines: Vec<String> = plan.rejected.iter().map(|row| format!("{}: {}", row.at, row.why)).collect();
    show_kind("rejected", &lines, is_all)
}

fn show_kind(words: &str, lines: &[String], is_all: bool) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    say(&format!("{} {words}:", lines.len()))?;
    let most = if is_all { lines.len() } else { FIRST };
    lines.iter().take(most).try_for_each(|line| say(&format!("  {line}")))?;
    let rest = lines.len().saturating_sub(most);
    if rest == 0 { Ok(()) } else { say(&format!("  and {rest} more (--all shows them)")) }
}
