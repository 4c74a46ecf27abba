//! What a build wants of this program: the function's pages tried, and how far it has come shown.

use crate::args::given_key;
use crate::terminal::{bar, hint};
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
