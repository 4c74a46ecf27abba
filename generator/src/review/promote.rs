//! A registration becomes a profile: the plan is shown first (file, fields, problems, what stays private), then written.

use super::{Desk, decide, photo, row, submission};
use crate::args::Editor;
use crate::files;
use crate::finding::{Finding, findings};
use crate::load::{Site, photo_path, profile_path};
use crate::run::{Verdict, say};
use ::review::Store;
use anyhow::{Context, Result, bail};
use schema::form::OTHER_FACILITY;
use schema::kinds::{ListingRule, State};
use schema::listing::{Visibility, visibility};
use schema::problem::quoted;
use schema::profile::{PhotoFile, Profile, ProfileFile, ProfileId, check_profile};
use schema::promotion::{Draft, draft, to_yaml};
use schema::reference::Reference;
use schema::submission::{Row, Submission};
use schema::yaml::{Text, read};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What would be written.
struct Plan {
    draft: Draft,
    file: PathBuf,
    yaml: String,
    problems: Vec<Finding>,
}

/// How a promotion is asked for.
pub(super) struct How<'a> {
    pub(super) yes: bool,
    pub(super) dry_run: bool,
    /// In place of the facility that was registered.
    pub(super) facility: Option<&'a str>,
    pub(super) photo: PhotoWish<'a>,
}

/// What becomes of the photo that waits with a registration.
pub(super) struct PhotoWish<'a> {
    /// It is shown, and this says what it shows to those who cannot see it.
    pub(super) shows: Option<&'a str>,
    /// It is not shown.
    pub(super) leave: bool,
}

/// Shows the plan and, unless it is only to be shown, carries it out.
pub(super) fn promote(
    root: &Path,
    desk: &Desk<impl Store>,
    typed: &str,
    how: &How<'_>,
    editor: &Editor,
) -> Result<Verdict> {
    let row = row(desk, typed)?;
    if !matches!(row.state, State::Received | State::Held) {
        bail!("{} is {} already\n  help: {}", row.id, row.state.word(), super::afterwards(&row));
    }
    if !desk.site.findings.is_empty() {
        // A file that cannot be read could be the one that forbids this listing, or holds the same person.
        crate::run::print_findings(&desk.site.findings)?;
        say("Nothing was written: mend these files first, for a rule may stand in them.")?;
        return Ok(Verdict::Problems);
    }
    let submission = submission(desk, &row)?;
    let today = jiff::ZonedDateTime::now().date();
    let taken = |id: &ProfileId| root.join(profile_path(id)).exists();
    let Some(mut draft) = draft(&submission, today, taken) else {
        bail!(
            "{} is {}: only a registration becomes a profile\n  help: edit the profile it is about, then `review done`, or hold or reject it",
            row.id,
            match row.kind.word() {
                "update" => "an update",
                _ => "a report",
            }
        );
    };
    if let Some(facility) = how.facility {
        draft.file.facility = Some(facility.into());
    }
    let photo = if how.photo.leave { None } else { photo(desk, &row)? };
    draft.file.photo = describe(&row.id, photo.is_some(), &how.photo)?;
    let photo = photo.filter(|_| draft.file.photo.is_some());
    let plan = plan(draft, &desk.site, today)?;
    print(&plan, &desk.site)?;
    tell_other_facility(&submission)?;
    if !plan.problems.is_empty() {
        say("Nothing was written: mend the answers with their sender, or hold or reject the registration.")?;
        return Ok(Verdict::Problems);
    }
    if how.dry_run {
        say("Nothing was written: this is only the plan.")?;
        return Ok(Verdict::Clean);
    }
    if !how.yes && !agreed(&plan)? {
        say("Nothing was written.")?;
        return Ok(Verdict::Clean);
    }
    carry_out(root, desk, &row, &plan, photo.as_deref(), editor)
}

/// Writes the files and decides.
fn carry_out(
    root: &Path,
    desk: &Desk<impl Store>,
    seen: &Row,
    plan: &Plan,
    photo: Option<&[u8]>,
    editor: &Editor,
) -> Result<Verdict> {
    let id = seen.id.to_string();
    if row(desk, &id)?.photo_hash != seen.photo_hash {
        bail!(
            "{id} has another photo by now\n  help: look at it with `review show {id} --photo FILE`, then promote again"
        );
    }
    let written = write(root, plan, photo)?;
    let profile = plan.draft.id.as_str();
    decide(desk, &id, editor, State::Promoted, None, Some(profile.to_owned()))
        .or_else(|error| after_all(desk, &seen.id, profile, &written, error))
}

/// Looks what stands after a decision that ended in an error: the error may have come after it was stored.
fn after_all(
    desk: &Desk<impl Store>,
    id: &Reference,
    profile: &str,
    written: &[PathBuf],
    error: anyhow::Error,
) -> Result<Verdict> {
    let Ok(row) = row(desk, &id.to_string()) else {
        let help = format!("the files were written and stay; look with `review show {id}` whether it is promoted");
        return Err(error.context(format!("nobody can tell whether {id} was promoted\n  help: {help}")));
    };
    if row.state == State::Promoted && row.profile.as_deref() == Some(profile) {
        say(&format!("{id} is now promoted."))?;
        return Ok(Verdict::Clean);
    }
    // Somebody else decided meanwhile: their outcome stands, so the files that were just made go again.
    written.iter().for_each(|file| drop(fs_err::remove_file(file)));
    Err(error)
}

