//! `review promote`: the plan is shown first (file, fields, problems, what stays private), then, if it is agreed to, applied.

use super::agency::{print_comparison, print_rule};
use super::decide;
use super::desk::{Desk, block_on, by};
use crate::args::{Editor, given_key, parse_day, today};
use crate::terminal::{Verdict, advise, agreed, in_root, print_findings, say};
use ::review::Store;
use ::review::desk::apply::apply;
use ::review::desk::plan::{Comparison, PhotoChoice, Promotion, PromotionOptions, SiteFacts, plan_promotion};
use ::review::desk::read::{read, row};
use anyhow::Result;
use clap::Args;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::problem::quoted;
use schema::person::profile::ProfileId;
use schema::place::catalogue::Catalogue;
use schema::yaml::finding::Finding;
use site::forget::{LEFT_BEFORE, key, open};
use site::source::{photo_path, profile_path};
use std::path::Path;

/// How a promotion is asked for.
#[derive(Args)]
pub(crate) struct PromoteArgs {
    /// Its reference
    reference: String,
    /// Write without asking
    #[arg(long)]
    yes: bool,
    /// Only show the plan
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// The facility, where the form's list did not have it: the id of a file in content/facilities/
    #[arg(long, value_name = "ID")]
    facility: Option<String>,
    /// Show the photo that came with it, and say in a sentence what it shows, for those who cannot see it
    #[arg(long, value_name = "SENTENCE")]
    photo_shows: Option<String>,
    /// Leave the photo that came with it out
    #[arg(long, conflicts_with = "photo_shows")]
    without_photo: bool,
    /// Where you read that the agency lets this person be listed; asked for where nobody has confirmed the rule, and kept in the log
    #[arg(long, value_name = "SOURCE")]
    rule_read: Option<String>,
    /// The day on which you saw the agency's form for this person, signed; asked for where the agency lists people only with one
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    permission_seen: Option<Date>,
    /// Say that you compared name, number, facility and adult age with the agency's own records, and that all four agree;
    /// without it, the page says "not yet checked"
    #[arg(long)]
    checked: bool,
    /// List somebody who left and was forgotten, because they ask for it themselves: their name, as on the envelope
    #[arg(long, value_name = "NAME")]
    returns: Option<String>,
    #[command(flatten)]
    editor: Editor,
}

/// Shows the plan and, unless it is only to be shown, carries it out.
pub(super) fn promote(desk: &Desk<'_, impl Store>, args: &PromoteArgs) -> Result<Verdict> {
    let row = block_on(row(desk.store, &args.reference))??;
    // What a promotion that broke off leaves behind.
    let may_be_own = |finding: &Finding| matches!(finding.rule, "photo-without-profile" | LEFT_BEFORE);
    if row.waits() && !desk.site.findings.iter().all(may_be_own) {
        return mend_first(desk);
    }
    let dossier = block_on(read(desk.store, row))??;
    let tombstones = open(&desk.site.forgotten, key(desk.root, given_key().as_deref())?)?;
    let (catalogue, profiles) = (&desk.site.content.catalogue, desk.site.profiles.as_slice());
    let facts = SiteFacts { catalogue, profiles, tombstones: &tombstones, today: today(desk.root) };
    let written = |id: &ProfileId| read_if_there(&desk.root.join(profile_path(id)));
    let promotion = block_on(plan_promotion(desk.store, &dossier, &options(args), facts, written))??;
    // The photo of a promotion that broke off before it wrote the profile has none yet; and after it, the tombstone stood still.
    let photo = promotion.photo.as_ref().map(|_| photo_path(promotion.id.as_str()));
    let is_own = |finding: &Finding| {
        Some(&finding.file) == photo.as_ref() || finding.rule == LEFT_BEFORE && finding.file == promotion.file
    };
    if !desk.site.findings.iter().all(is_own) {
        return mend_first(desk);
    }
    print(&promotion, &desk.site.content.catalogue)?;
    if !promotion.problems.is_empty() {
        say("Nothing was written: mend the answers with their sender, or hold or reject the registration.")?;
        return Ok(Verdict::Problems);
    }
    if args.dry_run {
        say("Nothing was written: this is only the plan.")?;
        return Ok(Verdict::Clean);
    }
    let question = format!("Write {}?", promotion.file.display());
    if !args.yes && !agreed(&question, "read the plan above, then promote with --yes")? {
        say("Nothing was written.")?;
        return Ok(Verdict::Clean);
    }
    decide::tell(&block_on(apply(desk.store, desk.root, &promotion, by(&args.editor)))??)
}

/// A file that cannot be read could be the one that forbids this listing, or holds the same person.
fn mend_first(desk: &Desk<'_, impl Store>) -> Result<Verdict> {
    print_findings(&desk.site.findings, &in_root(desk.root))?;
    say("Nothing was written: mend these files first, for a rule may stand in them.")?;
    Ok(Verdict::Problems)
}

fn read_if_there(file: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match fs_err::read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn options(args: &PromoteArgs) -> PromotionOptions<'_> {
    let photo = match &args.photo_shows {
        Some(shows) => Some(PhotoChoice::Shown(shows)),
        None => args.without_photo.then_some(PhotoChoice::LeftOut),
    };
    PromotionOptions {
        facility: args.facility.as_deref(),
        photo,
        rule_read: args.rule_read.as_deref(),
        permission_seen: args.permission_seen,
        returns: args.returns.as_deref(),
        comparison: if args.checked { Comparison::Made } else { Comparison::NotYet },
    }
}

fn print(promotion: &Promotion<'_>, catalogue: &Catalogue) -> Result<()> {
    if promotion.is_written {
        let file = promotion.file.display();
        say(&format!("{file} is there already, as a promotion that broke off wrote it: it is taken over"))?;
    }
    say(&format!("writes {}:\n", promotion.file.display()))?;
    for line in promotion.yaml.lines() {
        say(&format!("  {line}"))?;
    }
    let private = if promotion.private.is_empty() { "nothing".to_owned() } else { promotion.private.join(", ") };
    say(&format!("\nstays private: {private}"))?;
    if let Some(agency) = promotion.agency {
        print_rule(agency, catalogue.site.first_language())?;
        if let Some(person) = &promotion.person {
            print_comparison(person, catalogue, "promote with --checked once all four agree")?;
        }
    }
    if let Some(file) = &promotion.forgotten {
        say(&format!("they left before, and return: {} goes", file.display()))?;
    }
    promotion.assured.iter().try_for_each(|word| say(&format!("your word: {word}")))?;
    if promotion.problems.is_empty() {
        say("problems: none")?;
    }
    promotion.problems.iter().try_for_each(|problem| say(&problem.to_string()))?;
    if let Some(other) = &promotion.other_facility {
        let help = "write content/facilities/ID.yaml for it, if there is none, then promote with --facility ID";
        let what = format!("the facility was not in the list; they wrote {}", quoted(other));
        advise(&Failure::new(what).help(help))?;
    }
    Ok(())
}
