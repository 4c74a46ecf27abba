//! What waits, what it says, what was decided.

use super::agency::print_comparison;
use super::desk::block_on;
use super::sweep::tell_log;
use crate::terminal::{MOST_TASKS, Verdict, print_queue, say, say_json, tell_damaged};
use ::review::desk::list::{self, Queue};
use ::review::desk::read::{Registration, earlier as read_earlier, photo, read, row};
use ::review::{Store, log_faults};
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use schema::due::{Task, queue};
use schema::person::check::check_profile;
use schema::person::profile::{ProfileFile, ProfileId};
use schema::submission::content::Submission;
use schema::submission::kinds::{Flag, SubmissionKind, Urgency};
use schema::submission::role::Role;
use schema::submission::row::Row;
use schema::yaml::read as read_yaml;
use site::source::{Content, Root, photo_path, profile_path};
use std::path::Path;
use templates::context::PageContext;
use templates::forms::answered_groups;

/// Lists submissions, the most urgent first, then by age; below them what else should be looked at.
pub(super) fn list(store: &impl Store, (root, site): (&Path, &Root), all: bool) -> Result<Verdict> {
    let waiting = block_on(list::list(store, all))??;
    if waiting.rows.is_empty() {
        say("Nothing waits.")?;
    } else {
        say(&format!(
            "{:<10} {:<13} {:<10} {:<7} {:<17} profile",
            "reference", "kind", "state", "read", "arrived (UTC)"
        ))?;
        for row in &waiting.rows {
            let arrived = row.created_at.strftime("%Y-%m-%d %H:%M");
            let profile = row.profile.as_deref().unwrap_or("-");
            let (kind, state, read) = (row.kind.word(), row.state.word(), Urgency::of(&row.flags).word());
            let corrected = if row.earlier.is_empty() { String::new() } else { format!("  corrected {}", times(row)) };
            say(&format!("{:<10} {kind:<13} {state:<10} {read:<7} {arrived:<17} {profile}{corrected}", row.id))?;
        }
    }
    let day = day_in(&site.content);
    let mut tasks = queue(&site.content.catalogue, &site.profiles, day);
    tasks.splice(0..0, waiting.cleared.iter().filter_map(|row| pair_of_nobody(root, row, day)));
    print_queue(&tasks, MOST_TASKS)?;
    verdict(&waiting)
}

/// That reference and code are kept of somebody whose profile is no longer here, where they are.
fn pair_of_nobody(root: &Path, row: &Row, day: Date) -> Option<Task> {
    let id = ProfileId::parse(row.profile.as_deref()?)?;
    let (file, what) =
        (profile_path(&id), format!("no longer here, and {} is kept for it: `inside-out forget {id}`", row.id));
    (!root.join(&file).exists()).then(|| Task { due: day, file: file.display().to_string(), what, kind: None })
}

/// The same for a program: submissions alone.
pub(super) fn list_json(store: &impl Store, all: bool) -> Result<Verdict> {
    let waiting = block_on(list::list(store, all))??;
    say_json(&waiting.rows)?;
    verdict(&waiting)
}

fn verdict(waiting: &Queue) -> Result<Verdict> {
    tell_damaged(&waiting.damaged)?;
    Ok(if waiting.damaged.is_empty() { Verdict::Clean } else { Verdict::Problems })
}

/// The day it is in a root.
fn day_in(content: &Content) -> Date {
    content.catalogue.site.time_zone.day(Timestamp::now())
}

/// What is to be shown.
#[derive(Clone, Copy)]
pub(super) struct ShowOptions<'a> {
    /// As it was typed.
    pub(super) reference: &'a str,
    /// The file into which its photo goes.
    pub(super) photo: Option<&'a Path>,
    /// Whether what was corrected is shown too.
    pub(super) earlier: bool,
}

