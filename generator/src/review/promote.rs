//! A registration becomes a profile: the plan is shown first (file, fields, problems, what stays private), then written.

use super::{Desk, decide, row, submission};
use crate::args::Editor;
use crate::files;
use crate::finding::{Finding, findings};
use crate::load::profile_path;
use crate::run::{Verdict, say};
use anyhow::{Result, bail};
use schema::kinds::State;
use schema::profile::{ProfileFile, ProfileId, check_profile};
use schema::promotion::{Draft, draft, to_yaml};
use schema::yaml::read;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What would be written.
struct Plan {
    draft: Draft,
    file: PathBuf,
    yaml: String,
    problems: Vec<Finding>,
}

/// Shows the plan and, unless it is only to be shown, carries it out.
pub(super) fn promote(
    root: &Path,
    desk: &Desk,
    typed: &str,
    yes: bool,
    dry_run: bool,
    editor: &Editor,
) -> Result<Verdict> {
    let row = row(desk, typed)?;
    if !matches!(row.state, State::Received | State::Held) {
        bail!("{} is {} already", row.id, row.state.word());
    }
    let submission = submission(desk, &row)?;
    let today = jiff::ZonedDateTime::now().date();
    let taken = |id: &ProfileId| root.join(profile_path(id)).exists();
    let Some(draft) = draft(&submission, today, taken) else {
        bail!(
            "{} is {}: only a registration becomes a profile\n  help: edit the profile it is about, then `review reject --reason` or `review hold`",
            row.id,
            match row.kind.word() {
                "update" => "an update",
                _ => "a report",
            }
        );
    };
    let plan = plan(draft, desk, today)?;
    print(&plan)?;
    if !plan.problems.is_empty() {
        say("Nothing was written: mend the answers with their sender, or hold or reject the registration.")?;
        return Ok(Verdict::Problems);
    }
    if dry_run {
        say("Nothing was written: this is only the plan.")?;
        return Ok(Verdict::Clean);
    }
    if !yes && !agreed(&plan)? {
        say("Nothing was written.")?;
        return Ok(Verdict::Clean);
    }
    // The file first: if the state cannot be turned after it, a second try meets its own file's id and says so.
    files::write(&root.join(&plan.file), plan.yaml.as_bytes())?;
    let id = plan.draft.id.as_str().to_owned();
    decide(desk, typed, editor, State::Promoted, None, Some(id)).inspect_err(|_| {
        // Somebody else decided meanwhile: their outcome stands, so the file goes again.
        let _ = fs_err::remove_file(root.join(&plan.file));
    })
}

fn plan(draft: Draft, desk: &Desk, today: jiff::civil::Date) -> Result<Plan> {
    let yaml = to_yaml(&draft.file)?;
    let file = profile_path(&draft.id);
    // Judged as it will be read: from the text of the file.
    let (written, structural) = read::<ProfileFile>(&yaml);
    let (_, problems) = check_profile(&written, draft.id.as_str(), &desk.site.catalogue, today, structural);
    let problems = findings(&file, &yaml, problems);
    Ok(Plan { draft, file, yaml, problems })
}

fn print(plan: &Plan) -> Result<()> {
    say(&format!("writes {}:\n", plan.file.display()))?;
    for line in plan.yaml.lines() {
        say(&format!("  {line}"))?;
    }
    let dropped = if plan.draft.dropped.is_empty() { "nothing".to_owned() } else { plan.draft.dropped.join(", ") };
    say(&format!("\nstays private: {dropped}"))?;
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
