//! What a build wants of the program around it.

use schema::ground::failure::Failure;
use templates::bundle::Bundle;
use templates::trial::Trial;

/// How far work has come, for whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many things are to be done.
    Begins {
        /// How many.
        count: usize,
        /// What they are: `pages`.
        what: &'static str,
    },
    /// One more is done.
    Step,
    /// All are done.
    Ends,
}

/// The program around a build.
pub trait Host: Sync {
    /// Sets every page that is not the site's own and is made of the same words and templates: those of the function.
    fn try_function(&self, bundle: Bundle) -> Trial;

    /// The key of the tombstones, where the program was given one in place of that of the root.
    fn given_key(&self) -> Option<String> {
        None
    }

    /// Told what somebody should look at, although it keeps nothing from being built.
    fn advise(&self, _: &Failure) {}

    /// Told how far the work has come, from any thread.
    fn progress(&self, _: Progress) {}
}

/// A build with no program around it.
pub struct Alone;

impl Host for Alone {
    fn try_function(&self, _: Bundle) -> Trial {
        Trial::default()
    }
}
