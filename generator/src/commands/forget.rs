//! `forget ID`: what is still kept of somebody who left is deleted, and nobody lists them again by accident.

use crate::args::{Editor, given_key, person_of, today};
use crate::commands::cloud::{WithStore, with_store};
use crate::commands::review::desk::{block_on, by};
use crate::host::random_key;
use crate::terminal::{Verdict, agreed, say};
use ::review::Store;
use ::review::desk::forget::{about, let_go};
use ::review::papers::mails_about;
use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use schema::submission::row::Row;
use site::forget::{Forgetting, Leaver, apply, key_or_new, plan};
use std::path::Path;

/// Delete what is still kept of somebody who left.
#[derive(Args)]
pub(crate) struct ForgetArgs {
    /// Their id, as in the address of their page
    #[arg(value_name = "ID")]
    person: String,
    /// Do it before the 30 days are over, because they ask for it
    #[arg(long)]
    early: bool,
    /// Delete without asking
    #[arg(long)]
    yes: bool,
    /// Only show what would be deleted
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    #[command(flatten)]
    editor: Editor,
}

/// What is shown, then carried out: files of this machine, and submissions that the sweeper deletes.
struct Plan {
    files: Forgetting,
    rows: Vec<Row>,
}

pub(crate) fn forget(root: &Path, args: &ForgetArgs) -> Result<Verdict> {
    let person = person_of(&args.person)?;
    with_store(root, Forget { root, args, person: &person })
}

struct Forget<'a> {
    root: &'a Path,
    args: &'a ForgetArgs,
    person: &'a ProfileId,
}

impl WithStore for Forget<'_> {
    type Answer = Verdict;

    fn run(self, store: &impl Store) -> Result<Verdict> {
        let (root, day) = (self.root, today(self.root));
        let rows = block_on(about(store, self.person))??;
        let mut files = plan(root, self.person, day)?;
        let ids: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
        files.files.splice(0..0, mails_about(root, &ids)?);
        let plan = Plan { files, rows };
        self.is_time(plan.files.leaver.as_ref(), day)?;
        self.show(&plan)?;
        if self.args.dry_run || !self.is_agreed()? {
            say("Nothing was deleted.")?;
            return Ok(Verdict::Clean);
        }
        let key = key_or_new(root, given_key().as_deref(), day, random_key()?)?;
        apply(root, &plan.files, &key, day)?;
        for row in &plan.rows {
            block_on(let_go(store, row, self.person, by(&self.args.editor)))??;
        }
        say(&format!(
            "{} is forgotten here. Commit, build and publish; `review sweep` deletes what was sent. Older states of the repository still hold their profile: infra/README.md says how it is taken out of them.",
            self.person
        ))?;
        Ok(Verdict::Clean)
    }
}

impl Forget<'_> {
    /// Until their time is over, a page that was taken down by mistake can come back.
    fn is_time(&self, leaver: Option<&Leaver>, day: Date) -> Result<()> {
        match leaver {
            Some(leaver) if leaver.from > day && !self.args.early => {
                let what = format!("what is kept of {} is kept until {}", self.person, leaver.from);
                bail!(Failure::new(what).help("forget them from then on; if they ask for it now, with --early"))
            }
            _ => Ok(()),
        }
    }

    fn show(&self, plan: &Plan) -> Result<()> {
        if plan.files.files.is_empty() && plan.rows.is_empty() {
            bail!("nothing is kept of {} here", self.person);
        }
        plan.files.files.iter().try_for_each(|file| say(&format!("deletes {}", file.display())))?;
        plan.rows.iter().try_for_each(|row| say(&format!("hands {} to the sweeper, who deletes it", row.id)))?;
        match plan.files.leaver {
            Some(_) => say("keeps a mark without a name, by which whoever registers them again is told that they left"),
            None => Ok(()),
        }
    }

    fn is_agreed(&self) -> Result<bool> {
        let question = format!("Forget {}? It cannot be undone.", self.person);
        Ok(self.args.yes || agreed(&question, "read what is deleted above, then forget with --yes")?)
    }
}
