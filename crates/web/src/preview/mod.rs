//! The site on this machine, as production would serve it: same headers, working forms on the folder store. It rebuilds when a
//! file changes and reloads the open page; while a problem stands, it shows the problem in the page's place.

mod door;
mod problems;
mod stage;
mod watch;

use crate::function::Places;
use anyhow::{Context, Result};
use schema::ground::failure::Failure;
use schema::yaml::finding::Finding;
use site::build::Outcome;
use stage::{Built, Stage};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use submit_fn::Tools;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch::{Sender, channel};

/// One build of the root, for the day that is today; whatever there is to say of it is said there.
pub type Build = Box<dyn Fn() -> Result<Outcome> + Send>;

/// What a preview is made with.
pub struct PreviewOptions {
    /// The site root.
    pub root: PathBuf,
    /// Where it is built into.
    pub out: PathBuf,
    /// Builds it.
    pub build: Build,
    /// Says what keeps the site from being built at all.
    pub explain: fn(&anyhow::Error) -> Failure,
    /// What the forms are answered with.
    pub tools: Tools,
}

/// A preview that is built and has a port.
pub struct Preview {
    runtime: Runtime,
    listener: TcpListener,
    workshop: Workshop,
    first: Built,
}

/// What builds.
struct Workshop {
    options: PreviewOptions,
    places: Places,
}

impl Preview {
    /// Builds the site for the first time, and takes a port on loopback; 0 takes a free one.
    ///
    /// # Errors
    /// What keeps the site from being built at all, and that the port is taken. Problems in files are none: they are shown.
    pub fn open(options: PreviewOptions, port: u16) -> Result<Self> {
        let workshop = Workshop { places: Places::of(&options.root, &options.out), options };
        let first = workshop.once(None)?;
        let runtime = Runtime::new().context("starting the server")?;
        let listener = runtime.block_on(door::listen(port))?;
        Ok(Self { runtime, listener, workshop, first })
    }

    /// Where it answers.
    ///
    /// # Errors
    /// That the machine does not say.
    pub fn address(&self) -> Result<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    /// Serves and rebuilds until the end comes.
    ///
    /// # Errors
    /// That files cannot be watched, or nothing can be served any more.
    pub fn serve(self, ended: impl Future<Output = ()>) -> Result<()> {
        let Self { runtime, listener, workshop, first } = self;
        let (root, out) = (workshop.options.root.clone(), workshop.options.out.clone());
        let (sender, built) = channel(Arc::new(first));
        let _watching = watch::watch(&root, move || workshop.again(&sender))?;
        runtime.block_on(door::serve(listener, Stage { out, built }, ended))
    }
}

impl Workshop {
    fn again(&self, sender: &Sender<Arc<Built>>) {
        let before = Arc::clone(&sender.borrow());
        let built = self.once(Some(&before)).unwrap_or_else(|error| Built {
            version: before.version + 1,
            handler: before.handler.clone(),
            findings: vec![could_not_build((self.options.explain)(&error))],
        });
        sender.send_replace(Arc::new(built));
    }

    /// One build. What worked before goes on working while a problem stands.
    fn once(&self, before: Option<&Built>) -> Result<Built> {
        let version = before.map_or(1, |before| before.version + 1);
        match (self.options.build)()? {
            Outcome::Built(report) => {
                let handler = self.places.handler(report.bundle, Arc::default(), &self.options.tools)?;
                Ok(Built { version, handler: Some(Arc::new(handler)), findings: Vec::new() })
            }
            Outcome::Problems(findings) => {
                Ok(Built { version, handler: before.and_then(|before| before.handler.clone()), findings })
            }
        }
    }
}

/// What keeps the site from being built at all, in the place of a problem in a file.
fn could_not_build(failure: Failure) -> Finding {
    let Failure { what, help } = failure;
    Finding { help, ..Finding::whole(Path::new("site"), "could-not-build", what) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_the_site_from_being_built_is_shown_with_its_help() {
        let failure = Failure::new("building: x is not a site root").help("name it with --root");
        let page = problems::problems_page(&[could_not_build(failure)]);
        assert!(page.contains("<strong>building: x is not a site root</strong>"), "{page}");
        assert!(page.contains("<p class=\"help\">name it with --root</p>"), "{page}");
    }
}
