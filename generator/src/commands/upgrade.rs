//! `upgrade`: what a newer program changed in the files that a site has from it.

use crate::terminal::{Verdict, say};
use anyhow::Result;
use clap::Args;
use schema::ground::text::counted;
use site::own::{Change, Plan, Upgrade, apply, plan};
use std::path::Path;

/// Show what this program changed in the files that the site has from an older one, and bring it in.
#[derive(Args)]
pub(crate) struct UpgradeArgs {
    /// Write it; without this, it is only shown
    #[arg(long)]
    write: bool,
    /// Bring these agencies, too, with the services that they name; with commas
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    agencies: Vec<String>,
}

pub(crate) fn upgrade(root: &Path, args: &UpgradeArgs) -> Result<Verdict> {
    let plan = plan(root, &args.agencies)?;
    plan.files.iter().try_for_each(|upgrade| show(upgrade, args.write))?;
    for path in &plan.brought {
        say(&format!("{path}: {}", if args.write { "brought" } else { "will be brought" }))?;
    }
    if args.write {
        apply(root, &plan)?;
    }
    tell_what_stays(&plan)?;
    sum_up(&plan, args.write)
}

fn show(upgrade: &Upgrade, is_written: bool) -> Result<()> {
    let will = if is_written { "" } else { "will be " };
    let what = match upgrade.change {
        Change::Taken => format!("{will}brought up to date; nobody changed it here"),
        Change::Merged => format!("{will}brought up to date; what you changed stays"),
        Change::Conflicts(times) => {
            format!("{will}brought up to date; {} changed on both sides, to choose from", counted(times, "place"))
        }
        Change::Same => "holds already what the program has now".to_owned(),
        Change::Waits => "marks of an earlier merge stand in it; it waits until somebody has chosen".to_owned(),
        Change::Deleted => "is not here any more; its copy goes, too".to_owned(),
        Change::Left => "the program no longer has it; it stays, and is yours alone now".to_owned(),
        Change::Unreadable => "is not saved as UTF-8 text; it stays as it is".to_owned(),
    };
    say(&format!("{}: {what}", upgrade.path))?;
    if upgrade.shown.is_empty() { Ok(()) } else { say(upgrade.shown.trim_end()) }
}

fn tell_what_stays(plan: &Plan) -> Result<()> {
    for path in &plan.without_copy {
        say(&format!("{path}: has no copy in .inside-out/base/, so nothing is brought into it"))?;
    }
    if !plan.new_agencies.is_empty() {
        let ids = plan.new_agencies.join(",");
        say(&format!("New in the program: {ids}. To have them: inside-out upgrade --agencies {ids} --write"))?;
    }
    Ok(())
}

fn sum_up(plan: &Plan, is_written: bool) -> Result<Verdict> {
    let is_waiting = |upgrade: &&Upgrade| matches!(upgrade.change, Change::Conflicts(_) | Change::Waits);
    let waiting = plan.files.iter().filter(is_waiting).count();
    let changes = plan.files.len() + plan.brought.len();
    say(&match (changes, is_written) {
        (0, _) => {
            "Nothing to bring in: the files of this site are those of this program, with your changes.".to_owned()
        }
        (_, false) => format!("{}. Nothing was written: add --write.", counted(changes, "file")),
        (_, true) => {
            format!("{} done. Look at them with `git diff`, then run `inside-out check`.", counted(changes, "file"))
        }
    })?;
    Ok(if waiting == 0 { Verdict::Clean } else { Verdict::Problems })
}