/// The photo's entry in the profile. Whoever promotes decides about a photo that waits: it is neither lost nor shown unseen.
fn describe(id: &Reference, waits: bool, wish: &PhotoWish<'_>) -> Result<Option<PhotoFile>> {
    match (waits, wish.shows) {
        (true, Some(shows)) => Ok(Some(PhotoFile { description: Some(shows.into()), year: None })),
        (false, Some(_)) => bail!("no photo came with {id}\n  help: promote it without --photo-shows"),
        (true, None) if !wish.leave => bail!(
            "a photo came with {id}\n  help: look at it with `review show {id} --photo FILE`; then promote with --photo-shows \"what it shows\", or with --without-photo"
        ),
        _ => Ok(None),
    }
}

/// Writes photo and profile, only where none are: another editor's file is never touched. The profile comes last, so that it
/// never names a photo that is not there.
fn write(root: &Path, plan: &Plan, photo: Option<&[u8]>) -> Result<Vec<PathBuf>> {
    let files = [(photo_path(plan.draft.id.as_str()), photo), (plan.file.clone(), Some(plan.yaml.as_bytes()))];
    let mut written = Vec::new();
    for (file, bytes) in files.iter().filter_map(|(file, bytes)| Some((file, (*bytes)?))) {
        let made = files::create(&root.join(file), bytes)
            .with_context(|| format!("{} is there already: somebody else is promoting it", file.display()));
        if let Err(error) = made {
            written.iter().for_each(|file| drop(fs_err::remove_file(file)));
            return Err(error);
        }
        written.push(root.join(file));
    }
    Ok(written)
}

/// What they wrote where the list did not have the facility.
fn tell_other_facility(submission: &Submission) -> Result<()> {
    if let Some(other) = submission.one("other_facility").filter(|_| submission.one("facility") == Some(OTHER_FACILITY))
    {
        let help = "write content/facilities/ID.yaml for it, if there is none, then promote with --facility ID";
        say(&format!("the facility was not in the list; they wrote {}\n  help: {help}", quoted(other)))?;
    }
    Ok(())
}

fn plan(draft: Draft, site: &Site, today: jiff::civil::Date) -> Result<Plan> {
    let yaml = to_yaml(&draft.file)?;
    let file = profile_path(&draft.id);
    // Judged as it will be read: from the text of the file.
    let (written, structural) = read::<ProfileFile>(&yaml);
    let (profile, problems) = check_profile(&written, draft.id.as_str(), &site.catalogue, today, structural);
    let mut problems = findings(&file, &yaml, problems);
    problems.extend(in_the_way(&file, &written, site));
    let hidden = profile.map(|profile| visibility(&profile, &site.catalogue, today));
    if let Some(Visibility::Hidden(why)) = hidden.filter(|_| problems.is_empty()) {
        let message = format!("the page would not be shown: {}", why.words());
        problems
            .push(Finding::whole(&file, "never-shown", message).help("ask its sender, and hold it until they answer"));
    }
    Ok(Plan { draft, file, yaml, problems })
}

/// What the file alone does not show: a ban on listings, or a profile of the same person.
fn in_the_way(file: &Path, written: &ProfileFile, site: &Site) -> Vec<Finding> {
    let text = |written: &Option<Text>| written.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
    let Some((_, agency)) = site.catalogue.place(&text(&written.facility)) else { return Vec::new() };
    let mut found = Vec::new();
    if agency.listing.rule == ListingRule::Banned {
        let message = format!("{} forbids pen-pal listings", agency.name);
        found
            .push(Finding::whole(file, "listing-banned", message).help("reject it: a listing could get them punished"));
    }
    let same = |profile: &&Profile| {
        let place = site.catalogue.place(&profile.facility);
        profile.number == text(&written.number) && place.is_some_and(|(_, other)| other.id == agency.id)
    };
    if let Some(other) = site.profiles.iter().find(same) {
        let message = format!("{} has this number already", profile_path(&other.id).display());
        found.push(
            Finding::whole(file, "number-taken-twice", message).help("it is the same person: reject one of them"),
        );
    }
    found
}

fn print(plan: &Plan, site: &Site) -> Result<()> {
    say(&format!("writes {}:\n", plan.file.display()))?;
    for line in plan.yaml.lines() {
        say(&format!("  {line}"))?;
    }
    let dropped = if plan.draft.dropped.is_empty() { "nothing".to_owned() } else { plan.draft.dropped.join(", ") };
    say(&format!("\nstays private: {dropped}"))?;
    let place = plan.draft.file.facility.as_ref().and_then(|facility| site.catalogue.place(facility.as_str()));
    if let Some((_, agency)) = place.filter(|(_, agency)| agency.listing.rule == ListingRule::Restricted) {
        let reason =
            agency.listing.reason.as_ref().map_or("", |reason| reason.get(site.catalogue.site.first_language()));
        say(&format!("restricted: {} lists people under conditions. {reason}", agency.name))?;
    }
    if plan.problems.is_empty() {
        say("problems: none")?;
    }
    plan.problems.iter().try_for_each(|problem| say(&problem.to_string()))
}

fn agreed(plan: &Plan) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("nobody is there to be asked\n  help: read the plan above, then promote with --yes");
    }
    let mut out = std::io::stdout();
    write!(out, "Write {}? [y/N] ", plan.file.display())?;
    out.flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
