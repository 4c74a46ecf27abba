//! The server never lags behind the site: what a build leaves is taken up once it stands whole. What was good last stands in where a
//! newer one cannot be opened, also after a new start.

use crate::function::{Answering, Places};
use crate::serve::keys::{self, keys};
use crate::serve::site::Site;
use anyhow::{Context, Result};
use fs_err as fs;
use review::Counters;
use schema::ground::failure::Failure;
use site::ledger::Ledger;
use site::standing::Census;
use site::write::MARKER;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;
use submit_fn::{Front, Keys, Tools};
use templates::bundle::Bundle;

/// What was good last, in `var`.
const LAST_GOOD: &str = "served.json";

/// Gives the handler what it wants of the world around it.
pub type MakeTools = fn(Keys, Front) -> Tools;

/// Who runs the site.
#[derive(Clone)]
pub struct Contact {
    /// What it is called.
    pub site: String,
    /// Its e-mail address.
    pub email: String,
}

/// What answers now.
pub(crate) struct Current {
    contact: Contact,
    places: Places,
    make_tools: MakeTools,
    /// How often something came: whatever is built meanwhile.
    counters: Arc<Counters>,
    now: RwLock<Now>,
}

/// What was taken up, and from which state of the disk.
struct Now {
    handler: Arc<Answering>,
    site: Arc<Site>,
    seen: Seen,
}

/// By what a change is noticed: when marker and keys were last written, and how long they are.
type Seen = [Option<(SystemTime, u64)>; 2];

impl Current {
    /// What a root has to answer with.
    ///
    /// # Errors
    /// That nothing was built there which can be opened.
    pub(crate) fn open(places: Places, make_tools: MakeTools) -> Result<Self> {
        let counters: Arc<Counters> = Arc::default();
        let now = seen(&places)?;
        let ledger = ledger(&places.out)?;
        let (bundle, seen) = match bundle_of(&places, &ledger) {
            Ok(bytes) => (bytes, now),
            // A build is under way, or was ended in its midst: the first look tells of it.
            Err(error) => (fs::read(disk::var(&places.root)?.join(LAST_GOOD)).map_err(|_| error)?, [None, None]),
        };
        let (handler, contact) = handler(&places, &bundle, Arc::clone(&counters), make_tools)?;
        // The forms go on whatever is wrong with the files beside them; the first look tells of it.
        let (site, seen) = match Site::of(&places.out, &ledger) {
            Ok(site) => (site, seen),
            Err(_) => (Site::without_days(&places.out, &ledger), [None, None]),
        };
        let site = Arc::new(site);
        Ok(Self { contact, places, make_tools, counters, now: RwLock::new(Now { handler, site, seen }) })
    }

    /// Who runs the site, as it was when the server began.
    pub(crate) fn contact(&self) -> &Contact {
        &self.contact
    }

    /// What answers the forms.
    pub(crate) fn handler(&self) -> Arc<Answering> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner).handler)
    }

    /// What is served beside them.
    pub(crate) fn site(&self) -> Arc<Site> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner).site)
    }

    /// Looks for a newer build, or newer keys; whether one was taken up.
    ///
    /// # Errors
    /// Why one cannot be. It is said once: until something changes again, nobody looks closer.
    pub(crate) fn look(&self) -> Result<bool> {
        let seen = seen(&self.places)?;
        if self.now.read().unwrap_or_else(PoisonError::into_inner).seen == seen {
            return Ok(false);
        }
        let taken = self.take_up();
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        now.seen = seen;
        (now.handler, now.site) = taken?;
        Ok(true)
    }

    fn take_up(&self) -> Result<(Arc<Answering>, Arc<Site>)> {
        let ledger = ledger(&self.places.out)?;
        let bundle = bundle_of(&self.places, &ledger)?;
        let (handler, _) = handler(&self.places, &bundle, Arc::clone(&self.counters), self.make_tools)?;
        Ok((handler, Arc::new(Site::of(&self.places.out, &ledger)?)))
    }
}

/// What a build says of the folder that it made.
fn ledger(out: &Path) -> Result<Ledger> {
    let help = "run `inside-out build` in this root; --site names a folder that was built elsewhere in it";
    let not_built = || Failure::new(format!("{} holds no built site", out.display())).help(help);
    let bytes = fs::read(out.join(MARKER)).with_context(not_built)?;
    Ledger::read(&bytes).with_context(not_built)
}

/// What the forms are made of, as the build left it that made the folder.
fn bundle_of(places: &Places, ledger: &Ledger) -> Result<Vec<u8>> {
    Census::of(&places.root, ledger.made)?.bundle(&places.root)
}

fn handler(
    places: &Places,
    bytes: &[u8],
    counters: Arc<Counters>,
    make_tools: MakeTools,
) -> Result<(Arc<Answering>, Contact)> {
    let var = disk::var(&places.root)?;
    let bundle: Bundle = serde_json::from_slice(bytes).context("what the forms are made of cannot be read")?;
    // Of the function's own random bytes the keys are made too.
    let random = make_tools(Keys::new([0; 32], Vec::new()), Front::Server).random;
    let tools = make_tools(keys(&var, random)?, Front::Server);
    let site = &bundle.catalogue.site;
    let contact = Contact { site: site.name.clone(), email: site.contact.email.clone() };
    let handler = places.handler(bundle, counters, &tools)?;
    disk::place(&var.join(LAST_GOOD), bytes)?;
    Ok((Arc::new(handler), contact))
}

fn seen(places: &Places) -> Result<Seen> {
    let var = disk::var(&places.root)?;
    let of = |path: &Path| std::fs::metadata(path).and_then(|meta| Ok((meta.modified()?, meta.len()))).ok();
    Ok([of(&places.out.join(MARKER)), of(&var.join(keys::FILE))])
}
