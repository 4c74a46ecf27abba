//! `tell`: after a build on a server of one's own, whoever waits for news is told, as `publish` does for the cloud.

use crate::args::{Editor, today};
use crate::terminal::{Verdict, say, tell_damaged};
use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use notices::{Notifier, Post, Public, Wording};
use review::Folder;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use site::ledger::Ledger;
use site::source::load_content;
use site::standing::{Census, Standing, Standings};
use site::write::MARKER;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(crate) struct TellArgs {
    /// The built site, which visitors see
    #[arg(long, value_name = "FOLDER")]
    site: Option<PathBuf>,
    #[command(flatten)]
    editor: Editor,
}

/// The built site, as notices ask for it.
struct Built(Standings);

impl Built {
    fn of(root: &Path, out: &Path) -> Result<Self> {
        let not_built = || Failure::new(format!("{} holds no built site", out.display())).help("build it first");
        let ledger = Ledger::read(&fs_err::read(out.join(MARKER)).with_context(not_built)?).with_context(not_built)?;
        Ok(Self(Census::of(root, ledger.made)?.people))
    }

    fn standing(&self, person: &str) -> Option<Standing> {
        ProfileId::parse(person).and_then(|id| self.0.get(&id).copied())
    }
}

impl Public for Built {
    fn shows(&self, person: &str) -> bool {
        matches!(self.standing(person), Some(Standing::Shown(_)))
    }
    fn is_gone(&self, person: &str) -> bool {
        matches!(self.standing(person), Some(Standing::Hidden(_)))
    }
}

/// Tells everybody for whom there is news.
pub(crate) fn tell(root: &Path, args: &TellArgs) -> Result<Verdict> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    if variable("REVIEW_BUCKET").is_some() {
        let what = "REVIEW_BUCKET is set: whoever sent something to the cloud is told by `publish`";
        bail!(Failure::new(what).help("unset REVIEW_BUCKET to tell those whose words wait in var/review"));
    }
    // Whoever is told on paper is told for good: by hand, without the settings of the run of the day, that would be everybody.
    if variable("MAIL_SMTP_URL").is_none() && variable("MAIL_TO_FILES").is_none() {
        let what = "MAIL_SMTP_URL is not set: nobody can be told";
        bail!(Failure::new(what).help(
            "`systemctl start inside-out-daily` has it from /etc/inside-out.env; MAIL_TO_FILES=yes writes each letter to var/mail, for \
             somebody to send"
        ));
    }
    let public = Built::of(root, args.site.as_deref().unwrap_or(&root.join("site")))?;
    let content = load_content(root, today(root))?;
    let theme = content.theme.as_ref().context("templates or strings have problems, which `check` tells")?;
    let words = Wording { theme, catalogue: &content.catalogue, forms: &content.forms };
    let var = disk::var(root)?;
    let carrier = Post::from_variables(var.join("mail"), &content.catalogue.site.contact.email, variable)?;
    let store = Folder::new(var.join("review"), Timestamp::now);
    let notifier =
        Notifier { store: &store, public: &public, words: &words, carrier: &carrier, owner: &args.editor.name };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let told = runtime.block_on(notifier.notify(Timestamp::now()))?;
    tell_damaged(&told.damaged)?;
    for (reference, how) in &told.told {
        say(&format!("{reference}: {how}"))?;
    }
    for (reference, why) in &told.failed {
        say(&format!("{reference}: not told yet, and tried again by the next `tell`: {why}"))?;
    }
    Ok(if told.failed.is_empty() { Verdict::Clean } else { Verdict::Problems })
}
