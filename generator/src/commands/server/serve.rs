//! `serve`: the forms, and the site where that is asked for, on one small server without a cloud.

use super::{asked_to_end, log};
use crate::host::{random, tools};
use crate::terminal::{Verdict, advise, say};
use anyhow::{Result, bail};
use clap::Args;
use notices::Post;
use notices::bell::{Bell, Editors};
use schema::ground::failure::Failure;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use web::serve::{Contact, ServeOptions, Server, turn};

/// How often it is looked whether something urgent came.
const LOOK: Duration = Duration::from_secs(5);
/// How long a mail that did not go out waits for its next try.
const LATER: Duration = Duration::from_secs(30);

#[derive(Args)]
pub(crate) struct ServeArgs {
    /// Where it listens; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// A proxy in front, whose `X-Forwarded-For` says whose a request is; nobody else's does
    #[arg(long, value_name = "ADDRESS")]
    trust_proxy: Vec<IpAddr>,
    /// Serve the built site too, not only the forms
    #[arg(long)]
    with_site: bool,
    /// The built site
    #[arg(long, value_name = "FOLDER")]
    site: Option<PathBuf>,
    /// Put a new key before those that seal forms, and end; a server that runs takes it up by itself
    #[arg(long)]
    new_key: bool,
}

/// Serves until SIGTERM or Ctrl-C, and finishes what is under way.
pub(crate) fn serve(root: &Path, args: &ServeArgs) -> Result<Verdict> {
    if args.new_key {
        return new_key(root);
    }
    if variable("REVIEW_BUCKET").is_some() {
        let what = "REVIEW_BUCKET is set, and a server of one's own keeps what comes in var/review";
        bail!(Failure::new(what).help("unset REVIEW_BUCKET; the forms of the cloud are answered by its own function"));
    }
    log::start();
    let server = Server::open(ServeOptions {
        root: root.to_owned(),
        out: args.site.clone().unwrap_or_else(|| root.join("site")),
        listen: args.listen,
        trusted: args.trust_proxy.clone(),
        is_with_site: args.with_site,
        make_tools: tools,
        told: log::tell,
    })?;
    if !args.listen.ip().is_loopback() {
        let what = format!("whoever is on the way to {} can read along: this server speaks no TLS", args.listen);
        advise(&Failure::new(what).help("put a proxy that does before it, and let nobody else reach this port"))?;
    }
    let ringing = Ringing::of(root, server.contact())?;
    say(&format!("Serving at http://{}/ (SIGTERM or Ctrl-C ends it)", server.address()?))?;
    let (ends, ended) = channel();
    let bell = std::thread::spawn(move || ringing.keep_on(&ended));
    server.serve(asked_to_end());
    drop(ends);
    // A mail that is under way is waited for; whoever ends it rings again at the next start.
    drop(bell.join());
    Ok(Verdict::Clean)
}

fn new_key(root: &Path) -> Result<Verdict> {
    let place = turn(root, random)?;
    say(&format!("A new key stands first in {}. Those below it go on opening what they sealed:", place.display()))?;
    say("delete their lines after 16 days, when nothing that they sealed is kept any more.")?;
    Ok(Verdict::Clean)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// Tells editors of what is urgent, as long as the server runs.
struct Ringing {
    bell: Bell,
    mail: PathBuf,
    contact: Contact,
}

impl Ringing {
    /// Of a root; a mistake in the settings of mails is found before anything is served.
    fn of(root: &Path, contact: Contact) -> Result<Self> {
        let var = disk::var(root)?;
        let bell = Bell { store: var.join("review"), rung: var.join("rung") };
        let ringing = Self { bell, mail: var.join("mail"), contact };
        if !ringing.post()?.leaves() {
            let what = "MAIL_SMTP_URL is not set: that something urgent came is told by files in var/mail alone";
            advise(&Failure::new(what).help("set MAIL_SMTP_URL and EDITORS_EMAIL, as infra/server/README.md tells"))?;
        }
        Ok(ringing)
    }

    fn post(&self) -> Result<Post> {
        Post::from_variables(self.mail.clone(), &self.contact.email, variable)
    }

    fn keep_on(&self, ended: &Receiver<()>) {
        let mut pause = LOOK;
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(pause) {
            let all_went = self.once().unwrap_or_else(|error| {
                log::tell_no_bell(&error);
                false
            });
            pause = if all_went { LOOK } else { LATER };
        }
    }

    /// Rings for what has not rung; whether every mail went out.
    fn once(&self) -> Result<bool> {
        if !self.bell.has_news()? {
            return Ok(true);
        }
        let email = variable("EDITORS_EMAIL").unwrap_or_else(|| self.contact.email.clone());
        let editors = Editors { email: &email, site: &self.contact.site };
        // A server of mails that did not answer is asked anew in each round.
        let rang = self.bell.ring(&editors, &self.post()?)?;
        rang.iter().for_each(|rang| log::tell_rang(rang.notes, &rang.went));
        Ok(rang.iter().all(|rang| rang.went.is_ok()))
    }
}