/// Shows one submission whole, question by question.
pub(super) fn show(store: &impl Store, (root, content): (&Path, &Content), asked: ShowOptions<'_>) -> Result<Verdict> {
    let row = block_on(row(store, asked.reference))??;
    say(&format!("{} · {} · {} · {}", row.id, row.kind.word(), row.state.word(), row.created_at))?;
    for flag in &row.flags {
        say(&format!("look twice: {}", why(*flag)))?;
    }
    let dossier = block_on(read(store, row))??;
    let (row, submission) = (&dossier.row, &dossier.submission);
    if let Some(registration) = &dossier.registration {
        tell_registration(registration)?;
        let became = registration.row.as_ref().and_then(|row| ProfileId::parse(row.profile.as_ref()?));
        became.iter().try_for_each(|id| print_profile(root, content, id))?;
    }
    if asked.earlier {
        print_earlier(store, content, row)?;
    }
    if !row.earlier.is_empty() {
        tell_corrected(content, row, submission)?;
    }
    print_answers(content, submission)?;
    show_photo(store, row, asked.photo)?;
    tell_new_photo(row, submission)?;
    if row.waits() && row.kind == SubmissionKind::Report {
        let id = &row.id;
        say(&format!("\nIf a letter came back, `review done {id} --came-back ID` tells whoever writes to them next."))?;
    }
    Ok(Verdict::Clean)
}

fn print_answers(content: &Content, submission: &Submission) -> Result<()> {
    let form = content.forms.iter().find(|form| form.id == submission.form);
    let (Some(form), Some(theme)) = (form, &content.theme) else {
        return submission.answers.iter().try_for_each(|answer| print(&answer.question, &answer.values));
    };
    let lang = content.catalogue.site.first_language();
    let (catalogue, forms, strings) = (&content.catalogue, content.forms.as_slice(), &*theme.strings);
    let context = PageContext { catalogue, strings, forms, lang, day: day_in(content) };
    for group in answered_groups(&context, form, &submission.answers) {
        say(&format!("\n{}", group.title))?;
        group.rows.iter().try_for_each(|answered| print(&answered.label, &answered.values))?;
    }
    Ok(())
}

/// How it was before its sender corrected it, oldest first.
fn print_earlier(store: &impl Store, content: &Content, row: &Row) -> Result<()> {
    let earlier = block_on(read_earlier(store, row))??;
    if earlier.is_empty() {
        return say("\nIts sender has not corrected it: there is nothing earlier.");
    }
    for (number, submission) in earlier.iter().enumerate() {
        say(&format!(
            "\n--- as sent on {}, version {} of {}",
            day_of(content, submission),
            number + 1,
            earlier.len() + 1
        ))?;
        print_answers(content, submission)?;
    }
    Ok(())
}

/// That what follows is not what was sent first.
fn tell_corrected(content: &Content, row: &Row, submission: &Submission) -> Result<()> {
    let last = day_of(content, submission);
    say(&format!("\n--- corrected by its sender {}, last on {last}: this is how it is meant now", times(row)))?;
    say(&format!("    `review show {} --earlier` shows how it was before", row.id))
}

fn day_of(content: &Content, submission: &Submission) -> Date {
    content.catalogue.site.time_zone.day(submission.written_at)
}

/// How often a submission was corrected, in words.
pub(super) fn times(row: &Row) -> String {
    match row.earlier.len() {
        1 => "once".to_owned(),
        times => format!("{times} times"),
    }
}

fn show_photo(store: &impl Store, row: &Row, to: Option<&Path>) -> Result<()> {
    let photo = match block_on(photo(store, row))? {
        // The answers stand above; without the photo they can be decided all the same.
        Err(error) if to.is_none() => return say(&format!("\n{error}")),
        photo => photo?,
    };
    match (photo, to) {
        (None, None) => Ok(()),
        (None, Some(_)) => bail!("no photo came with {}", row.id),
        (Some(bytes), None) => say(&format!(
            "\nA photo of {} kB waits with it: `review show {} --photo FILE` writes it to a file.",
            bytes.len() / 1000,
            row.id
        )),
        (Some(bytes), Some(file)) => {
            // It may be the only copy of something else that stands under that name.
            disk::create(file, &bytes).with_context(|| format!("{} could not be made", file.display()))?;
            say(&format!(
                "\nThe photo is in {}. It is private: delete the file when you have looked at it.",
                file.display()
            ))
        }
    }
}

