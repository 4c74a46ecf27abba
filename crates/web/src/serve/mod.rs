//! The site's forms, and its files where they are asked for, on one small server without a cloud: the very handler of production on
//! the folder store, behind a proxy that speaks TLS.
//!
//! It follows the site: what `build` leaves is taken up within seconds. It ends kindly: what is under way is answered first.

mod body;
mod connections;
mod current;
mod door;
mod event;
mod keys;
mod site;
mod visitor;

pub use current::{Contact, MakeTools};
pub use event::{Event, OnEvent, Served};
pub use keys::turn;

use crate::function::Places;
use anyhow::{Context, Result};
use current::Current;
use door::Door;
use schema::ground::failure::Failure;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use submit_fn::{Front, Keys};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// How often it is looked whether there is a newer build.
const LOOK: Duration = Duration::from_secs(1);

/// What a server is made with.
pub struct ServeOptions {
    /// The site root: what comes in waits below its `var`.
    pub root: PathBuf,
    /// The site that was built in it.
    pub out: PathBuf,
    /// Where it listens.
    pub listen: SocketAddr,
    /// Proxies whose word about a visitor's address is believed.
    pub trusted: Vec<IpAddr>,
    /// Whether the site's own files are served too.
    pub is_with_site: bool,
    /// What the forms are answered with.
    pub make_tools: MakeTools,
    /// Event what happens.
    pub told: OnEvent,
}

/// A server that has its port.
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    door: Door,
}

impl Server {
    /// Opens what was built, and takes the port.
    ///
    /// # Errors
    /// That nothing was built which can be opened, that the keys cannot be read, or that the port is taken.
    pub fn open(options: ServeOptions) -> Result<Self> {
        let ServeOptions { root, out, listen, trusted, is_with_site, make_tools, told } = options;
        let current = Arc::new(Current::open(Places::of(&root, &out), make_tools)?);
        let runtime = Runtime::new().context("starting the server")?;
        let listener = runtime.block_on(TcpListener::bind(listen)).with_context(|| {
            Failure::new(format!("{listen} cannot be listened on")).help("name another address and port with --listen")
        })?;
        let clock = make_tools(Keys::new([0; 32], Vec::new()), Front::Server).clock;
        Ok(Self { runtime, listener, door: Door::new(current, (trusted, is_with_site), clock, told) })
    }

    /// Where it answers.
    ///
    /// # Errors
    /// That the machine does not say.
    pub fn address(&self) -> Result<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    /// How to reach whoever runs the site.
    pub fn contact(&self) -> Contact {
        self.door.current.contact().clone()
    }

    /// Serves until the end comes, and finishes what is under way.
    pub fn serve(self, ended: impl Future<Output = ()>) {
        let Self { runtime, listener, door } = self;
        let door = Arc::new(door);
        let following = runtime.spawn(follow(Arc::clone(&door.current), door.told));
        runtime.block_on(connections::serve(listener, door, ended));
        following.abort();
        // A look at the disk that is under way keeps nobody waiting.
        runtime.shutdown_background();
    }
}

/// Looks for newer builds.
async fn follow(current: Arc<Current>, told: OnEvent) {
    loop {
        tokio::time::sleep(LOOK).await;
        let current = Arc::clone(&current);
        // Opening templates takes the time of several requests.
        let looked = tokio::task::spawn_blocking(move || current.look()).await;
        match looked {
            Ok(Ok(false)) => {}
            Ok(Ok(true)) => told(&Event::TakenUp),
            Ok(Err(error)) => told(&Event::NotTakenUp(&format!("{error:#}"))),
            Err(panic) => told(&Event::NotTakenUp(&panic)),
        }
    }
}
