//! What still stands between a root and a public site, beside its words: a home for it, mails, a second copy. Each with what mends it.

use schema::ready::Step;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Where a server of one's own keeps its settings.
pub(crate) const SETTINGS: &str = "/etc/inside-out.env";
/// The workflow that a new root brings.
const WORKFLOW: &str = ".github/workflows/site.yml";

/// What is set for the runs of a site: here, and in the settings of a server.
pub(crate) struct Settings(BTreeMap<String, String>);

impl Settings {
    /// Those of this environment, and of a file of `NAME=value` lines where it can be read.
    pub(crate) fn read(file: &Path) -> Self {
        let text = fs_err::read_to_string(file).unwrap_or_default();
        let line = |line: &str| {
            let (name, value) = line.trim().split_once('=')?;
            Some((name.trim().to_owned(), value.trim().trim_matches(['"', '\'']).to_owned()))
        };
        let written = text.lines().filter(|line| !line.trim_start().starts_with('#')).filter_map(line);
        Self(written.chain(std::env::vars()).filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

/// The steps that a root's surroundings still ask for.
pub(crate) fn steps(root: &Path, settings: &Settings, is_server: bool) -> Vec<Step> {
    let workflow = fs_err::read_to_string(root.join(WORKFLOW)).ok();
    let in_cloud = settings.has("SITE_BUCKET");
    let steps = [
        no_copy(root),
        no_home(in_cloud || is_server, workflow.as_deref()),
        no_mails(settings, is_server),
        no_backup(settings, is_server),
    ];
    steps.into_iter().flatten().collect()
}

fn no_copy(root: &Path) -> Option<Step> {
    let remotes = Command::new("git").arg("-C").arg(root).arg("remote").output();
    let has_one = remotes.is_ok_and(|said| said.status.success() && !said.stdout.is_empty());
    let mend = "`git init`, commit, and `git remote add origin` with the address of a private repository; README.md there says more";
    (!has_one).then(|| Step::new("this machine alone has the profiles: no repository elsewhere is known to git", mend))
}

/// Nothing is known that publishes the site: no cloud, no server, no workflow that was filled in.
fn no_home(is_known: bool, workflow: Option<&str>) -> Option<Step> {
    let is_filled = |text: &str| !text.lines().any(|line| matches!(line.trim(), "PROGRAM: \"\"" | "VERSION: \"\""));
    if is_known || workflow.is_some_and(is_filled) {
        return None;
    }
    let mend = match workflow {
        Some(_) => {
            format!("{WORKFLOW}: fill in PROGRAM and VERSION; or set up a server of your own (infra/server/README.md)")
        }
        None => "a cloud (infra/README.md) or a server of your own (infra/server/README.md), then set SITE_BUCKET, or pass --settings"
            .to_owned(),
    };
    Some(Step::new("nothing publishes this site yet", mend))
}

fn no_mails(settings: &Settings, is_server: bool) -> Option<Step> {
    let mend = match is_server {
        true => format!("MAIL_SMTP_URL and MAIL_FROM in {SETTINGS}"),
        false => {
            "MAIL_SMTP_URL and MAIL_FROM where `inside-out notify` runs; if they are set there, run this there too"
                .to_owned()
        }
    };
    let what = "no mail server is set: the mails that people are promised are files in var/mail, for somebody to send";
    (!settings.has("MAIL_SMTP_URL")).then(|| Step::new(what, mend))
}

/// In the cloud, the bucket keeps earlier versions by itself.
fn no_backup(settings: &Settings, is_server: bool) -> Option<Step> {
    let has_one = settings.has("BACKUP_AGE") || settings.has("BACKUP_GPG");
    let mend = format!("BACKUP_AGE or BACKUP_GPG in {SETTINGS}, then `systemctl enable --now inside-out-backup.timer`");
    (is_server && !has_one).then(|| Step::new("what families sent is in no backup", mend))
}
