//! What libraries are given of the world around them. A build: the function's pages tried, and how far it has come shown. A server:
//! clock, chance and patience.

use crate::args::given_key;
use crate::terminal::{bar, hint};
use anyhow::{Context, Result};
use jiff::Timestamp;
use schema::ground::failure::Failure;
use site::{Host, Progress};
use submit_fn::{Front, Handler, Keys, Tools};
use templates::Theme;
use templates::bundle::Bundle;
use templates::trial::Trial;

/// This program, as a build sees it.
pub(crate) struct Terminal;

impl Host for Terminal {
    fn try_function(&self, bundle: Bundle) -> Trial {
        let Ok(theme) = Theme::open(&bundle.theme) else { return Trial::default() };
        let tools = Tools {
            keys: Keys::new([0; 32], Vec::new()),
            front: Front::Loopback,
            clock: Timestamp::now,
            random: || [0; 16],
            sleep: |_| Box::pin(std::future::ready(())),
            measure: |_| {},
        };
        Handler::new(bundle, theme, ((), (), (), ()), tools).try_pages()
    }

    fn given_key(&self) -> Option<String> {
        given_key()
    }

    fn advise(&self, failure: &Failure) {
        // Where nobody reads standard error, the build goes on.
        drop(hint(failure));
    }

    fn progress(&self, progress: Progress) {
        bar::show(progress);
    }
}

/// What the function of the forms is given on this machine.
pub(crate) fn tools(keys: Keys, front: Front) -> Tools {
    Tools {
        keys,
        front,
        clock: Timestamp::now,
        random,
        sleep: |time| Box::pin(tokio::time::sleep(time)),
        measure: |_| {},
    }
}

/// A key that nobody can guess.
pub(crate) fn random_key() -> Result<[u8; 32]> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).context("drawing a random key")?;
    Ok(key)
}

/// Sixteen bytes that nobody can guess.
pub(crate) fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("this machine has given random bytes at the start");
    bytes
}