/// How the photo of a change gets into the profile: no command writes it there, for somebody must look at it first.
fn tell_new_photo(row: &Row, submission: &Submission) -> Result<()> {
    if !row.waits() || !row.flags.contains(&Flag::PhotoToCome) {
        return Ok(());
    }
    let id = &row.id;
    if row.photo_hash.is_none() {
        return say("\nThe new photo has not come yet. Its sender can still send it while this waits.");
    }
    let about = submission.one(Role::About).and_then(ProfileId::named);
    let person = about.as_ref().map_or("ID", ProfileId::as_str);
    say(&format!(
        "\nIf it may be shown: write it to a file, move that to {}, say what it shows at `photo: description:` in {}, run \
         `inside-out check`, then `review done {id}`.",
        photo_path(person).display(),
        about.as_ref().map_or_else(|| Path::new("profiles/ID.yaml").to_owned(), profile_path).display(),
    ))
}

/// Which registration an update came with, so that the editor can hold it against the page that it is about.
fn tell_registration(registration: &Registration) -> Result<()> {
    let became = match &registration.row {
        Some(Row { profile: Some(profile), .. }) => format!("which became profiles/{profile}.yaml"),
        Some(row) => format!("which is {}", row.state.word()),
        None => "which is deleted by now".to_owned(),
    };
    let reference = &registration.reference;
    say(&format!("  that is {reference}, {became}: look whether this is the person it is about"))
}

/// What to compare before anything of the profile that an update is about is called checked; nothing where it cannot be read, of
/// which `check` tells.
fn print_profile(root: &Path, content: &Content, id: &ProfileId) -> Result<()> {
    let Ok(text) = fs_err::read_to_string(root.join(profile_path(id))) else { return Ok(()) };
    let (written, structural) = read_yaml::<ProfileFile>(&text);
    let (profile, _) = check_profile(&written, id.as_str(), &content.catalogue, day_in(content), structural);
    let next = "write the day at `checked` once all four agree";
    profile.iter().try_for_each(|person| print_comparison(person, &content.catalogue, next))
}

/// What an editor should look at twice, in words.
fn why(flag: Flag) -> &'static str {
    match flag {
        Flag::Honeypot => "a field that people do not see was filled, by a program or a password manager",
        Flag::Hurried => "it was sent within a moment of its check page",
        Flag::Links => "it is full of links",
        Flag::MixedScripts => "a name mixes alphabets whose letters look alike",
        Flag::NoOrigin => "the browser did not say which page sent it",
        Flag::ListingRule => {
            "its agency has conditions, or nobody has confirmed its rule for listings, or nobody knows who runs the facility"
        }
        Flag::Proven => "it came with the reference and the code of a registration",
        Flag::Unproven => "its code is not its reference's, or they are another person's",
        Flag::Crowd => "more came from its network in an hour than people send",
        Flag::Flood => "it came when more came from everywhere in an hour than people send",
        Flag::Repeated => "the same words came from the same network within a day, perhaps from the same person",
        Flag::Quiet => "no mail announced it: many urgent ones came in that hour",
        Flag::PhotoToCome => "its sender has another photo for the page: it comes along with it",
        Flag::Soon => "read it soon",
        Flag::Today => "read it today",
    }
}

fn print(label: &str, values: &[String]) -> Result<()> {
    say(&format!("  {label}"))?;
    if values.is_empty() {
        return say("    -");
    }
    values.iter().try_for_each(|value| say(format!("    {value}").trim_end()))
}

/// Every decision, oldest first.
pub(super) fn log(store: &impl Store, json: bool) -> Result<Verdict> {
    let (decisions, faults) = (block_on(list::log(store))??, block_on(log_faults(store))??);
    if json {
        say_json(&decisions)?;
        return tell_log(&faults);
    }
    if decisions.is_empty() {
        say("Nothing has been decided.")?;
    }
    for decision in decisions {
        let at = decision.at.strftime("%Y-%m-%d %H:%M");
        let why = decision.reason.map(|reason| format!(": {}", reason.replace('\n', " "))).unwrap_or_default();
        let profile = decision.profile.map(|profile| format!(" as {profile}")).unwrap_or_default();
        let (from, to) = (decision.from.word(), decision.to.word());
        let words: String = decision.assured.iter().map(|word| format!("; {word}")).collect();
        say(&format!("{at}  {}  {from} -> {to}{profile}  by {}{why}{words}", decision.id, decision.editor))?;
    }
    tell_log(&faults)
}
